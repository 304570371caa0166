import type { Group, Member } from '@paperboard/shared/api'
import type { Role } from '@paperboard/shared/members'
import { mayChangeRole, mayHandOver, mayLeave, mayRemoveMember } from '@paperboard/shared/rules'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, groupQuery, queries, sentenceOf } from '../api.ts'
import { IconButton } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/Dialog.tsx'
import { MoreIcon, SignOutIcon, TrashIcon } from '../ui/icons.tsx'
import { Menu, type MenuSection } from '../ui/Menu.tsx'
import { toast } from '../ui/toast.ts'
import { roleWords } from './roleWords.ts'

type Question = 'remove' | 'hand-over' | 'leave'

/** What can be done about one member, or about oneself. */
export function MemberMenu({ group, member, self }: { group: Group; member: Member; self: boolean }) {
  const [asking, setAsking] = useState<Question | null>(null)
  const toRole = (role: Role) => void changeRole(group, member, role)
  const roleItems = (['organizer', 'member'] as const).map(role => ({
    label: roleWords[role].name,
    detail: roleWords[role].may,
    checked: member.role === role,
    denied: mayChangeRole(group.role, member.role, role) && 'Only the owner decides who organizes.',
    onSelect: () => member.role !== role && toRole(role),
  }))
  const others = (): MenuSection[] => [
    {
      heading: 'Role',
      items:
        member.role === 'owner'
          ? [{ label: 'Owner', checked: true, denied: 'An owner hands the group over; nobody takes it.', onSelect: () => undefined }]
          : roleItems,
    },
    {
      items: [
        {
          label: 'Hand over the group…',
          denied: mayHandOver(group.role, member.role) && 'Only the owner hands the group over.',
          onSelect: () => setAsking('hand-over'),
        },
        {
          label: 'Remove from the group…',
          icon: TrashIcon,
          danger: true,
          denied: mayRemoveMember(group.role, member.role) && 'Only somebody who stands above them can.',
          onSelect: () => setAsking('remove'),
        },
      ],
    },
  ]
  const oneself = (): MenuSection[] => [
    {
      items: [
        {
          label: 'Leave the group…',
          icon: SignOutIcon,
          danger: true,
          denied: mayLeave(group.role) && 'Hand the group over to somebody first.',
          onSelect: () => setAsking('leave'),
        },
      ],
    },
  ]
  return (
    <>
      <Menu
        align="end"
        sections={self ? oneself : others}
        trigger={<IconButton icon={MoreIcon} label={self ? 'About your membership' : `About ${member.name}`} />}
      />
      {asking && <Ask question={asking} group={group} member={member} onClose={() => setAsking(null)} />}
    </>
  )
}

const changeRole = async (group: Group, member: Member, role: Role, undoing = false) => {
  try {
    queries.setQueryData(
      groupQuery(group.id).queryKey,
      await answer(api.groups[':group'].members[':member'].$patch({ param: { group: group.id, member: member.id }, json: { role } })),
    )
  } catch (error) {
    toast(sentenceOf(error), { tone: 'warn' })
    return
  }
  toast(
    `${member.name} is ${roleWords[role].a} now`,
    undoing ? {} : { action: { label: 'Undo', run: () => void changeRole(group, member, member.role, true) } },
  )
}

const act = async (question: Question, { id }: Group, member: Member) => {
  const at = api.groups[':group']
  if (question === 'leave') {
    await answer(at.leave.$post({ param: { group: id } }))
    await queries.invalidateQueries({ queryKey: ['me'] })
    return
  }
  const group = await answer(
    question === 'remove'
      ? at.members[':member'].$delete({ param: { group: id, member: member.id } })
      : at['hand-over'].$post({ param: { group: id }, json: { to: member.id } }),
  )
  queries.setQueryData(groupQuery(id).queryKey, group)
  if (question === 'hand-over') await queries.invalidateQueries({ queryKey: ['me'] })
}

function Ask({ question, group, member, onClose }: { question: Question; group: Group; member: Member; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => act(question, group, member),
    onSuccess: () => {
      toast(
        { leave: `You have left ${group.name}`, remove: `${member.name} is no longer in the group`, 'hand-over': `${member.name} owns the group now` }[
          question
        ],
      )
      onClose()
    },
  })
  const words = {
    leave: {
      title: `Leave ${group.name}?`,
      confirm: 'Leave the group',
      text: 'Your votes and comments stay under your name. To come back you need a new invitation.',
    },
    remove: {
      title: `Remove ${member.name}?`,
      confirm: `Remove ${member.name}`,
      text: 'They lose access at once, and invitations they made stop working. Their votes and comments stay. With this account they can come back only by an invitation made after this. Withdraw links they may know: those could be followed with another account.',
    },
    'hand-over': {
      title: `Hand the group over to ${member.name}?`,
      confirm: 'Hand it over',
      text: `${member.name} becomes the owner, and you an organizer. Only they can hand it back.`,
    },
  }[question]
  return (
    <ConfirmDialog
      title={words.title}
      confirm={words.confirm}
      danger={question !== 'hand-over'}
      busy={isPending}
      error={error && sentenceOf(error)}
      onConfirm={() => mutate()}
      onClose={onClose}
    >
      {words.text}
    </ConfirmDialog>
  )
}
