/** Sources of groups, their runs, and what they have brought. */
import type { Day } from '@paperboard/shared/days'
import type { NewSource, RunReport, SourceRun } from '@paperboard/shared/sources'
import { and, asc, count, desc, eq, getTableColumns, gte, inArray, isNotNull, isNull, lt, lte } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'

export interface SourceRow extends NewSource {
  id: string
  group: string
  createdBy: string
  createdAt: number
  /** ms; null while it is paused. */
  nextAt: number | null
  doneUntil: Day | null
}

export interface RunRow extends Omit<SourceRun, 'report'> {
  reach: string
  report: RunReport | null
}

export interface ItemRow {
  source: string
  key: string
  run: string
  day: Day
  paper: string
  marks: string[]
  position: number
  placedAt: number | null
}

export async function addSource(db: Database, row: SourceRow): Promise<void> {
  await db.sql.insert(db.t.sources).values(row)
}

export async function changeSource(db: Database, id: string, change: Partial<Omit<SourceRow, 'id' | 'group'>>): Promise<void> {
  await db.sql.update(db.t.sources).set(change).where(eq(db.t.sources.id, id))
}

export async function removeSource(db: Database, id: string): Promise<void> {
  await db.sql.delete(db.t.sources).where(eq(db.t.sources.id, id))
}

/** In the order in which they were added. */
export function sourcesOf(db: Database, group: string): Promise<SourceRow[]> {
  const { sources } = db.t
  return db.sql.select().from(sources).where(eq(sources.group, group)).orderBy(asc(sources.createdAt), asc(sources.id))
}

export async function findSource(db: Database, id: string): Promise<SourceRow | null> {
  const [row] = await db.sql.select().from(db.t.sources).where(eq(db.t.sources.id, id))
  return row ?? null
}

/** Those whose slot has come, each with the time zone of its group. */
export function sourcesDue(db: Database, now: number): Promise<{ source: SourceRow; timeZone: string }[]> {
  const { sources, groups } = db.t
  return db.sql
    .select({ source: getTableColumns(sources), timeZone: groups.timeZone })
    .from(sources)
    .innerJoin(groups, eq(groups.id, sources.group))
    .where(lte(sources.nextAt, now))
    .orderBy(asc(sources.nextAt))
}

/**
 * Opens the run of a slot and goes on to the next one. False when another server has done that. What earlier runs have left
 * to do becomes the matter of this one.
 */
export function openRun(db: Database, run: RunRow, nextAt: number): Promise<boolean> {
  return db.transaction(async tx => {
    const { sources, sourceRuns } = tx.t
    const moved = await tx.sql
      .update(sources)
      .set({ nextAt })
      .where(and(eq(sources.id, run.source), eq(sources.nextAt, run.slot)))
      .returning({ id: sources.id })
    if (moved.length === 0) return false
    const added = await tx.sql.insert(sourceRuns).values(run).onConflictDoNothing().returning({ id: sourceRuns.id })
    if (added.length === 0) return false
    await handOver(tx, run)
    return true
  })
}

/** A run by hand. */
export async function openRunNow(db: Database, run: RunRow): Promise<void> {
  await db.transaction(async tx => {
    await tx.sql.insert(tx.t.sourceRuns).values(run)
    await handOver(tx, run)
  })
}

async function handOver(tx: Database, { id, source, startedAt }: RunRow): Promise<void> {
  const { sourceRuns } = tx.t
  const open = await tx.sql
    .select({ id: sourceRuns.id, state: sourceRuns.state })
    .from(sourceRuns)
    .where(and(eq(sourceRuns.source, source), isNotNull(sourceRuns.nextTry)))
  for (const other of open)
    if (other.id !== id)
      await tx.sql
        .update(sourceRuns)
        .set({ nextTry: null, endedAt: startedAt, state: other.state === 'fetching' ? 'failed' : 'done' })
        .where(eq(sourceRuns.id, other.id))
}

/** Runs that have something to do. */
export function runsDue(db: Database, now: number): Promise<RunRow[]> {
  const { sourceRuns } = db.t
  return db.sql.select().from(sourceRuns).where(lte(sourceRuns.nextTry, now)).orderBy(asc(sourceRuns.nextTry), asc(sourceRuns.id))
}

