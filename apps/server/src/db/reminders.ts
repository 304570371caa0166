/** How people want to be reminded, and what there is to be reminded of. */

import type { Role } from '@paperboard/shared/members'
import { defaultReminders, ReminderSettings } from '@paperboard/shared/reminders'
import { and, eq, gte, inArray, isNull, lte, ne } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'
import { dueOf, presenterOfReading, roleOf, sessionOfReading } from './readings.ts'

/** The settings of those who have some; of all others they are `defaultReminders`. A row of another form counts as none. */
export async function reminderSettingsOf(db: Database, people: readonly string[]): Promise<Map<string, ReminderSettings>> {
  const { reminderSettings: t } = db.t
  const settings = new Map<string, ReminderSettings>()
  for (const some of chunked([...new Set(people)]))
    for (const row of await db.sql.select({ person: t.person, settings: t.settings }).from(t).where(inArray(t.person, some))) {
      const read = ReminderSettings.safeParse(row.settings)
      if (read.success) settings.set(row.person, read.data)
    }
  return settings
}

export async function reminderSettingsFor(db: Database, person: string): Promise<ReminderSettings> {
  return (await reminderSettingsOf(db, [person])).get(person) ?? defaultReminders
}

export async function setReminderSettings(db: Database, person: string, settings: ReminderSettings, now: number): Promise<void> {
  const { reminderSettings: t } = db.t
  const change = { settings, changedAt: now }
  await db.sql
    .insert(t)
    .values({ person, ...change })
    .onConflictDoUpdate({ target: t.person, set: change })
}

/** A reading that is not done, of somebody who is in the group. */
export interface OpenReading {
  group: string
  timeZone: string
  groupName: string
  key: string
  person: string
  memberRole: Role
  role: string
  /** How a template calls it; null without one. */
  roleName: string | null
  part: string
  /** The session that it is for; null for none. */
  session: string | null
  due: string
  /** When it was handed out. */
  at: number
  state: string
  /** Null while it is open which paper it will be. */
  paper: string | null
  title: string | null
}

/** Open readings that are due within these days, both included. */
export async function openReadings(db: Database, { from, to }: { from: string; to: string }): Promise<OpenReading[]> {
  const { readings: r, memberships: m, groups: g, papers: p, groupSessions: s, presenters: w } = db.t
  const due = dueOf(db)
  const rows = await db.sql
    .select({
      group: r.group,
      timeZone: g.timeZone,
      groupName: g.name,
      key: r.key,
      person: r.member,
      memberRole: m.role,
      role: roleOf(db),
      roleName: r.roleName,
      part: r.part,
      session: r.session,
      due,
      at: r.at,
      state: r.state,
      paper: r.paper,
      title: p.title,
    })
    .from(r)
    .innerJoin(m, and(eq(m.group, r.group), eq(m.person, r.member), isNull(m.leftAt)))
    .innerJoin(g, eq(g.id, r.group))
    .leftJoin(p, eq(p.id, r.paper))
    .leftJoin(s, sessionOfReading(db))
    .leftJoin(w, presenterOfReading(db))
    .where(and(gte(due, from), lte(due, to), ne(r.state, 'ready')))
  return rows.flatMap(row => (row.due === null ? [] : [{ ...row, due: row.due }]))
}
