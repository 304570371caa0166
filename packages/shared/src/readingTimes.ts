/** Until when a reading is to be done, how long that is, and in which order readings press. Pure: the time is passed in. */
import { instantOf } from './clockTimes.ts'
import { addDays, type Day, weekOf } from './days.ts'
import type { AssignedReading } from './group.ts'
import type { PlannedSession } from './groupSessions.ts'

type Due = Pick<AssignedReading, 'due' | 'setDue'>

/** The moment: when its session begins, or else the end of the day, by the clock of the group. Null without a date. */
export function dueMoment({ due, setDue }: Due, session: Pick<PlannedSession, 'day' | 'time'> | undefined, timeZone: string): number | null {
  if (due === null) return null
  if (setDue === null && session?.day === due && session.time !== null) return instantOf(due, session.time, timeZone)
  return instantOf(addDays(due, 1), '00:00', timeZone)
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const spans: [most: number, length: number, name: string][] = [
  [hour, minute, 'minute'],
  [day, hour, 'hour'],
  [Number.POSITIVE_INFINITY, day, 'day'],
]

/** "3 days left", "5 hours left", "2 days late". What is left is rounded down: nobody has more time than is said. */
export function timeLeft(until: number, now: number): string {
  const span = Math.abs(until - now)
  const [, length, name] = spans.find(([most]) => span < most) ?? [0, day, 'day']
  const n = Math.floor(span / length)
  if (n === 0) return until >= now ? 'due now' : 'just over'
  return `${n} ${name}${n === 1 ? '' : 's'} ${until >= now ? 'left' : 'late'}`
}

/** How readings press, the most pressing first; what is done comes last. */
export const pressings = ['overdue', 'week', 'next', 'later', 'open', 'done'] as const
export type Pressing = (typeof pressings)[number]

/** Of a reading, from its moment. */
export function pressingOf(
  { due, state }: Pick<AssignedReading, 'due' | 'state'>,
  { until, now, today }: { until: number | null; now: number; today: Day },
): Pressing {
  if (state === 'read' || state === 'ready') return 'done'
  if (due === null || until === null) return 'open'
  if (until <= now) return 'overdue'
  const { to } = weekOf(today)
  return due <= to ? 'week' : due <= addDays(to, 7) ? 'next' : 'later'
}