export async function findRun(db: Database, id: string): Promise<RunRow | null> {
  const [row] = await db.sql.select().from(db.t.sourceRuns).where(eq(db.t.sourceRuns.id, id))
  return row ?? null
}

export async function changeRun(db: Database, id: string, change: Partial<Omit<RunRow, 'id' | 'source'>>): Promise<void> {
  await db.sql.update(db.t.sourceRuns).set(change).where(eq(db.t.sourceRuns.id, id))
}

/** The newest runs of a source, those that began before `before` (ms) where it is given. */
export function runsOf(db: Database, source: string, most: number, before: number | null = null): Promise<RunRow[]> {
  const { sourceRuns } = db.t
  return db.sql
    .select()
    .from(sourceRuns)
    .where(and(eq(sourceRuns.source, source), ...(before === null ? [] : [lt(sourceRuns.startedAt, before)])))
    .orderBy(desc(sourceRuns.startedAt), desc(sourceRuns.id))
    .limit(most)
}

/** Forgets all but the newest runs of a source. */
export async function forgetRuns(db: Database, source: string, most: number): Promise<void> {
  const { sourceRuns } = db.t
  const [last] = (await runsOf(db, source, most)).slice(most - 1)
  if (last === undefined) return
  await db.sql.delete(sourceRuns).where(and(eq(sourceRuns.source, source), lt(sourceRuns.startedAt, last.startedAt)))
}

/** Which of these keys the source has brought. */
export async function broughtKeys(db: Database, source: string, keys: readonly string[]): Promise<Set<string>> {
  const { sourceItems } = db.t
  const found = new Set<string>()
  for (const some of chunked(keys))
    for (const { key } of await db.sql
      .select({ key: sourceItems.key })
      .from(sourceItems)
      .where(and(eq(sourceItems.source, source), inArray(sourceItems.key, some))))
      found.add(key)
  return found
}

/** How many papers a source has brought to the boards of `from` and later. */
export async function broughtByDay(db: Database, source: string, from: Day): Promise<Map<Day, number>> {
  const { sourceItems } = db.t
  const rows = await db.sql
    .select({ day: sourceItems.day, count: count() })
    .from(sourceItems)
    .where(and(eq(sourceItems.source, source), gte(sourceItems.day, from)))
    .groupBy(sourceItems.day)
  return new Map(rows.map(row => [row.day, row.count]))
}

/** Notes items as brought, to be put on their boards. */
export async function addItems(db: Database, rows: readonly ItemRow[]): Promise<void> {
  for (const some of chunked(rows, 100)) await db.sql.insert(db.t.sourceItems).values(some)
}

/** Items that are not on their boards yet, in their order. */
export function itemsToPlace(db: Database, source: string): Promise<ItemRow[]> {
  const { sourceItems } = db.t
  return db.sql
    .select()
    .from(sourceItems)
    .where(and(eq(sourceItems.source, source), isNull(sourceItems.placedAt)))
    .orderBy(asc(sourceItems.day), asc(sourceItems.position), asc(sourceItems.key))
}

/** Notes that the items of a source for one day are on its board. */
export async function notePlaced(db: Database, source: string, keys: readonly string[], now: number): Promise<void> {
  const { sourceItems } = db.t
  for (const some of chunked(keys))
    await db.sql
      .update(sourceItems)
      .set({ placedAt: now })
      .where(and(eq(sourceItems.source, source), inArray(sourceItems.key, some)))
}

/** How many items of a run are on each board. */
export async function placedBy(db: Database, run: string, source: string): Promise<{ day: Day; added: number }[]> {
  const { sourceItems } = db.t
  const rows = await db.sql
    .select({ day: sourceItems.day, added: count() })
    .from(sourceItems)
    .where(and(eq(sourceItems.source, source), eq(sourceItems.run, run), isNotNull(sourceItems.placedAt)))
    .groupBy(sourceItems.day)
    .orderBy(asc(sourceItems.day))
  return rows
}
