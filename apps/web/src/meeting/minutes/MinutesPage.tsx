import { limits } from '@paperboard/shared/limits'
import { lineDiff } from '@paperboard/shared/lineDiff'
import type { Minutes } from '@paperboard/shared/meetings'
import { mayMendMinutes } from '@paperboard/shared/rules'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { isCode, sentenceOf } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { Connection } from '../../board/Connection.tsx'
import { useNow } from '../../board/dates.ts'
import { useDraft } from '../../board/drafts.ts'
import { GroupFrame } from '../../board/GroupFrame.tsx'
import { paths } from '../../routes.ts'
import { Button, ButtonLink } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { DownloadIcon, EditIcon, HistoryIcon } from '../../ui/icons.tsx'
import { Page } from '../../ui/Page.tsx'
import { ShellSlot } from '../../ui/ShellSlot.tsx'
import { EmptyState, ErrorState, Notice, SkeletonText } from '../../ui/states.tsx'
import { meetingQuery } from '../floor/meetings.ts'
import styles from './Minutes.module.css'
import { minutesFile, minutesQuery, stateOfMinutes, useMinutesAct } from './minutes.ts'

const MinutesText = lazy(() => import('./MinutesText.tsx'))

/** The minutes of a meeting: read by the group, mended by those who may. */
export default function MinutesPage({ group, meeting }: { group: string; meeting: string }) {
  return (
    <GroupFrame group={group}>
      <MinutesOfMeeting meeting={meeting} />
    </GroupFrame>
  )
}

