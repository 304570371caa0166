/** What is to be asked of other services: one row for each work and source, whatever the number of groups that have it. */
import { and, asc, eq, inArray, lt, lte, min, notInArray, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import type { OutsideSource } from './facts.ts'
import { chunked } from './papers.ts'

export interface Lookup {
  /** As of facts: `arxiv:2206.03382`, `doi:10.1145/…`. */
  name: string
  source: OutsideSource
  state: 'waiting' | 'told' | 'missing'
  tries: number
  nextAt: number
  error: string | null
}

/** Has a source asked, unless it is about to be. One that knew nothing is asked again only after `patience` ms. */
export async function enqueue(db: Database, wanted: readonly Pick<Lookup, 'name' | 'source'>[], now: number, patience: number): Promise<void> {
  const { lookups: t } = db.t
  for (const some of chunked(wanted, 200))
    await db.sql
      .insert(t)
      .values(some.map(one => ({ ...one, state: 'waiting' as const, tries: 0, nextAt: now, error: null, createdAt: now })))
      .onConflictDoUpdate({
        target: [t.name, t.source],
        set: { state: 'waiting', tries: 0, nextAt: now, error: null },
        setWhere: and(sql`${t.state} <> 'waiting'`, lt(t.nextAt, now - patience)),
      })
}

/** Those whose time has come, longest waiting first, less those of the sources `except`. */
export async function dueLookups(db: Database, { now, most, except }: { now: number; most: number; except: readonly OutsideSource[] }): Promise<Lookup[]> {
  const { lookups: t } = db.t
  const rows = await db.sql
    .select()
    .from(t)
    .where(and(eq(t.state, 'waiting'), lte(t.nextAt, now), except.length === 0 ? undefined : notInArray(t.source, [...except])))
    .orderBy(asc(t.nextAt), asc(t.createdAt), asc(t.name))
    .limit(most)
  return rows.map(asLookup)
}

/** When the next one is due, ms since 1970; null when nothing waits. */
export async function nextDue(db: Database): Promise<number | null> {
  const { lookups: t } = db.t
  const [row] = await db.sql
    .select({ at: min(t.nextAt) })
    .from(t)
    .where(eq(t.state, 'waiting'))
  return row?.at ?? null
}

export async function lookupsOf(db: Database, names: readonly string[]): Promise<Lookup[]> {
  const { lookups: t } = db.t
  const found: Lookup[] = []
  for (const some of chunked([...new Set(names)])) found.push(...(await db.sql.select().from(t).where(inArray(t.name, some))).map(asLookup))
  return found
}

export async function settleLookup(db: Database, { name, source, ...change }: Lookup): Promise<void> {
  const { lookups: t } = db.t
  await db.sql
    .update(t)
    .set(change)
    .where(and(eq(t.name, name), eq(t.source, source)))
}

/** What waits for a source waits until `until`: it does not answer anybody now. */
export async function postponeSource(db: Database, source: OutsideSource, until: number, error: string): Promise<void> {
  const { lookups: t } = db.t
  await db.sql
    .update(t)
    .set({ nextAt: until, error, tries: sql`${t.tries} + 1` })
    .where(and(eq(t.source, source), eq(t.state, 'waiting'), lt(t.nextAt, until)))
}

const asLookup = ({ createdAt, source, ...row }: Omit<Lookup, 'source'> & { source: Lookup['source'] | 'group'; createdAt: number }): Lookup => {
  if (source === 'group') throw new Error('A group is not looked up')
  return { ...row, source }
}
