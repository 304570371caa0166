/** The history of a group's plan: what its rows said before a change, and what they say now. */
import { Reading } from '@paperboard/shared/group'
import { GroupSession, SessionGuest, SessionPaper } from '@paperboard/shared/groupSessions'
import { newId } from '@paperboard/shared/ids'
import { type PlanChange, type PlanRoot, planRoots } from '@paperboard/shared/planHistory'
import { Presenter } from '@paperboard/shared/presenters'
import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'
import type { RecordNow, Written } from './recordRows.ts'

type Facts = Record<string, string | number | boolean | null>

/** What of a record the history tells: no times and no bylines, which change with every step. Null when it is gone. */
const factsOf: Record<PlanRoot, (record: unknown, key: string) => Facts | null> = {
  sessions: record => {
    const session = GroupSession.safeParse(record).data
    if (session === undefined) return null
    const { at: _, ...facts } = session
    return facts
  },
  sessionPapers: record => {
    const paper = SessionPaper.safeParse(record).data
    return paper === undefined ? null : { order: paper.order, part: paper.part }
  },
  sessionGuests: record => {
    const guest = SessionGuest.safeParse(record).data
    return guest === undefined ? null : { name: guest.name, role: guest.role, paper: guest.paper }
  },
  readings: record => {
    const reading = Reading.safeParse(record).data
    if (reading === undefined) return null
    const { paper, member, role, part, session = null, due } = reading
    return { paper, member, role, part, session, due }
  },
  presenters: (record, key) => {
    const presenter = Presenter.safeParse(record).data
    return presenter === undefined ? null : { member: lastOf(key), asked: presenter.asked, way: presenter.way }
  },
}

const lastOf = (key: string) => key.slice(key.lastIndexOf(':') + 1)
const allButLast = (key: string) => key.slice(0, key.lastIndexOf(':'))
const isPlanRoot = (root: string): root is PlanRoot => planRoots.some(known => known === root)

/** The session that a change is about; empty for a reading without one. */
const sessionOf = (root: PlanRoot, key: string, facts: Facts | null): string =>
  root === 'sessions' ? key : root === 'readings' ? String(facts?.session ?? '') : allButLast(key)

/** Who changed which records, by `root/key`, and the time for what changed without a word of it. */
export interface History {
  writers: ReadonlyMap<string, Written>
  now: number
}

/** Writes down what is about to change in the rows of the plan. To be called before they do, in the same transaction. */
export async function notePlanChanges(
  tx: Database,
  group: string,
  { whole, records }: { whole: boolean; records: readonly RecordNow[] },
  { writers, now }: History,
): Promise<void> {
  const changed = records.flatMap(({ root, ...record }) => (isPlanRoot(root) ? [{ root, ...record }] : []))
  if (!whole && changed.length === 0) return
  const before = await rowsOf(tx, group, whole ? null : changed)
  // Rows that were never written tell nothing of what was before.
  if (whole && before.size === 0) return
  const after = new Map(changed.map(({ root, key, record }) => [`${root}/${key}`, { root, key, facts: factsOf[root](record, key) }]))
  if (whole) for (const [id, { root, key }] of before) if (!after.has(id)) after.set(id, { root, key, facts: null })
  const rows = [...after].flatMap(([id, { root, key, facts }]) => {
    const was = before.get(id)?.facts ?? null
    if (sameFacts(was, facts)) return []
    const { by, at } = writers.get(id) ?? { by: null, at: now }
    return [{ id: newId(), group, session: sessionOf(root, key, facts ?? was), at, by, root, key, before: was, after: facts }]
  })
  for (const some of chunked(rows)) await tx.sql.insert(tx.t.planChanges).values(some)
}

const sameFacts = (a: Facts | null, b: Facts | null) =>
  a === null || b === null ? a === b : Object.keys({ ...a, ...b }).every(name => (a[name] ?? null) === (b[name] ?? null))

interface Row {
  root: PlanRoot
  key: string
  facts: Facts
}

/** What the rows say now, by `root/key`: of some records, or with null of all. */
async function rowsOf(tx: Database, group: string, of: readonly { root: PlanRoot; key: string }[] | null): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>()
  for (const root of planRoots) {
    const keys = of?.filter(each => each.root === root).map(({ key }) => key) ?? null
    for (const some of keys === null ? [null] : chunked(keys))
      for (const { key, facts } of await rowsIn[root](tx, group, some)) rows.set(`${root}/${key}`, { root, key, facts })
  }
  return rows
}

const rowsIn: Record<PlanRoot, (tx: Database, group: string, keys: readonly string[] | null) => Promise<{ key: string; facts: Facts }[]>> = {
  sessions: async ({ sql, t: { groupSessions: t } }, group, keys) => {
    const rows = await sql
      .select()
      .from(t)
      .where(and(eq(t.group, group), keys === null ? undefined : inArray(t.key, [...keys])))
    return rows.map(({ key, day, time, minutes, title, place, cancelled }) => ({ key, facts: { day, time, minutes, title, place, cancelled } }))
  },
  sessionPapers: async ({ sql, t: { sessionPapers: t } }, group, keys) => {
    const sessions = keys === null ? null : [...new Set(keys.map(allButLast))]
    const rows = await sql
      .select()
      .from(t)
      .where(and(eq(t.group, group), sessions === null ? undefined : inArray(t.session, sessions)))
    return rows.map(({ session, paper, position, part }) => ({ key: `${session}:${paper}`, facts: { order: position, part } }))
  },
  sessionGuests: async ({ sql, t: { sessionGuests: t } }, group, keys) => {
    const rows = await sql
      .select()
      .from(t)
      .where(and(eq(t.group, group), keys === null ? undefined : inArray(t.key, [...keys])))
    return rows.map(({ key, name, role, paper }) => ({ key, facts: { name, role, paper } }))
  },
  readings: async ({ sql, t: { readings: t } }, group, keys) => {
    const rows = await sql
      .select()
      .from(t)
      .where(and(eq(t.group, group), keys === null ? undefined : inArray(t.key, [...keys])))
    return rows.map(({ key, paper, member, role, part, session, due }) => ({ key, facts: { paper, member, role, part, session, due } }))
  },
  presenters: async ({ sql, t: { presenters: t } }, group, keys) => {
    const rows = await sql
      .select()
      .from(t)
      .where(and(eq(t.group, group), keys === null ? undefined : inArray(t.key, [...keys])))
    return rows.map(({ key, member, asked, way }) => ({ key, facts: { member, asked, way } }))
  },
}

/** The latest changes of a group's plan, those before a moment where one is given. */
export async function planChangesOf(db: Database, group: string, { before, most }: { before: number | null; most: number }): Promise<PlanChange[]> {
  const { planChanges: t } = db.t
  const rows = await db.sql
    .select()
    .from(t)
    .where(and(eq(t.group, group), before === null ? undefined : lt(t.at, before)))
    .orderBy(desc(t.at), desc(t.id))
    .limit(most)
  return rows.flatMap(({ id, session, at, by, root, key, before, after }) =>
    isPlanRoot(root) ? [{ id, session, at, by, root, key, before: readFacts(before), after: readFacts(after) }] : [],
  )
}

const readFacts = (stored: unknown): Facts | null => (typeof stored === 'object' && stored !== null ? (stored as Facts) : null)
