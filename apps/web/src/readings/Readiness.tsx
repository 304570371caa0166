import type { AssignedReading, ProgressState } from '@paperboard/shared/group'
import { useGroupView } from '../board/board.ts'
import { progressNames } from '../board/names.ts'
import { useView } from '../live/hooks.ts'
import { readingsByPaper } from '../live/views.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { tip } from '../ui/Tooltip.tsx'
import styles from './Readiness.module.css'

/** How far a reader is, told by the form of a mark and not by its colour: an empty, half and full ring, and a tick. */
export const StateMark = ({ state }: { state: ProgressState }) => (
  <svg className={styles.mark} data-state={state} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
    <circle cx="6" cy="6" r="5" className={styles.ground} />
    {state === 'reading' && <path d="M6 2.5a3.5 3.5 0 0 1 0 7Z" className={styles.fill} />}
    {state === 'read' && <circle cx="6" cy="6" r="3.5" className={styles.fill} />}
    {state === 'ready' && <path d="m3.3 6.2 1.9 1.9 3.6-4" className={styles.tick} />}
  </svg>
)

/** Somebody's initials with how far they are. Decorative beside words that say both. */
export const ReaderMark = ({ member, name, state }: { member: string; name: string; state: ProgressState }) => (
  <span className={styles.reader}>
    <Avatar id={member} name={name} size="small" />
    <StateMark state={state} />
  </span>
)

/** The furthest of each member, in the order in which they were handed the paper. */
const furthest = (readings: readonly AssignedReading[]): { member: string; state: ProgressState }[] => {
  const order: Record<ProgressState, number> = { unread: 0, reading: 1, read: 2, ready: 3 }
  const of = new Map<string, ProgressState>()
  for (const { member, state } of readings) if (order[state] >= order[of.get(member) ?? 'unread']) of.set(member, state)
  return [...of].map(([member, state]) => ({ member, state }))
}

/** Who is how far with a paper, in a line: for a row of the board, a paper of the plan, or an item of a meeting. */
export function Readiness({ readings, max = 6 }: { readings: readonly AssignedReading[]; max?: number }) {
  const { nameOf, me } = useGroupView()
  if (readings.length === 0) return null
  const readers = furthest(readings)
  const ready = readers.filter(({ state }) => state === 'ready').length
  const said = readers.map(({ member, state }) => `${member === me.id ? 'You' : nameOf(member)}: ${progressNames[state].toLowerCase()}`).join('; ')
  const shown = readers.slice(0, readers.length > max ? max - 1 : max)
  return (
    <span className={styles.strip} role="img" aria-label={`${ready} of ${readers.length} ready. ${said}`} {...tip(said)}>
      {shown.map(({ member, state }) => (
        <ReaderMark key={member} member={member} name={nameOf(member)} state={state} />
      ))}
      {readers.length > shown.length && <span className={styles.more}>+{readers.length - shown.length}</span>}
      <span className={styles.count}>
        {ready}/{readers.length} ready
      </span>
    </span>
  )
}

const none: readonly AssignedReading[] = []
const same = (a: readonly AssignedReading[], b: readonly AssignedReading[]) => a.length === b.length && JSON.stringify(a) === JSON.stringify(b)

/** The same of a paper, from the group's document. */
export function PaperReadiness({ paper }: { paper: string }) {
  const { groupRoom } = useGroupView()
  const readings = useView(groupRoom, readingsByPaper, all => all.get(paper) ?? none, same)
  return <Readiness readings={readings} />
}
