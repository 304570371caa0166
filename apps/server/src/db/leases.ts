/**
 * Leases: of several servers on one database, one does a piece of scheduled work. A lease runs out by itself, so that
 * the work goes on elsewhere when its holder is gone.
 *
 * Times come from one clock for all servers: `databaseTime`. Where that clock jumps, two may hold a lease at once, until
 * the first one asks for more time and is refused: work under a lease renews it several times within its length, stops
 * when that fails, and does no harm when it is done twice. What must happen once, such as the digest of a day, is noted as
 * done in the database, too.
 *
 * - A clock that jumps ahead ends leases early.
 * - One that jumps back by less than the length of a lease prolongs it by as much; the next renewal sets it right.
 * - One that jumps back further leaves leases that end later than any could: they count as ended.
 */
import { newId } from '@paperboard/shared/ids'
import { and, eq, gt, is, lte, or, sql } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { Logger } from 'pino'
import type { Database } from './database.ts'

/** The clock that leases go by, ms since 1970: the database's own, where servers share one. */
export async function databaseTime(db: Database, now: () => number): Promise<number> {
  if (!is(db.t.leases, PgTable)) return now()
  const [row] = await db.sql.select({ now: sql`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`.mapWith(Number) }).from(sql`(values (1)) as one`)
  return row?.now ?? now()
}

/** Takes a lease for `ms`, or prolongs it. False when somebody else holds it. `now` may lag, which only shortens it. */
export async function takeLease(db: Database, name: string, holder: string, now: number, ms: number): Promise<boolean> {
  const { leases } = db.t
  const until = now + ms
  const free = or(eq(leases.holder, holder), lte(leases.until, now), gt(leases.until, now + 2 * ms))
  const rows = await db.sql
    .insert(leases)
    .values({ name, holder, until })
    .onConflictDoUpdate({ target: leases.name, set: { holder, until }, setWhere: free })
    .returning({ name: leases.name })
  return rows.length > 0
}

/** Prolongs a lease that is held, even one that has run out while nobody else took it. False when it is somebody else's, or was let go. */
export async function renewLease(db: Database, name: string, holder: string, now: number, ms: number): Promise<boolean> {
  const { leases } = db.t
  const rows = await db.sql
    .update(leases)
    .set({ until: now + ms })
    .where(and(eq(leases.name, name), eq(leases.holder, holder)))
    .returning({ name: leases.name })
  return rows.length > 0
}

/** A lease as one server has it. */
export interface Lease {
  /** Takes or prolongs it. False where another server has it. */
  take(): Promise<boolean>
  /** Lets it go, at the end; what goes wrong with that is only told, since it runs out by itself. */
  release(): Promise<void>
}

/** A lease for `ms` by one name, for whoever does a piece of work again and again. */
export function leaseFor({ db, now, log, name, ms }: { db: Database; now: () => number; log: Logger; name: string; ms: number }): Lease {
  const holder = newId()
  return {
    take: async () => takeLease(db, name, holder, await databaseTime(db, now), ms),
    release: () => releaseLease(db, name, holder).catch(error => log.warn({ err: error }, 'a lease was not let go')),
  }
}

/** Lets a lease go before its time. Nothing happens when it is somebody else's. */
export async function releaseLease(db: Database, name: string, holder: string): Promise<void> {
  const { leases } = db.t
  await db.sql.delete(leases).where(and(eq(leases.name, name), eq(leases.holder, holder)))
}
