/** From the rows of a schedule to what the plan of a group gets. Nothing is written here. */
import type { ScheduleItem, SchedulePreview } from '@paperboard/shared/api'
import { addDays, type Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import type { Database } from '../db/database.ts'
import { Problem } from '../errors.ts'
import { readReference } from '../papers/identifiers.ts'
import { type Entries, planEntries } from '../papers/imports.ts'
import { type ReadPaper, untold } from '../papers/pastedLines.ts'
import { type Known, type Taken, takenFor } from './people.ts'
import type { NamedPaper, ScheduleRow } from './rows.ts'

/** What the plan holds, and who could be meant. */
export interface ScheduleTarget {
  group: string
  today: Day
  /** Days that have a session. */
  days: ReadonlySet<Day>
  members: readonly Known[]
  /** Rows left out, by line. */
  skip: ReadonlySet<number>
  /** Who a name is, where the importer has said so. */
  people: ReadonlyMap<string, string | null>
}

/** One session to be planned, or added to. */
export interface SessionToPlan {
  day: Day
  time: string | null
  minutes: number
  title: string
  place: string
  cancelled: boolean
  papers: string[]
  /** Papers with the members who present them. */
  presented: { paper: string; member: string }[]
  /** Members who present, with or without a paper. */
  presenters: string[]
  guests: string[]
}

export interface SchedulePlan extends Entries {
  preview: SchedulePreview
  /** By day, one each. */
  sessions: SessionToPlan[]
}

/** Sessions further ahead than this (days) are a mistake in the year. */
const farAhead = 3_660

/** Throws `too-large` for more sessions than one import may plan. */
export async function planSchedule(db: Database, text: string, target: ScheduleTarget): Promise<SchedulePlan> {
  const { readSchedule } = await import('./readSchedule.ts')
  const read = readSchedule(text, target.today)
  const rows = read.rows.toSorted((a, b) => (a.day ?? '9999').localeCompare(b.day ?? '9999') || a.line - b.line)
  const judged = rows.map(row => ({ row, ...judge(row, target.today) }))
  const planned = judged.filter(({ row, status }) => status !== 'out' && !target.skip.has(row.line))
  if (planned.length > limits.importSessions)
    throw new Problem('too-large', `These are ${planned.length} sessions, and ${limits.importSessions} can be planned at a time. Take them in parts.`)
  const named = judged.flatMap(({ row, status }) => (status === 'session' ? row.papers : []))
  const entries = await planEntries(
    db,
    target.group,
    named.map(paper => paperFrom(paper, target.today)),
  )
  const idOf = new Map(named.map((paper, n) => [paper, { id: entries.ids[n] ?? '', fresh: entries.fresh[n] ?? true }]))
  const people = peopleIn(rows, target)
  const sessions = merged(planned, { idOf, people })
  const used = new Set(sessions.flatMap(({ papers }) => papers))
  return {
    preview: {
      format: read.format,
      items: judged.map(({ row, status, reason }) => itemOf(row, { status, reason, here: row.day !== null && target.days.has(row.day), idOf })),
      problems: read.problems,
      people: [...people.values()],
    },
    sessions,
    // What stands in rows that are left out is not entered.
    enter: entries.enter.filter(row => used.has(row.id)),
    change: entries.change.filter(row => used.has(row.id)),
  }
}

function judge(row: ScheduleRow, today: Day): Pick<ScheduleItem, 'status' | 'reason'> {
  const out = (reason: string) => ({ status: 'out' as const, reason })
  if (row.day === null) return out('It names no day.')
  if (row.day < limits.firstBoardDay) return out(`Sessions begin on ${limits.firstBoardDay}.`)
  if (row.day > addDays(today, farAhead)) return out('That is more than ten years ahead. Check the year.')
  const past = row.day < today
  if (row.skipped) return past ? out('Nothing took place.') : { status: 'cancelled', reason: null }
  if (row.papers.length === 0 && past) return out('No paper: the slot was skipped.')
  return { status: 'session', reason: null }
}

function peopleIn(rows: readonly ScheduleRow[], { members, people }: ScheduleTarget): Map<string, Taken> {
  const names = new Set(rows.flatMap(({ presenters }) => presenters))
  return new Map(
    [...names].map(name => {
      const chosen = people.get(name)
      if (chosen === undefined) return [name, takenFor(name, members)]
      return [name, { name, member: members.some(({ id }) => id === chosen) ? chosen : null, why: null }]
    }),
  )
}

type Ids = ReadonlyMap<NamedPaper, { id: string; fresh: boolean }>

/** Rows of one day are one session. */
function merged(
  rows: readonly { row: ScheduleRow; status: ScheduleItem['status'] }[],
  { idOf, people }: { idOf: Ids; people: ReadonlyMap<string, Taken> },
): SessionToPlan[] {
  const sessions = new Map<Day, SessionToPlan>()
  for (const { row, status } of rows) {
    if (row.day === null) continue
    const session = sessions.get(row.day) ?? emptySession(row, row.day)
    sessions.set(row.day, session)
    session.cancelled &&= status === 'cancelled'
    session.time ??= row.time?.from ?? null
    session.place ||= row.place.slice(0, limits.placeLength)
    if (status === 'session') session.title ||= row.note
    const ids = row.papers.flatMap(paper => idOf.get(paper)?.id ?? [])
    session.papers.push(...ids.filter(id => !session.papers.includes(id)))
    for (const name of row.presenters) {
      const member = people.get(name)?.member ?? null
      if (member === null) session.guests.push(...(session.guests.includes(name) ? [] : [name]))
      else if (status === 'session') {
        session.presented.push(...ids.map(paper => ({ paper, member })))
        session.presenters.push(...(session.presenters.includes(member) ? [] : [member]))
      }
    }
  }
  return [...sessions.values()].map(session => ({
    ...session,
    papers: session.papers.slice(0, limits.sessionPapers),
    guests: session.guests.slice(0, limits.sessionGuests),
    title: session.title.slice(0, limits.titleLength),
  }))
}

const emptySession = (row: ScheduleRow, day: Day): SessionToPlan => ({
  day,
  time: row.time?.from ?? null,
  minutes: minutesOf(row.time),
  title: '',
  place: '',
  cancelled: true,
  papers: [],
  presented: [],
  presenters: [],
  guests: [],
})

const usualMinutes = 60

function minutesOf(time: ScheduleRow['time']): number {
  if (time?.to == null) return usualMinutes
  const at = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
  return Math.min(limits.sessionMinutes, Math.max(5, at(time.to) - at(time.from)))
}

/** A link to a known paper site is read as the identifier in it; one that names no paper is left aside. */
function paperFrom({ title, url }: NamedPaper, today: Day): ReadPaper {
  const named = url === null ? null : readReference(url, today)
  const reference = named === null || 'reason' in named ? {} : named
  return { ...untold(), title: title === null ? null : title.slice(0, limits.titleLength), ...reference }
}

const itemOf = (row: ScheduleRow, { idOf, ...about }: Pick<ScheduleItem, 'status' | 'reason' | 'here'> & { idOf: Ids }): ScheduleItem => ({
  line: row.line,
  text: row.text,
  day: row.day,
  time: row.time?.from ?? null,
  minutes: minutesOf(row.time),
  papers: row.papers.map(paper => ({ ...paper, known: idOf.get(paper)?.fresh === false })),
  presenters: row.presenters,
  note: [row.note, row.place].filter(Boolean).join(' · '),
  ...about,
})
