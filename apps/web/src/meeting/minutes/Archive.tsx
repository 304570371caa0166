import type { Archive as ArchiveAnswer } from '@paperboard/shared/meetings'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { sentenceOf } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { dateAt } from '../../board/dates.ts'
import { count } from '../../board/names.ts'
import { MathText } from '../../paper/MathText.tsx'
import { fold, matches, wordsOf } from '../../paper/words.ts'
import { paths } from '../../routes.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { ErrorState, SkeletonText } from '../../ui/states.tsx'
import styles from './Minutes.module.css'
import { archiveQuery } from './minutes.ts'

/** Decisions of one meeting that the list shows. */
const shown = 3
/** Meetings that are shown at first, and from how many on they can be narrowed: a quarter of a year, each week. */
const shownFirst = 12
const narrowedFrom = 6

type Past = ArchiveAnswer['meetings'][number]

/** The meetings that were: what they were about, and what was decided. */
export function Archive() {
  const { group } = useGroupView()
  const { data, error, refetch } = useQuery(archiveQuery(group.id))
  if (data?.length === 0) return null
  return (
    <section aria-labelledby="past-meetings">
      <h2 id="past-meetings" className={styles.heading}>
        Past meetings
      </h2>
      {data === undefined && error === null && <SkeletonText lines={4} label="Loading the past meetings" />}
      {data === undefined && error !== null && <ErrorState onRetry={() => void refetch()}>{sentenceOf(error)}</ErrorState>}
      {data !== undefined && <PastMeetings meetings={data} />}
    </section>
  )
}

function PastMeetings({ meetings }: { meetings: readonly Past[] }) {
  const { group } = useGroupView()
  const [typed, setTyped] = useState('')
  const [all, setAll] = useState(false)
  const words = wordsOf(typed)
  const found = meetings.filter(({ title, startedAt, papers, decisions }) =>
    matches(fold([title, dateAt(startedAt), ...papers.map(paper => paper.title), ...decisions].join(' ')), words),
  )
  const listed = all || words.length > 0 ? found : found.slice(0, shownFirst)
  return (
    <>
      {meetings.length >= narrowedFrom && (
        <TextField
          label="Find a meeting by its title, papers or decisions"
          labelHidden
          placeholder="Title, paper or decision"
          type="search"
          value={typed}
          onChange={event => setTyped(event.target.value)}
        />
      )}
      {typed.trim() !== '' && (
        <p className={`${styles.what} ${styles.found}`} aria-live="polite">
          {found.length === 0 ? 'No meeting has these words here.' : `${count(found.length, 'meeting')} with these words here.`}{' '}
          <Link href={paths.search(group.id, `${typed.trim()} kind:notes`)}>Look for them in all minutes</Link>
        </p>
      )}
      <ul>
        {listed.map(meeting => (
          <PastMeeting key={meeting.id} meeting={meeting} />
        ))}
      </ul>
      {listed.length < found.length && (
        <Button size="small" variant="quiet" onClick={() => setAll(true)}>
          Show all {found.length}
        </Button>
      )}
    </>
  )
}

function PastMeeting({ meeting: { id, title, startedAt, hasMinutes, brief, papers, decisions } }: { meeting: Past }) {
  const { group } = useGroupView()
  return (
    <li className={styles.past}>
      <Link href={hasMinutes ? paths.minutes(group.id, id) : paths.meeting(group.id, id)} className={styles.title}>
        {title}
      </Link>
      <p className={styles.what}>
        {dateAt(startedAt)} · {hasMinutes ? brief : 'no minutes were made'}
      </p>
      {papers.length > 0 && (
        <p className={styles.what}>
          <MathText>{papers.map(paper => paper.title).join(' · ')}</MathText>
        </p>
      )}
      {decisions.length > 0 && (
        <ul className={styles.decisions}>
          {decisions.slice(0, shown).map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two meetings may decide the same in the same words, and one meeting twice
            <li key={i}>
              <MathText>{text}</MathText>
            </li>
          ))}
          {decisions.length > shown && <li>and {decisions.length - shown} more</li>}
        </ul>
      )}
    </li>
  )
}
