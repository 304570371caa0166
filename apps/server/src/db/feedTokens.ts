/** Private addresses: who has the token in one reads what its person may, until it is revoked. */
import { and, asc, eq, isNull, lt, or } from 'drizzle-orm'
import type { Database } from './database.ts'

export interface FeedToken {
  id: string
  person: string
  /** Null where it covers all groups of the person. */
  group: string | null
  createdAt: number
  lastUsedAt: number | null
}

/** What an address is for: whose, of what, and what it opens. */
export interface FeedScope {
  person: string
  group: string | null
  purpose: string
}

const ofScope = ({ t }: Database, { person, group, purpose }: FeedScope) =>
  and(
    eq(t.feedTokens.person, person),
    eq(t.feedTokens.purpose, purpose),
    group === null ? isNull(t.feedTokens.group) : eq(t.feedTokens.group, group),
    isNull(t.feedTokens.revokedAt),
  )

const columns = ({ t: { feedTokens: f } }: Database) => ({ id: f.id, person: f.person, group: f.group, createdAt: f.createdAt, lastUsedAt: f.lastUsedAt })

/** Makes an address; an older one of the same scope stops working. */
export async function rotateFeedToken(db: Database, scope: FeedScope, token: { id: string; hash: string; now: number }): Promise<FeedToken> {
  const row = { ...scope, id: token.id, tokenHash: token.hash, createdAt: token.now, lastUsedAt: null, revokedAt: null }
  await db.transaction(async tx => {
    await tx.sql.update(tx.t.feedTokens).set({ revokedAt: token.now }).where(ofScope(tx, scope))
    await tx.sql.insert(tx.t.feedTokens).values(row)
  })
  return { id: row.id, person: row.person, group: row.group, createdAt: row.createdAt, lastUsedAt: null }
}

/** The addresses of a person that work. */
export function feedTokensOf(db: Database, person: string, purpose: string): Promise<FeedToken[]> {
  const { feedTokens: f } = db.t
  return db.sql
    .select(columns(db))
    .from(f)
    .where(and(eq(f.person, person), eq(f.purpose, purpose), isNull(f.revokedAt)))
    .orderBy(asc(f.createdAt))
}

/** False when the person has no such address. */
export async function revokeFeedToken(db: Database, { person, id, now }: { person: string; id: string; now: number }): Promise<boolean> {
  const { feedTokens: f } = db.t
  const rows = await db.sql
    .update(f)
    .set({ revokedAt: now })
    .where(and(eq(f.id, id), eq(f.person, person), isNull(f.revokedAt)))
    .returning({ id: f.id })
  return rows.length > 0
}

/** Null for what is none, or none any more. */
export async function findFeedToken(db: Database, hash: string, purpose: string): Promise<FeedToken | null> {
  const { feedTokens: f } = db.t
  const [row] = await db.sql
    .select(columns(db))
    .from(f)
    .where(and(eq(f.tokenHash, hash), eq(f.purpose, purpose), isNull(f.revokedAt)))
  return row ?? null
}

/** Calendars ask every few minutes; that is not written down each time. ms. */
const notedEvery = 3_600_000

/** Notes that an address was used, to about an hour. */
export async function noteFeedUse(db: Database, id: string, now: number): Promise<void> {
  const { feedTokens: f } = db.t
  await db.sql
    .update(f)
    .set({ lastUsedAt: now })
    .where(and(eq(f.id, id), or(isNull(f.lastUsedAt), lt(f.lastUsedAt, now - notedEvery))))
}
