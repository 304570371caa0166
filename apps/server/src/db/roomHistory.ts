/** The log of a room from its beginning, for its history. */
import { and, asc, eq, gt, max } from 'drizzle-orm'
import type { Database } from './database.ts'
import type { StoredBytes } from './rooms.ts'

/** An update, by whom, and when it was stored (ms since 1970). */
export interface HistoricUpdate extends StoredBytes {
  actor: string
  at: number
}

/** Updates that are read at once. */
const page = 500

/** A room by its name: how far its log goes, and which part of its beginning is gone. */
export async function roomNamed(db: Database, name: string): Promise<{ id: number; head: number; dropped: number } | null> {
  const { rooms, updates } = db.t
  const [room] = await db.sql.select({ id: rooms.id, dropped: rooms.droppedSeq }).from(rooms).where(eq(rooms.name, name))
  if (room === undefined) return null
  const [row] = await db.sql
    .select({ head: max(updates.seq) })
    .from(updates)
    .where(eq(updates.room, room.id))
  return { ...room, head: row?.head ?? 0 }
}

/** When the first `most` updates were stored, in their order. */
export async function timesOf(db: Database, room: number, most: number): Promise<number[]> {
  const { updates } = db.t
  const rows = await db.sql.select({ at: updates.at }).from(updates).where(eq(updates.room, room)).orderBy(asc(updates.seq)).limit(most)
  return rows.map(({ at }) => at)
}

/** All updates, in their order, a page at a time. */
export async function* historyOf(db: Database, room: number): AsyncGenerator<HistoricUpdate> {
  const { updates: u } = db.t
  for (let after = -1; ; ) {
    const rows = await db.sql
      .select({ seq: u.seq, data: u.data, sum: u.sum, actor: u.actor, at: u.at })
      .from(u)
      .where(and(eq(u.room, room), gt(u.seq, after)))
      .orderBy(asc(u.seq))
      .limit(page)
    yield* rows
    if (rows.length < page) return
    after = rows.at(-1)?.seq ?? after
  }
}
