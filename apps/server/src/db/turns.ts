/** Who presents, and swaps, as others than their document's room ask for them. */
import type { BoardOffer } from '@paperboard/shared/api'
import { and, asc, eq, gt, gte, isNull, lte, ne, notExists, notInArray, or } from 'drizzle-orm'
import type { Database } from './database.ts'

/** Somebody was put down to present, or asked to. */
export interface PresenterRow {
  group: string
  groupName: string
  timeZone: string
  key: string
  session: string
  /** Of the presenter, who is in the group. */
  person: string
  day: string
  time: string | null
  title: string
  asked: boolean
  by: string
  at: number
}

const presenterColumns = ({ t: { presenters: p, groupSessions: s, groups: g } }: Database) => ({
  group: p.group,
  groupName: g.name,
  timeZone: g.timeZone,
  key: p.key,
  session: p.session,
  person: p.member,
  day: s.day,
  time: s.time,
  title: s.title,
  asked: p.asked,
  by: p.by,
  at: p.at,
})

function presenterRows(db: Database) {
  const { presenters: p, groupSessions: s, groups: g, memberships: m } = db.t
  return db.sql
    .select(presenterColumns(db))
    .from(p)
    .innerJoin(s, and(eq(s.group, p.group), eq(s.key, p.session), eq(s.cancelled, false)))
    .innerJoin(g, eq(g.id, p.group))
    .innerJoin(m, and(eq(m.group, p.group), eq(m.person, p.member), isNull(m.leftAt)))
}

/** Presenters of sessions that take place within these days, both included, who have no reading that says what they present. */
export const presentersAhead = (db: Database, { from, to }: { from: string; to: string }): Promise<PresenterRow[]> => {
  const { presenters: p, groupSessions: s, readings: r } = db.t
  const theirs = db.sql
    .select({ key: r.key })
    .from(r)
    .where(and(eq(r.group, p.group), eq(r.session, p.session), eq(r.member, p.member), eq(r.role, 'presenter')))
  return presenterRows(db).where(and(gte(s.day, from), lte(s.day, to), notExists(theirs)))
}

/** Those whom others have put down, and who did not swap, since `at`, for sessions from a day on. */
export const putDownSince = (db: Database, at: number, day: string): Promise<PresenterRow[]> => {
  const { presenters: p, groupSessions: s } = db.t
  return presenterRows(db).where(and(gt(p.at, at), ne(p.by, p.member), notInArray(p.way, ['swap', 'substitute']), gte(s.day, day)))
}

/** Who has agreed to present at a session. */
export interface Presenting {
  person: string
  name: string
}

/** Who has agreed to present, by session, at sessions from a day on: of one group, or of all that a person is in. */
export async function presentersBySession(
  db: Database,
  { person, group }: { person: string; group: string | null },
  from: string,
): Promise<Map<string, Presenting[]>> {
  const { presenters: p, groupSessions: s, people, memberships: m } = db.t
  const rows = await db.sql
    .select({ group: p.group, session: p.session, person: p.member, name: people.name })
    .from(p)
    .innerJoin(s, and(eq(s.group, p.group), eq(s.key, p.session)))
    .innerJoin(people, eq(people.id, p.member))
    .innerJoin(m, and(eq(m.group, p.group), eq(m.person, person), isNull(m.leftAt)))
    .where(and(gte(s.day, from), eq(p.asked, false), group === null ? undefined : eq(p.group, group)))
    .orderBy(asc(p.at), asc(p.member))
  return Map.groupBy(rows, row => `${row.group} ${row.session}`)
}

/** A swap that was asked or answered, with the days of its sessions. */
export interface SwapRow {
  group: string
  groupName: string
  key: string
  asker: string
  member: string
  mine: string
  theirs: string | null
  note: string
  accepted: boolean | null
}

/** Swaps that were asked, or answered, since `at`. */
export function swapsSince(db: Database, at: number): Promise<SwapRow[]> {
  const { swaps: w, groups: g } = db.t
  return db.sql
    .select({
      group: w.group,
      groupName: g.name,
      key: w.key,
      asker: w.asker,
      member: w.member,
      mine: w.mine,
      theirs: w.theirs,
      note: w.note,
      accepted: w.accepted,
    })
    .from(w)
    .innerJoin(g, eq(g.id, w.group))
    .where(or(gt(w.at, at), gt(w.answeredAt, at)))
}

/** Days of sessions of a group, by key. */
export async function sessionDays(db: Database, group: string): Promise<Map<string, string>> {
  const { groupSessions: s } = db.t
  const rows = await db.sql.select({ key: s.key, day: s.day }).from(s).where(eq(s.group, group))
  return new Map(rows.map(({ key, day }) => [key, day]))
}

/** Names of the members of a group, also of those who have left. */
export async function memberNames(db: Database, group: string): Promise<Map<string, string>> {
  const { memberships: m, people } = db.t
  const rows = await db.sql.select({ id: people.id, name: people.name }).from(m).innerJoin(people, eq(people.id, m.person)).where(eq(m.group, group))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Groups that have sessions to be planned by a rule, on a day or later. */
export async function groupsWithSchedules(db: Database, day: string): Promise<{ group: string; timeZone: string }[]> {
  const { schedules: c, groups: g } = db.t
  return db.sql
    .selectDistinct({ group: c.group, timeZone: g.timeZone })
    .from(c)
    .innerJoin(g, eq(g.id, c.group))
    .where(or(isNull(c.until), gte(c.until, day)))
}

/** Offers on boards from a day on, by those who are in the group, the earliest first. */
export function offersOnBoards(db: Database, group: string, from: string): Promise<BoardOffer[]> {
  const { offers: o, memberships: m } = db.t
  return db.sql
    .select({ paper: o.paper, day: o.day, member: o.member, at: o.at })
    .from(o)
    .innerJoin(m, and(eq(m.group, o.group), eq(m.person, o.member), isNull(m.leftAt)))
    .where(and(eq(o.group, group), gte(o.day, from)))
    .orderBy(asc(o.at), asc(o.member), asc(o.paper))
}
