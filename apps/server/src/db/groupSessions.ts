/** Sessions of groups as others than their document's room ask for them. */
import { and, asc, eq, gte, inArray, isNull, lte } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'

export interface SessionRow {
  group: string
  groupName: string
  /** Of the group. */
  timeZone: string
  key: string
  day: string
  time: string | null
  minutes: number
  title: string
  place: string
  /** In their order. */
  papers: string[]
  /** People from outside, by name. */
  guests: string[]
  cancelled: boolean
}

const columns = ({ t: { groupSessions: s, groups: g } }: Database) => ({
  group: s.group,
  groupName: g.name,
  timeZone: g.timeZone,
  key: s.key,
  day: s.day,
  time: s.time,
  minutes: s.minutes,
  title: s.title,
  place: s.place,
  cancelled: s.cancelled,
})

/** The sessions from a day on: of one group, or of all that a person is in. */
export async function sessionsForCalendar(db: Database, { person, group }: { person: string; group: string | null }, from: string): Promise<SessionRow[]> {
  const { groupSessions: s, groups: g, memberships: m } = db.t
  const rows = await db.sql
    .select(columns(db))
    .from(s)
    .innerJoin(g, eq(g.id, s.group))
    .innerJoin(m, and(eq(m.group, s.group), eq(m.person, person), isNull(m.leftAt)))
    .where(and(gte(s.day, from), group === null ? undefined : eq(s.group, group)))
    .orderBy(asc(s.day), asc(s.time), asc(s.key))
  return withContents(db, rows)
}

/** Sessions that take place within these days, both included, once for each member of their group. */
export async function sessionsAhead(db: Database, { from, to }: { from: string; to: string }): Promise<(SessionRow & { person: string })[]> {
  const { groupSessions: s, groups: g, memberships: m } = db.t
  const rows = await db.sql
    .select({ ...columns(db), person: m.person })
    .from(s)
    .innerJoin(g, eq(g.id, s.group))
    .innerJoin(m, and(eq(m.group, s.group), isNull(m.leftAt)))
    .where(and(gte(s.day, from), lte(s.day, to), eq(s.cancelled, false)))
  return withContents(db, rows)
}

/** Sessions with their papers and guests. */
async function withContents<T extends { key: string; group: string }>(
  db: Database,
  rows: readonly T[],
): Promise<(T & Pick<SessionRow, 'papers' | 'guests'>)[]> {
  const { sessionPapers: p, sessionGuests: u } = db.t
  const contents = new Map<string, Pick<SessionRow, 'papers' | 'guests'>>()
  const of = (group: string, session: string) => {
    const known = contents.get(`${group} ${session}`) ?? { papers: [], guests: [] }
    contents.set(`${group} ${session}`, known)
    return known
  }
  for (const some of chunked([...new Set(rows.map(({ key }) => key))])) {
    const papers = await db.sql.select().from(p).where(inArray(p.session, some)).orderBy(asc(p.position), asc(p.at), asc(p.paper))
    for (const { group, session, paper } of papers) of(group, session).papers.push(paper)
    const guests = await db.sql.select().from(u).where(inArray(u.session, some)).orderBy(asc(u.at), asc(u.key))
    for (const { group, session, name } of guests) if (!of(group, session).guests.includes(name)) of(group, session).guests.push(name)
  }
  return rows.map(row => ({ ...row, ...of(row.group, row.key) }))
}

/** Titles of papers by id; those that no source has told are left out. */
export async function titlesOf(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const { papers } = db.t
  const titles = new Map<string, string>()
  for (const some of chunked([...new Set(ids)]))
    for (const { id, title } of await db.sql.select({ id: papers.id, title: papers.title }).from(papers).where(inArray(papers.id, some)))
      if (title !== null) titles.set(id, title)
  return titles
}
