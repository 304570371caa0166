import type { AssignedReading } from '@paperboard/shared/group'
import { lazy, Suspense, useState } from 'react'
import { ProgressSelect } from '../readings/ProgressSelect.tsx'
import { Readiness } from '../readings/Readiness.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { IconButton } from '../ui/Button.tsx'
import { EditIcon, MoreIcon, TrashIcon } from '../ui/icons.tsx'
import { Menu, type MenuSection } from '../ui/Menu.tsx'
import { takeBack, whyNotChange, whyNotTakeBack } from './acts.ts'
import { type GroupView, useBoard } from './board.ts'
import { progressNames } from './names.ts'
import { readingWords, useReadings } from './Plans.tsx'
import styles from './ReadingList.module.css'

const ReadingDialog = lazy(() => import('./ReadingDialog.tsx'))

/** What can be done with a reading, by whoever may. */
export const readingMenu = (view: GroupView, reading: AssignedReading, onEdit: () => void): MenuSection[] => [
  {
    items: [
      { label: 'Change', icon: EditIcon, denied: whyNotChange(view, reading.key), onSelect: onEdit },
      {
        label: reading.member === view.me.id && reading.by !== view.me.id ? 'Decline' : 'Take back',
        icon: TrashIcon,
        danger: true,
        denied: whyNotTakeBack(view, reading.key),
        onSelect: () => takeBack(view, reading.key),
      },
    ],
  },
]

/** Who reads this paper, as what, and how far they are. */
export function ReadingList({ paper }: { paper: string }) {
  const board = useBoard()
  const readings = useReadings(paper)
  const [editing, setEditing] = useState<AssignedReading | null>(null)
  if (readings.length === 0) return null
  return (
    <>
      {readings.length > 1 && (
        <p className={styles.readiness}>
          <Readiness readings={readings} max={10} />
        </p>
      )}
      <ul className={styles.list} aria-label="Readings">
        {readings.map(reading => (
          <li key={reading.key} className={styles.reading}>
            <Avatar id={reading.member} name={board.nameOf(reading.member)} size="small" />
            <p className={styles.words}>
              <strong>{reading.member === board.me.id ? 'You' : board.nameOf(reading.member)}</strong>
              <span className={styles.as}>{readingWords(reading)}</span>
            </p>
            {reading.member === board.me.id ? (
              <ProgressSelect view={board} reading={reading} />
            ) : (
              <span className={styles.state}>{progressNames[reading.state]}</span>
            )}
            <Menu
              align="end"
              trigger={<IconButton icon={MoreIcon} size="small" iconSize={16} label={`More about the reading of ${board.nameOf(reading.member)}`} />}
              sections={() => readingMenu(board, reading, () => setEditing(reading))}
            />
          </li>
        ))}
      </ul>
      <Suspense>{editing !== null && <ReadingDialog paper={paper} reading={editing} onClose={() => setEditing(null)} />}</Suspense>
    </>
  )
}
