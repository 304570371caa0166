import type { Group, Invitation } from '@paperboard/shared/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import { answer, api, invitationsQuery, queries, sentenceOf } from '../api.ts'
import { dateAtBrief } from '../board/dates.ts'
import { Button } from '../ui/Button.tsx'
import { ErrorState, SkeletonText } from '../ui/states.tsx'
import { toast } from '../ui/toast.ts'
import styles from './Invitations.module.css'
import { roleWords } from './roleWords.ts'

/** The links that still lead into the group. */
export function Invitations({ group, onInvite }: { group: Group; onInvite: () => void }) {
  const { data, error, refetch } = useQuery(invitationsQuery(group.id))
  return (
    <section className={styles.section}>
      <h2>Open invitations</h2>
      {data?.length === 0 && (
        <p className={styles.none}>
          None at the moment. Whoever has a link can join, so a link has an end and a number of uses.{' '}
          <button type="button" className={styles.link} onClick={onInvite}>
            Make one
          </button>
        </p>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className={styles.list}>
          {data.map(invitation => (
            <Row key={invitation.id} group={group} invitation={invitation} />
          ))}
        </ul>
      )}
      {data === undefined &&
        (error === null ? (
          <SkeletonText lines={2} label="Loading the invitations" />
        ) : (
          <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>
        ))}
    </section>
  )
}

function Row({ group, invitation }: { group: Group; invitation: Invitation }) {
  const withdraw = useMutation({
    mutationFn: () => answer(api.groups[':group'].invitations[':id'].$delete({ param: { group: group.id, id: invitation.id } })),
    onSuccess: () => {
      toast('The link no longer works')
      return queries.invalidateQueries({ queryKey: ['invitations', group.id] })
    },
    onError: error => toast(sentenceOf(error), { tone: 'warn' }),
  })
  const by = group.members.find(({ id }) => id === invitation.createdBy)?.name ?? 'somebody'
  return (
    <li className={styles.row}>
      <div>
        <p className={styles.what}>As {roleWords[invitation.role].a}</p>
        <p className={styles.about}>
          {usesLeft(invitation)}, until {dateAtBrief(invitation.expiresAt)}. Made by {by} on {dateAtBrief(invitation.createdAt)}.
        </p>
      </div>
      <Button size="small" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
        Withdraw
      </Button>
    </li>
  )
}

const usesLeft = ({ uses, usesLeft: left }: Invitation) => (uses === 1 ? 'For one person' : `${left} of ${uses} uses left`)
