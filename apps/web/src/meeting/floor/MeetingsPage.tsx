import type { MeetingSummary } from '@paperboard/shared/meetings'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { queries, sentenceOf } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { Connection } from '../../board/Connection.tsx'
import { dateAt, timeOf } from '../../board/dates.ts'
import { GroupFrame } from '../../board/GroupFrame.tsx'
import { paths } from '../../routes.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Page } from '../../ui/Page.tsx'
import { ShellSlot } from '../../ui/ShellSlot.tsx'
import { EmptyState, ErrorState, SkeletonText } from '../../ui/states.tsx'
import { Archive } from '../minutes/Archive.tsx'
import { titleOf } from '../titleOf.ts'
import styles from './MeetingsPage.module.css'
import { meetingsQuery, openMeeting } from './meetings.ts'

/** The meetings of a group: the one that is on, those to come, those that were. */
export default function MeetingsPage({ group }: { group: string }) {
  return (
    <GroupFrame group={group}>
      <Meetings />
    </GroupFrame>
  )
}

function Meetings() {
  const { group, groupRoom, me } = useGroupView()
  const { data, error, refetch } = useQuery(meetingsQuery(group.id))
  return (
    <Page title="Meetings" width="read" lead="Open one when the group sits down: everybody who is in it sees the same paper.">
      <ShellSlot slot="connection">
        <Connection rooms={[groupRoom]} />
      </ShellSlot>
      {me.role !== 'guest' && <Open />}
      {data === undefined && error === null && <SkeletonText lines={4} label="Loading the meetings" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {data?.length === 0 && <EmptyState title="No meetings yet">What the group says in a meeting, and what it decides, is kept here.</EmptyState>}
      {data !== undefined && data.length > 0 && (
        <ul>
          {data
            .filter(({ endedAt }) => endedAt === null)
            .map(meeting => (
              <li key={meeting.id} className={styles.meeting}>
                <Link href={paths.meeting(group.id, meeting.id)} className={styles.title}>
                  {titleOf(meeting)}
                </Link>
                <span className={styles.state}>{stateOf(meeting)}</span>
              </li>
            ))}
        </ul>
      )}
      <Archive />
    </Page>
  )
}

const stateOf = ({ startedAt, endedAt, createdAt }: MeetingSummary) => {
  if (endedAt !== null) return `${dateAt(startedAt ?? endedAt)}, ended at ${timeOf(endedAt)}`
  return startedAt === null ? `Open since ${dateAt(createdAt)}, not started` : `On since ${timeOf(startedAt)}`
}

function Open() {
  const { group } = useGroupView()
  const [, navigate] = useLocation()
  const [title, setTitle] = useState('')
  const open = useMutation({
    mutationFn: () => openMeeting(group.id, title.trim()),
    onSuccess: meeting => {
      void queries.invalidateQueries({ queryKey: meetingsQuery(group.id).queryKey })
      navigate(paths.meeting(group.id, meeting.id))
    },
  })
  return (
    <form
      className={styles.open}
      onSubmit={event => {
        event.preventDefault()
        open.mutate()
      }}
    >
      <TextField
        label="Title, or nothing"
        labelHidden
        placeholder="What it is about, or nothing"
        value={title}
        maxLength={200}
        error={open.error === null ? null : sentenceOf(open.error)}
        onChange={event => setTitle(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={open.isPending}>
        Open a meeting
      </Button>
    </form>
  )
}
