import type { AssignedReading } from '@paperboard/shared/group'
import { timeLeft } from '@paperboard/shared/readingTimes'
import { Link } from 'wouter'
import { dayBrief, dayLong } from '../../board/dates.ts'
import { roleNames } from '../../board/names.ts'
import paperStyles from '../../board/paper.module.css'
import { titleOf } from '../../paper/links.ts'
import { MathText } from '../../paper/MathText.tsx'
import { paths } from '../../routes.ts'
import { Skeleton } from '../../ui/states.tsx'
import { ProgressSelect } from '../ProgressSelect.tsx'
import rows from '../ReadingRows.module.css'
import type { Mine } from './MineInGroup.tsx'
import styles from './MyReadings.module.css'
import { NoteField } from './NoteField.tsx'

/** How near (ms) a reading is said to be soon. */
const soon = 3 * 86_400_000

interface MyReadingProps {
  me: string
  mine: Mine
  reading: AssignedReading
  until: number | null
  now: number
}

/** One reading of mine: until when, what, for whom, how far, and what I noted. */
export function MyReading({ me, mine: { view, papers }, reading, until, now }: MyReadingProps) {
  const { group } = view
  const paper = reading.paper === null ? undefined : papers.get(reading.paper)
  const title = reading.paper === null ? 'A paper to be chosen' : paper === undefined ? 'Loading' : titleOf(paper)
  return (
    <li className={`${rows.row} ${styles.row}`}>
      <Left reading={reading} until={until} now={now} />
      <div>
        {reading.paper === null ? (
          <p className={`${paperStyles.title} ${rows.open}`}>{title}</p>
        ) : (
          <p className={paperStyles.title}>
            <Link href={paths.paper(group.id, reading.paper)}>
              {paper === undefined ? <Skeleton width="18rem" height="1.1em" /> : <MathText>{title}</MathText>}
              {paper === undefined && <span className="visually-hidden">{title}</span>}
            </Link>
          </p>
        )}
        <p className={rows.as}>
          <Link href={paths.plan(group.id)}>{group.name}</Link>
          {[roleNames[reading.role], reading.part, reading.by !== me && `from ${view.nameOf(reading.by)}`]
            .filter(Boolean)
            .map(word => ` · ${word}`)
            .join('')}
        </p>
      </div>
      <ProgressSelect view={view} reading={reading} />
      <div className={styles.noted}>
        <NoteField me={me} group={group.id} reading={reading.key} title={title} />
      </div>
    </li>
  )
}

/** "Thu 3 Dec", and the time that is left. */
function Left({ reading: { due, state }, until, now }: Pick<MyReadingProps, 'reading' | 'until' | 'now'>) {
  if (due === null || until === null) return <p className={rows.due}>No date</p>
  const done = state === 'read' || state === 'ready'
  return (
    <p
      className={rows.due}
      data-late={(!done && until <= now) || undefined}
      data-soon={(!done && until > now && until - now < soon) || undefined}
      title={dayLong(due)}
    >
      {dayBrief(due)}
      {!done && <span className={rows.far}>{timeLeft(until, now)}</span>}
    </p>
  )
}
