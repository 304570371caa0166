/** What lies ahead of members, as reminders see it. */
import { instantOf } from '@paperboard/shared/clockTimes'
import { addDays, dayAt } from '@paperboard/shared/days'
import { leadDays } from '@paperboard/shared/reminders'
import type { Database } from '../db/database.ts'
import { type SessionRow, sessionsAhead, titlesOf } from '../db/groupSessions.ts'
import { type OpenReading, openReadings } from '../db/reminders.ts'
import type { Ahead } from './due.ts'

/** Something ahead, with what is said of it. */
export interface Reminded extends Ahead {
  group: string
  groupName: string
  /** Of the paper, or of the session; '' where no source has told it yet. */
  title: string
  role: string
  part: string
  /** When it begins on that day, by the clock of `timeZone`; null where only the day counts. */
  time: string | null
  /** A path of the app. */
  path: string
}

/** Everything that could be reminded of at `now`, of all groups. */
export async function allAhead(db: Database, now: number): Promise<Reminded[]> {
  // A day more at either end: the days of members are not those of UTC.
  const span = { from: addDays(dayAt(now, 'UTC'), -1), to: addDays(dayAt(now, 'UTC'), Math.max(...leadDays) + 1) }
  const readings = (await openReadings(db, span)).filter(reading => !isDone(reading))
  const sessions = await sessionsAhead(db, span)
  const titles = await titlesOf(
    db,
    sessions.flatMap(({ papers }) => papers),
  )
  const starts = new Map(sessions.flatMap(({ group, day, key, time }) => [`${group} ${day}`, `${group} ${key}`].map(name => [name, time] as const)))
  return [
    ...readings.map(reading =>
      readingAhead(reading, reading.role === 'presenter' ? (starts.get(`${reading.group} ${reading.session ?? reading.due}`) ?? null) : null),
    ),
    ...sessions.map(session => sessionAhead(session, titles)),
  ]
}

/** Who only reads is done when it is read; who presents or discusses, when they are ready. */
const isDone = ({ role, state }: Pick<OpenReading, 'role' | 'state'>): boolean => state === 'ready' || (role === 'reader' && state === 'read')

/** `time` is when the session begins in which it is presented. */
const readingAhead = (reading: OpenReading, time: string | null): Reminded => ({
  kind: reading.role === 'presenter' ? 'presenting' : 'reading',
  person: reading.person,
  thing: reading.key,
  day: reading.due,
  until: time === null ? instantOf(addDays(reading.due, 1), '00:00', reading.timeZone) : instantOf(reading.due, time, reading.timeZone),
  timeZone: reading.timeZone,
  group: reading.group,
  groupName: reading.groupName,
  title: reading.title ?? '',
  role: reading.roleName ?? reading.role,
  part: reading.part,
  time,
  path: `/g/${reading.group}/readings`,
})

const sessionAhead = (session: SessionRow & { person: string }, titles: ReadonlyMap<string, string>): Reminded => ({
  kind: 'session',
  person: session.person,
  thing: session.key,
  day: session.day,
  until: session.time === null ? instantOf(addDays(session.day, 1), '00:00', session.timeZone) : instantOf(session.day, session.time, session.timeZone),
  timeZone: session.timeZone,
  group: session.group,
  groupName: session.groupName,
  title: session.papers.flatMap(id => titles.get(id) ?? []).join(', ') || session.title || 'A session',
  role: '',
  part: '',
  time: session.time,
  path: `/g/${session.group}/readings`,
})
