/** What is kept of the answers of other services, and whose turn it is to ask them. */
import { and, eq, isNull, lt, lte, or } from 'drizzle-orm'
import type { Database } from './database.ts'

export interface KeptAnswer {
  url: string
  etag: string | null
  lastModified: string | null
  contentType: string
  body: Buffer
  fetchedAt: number
}

export async function findAnswer(db: Database, url: string): Promise<KeptAnswer | null> {
  const { outsideAnswers } = db.t
  const [row] = await db.sql.select().from(outsideAnswers).where(eq(outsideAnswers.url, url))
  return row ?? null
}

export async function keepAnswer(db: Database, { url, ...answer }: KeptAnswer): Promise<void> {
  const { outsideAnswers } = db.t
  await db.sql
    .insert(outsideAnswers)
    .values({ url, ...answer })
    .onConflictDoUpdate({ target: outsideAnswers.url, set: answer })
}

/** Forgets answers that nobody has asked for since `before`. */
export async function forgetAnswers(db: Database, before: number): Promise<void> {
  await db.sql.delete(db.t.outsideAnswers).where(lt(db.t.outsideAnswers.fetchedAt, before))
}

/** A turn lasts this long at most, ms: longer than any question may take. Then its server is taken for gone. */
const longestTurn = 120_000

/**
 * Takes the turn to ask a host; one server at a time has it. Gives null when it was taken, else when to try again, ms since
 * 1970 (never in the past).
 */
export async function takeTurn(db: Database, host: string, holder: string, now: number): Promise<number | null> {
  const { outsideHosts: t } = db.t
  const until = now + longestTurn
  const free = and(or(isNull(t.holder), lte(t.until, now)), lte(t.nextAt, now))
  const taken = await db.sql
    .insert(t)
    .values({ host, holder, until, nextAt: 0 })
    .onConflictDoUpdate({ target: t.host, set: { holder, until }, setWhere: free })
    .returning({ host: t.host })
  if (taken.length > 0) return null
  const [row] = await db.sql.select().from(t).where(eq(t.host, host))
  // While somebody asks nobody knows for how long.
  return Math.max(row?.nextAt ?? 0, now + (row?.holder == null ? 0 : 250))
}

/** Ends a turn. Nobody asks the host before `nextAt`. */
export async function endTurn(db: Database, host: string, holder: string, nextAt: number): Promise<void> {
  const { outsideHosts: t } = db.t
  await db.sql
    .update(t)
    .set({ holder: null, until: 0, nextAt })
    .where(and(eq(t.host, host), eq(t.holder, holder)))
}
