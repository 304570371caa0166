import { and, asc, eq, gt, lt, lte, max } from 'drizzle-orm'
import type { Database } from './database.ts'

/** A live document's row, before and after it has one. */
export interface RoomRow {
  /** Null until something was written. */
  id: number | null
  name: string
  group: string
  version: number
}

/** All that is stored of a live document. */
export interface StoredRoom {
  id: number
  version: number
  /** Updates up to this one are in the projections. */
  projectedSeq: number
  /** The document up to `seq`; null if it was never compacted. */
  snapshot: { seq: number; data: Uint8Array } | null
  /** What came after the snapshot, in the order of its acceptance. */
  updates: { seq: number; data: Uint8Array }[]
  /** Yjs client id → who wrote with it first. */
  owners: Map<number, string>
}

/** One accepted update. `newClients` are client ids that now belong to `actor`. */
export interface NewUpdate {
  room: RoomRow
  data: Uint8Array
  actor: string
  at: number
  newClients: number[]
}

export async function findRoom(db: Database, name: string): Promise<StoredRoom | null> {
  const { rooms, snapshots, updates, docClients } = db.t
  const [room] = await db.sql.select().from(rooms).where(eq(rooms.name, name))
  if (room === undefined) return null
  const [snapshot] = await db.sql.select({ seq: snapshots.seq, data: snapshots.data }).from(snapshots).where(eq(snapshots.room, room.id))
  const later = await db.sql
    .select({ seq: updates.seq, data: updates.data })
    .from(updates)
    .where(and(eq(updates.room, room.id), gt(updates.seq, snapshot?.seq ?? 0)))
    .orderBy(asc(updates.seq))
  const owners = await db.sql.select({ client: docClients.client, actor: docClients.actor }).from(docClients).where(eq(docClients.room, room.id))
  return {
    id: room.id,
    version: room.version,
    projectedSeq: room.projectedSeq,
    snapshot: snapshot ?? null,
    updates: later,
    owners: new Map(owners.map(({ client, actor }) => [client, actor])),
  }
}

export async function roomExists(db: Database, name: string): Promise<boolean> {
  const { rooms } = db.t
  return (await db.sql.select({ id: rooms.id }).from(rooms).where(eq(rooms.name, name))).length > 0
}

/** Appends updates of any rooms in one commit. Gives each update's seq, and the id of rooms that had none. */
export async function appendUpdates(db: Database, entries: readonly NewUpdate[]): Promise<{ seqs: number[]; ids: Map<string, number> }> {
  return db.transaction(async tx => {
    const ids = new Map<string, number>()
    for (const { room } of entries) if (room.id === null && !ids.has(room.name)) ids.set(room.name, await ensureRoom(tx, room))
    const idOf = (room: RoomRow) => room.id ?? ids.get(room.name) ?? 0
    const owned = entries.flatMap(entry => entry.newClients.map(client => ({ room: idOf(entry.room), client, actor: entry.actor })))
    if (owned.length > 0) await tx.sql.insert(tx.t.docClients).values(owned)
    const rows = await tx.sql
      .insert(tx.t.updates)
      .values(entries.map(({ room, data, actor, at }) => ({ room: idOf(room), data: Buffer.from(data.buffer, data.byteOffset, data.byteLength), actor, at })))
      .returning({ seq: tx.t.updates.seq })
    return { seqs: rows.map(row => row.seq), ids }
  })
}

async function ensureRoom(db: Database, { name, group, version }: RoomRow): Promise<number> {
  const { rooms } = db.t
  await db.sql.insert(rooms).values({ name, group, version, projectedSeq: 0 }).onConflictDoNothing()
  const [row] = await db.sql.select({ id: rooms.id }).from(rooms).where(eq(rooms.name, name))
  if (row === undefined) throw new Error(`No row for room ${name}`)
  return row.id
}

/** Puts a snapshot in place of the updates up to its seq. Updates older than `keepAfter` (ms) are dropped with it; younger ones stay as history. */
export async function saveSnapshot(
  db: Database,
  snapshot: { room: number; seq: number; data: Uint8Array; version: number; at: number; keepAfter: number },
): Promise<void> {
  const { room, seq, at } = snapshot
  const data = Buffer.from(snapshot.data)
  await db.transaction(async tx => {
    const { rooms, snapshots, updates } = tx.t
    await tx.sql.insert(snapshots).values({ room, seq, data, at }).onConflictDoUpdate({ target: snapshots.room, set: { seq, data, at } })
    await tx.sql.update(rooms).set({ version: snapshot.version }).where(eq(rooms.id, room))
    await tx.sql.delete(updates).where(and(eq(updates.room, room), lte(updates.seq, seq), lt(updates.at, snapshot.keepAfter)))
  })
}

/** Names of the rooms with updates that are not yet in the projections. */
export async function roomsBehind(db: Database): Promise<string[]> {
  const { rooms, updates } = db.t
  const newest = db.sql
    .select({ room: updates.room, seq: max(updates.seq).as('newest') })
    .from(updates)
    .groupBy(updates.room)
    .as('log')
  const rows = await db.sql.select({ name: rooms.name }).from(rooms).innerJoin(newest, eq(newest.room, rooms.id)).where(gt(newest.seq, rooms.projectedSeq))
  return rows.map(row => row.name)
}
