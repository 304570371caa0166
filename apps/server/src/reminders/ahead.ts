/** What lies ahead of members, as reminders see it. */
import { instantOf } from '@paperboard/shared/clockTimes'
import { addDays, type Day, dayAt } from '@paperboard/shared/days'
import { leadDays } from '@paperboard/shared/reminders'
import type { Database } from '../db/database.ts'
import { type SessionRow, sessionsAhead, titlesOf } from '../db/groupSessions.ts'
import { type OpenReading, openReadings } from '../db/reminders.ts'
import { type PresenterRow, presentersAhead } from '../db/turns.ts'
import type { Ahead } from './due.ts'

/** Something ahead, with what is said of it. */
export interface Reminded extends Ahead {
  group: string
  groupName: string
  /** Of the paper, or of the session; '' where no source has told it yet. */
  title: string
  /** Of a presenter who has not agreed yet, `asked`. */
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
  const readings = await openReadings(db, span)
  const presenters = await presentersAhead(db, span)
  const sessions = await sessionsAhead(db, span)
  const titles = await titlesOf(
    db,
    sessions.flatMap(({ papers }) => papers),
  )
  const starts = new Map(sessions.flatMap(({ group, day, key, time }) => [`${group} ${day}`, `${group} ${key}`].map(name => [name, time] as const)))
  const about = new Map(sessions.map(session => [`${session.group} ${session.key}`, titleOf(session, titles)]))
  const open = readings.filter(reading => !isDone(reading))
  return [
    ...open.map(reading =>
      readingAhead(reading, reading.role === 'presenter' ? (starts.get(`${reading.group} ${reading.session ?? reading.due}`) ?? null) : null),
    ),
    ...presenters.map(presenter => presenterAhead(presenter, about.get(`${presenter.group} ${presenter.session}`) ?? presenter.title)),
    ...sessions.map(session => sessionAhead(session, titles)),
  ]
}

/** Who only reads is done when it is read; who presents or discusses, when they are ready. */
const isDone = ({ role, state }: Pick<OpenReading, 'role' | 'state'>): boolean => state === 'ready' || (role === 'reader' && state === 'read')

/** When it has begun; without a time, when its day is over. */
const beginOf = (day: Day, { time, timeZone }: { time: string | null; timeZone: string }): number =>
  time === null ? instantOf(addDays(day, 1), '00:00', timeZone) : instantOf(day, time, timeZone)

/** `time` is when the session begins in which it is presented. */
const readingAhead = (reading: OpenReading, time: string | null): Reminded => ({
  kind: reading.role === 'presenter' ? 'presenting' : 'reading',
  person: reading.person,
  thing: reading.key,
  day: reading.due,
  until: beginOf(reading.due, { time, timeZone: reading.timeZone }),
  timeZone: reading.timeZone,
  group: reading.group,
  groupName: reading.groupName,
  title: reading.title ?? '',
  role: reading.roleName ?? reading.role,
  part: reading.part,
  time,
  path: `/g/${reading.group}/readings`,
})

/** Who presents at a session, and has no paper of their own for it. */
const presenterAhead = (presenter: PresenterRow, title: string): Reminded => ({
  kind: 'presenting',
  person: presenter.person,
  thing: presenter.key,
  day: presenter.day,
  until: beginOf(presenter.day, presenter),
  timeZone: presenter.timeZone,
  group: presenter.group,
  groupName: presenter.groupName,
  title,
  role: presenter.asked ? 'asked' : 'presenter',
  part: '',
  time: presenter.time,
  path: `/g/${presenter.group}/rota`,
})

const titleOf = ({ papers, title }: Pick<SessionRow, 'papers' | 'title'>, titles: ReadonlyMap<string, string>): string =>
  papers.flatMap(id => titles.get(id) ?? []).join(', ') || title

const sessionAhead = (session: SessionRow & { person: string }, titles: ReadonlyMap<string, string>): Reminded => ({
  kind: 'session',
  person: session.person,
  thing: session.key,
  day: session.day,
  until: beginOf(session.day, session),
  timeZone: session.timeZone,
  group: session.group,
  groupName: session.groupName,
  title: titleOf(session, titles) || 'A session',
  role: '',
  part: '',
  time: session.time,
  path: `/g/${session.group}/readings`,
})
