/** Readings as others than their document's room ask for them. */
import { and, asc, eq, gte, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/** When a reading is due: on the date set for it, else with its session, if that takes place. For queries that join `sessionOfReading`. */
export const dueOf = ({ t: { readings: r, groupSessions: s } }: Database): SQL<string | null> =>
  sql<string | null>`coalesce(${r.due}, case when ${s.cancelled} then null else ${s.day} end)`

/** The session of a reading, to be joined from the left: most have none. */
export const sessionOfReading = ({ t: { readings: r, groupSessions: s } }: Database): SQL | undefined => and(eq(s.group, r.group), eq(s.key, r.session))

/** Whoever presents at the session of a reading, to be joined from the left. */
export const presenterOfReading = ({ t: { readings: r, presenters: w } }: Database): SQL | undefined =>
  and(eq(w.group, r.group), eq(w.session, r.session), eq(w.member, r.member))

/** As what a reading is taken on: whoever does not present at its session reads. For queries that join `presenterOfReading`. */
export const roleOf = ({ t: { readings: r, presenters: w } }: Database): SQL<string> =>
  sql<string>`case when ${r.role} = 'presenter' and ${r.session} is not null and ${w.key} is null then 'reader' else ${r.role} end`

/** A reading with a date, of somebody who is in the group. */
export interface CalendarReading {
  group: string
  groupName: string
  key: string
  member: string
  name: string
  role: string
  /** How a template calls it; null without one. */
  roleName: string | null
  part: string
  due: string
  title: string | null
}

/** The readings that are due from a day on: a person's own in all of their groups, or those of everybody in one. */
export async function readingsForCalendar(db: Database, { person, group }: { person: string; group: string | null }, from: string): Promise<CalendarReading[]> {
  const { readings: r, memberships: m, groups: g, papers: p, groupSessions: s, presenters: w, people } = db.t
  const due = dueOf(db)
  const rows = await db.sql
    .select({
      group: r.group,
      groupName: g.name,
      key: r.key,
      member: r.member,
      name: people.name,
      role: roleOf(db),
      roleName: r.roleName,
      part: r.part,
      due,
      title: p.title,
    })
    .from(r)
    .innerJoin(m, and(eq(m.group, r.group), eq(m.person, r.member), isNull(m.leftAt)))
    .innerJoin(g, eq(g.id, r.group))
    .innerJoin(people, eq(people.id, r.member))
    .leftJoin(p, eq(p.id, r.paper))
    .leftJoin(s, sessionOfReading(db))
    .leftJoin(w, presenterOfReading(db))
    .where(and(group === null ? eq(r.member, person) : eq(r.group, group), gte(due, from)))
    .orderBy(asc(due), asc(r.key))
  return rows.flatMap(row => (row.due === null ? [] : [{ ...row, due: row.due }]))
}
