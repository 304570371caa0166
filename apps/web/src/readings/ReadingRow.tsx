import type { Paper } from '@paperboard/shared/api'
import { daysBetween } from '@paperboard/shared/days'
import type { AssignedReading } from '@paperboard/shared/group'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import { useGroupView } from '../board/board.ts'
import { dayBrief, dayLong } from '../board/dates.ts'
import { progressNames, roleNameOf } from '../board/names.ts'
import { paperHref } from '../board/nav.ts'
import paperStyles from '../board/paper.module.css'
import { readingMenu } from '../board/ReadingList.tsx'
import { titleOf } from '../paper/links.ts'
import { MathText } from '../paper/MathText.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { IconButton } from '../ui/Button.tsx'
import { MoreIcon } from '../ui/icons.tsx'
import { Menu } from '../ui/Menu.tsx'
import { Skeleton } from '../ui/states.tsx'
import { ProgressSelect } from './ProgressSelect.tsx'
import rows from './ReadingRows.module.css'
import styles from './ReadingsPage.module.css'

const ReadingDialog = lazy(() => import('../board/ReadingDialog.tsx'))

/** One reading: until when, which paper, as what, and how far it is. */
export function ReadingRow({ reading, paper, named }: { reading: AssignedReading; paper: Paper | undefined; named: boolean }) {
  const view = useGroupView()
  const { group, me, nameOf } = view
  const [editing, setEditing] = useState(false)
  const own = reading.member === me.id
  const name = own ? 'You' : nameOf(reading.member)
  const title = reading.paper === null ? 'A paper to be chosen' : paper === undefined ? 'Loading' : titleOf(paper)
  return (
    <li className={`${rows.row} ${styles.row}`}>
      <Due reading={reading} today={group.today} />
      <div className={styles.words}>
        {reading.paper === null ? (
          <p className={`${paperStyles.title} ${rows.open}`}>{title}</p>
        ) : (
          <Link className={`${paperStyles.title} ${styles.title}`} href={paperHref(group.id, reading.board, reading.paper)}>
            {paper === undefined ? <Skeleton width="18rem" height="1.1em" /> : <MathText>{title}</MathText>}
            {paper === undefined && <span className="visually-hidden">{title}</span>}
          </Link>
        )}
        <p className={`${rows.as} ${styles.as}`}>
          {named && (
            <span className={styles.who}>
              <Avatar id={reading.member} name={nameOf(reading.member)} size="small" /> {name},{' '}
            </span>
          )}
          {[
            named ? roleNameOf(reading).toLowerCase() : roleNameOf(reading),
            reading.part,
            reading.by !== reading.member && `from ${reading.by === me.id ? 'you' : nameOf(reading.by)}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {own && reading.task !== undefined && <p className={styles.task}>{reading.task}</p>}
      </div>
      {own ? <ProgressSelect view={view} reading={reading} /> : <span className={styles.state}>{progressNames[reading.state]}</span>}
      <Menu
        align="end"
        trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about the reading of ${title}`} />}
        sections={() => readingMenu(view, reading, () => setEditing(true))}
      />
      <Suspense>{editing && <ReadingDialog paper={reading.paper} title={paper} reading={reading} onClose={() => setEditing(false)} />}</Suspense>
    </li>
  )
}

/** "Fri 27 Nov", and how far that is. */
function Due({ reading: { due, state }, today }: { reading: AssignedReading; today: string }) {
  if (due === null) return <p className={rows.due}>No date</p>
  const days = daysBetween(today, due)
  const done = state === 'read' || state === 'ready'
  const far = days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : days > 0 ? `in ${days} days` : `${-days} days ago`
  return (
    <p className={rows.due} data-late={(!done && days < 0) || undefined} data-soon={(!done && days >= 0 && days < 3) || undefined} title={dayLong(due)}>
      {dayBrief(due)}
      <span className={rows.far}>{far}</span>
    </p>
  )
}
