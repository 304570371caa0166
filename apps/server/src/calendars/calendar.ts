/** What stands in the calendar of a member, or of a group. */
import { createHash } from 'node:crypto'
import { addDays, dayAt } from '@paperboard/shared/days'
import { entryVersions } from '../db/calendarEntries.ts'
import type { Database } from '../db/database.ts'
import { type SessionRow, sessionsForCalendar, titlesOf } from '../db/groupSessions.ts'
import { type CalendarReading, readingsForCalendar } from '../db/readings.ts'
import { type Presenting, presentersBySession } from '../db/turns.ts'
import type { CalendarEvent } from './ics.ts'

/** How far back (days) a calendar goes: half a year, so that one can look up what was. */
const daysBack = 183

export interface CalendarScope {
  person: string
  /** Null for everything of the person's own, in all groups; else the group, with everybody's readings. */
  group: string | null
}

/** An event without its version. */
type Told = Omit<CalendarEvent, 'sequence' | 'changedAt'>

interface Options {
  now: number
  /** The origin people reach the server at. */
  publicUrl: string
  /** What the calendar is called. */
  name: string
}

/** The calendar as text. */
export async function calendarOf(db: Database, scope: CalendarScope, { now, publicUrl, name }: Options): Promise<string> {
  const host = new URL(publicUrl).hostname
  const from = addDays(dayAt(now, 'UTC'), -daysBack)
  const readings = await readingsForCalendar(db, scope, from)
  const sessions = await sessionsForCalendar(db, scope, from)
  const presenters = await presentersBySession(db, scope, from)
  const titles = await titlesOf(
    db,
    sessions.flatMap(({ papers }) => papers),
  )
  const told = [
    ...sessions.map(session =>
      sessionEvent(session, {
        host,
        publicUrl,
        titles,
        presenters: presenters.get(`${session.group} ${session.key}`) ?? [],
        me: scope.group === null ? scope.person : null,
      }),
    ),
    ...readings.map(reading => readingEvent(reading, { host, publicUrl, mine: scope.group === null })),
  ]
  const { icsOf } = await import('./ics.ts')
  return icsOf({ name, events: await versioned(db, told, { now, where: scope.group === null ? 'person' : 'group' }) })
}

/** Told otherwise than before, an event gets a new number: programs take the higher one. */
async function versioned(db: Database, told: readonly Told[], { now, where }: { now: number; where: string }): Promise<CalendarEvent[]> {
  const named = told.map(event => {
    const instance = event.instanceOf === undefined ? '' : `/${event.instanceOf.day}`
    return { event, name: `${where}/${event.uid}${instance}`, fingerprint: createHash('sha256').update(JSON.stringify(event)).digest('hex') }
  })
  const versions = await entryVersions(db, named, now)
  return named.map(({ event, name }) => {
    const { sequence, changedAt } = versions.get(name) ?? { sequence: 0, changedAt: now }
    return { ...event, sequence, changedAt }
  })
}

interface SessionTold {
  host: string
  publicUrl: string
  titles: ReadonlyMap<string, string>
  presenters: readonly Presenting[]
  /** Whose own calendar it is; null in that of a group. */
  me: string | null
}

function sessionEvent(session: SessionRow, { host, publicUrl, titles, presenters, me }: SessionTold): Told {
  const papers = session.papers.flatMap(id => titles.get(id) ?? [])
  const about = papers[0] ?? session.title
  const lines = [
    ...(papers.length > 0 && session.title !== '' ? [session.title] : []),
    ...papers,
    ...(presenters.length === 0 ? [] : [`Presented by ${presenters.map(({ name }) => name).join(', ')}`]),
    ...(session.guests.length === 0 ? [] : [`With ${session.guests.join(', ')}`]),
  ]
  const own = presenters.some(({ person }) => person === me) ? ' (you present)' : ''
  return {
    uid: `session-${session.key.replace(':', '-')}@${host}`,
    summary: `${about === '' ? session.groupName : `${session.groupName}: ${about}`}${own}`,
    description: lines.join('\n'),
    url: `${publicUrl}/g/${session.group}/readings`,
    location: session.place,
    when: session.time === null ? { day: session.day } : { day: session.day, time: session.time, minutes: session.minutes, timeZone: session.timeZone },
    cancelled: session.cancelled,
  }
}

function readingEvent(reading: CalendarReading, { host, publicUrl, mine }: { host: string; publicUrl: string; mine: boolean }): Told {
  const title = reading.title ?? 'a paper'
  const as = [reading.roleName, reading.part].filter(Boolean).join(', ')
  const part = as === '' ? '' : ` (${as})`
  const presents = reading.role === 'presenter'
  const summary = mine
    ? `${presents ? 'You present' : 'Read'}: ${title}${part}`
    : `${presents ? `${reading.name} presents` : `${reading.name} reads`}: ${title}${part}`
  return {
    uid: `reading-${reading.key.replace(':', '-')}@${host}`,
    summary,
    description: `${reading.groupName}. ${presents ? 'To be ready by' : 'Due'} this day.`,
    url: `${publicUrl}/g/${reading.group}/readings`,
    when: { day: reading.due },
  }
}
