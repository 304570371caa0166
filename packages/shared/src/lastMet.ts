/** When the group met last: what is on the boards since then is what it has not talked about. */
import { type Day, dayAt } from './days.ts'
import type { PlannedSession } from './groupSessions.ts'
import type { MeetingSummary } from './meetings.ts'
import { lastSessionDay } from './plan.ts'

type Held = Pick<MeetingSummary, 'startedAt' | 'endedAt'>

export interface LastMet<Meeting> {
  day: Day
  /** The meeting, where it was held here; else a session of the plan that took place. */
  meeting: Meeting | null
}

interface Known<Meeting> {
  meetings: readonly Meeting[]
  sessions: readonly Pick<PlannedSession, 'day' | 'cancelled'>[]
  timeZone: string
  today: Day
}

/** The last meeting that was held, or a session of the plan that was later; null where there was neither. */
export const lastMet = <Meeting extends Held>({ meetings, sessions, timeZone, today }: Known<Meeting>): LastMet<Meeting> | null => {
  const held = meetings
    .filter(({ startedAt, endedAt }) => startedAt !== null && endedAt !== null)
    .reduce<Meeting | null>((last, meeting) => ((meeting.endedAt ?? 0) > (last?.endedAt ?? 0) ? meeting : last), null)
  const metOn = held?.endedAt ? dayAt(held.endedAt, timeZone) : null
  const session = lastSessionDay(sessions, today)
  if (metOn !== null && (session === null || metOn >= session)) return { day: metOn, meeting: held }
  return session === null ? null : { day: session, meeting: null }
}