function MinutesOfMeeting({ meeting }: { meeting: string }) {
  const { group, groupRoom } = useGroupView()
  const { data, error, refetch } = useQuery(minutesQuery(group.id, meeting))
  const connection = (
    <ShellSlot slot="connection">
      <Connection rooms={[groupRoom]} />
    </ShellSlot>
  )
  if (isCode(error, 'not-found'))
    return (
      <Page title="Minutes" width="read">
        {connection}
        <NotMade meeting={meeting} />
      </Page>
    )
  return (
    <Page
      title={data === undefined ? 'Minutes' : `Minutes: ${data.title}`}
      width="read"
      actions={
        <ButtonLink href={paths.meetingReplay(group.id, meeting)} size="small" variant="quiet" icon={HistoryIcon}>
          How it came about
        </ButtonLink>
      }
    >
      {connection}
      {data === undefined && error === null && <SkeletonText lines={8} label="Loading the minutes" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {data !== undefined && <Shown meeting={meeting} minutes={data} />}
    </Page>
  )
}

/** The meeting is still to end, or it ended before minutes were made of meetings. */
function NotMade({ meeting }: { meeting: string }) {
  const { group, me } = useGroupView()
  const { data } = useQuery(meetingQuery(group.id, meeting))
  const act = useMinutesAct(group.id, meeting)
  const isOver = data !== undefined && data.endedAt !== null
  const mayMake = isOver && mayMendMinutes({ id: me.id, role: group.role }, null) === null
  return (
    <EmptyState
      title={isOver ? 'No minutes were made' : 'No minutes yet'}
      actions={
        <>
          {mayMake && (
            <Button variant="primary" busy={act.isPending} onClick={() => act.mutate('make')}>
              Make them now
            </Button>
          )}
          <ButtonLink href={paths.meeting(group.id, meeting)}>The meeting itself</ButtonLink>
        </>
      }
    >
      {isOver
        ? `What was said and decided is kept in the meeting itself. ${mayMake ? 'Minutes are made from that; half an hour later they go to members.' : 'An organizer can make minutes from that.'}`
        : 'They are made from what happened, when the meeting ends.'}
    </EmptyState>
  )
}

function Shown({ meeting, minutes }: { meeting: string; minutes: Minutes }) {
  const { group, nameOf } = useGroupView()
  const act = useMinutesAct(group.id, meeting)
  const [editing, setEditing] = useState(false)
  const [comparing, setComparing] = useState(false)
  const now = useNow()
  if (editing) return <Edit meeting={meeting} minutes={minutes} onDone={() => setEditing(false)} />
  return (
    <>
      <div className={styles.bar}>
        <p className={styles.state}>{stateOfMinutes(minutes, { now, nameOf })}</p>
        <div className={styles.acts}>
          {minutes.mayMend && (
            <>
              <Button size="small" icon={EditIcon} onClick={() => setEditing(true)}>
                Edit
              </Button>
              {minutes.mailedAt === null && minutes.mailAt > now && (
                <Button size="small" busy={act.isPending} onClick={() => act.mutate('mail')}>
                  Send now
                </Button>
              )}
              <Button size="small" variant="quiet" busy={act.isPending} onClick={() => act.mutate('make', { onSuccess: made => setComparing(made.edited) })}>
                Make anew
              </Button>
            </>
          )}
          <a className={styles.file} href={minutesFile(group.id, meeting, 'md')} download>
            <DownloadIcon size={15} /> Markdown
          </a>
          <a className={styles.file} href={minutesFile(group.id, meeting, 'html')} download>
            <DownloadIcon size={15} /> HTML
          </a>
        </div>
      </div>
      {minutes.edited && minutes.mayMend && (
        <Notice
          action={
            <Button size="small" onClick={() => setComparing(true)}>
              Compare…
            </Button>
          }
        >
          These were edited by hand. What was made from the meeting is kept beside them.
        </Notice>
      )}
      <article className={styles.text}>
        <Suspense fallback={<SkeletonText lines={8} label="Loading the minutes" />}>
          <MinutesText text={minutes.text} />
        </Suspense>
      </article>
      <p className={styles.links}>
        <Link href={paths.meeting(group.id, meeting)}>The meeting itself</Link>
        <Link href={paths.meetingAgenda(group.id, meeting)}>Why these papers won</Link>
        {minutes.papers.map(({ paper, title }) => (
          <Link key={paper} href={paths.paper(group.id, paper)}>
            {title}
          </Link>
        ))}
      </p>
      {comparing && <Compare meeting={meeting} minutes={minutes} onClose={() => setComparing(false)} />}
    </>
  )
}

function Edit({ meeting, minutes, onDone }: { meeting: string; minutes: Minutes; onDone: () => void }) {
  const { group, me } = useGroupView()
  const act = useMinutesAct(group.id, meeting)
  const [text, setText] = useDraft(me.id, `minutes:${meeting}`, minutes.text)
  const over = text.length - limits.minutesLength
  const done = () => {
    setText('')
    onDone()
  }
  return (
    <form
      className={styles.edit}
      onSubmit={event => {
        event.preventDefault()
        if (over <= 0) act.mutate({ text }, { onSuccess: done })
      }}
    >
      <TextArea
        label="Minutes, in Markdown"
        className={styles.area ?? ''}
        rows={28}
        value={text}
        error={over > 0 ? `Shorter by ${over} characters, please.` : null}
        onChange={event => setText(event.target.value)}
      />
      <div className={styles.acts}>
        <Button type="submit" variant="primary" busy={act.isPending}>
          Save
        </Button>
        <Button variant="quiet" onClick={done}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** What was edited beside what was made: one or the other is kept. */
function Compare({ meeting, minutes, onClose }: { meeting: string; minutes: Minutes; onClose: () => void }) {
  const { group } = useGroupView()
  const act = useMinutesAct(group.id, meeting)
  const signs = { both: ' ', first: '−', second: '+' }
  const names = { both: '', first: 'In yours alone: ', second: 'In what was made alone: ' }
  return (
    <Dialog
      title="Yours, and what was made"
      lead="Lines with − are in the edited minutes alone, those with + in what was made from the meeting."
      size="large"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep the edited ones</Button>
          <Button variant="danger" busy={act.isPending} onClick={() => act.mutate({ text: null }, { onSuccess: onClose })}>
            Take what was made
          </Button>
        </>
      }
    >
      <pre className={styles.diff}>
        {lineDiff(minutes.text, minutes.generated).map(({ kind, text }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and the list is made anew at once
          <span key={i} data-kind={kind}>
            <span className="visually-hidden">{names[kind]}</span>
            <span aria-hidden="true">{signs[kind]}</span> {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </Dialog>
  )
}
