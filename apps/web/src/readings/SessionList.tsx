import type { Paper } from '@paperboard/shared/api'
import { daysBetween } from '@paperboard/shared/days'
import type { AssignedReading } from '@paperboard/shared/group'
import type { PlannedSession } from '@paperboard/shared/groupSessions'
import type { SessionPresenter } from '@paperboard/shared/presenters'
import { useState } from 'react'
import { Link } from 'wouter'
import { useGroupView } from '../board/board.ts'
import { dayBrief, dayLong } from '../board/dates.ts'
import { listed } from '../board/names.ts'
import { paperHref } from '../board/nav.ts'
import paperStyles from '../board/paper.module.css'
import { useView } from '../live/hooks.ts'
import * as views from '../live/views.ts'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { Button } from '../ui/Button.tsx'
import { Skeleton } from '../ui/states.tsx'
import rows from './ReadingRows.module.css'
import styles from './ReadingsPage.module.css'
import { useReadingPapers } from './readingPapers.ts'

/** Shown at first: two months of weekly sessions. */
const first = 8

/** When the group meets from today on, and over what. */
export function SessionList({ sessions, readings }: { sessions: readonly PlannedSession[]; readings: readonly AssignedReading[] }) {
  const { group, groupRoom } = useGroupView()
  const presenters = useView(groupRoom, views.presenters)
  const [whole, setWhole] = useState(false)
  const ahead = sessions.filter(({ day }) => day >= group.today)
  const shown = whole ? ahead : ahead.slice(0, first)
  // A paper stands on the board that its reading names, else on that of the day.
  const boardOf = (paper: string, session: PlannedSession) =>
    readings.find(reading => reading.paper === paper && reading.due === session.day)?.board ?? session.day
  const papers = useReadingPapers(
    group.id,
    shown.flatMap(session => session.papers.map(({ paper }) => ({ paper, board: boardOf(paper, session) }))),
  )
  if (ahead.length === 0) return null
  return (
    <section className={rows.section} aria-label="Sessions">
      <h2 className={rows.heading}>
        Sessions <span className={rows.count}>{ahead.length}</span>
      </h2>
      <ul>
        {shown.map(session => (
          <li key={session.key} className={`${rows.row} ${styles.row}`} data-cancelled={session.cancelled || undefined}>
            <When session={session} today={group.today} />
            <div className={styles.words}>
              {session.papers.map(({ paper }) => (
                <SessionPaper key={paper} paper={papers.get(paper)} href={paperHref(group.id, boardOf(paper, session), paper)} />
              ))}
              <p className={`${rows.as} ${styles.as}`}>
                <About session={session} presenting={presenters.filter(presenter => presenter.session === session.key)} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      {shown.length < ahead.length && (
        <Button variant="quiet" size="small" onClick={() => setWhole(true)}>
          Show all {ahead.length} sessions
        </Button>
      )}
    </section>
  )
}

function SessionPaper({ paper, href }: { paper: Paper | undefined; href: string }) {
  return (
    <Link className={`${paperStyles.title} ${styles.title} ${styles.paper}`} href={href}>
      {paper === undefined ? <Skeleton width="18rem" height="1.1em" /> : <MathText>{titleOf(paper)}</MathText>}
      {paper === undefined && <span className="visually-hidden">Loading</span>}
    </Link>
  )
}

function When({ session: { day, time }, today }: { session: PlannedSession; today: string }) {
  const days = daysBetween(today, day)
  const far = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`
  return (
    <p className={rows.due} title={`${dayLong(day)}, ${far}`}>
      {dayBrief(day)}
      <span className={rows.far}>{time ?? far}</span>
    </p>
  )
}

/** "Ada and Grace Hopper present · Room 2". */
function About({ session, presenting }: { session: PlannedSession; presenting: readonly SessionPresenter[] }) {
  const { nameOf } = useGroupView()
  const members = presenting.map(({ member, asked }) => (asked ? `${nameOf(member)} (asked)` : nameOf(member)))
  const names = [...new Set([...members, ...session.guests.filter(({ role }) => role === 'presenter').map(({ name }) => name)])]
  const presenters = names.length === 0 ? '' : `${listed(names)} ${names.length === 1 ? 'presents' : 'present'}`
  if (session.cancelled) return 'Does not take place'
  const about = session.title || (session.papers.length === 0 ? 'No paper yet' : '')
  return [about, presenters, session.place].filter(Boolean).join(' · ')
}
