import type { CreatedInvitation, Group } from '@paperboard/shared/api'
import { mayInvite } from '@paperboard/shared/rules'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, queries, sentenceOf } from '../api.ts'
import { dateAtBrief } from '../board/dates.ts'
import { AddressDialog } from '../ui/AddressDialog.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Select } from '../ui/Field.tsx'
import { FormFailure, Stack } from '../ui/Front.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import styles from './InviteDialog.module.css'
import { roleWords } from './roleWords.ts'

const days = [
  { value: 1, label: 'One day' },
  { value: 7, label: 'One week' },
  { value: 30, label: 'One month' },
  { value: 90, label: 'Three months' },
]
const uses = [1, 5, 10, 25, 100, 500]

/** Makes a link into the group. The link is shown once: the server keeps only its hash. */
export function InviteDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const [role, setRole] = useState<'member' | 'organizer'>('member')
  const [wanted, setWanted] = useState({ days: 7, uses: 10 })
  const create = useMutation({
    mutationFn: () => answer(api.groups[':group'].invitations.$post({ param: { group: group.id }, json: { role, ...wanted } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['invitations', group.id] }),
  })
  if (create.data) return <Created invitation={create.data} onClose={onClose} />
  return (
    <Dialog
      title="Invite by a link"
      lead={`Whoever opens the link can join ${group.name}, until it ends or is used up.`}
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" busy={create.isPending} onClick={() => create.mutate()}>
            Make the link
          </Button>
        </>
      }
    >
      <Stack>
        <div>
          <Segmented
            label="Invite as"
            options={(['member', 'organizer'] as const).map(value => ({ value, label: roleWords[value].name }))}
            value={role}
            onChange={setRole}
            disabled={mayInvite(group.role, 'organizer') !== null}
          />
          <p className={styles.may}>{roleWords[role].may}.</p>
        </div>
        <div className={styles.pair}>
          <Select label="Works for" value={wanted.days} onChange={event => setWanted({ ...wanted, days: Number(event.target.value) })}>
            {days.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
          <Select label="Number of people" value={wanted.uses} onChange={event => setWanted({ ...wanted, uses: Number(event.target.value) })}>
            {uses.map(value => (
              <option key={value} value={value}>
                {value === 1 ? 'One person' : `Up to ${value}`}
              </option>
            ))}
          </Select>
        </div>
        <FormFailure>{create.error && sentenceOf(create.error)}</FormFailure>
      </Stack>
    </Dialog>
  )
}

function Created({ invitation, onClose }: { invitation: CreatedInvitation; onClose: () => void }) {
  return (
    <AddressDialog
      title="Your link is ready"
      lead="Copy it now: for safety it is not stored and cannot be shown again. You can withdraw it at any time."
      url={invitation.url}
      label="Invitation link"
      copyLabel="Copy link"
      hint={copied =>
        copied
          ? 'Copied. Paste it into a message to your group.'
          : `${invitation.uses === 1 ? 'For one person' : `For up to ${invitation.uses} people`}, until ${dateAtBrief(invitation.expiresAt)}.`
      }
      onClose={onClose}
    />
  )
}
