/**
 * Live documents: their rows, the log of their updates, and snapshots.
 *
 * Several servers may write one room. Whoever appends to it or compacts it locks its row first, so that in each room the
 * order of the log is the order of the commits: who has read up to an update has missed none before it.
 */
import { crc32 } from 'node:zlib'
import { and, asc, eq, gt, inArray, like, lt, lte, max, sql } from 'drizzle-orm'
import { type Appended, type Database, locking, type NewUpdate, once, type RoomRow } from './database.ts'
import { chunked } from './papers.ts'
import { brought } from './recordRows.ts'

/** All that is stored of a live document. */
export interface StoredRoom {
  id: number
  version: number
  /** Updates up to this one are in the projections. */
  projectedSeq: number
  /** The document up to `seq`; null if it was never compacted. */
  snapshot: StoredSnapshot | null
  /** What came after the snapshot, in the order of its acceptance. */
  updates: StoredBytes[]
  /** The newest update there is. */
  head: number
  /** The newest update that is no longer in the log. */
  droppedSeq: number
  /** Yjs client id → who wrote with it first. */
  owners: Map<number, string>
}

/** A snapshot, or an update. `sum` is `sumOf` its data as it was stored; null where that was not noted. */
export interface StoredBytes {
  seq: number
  data: Uint8Array
  sum: number | null
}

/** `vector` is the state vector of its data; null where that was not noted, or has changed since. */
export interface StoredSnapshot extends StoredBytes {
  vector: Uint8Array | null
}

/** The sum that is kept beside bytes: one of another value says that they have changed on the disk. */
export const sumOf = (data: Uint8Array): number => crc32(data)

export async function findRoom(db: Database, name: string): Promise<StoredRoom | null> {
  const ask = roomStatements(db)
  const [room] = await ask.room.execute({ name })
  if (room === undefined) return null
  const [snapshot] = await ask.snapshot.execute({ room: room.id })
  const seq = snapshot?.seq ?? 0
  // One after another: what is read later must not be older.
  const later = await ask.later.execute({ room: room.id, seq })
  const owners = await ask.owners.execute({ room: room.id })
  const [now] = await ask.room.execute({ name })
  // Another server may have put a snapshot in place of updates between these reads.
  if ((now?.droppedSeq ?? 0) > seq) return findRoom(db, name)
  return {
    id: room.id,
    version: room.version,
    projectedSeq: room.projectedSeq,
    snapshot: snapshot === undefined ? null : withVector(snapshot),
    updates: later,
    head: later.at(-1)?.seq ?? seq,
    droppedSeq: room.droppedSeq,
    owners: new Map(owners.map(({ client, actor }) => [client, actor])),
  }
}

const roomStatements = once(db => {
  const { rooms, snapshots, updates, docClients } = db.t
  const { seq, data, sum, vector, vectorSum } = snapshots
  const room = sql.placeholder('room')
  return {
    room: db.quick
      .select()
      .from(rooms)
      .where(eq(rooms.name, sql.placeholder('name')))
      .prepare(),
    snapshot: db.quick.select({ seq, data, sum, vector, vectorSum }).from(snapshots).where(eq(snapshots.room, room)).prepare(),
    later: db.quick
      .select({ seq: updates.seq, data: updates.data, sum: updates.sum })
      .from(updates)
      .where(and(eq(updates.room, room), gt(updates.seq, sql.placeholder('seq'))))
      .orderBy(asc(updates.seq))
      .prepare(),
    owners: db.quick.select({ client: docClients.client, actor: docClients.actor }).from(docClients).where(eq(docClients.room, room)).prepare(),
  }
})

const withVector = ({ vector, vectorSum, ...bytes }: StoredBytes & { vector: Uint8Array | null; vectorSum: number | null }): StoredSnapshot => ({
  ...bytes,
  vector: vector !== null && vectorSum === sumOf(vector) ? vector : null,
})

/** What is in the log of a room after `seq`, history included. */
export async function logOf(db: Database, room: number, seq: number): Promise<StoredBytes[]> {
  const { updates } = db.t
  return db.sql
    .select({ seq: updates.seq, data: updates.data, sum: updates.sum })
    .from(updates)
    .where(and(eq(updates.room, room), gt(updates.seq, seq)))
    .orderBy(asc(updates.seq))
}

/** When the last update was stored in a room before `at`; all in ms since 1970. Null if the log does not say. */
export async function lastStoredBefore(db: Database, room: number, at: number): Promise<number | null> {
  const { updates } = db.t
  const [row] = await db.sql
    .select({ last: max(updates.at) })
    .from(updates)
    .where(and(eq(updates.room, room), lt(updates.at, at)))
  return row?.last ?? null
}

export async function roomExists(db: Database, name: string): Promise<boolean> {
  const { rooms } = db.t
  return (await db.quick.select({ id: rooms.id }).from(rooms).where(eq(rooms.name, name))).length > 0
}

/** One update of the log. `newClients` are the client ids that it was the first to write with: they belong to `actor`. */
export interface LoggedUpdate {
  seq: number
  data: Uint8Array
  actor: string
  at: number
  newClients: number[]
}

/** A client id belongs to another actor in this room. Nothing was appended. */
export class ClientTaken extends Error {
  readonly client: number
  readonly actor: string
  /** `actor` is whom it belongs to. */
  constructor({ client, actor }: { client: number; actor: string }) {
    super(`The client id ${client} belongs to ${actor}`)
    this.client = client
    this.actor = actor
  }
}

/** Updates that were asked for have been dropped from the log, and a snapshot stands for them: the room must be loaded anew. */
export class LogCut extends Error {
  constructor(room: number, after: number) {
    super(`The log of room ${room} no longer goes back to ${after}`)
  }
}

/**
 * Appends to a room that other servers write to as well: `work` gets what came after `head`, the last update that the
 * caller knows, and gives what is to be appended on top of that; null or nothing leaves the store as it was. From before
 * `work` until the commit nobody else appends to the room. `work` may be run again, on what is in the log by then.
 *
 * `id` is null for a room that has no row and gets none. Rejects with `LogCut`, with `ClientTaken`, and with what `work` throws.
 */
export function appendShared(
  db: Database,
  room: RoomRow,
  head: number,
  work: (missed: LoggedUpdate[]) => NewUpdate[] | null,
): Promise<{ id: number | null; seqs: number[]; missed: LoggedUpdate[] }> {
  return db.transaction(
    async tx => {
      // Both are on their way at once. The log is read when the lock is there, since statements of a transaction keep their order.
      const [{ id, created }, known] = await Promise.all([lockRoom(tx, room), room.id === null ? null : updatesAfter(tx, room.id, head)])
      const missed = known ?? (created ? [] : await updatesAfter(tx, id, head))
      const fresh = work(missed) ?? []
      if (fresh.length > 0) return { id, seqs: await insertUpdates(tx, fresh, () => id), missed }
      if (created) await tx.sql.delete(tx.t.rooms).where(eq(tx.t.rooms.id, id))
      return { id: created ? null : id, seqs: [], missed }
    },
    { isolation: 'locks' },
  )
}

/** The updates of a room after `seq`, in the order of their commits. Rejects with `LogCut` when some of them have been dropped. */
export async function updatesAfter(db: Database, room: number, seq: number): Promise<LoggedUpdate[]> {
  const { updates: u, docClients: c } = db.t
  const rows = await db.sql
    .select({ seq: u.seq, data: u.data, actor: u.actor, at: u.at })
    .from(u)
    .where(and(eq(u.room, room), gt(u.seq, seq)))
    .orderBy(asc(u.seq))
  // After the rows: what is dropped before they are read must not go unnoticed.
  if ((await droppedSeq(db, room)) > seq) throw new LogCut(room, seq)
  if (rows.length === 0) return []
  const clients = await db.sql
    .select({ seq: c.seq, client: c.client })
    .from(c)
    .where(and(eq(c.room, room), gt(c.seq, seq)))
  const bound = Map.groupBy(clients, row => row.seq)
  return rows.map(row => ({ ...row, newClients: (bound.get(row.seq) ?? []).map(({ client }) => client) }))
}

async function droppedSeq(db: Database, room: number): Promise<number> {
  const { rooms } = db.t
  const [row] = await db.sql.select({ dropped: rooms.droppedSeq }).from(rooms).where(eq(rooms.id, room))
  return row?.dropped ?? 0
}

/** Locks a room's row; creates it where there is none. */
async function lockRoom(tx: Database, { name, group, version }: RoomRow): Promise<{ id: number; created: boolean }> {
  const { rooms } = tx.t
  const lock = () => locking(tx.sql.select({ id: rooms.id }).from(rooms).where(eq(rooms.name, name)))
  const [known] = await lock()
  if (known !== undefined) return { ...known, created: false }
  const [own] = await tx.sql.insert(rooms).values({ name, group, version, projectedSeq: 0 }).onConflictDoNothing().returning({ id: rooms.id })
  if (own !== undefined) return { ...own, created: true }
  const [others] = await lock()
  if (others === undefined) throw new Error(`No row for room ${name}`)
  return { ...others, created: false }
}

/** Appends updates of any rooms, within a transaction of isolation `locks`. Rejects with `ClientTaken`. */
export async function appendLocked(tx: Database, entries: readonly NewUpdate[]): Promise<Appended> {
  const ids = new Map<string, number>()
  const rooms = new Map(entries.map(({ room }) => [room.name, room]))
  // In one order everywhere, so that of two servers none waits for the other in a circle.
  for (const name of [...rooms.keys()].sort()) {
    const room = rooms.get(name)
    if (room !== undefined) ids.set(name, (await lockRoom(tx, room)).id)
  }
  return { seqs: await insertUpdates(tx, entries, ({ name }) => ids.get(name) ?? 0), ids }
}

/** The same bytes, not a copy. */
const viewOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Gives each update's seq. Their rooms are locked. */
async function insertUpdates(tx: Database, entries: readonly NewUpdate[], idOf: (room: RoomRow) => number): Promise<number[]> {
  const rows = entries.map(({ room, data, actor, at }) => ({
    room: idOf(room),
    data: viewOf(data),
    actor,
    at,
    sum: sumOf(data),
  }))
  const seqs: number[] = []
  for (const some of chunked(rows)) seqs.push(...(await tx.sql.insert(tx.t.updates).values(some).returning({ seq: tx.t.updates.seq })).map(row => row.seq))
  await bind(
    tx,
    entries.flatMap(({ room, newClients, actor }, n) => newClients.map(client => ({ room: idOf(room), client, actor, seq: seqs[n] ?? 0 }))),
  )
  return seqs
}

/** Notes whom client ids belong to. Repeating that is no error. */
async function bind(tx: Database, rows: { room: number; client: number; actor: string; seq: number }[]): Promise<void> {
  const { docClients: c } = tx.t
  for (const some of chunked(rows)) {
    const bound = await tx.sql.insert(c).values(some).onConflictDoNothing().returning({ room: c.room, client: c.client })
    if (bound.length === some.length) continue
    const mentioned = and(
      inArray(c.room, [...new Set(some.map(({ room }) => room))]),
      inArray(
        c.client,
        some.map(({ client }) => client),
      ),
    )
    const owners = await tx.sql.select({ room: c.room, client: c.client, actor: c.actor }).from(c).where(mentioned)
    const taken = owners.find(owner => some.some(row => row.room === owner.room && row.client === owner.client && row.actor !== owner.actor))
    if (taken !== undefined) throw new ClientTaken(taken)
  }
}

/**
 * Puts a snapshot in place of the updates up to its seq. Updates older than `keepAfter` (ms) are dropped with it; younger
 * ones stay as history. False, and nothing happens, when there is a newer one.
 */
export function saveSnapshot(
  db: Database,
  snapshot: { room: number; seq: number; data: Uint8Array; vector: Uint8Array; version: number; at: number; keepAfter: number },
): Promise<boolean> {
  const { room, seq, at, version } = snapshot
  const data = viewOf(snapshot.data)
  return db.transaction(
    async tx => {
      const { rooms, snapshots, updates } = tx.t
      const [row] = await locking(tx.sql.select({ dropped: rooms.droppedSeq }).from(rooms).where(eq(rooms.id, room)))
      const [stored] = await tx.sql.select({ seq: snapshots.seq }).from(snapshots).where(eq(snapshots.room, room))
      if (row === undefined || (stored?.seq ?? 0) > seq) return false
      const values = { seq, data, at, sum: sumOf(data), vector: Buffer.from(snapshot.vector), vectorSum: sumOf(snapshot.vector) }
      const set = {
        seq: brought<number>(snapshots.seq),
        data: brought<Buffer>(snapshots.data),
        at: brought<number>(snapshots.at),
        sum: brought<number>(snapshots.sum),
        vector: brought<Buffer>(snapshots.vector),
        vectorSum: brought<number>(snapshots.vectorSum),
      }
      await tx.sql
        .insert(snapshots)
        .values({ room, ...values })
        .onConflictDoUpdate({ target: snapshots.room, set })
      const old = and(eq(updates.room, room), lte(updates.seq, seq), lt(updates.at, snapshot.keepAfter))
      const gone = await tx.sql.delete(updates).where(old).returning({ seq: updates.seq })
      const droppedSeq = gone.reduce((newest, update) => Math.max(newest, update.seq), row.dropped)
      await tx.sql.update(rooms).set({ version, droppedSeq }).where(eq(rooms.id, room))
      return true
    },
    { isolation: 'locks' },
  )
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

/** Names of the rooms of a kind that were stored under an older version of it. */
export async function roomsBefore(db: Database, kind: string, version: number): Promise<string[]> {
  const { rooms } = db.t
  const rows = await db.sql
    .select({ name: rooms.name })
    .from(rooms)
    .where(and(like(rooms.name, `${kind}/%`), lt(rooms.version, version)))
  return rows.map(row => row.name)
}

/** Notes that a room has the shape of a version. */
export async function raiseVersion(db: Database, room: number, version: number): Promise<void> {
  const { rooms } = db.t
  await db.sql
    .update(rooms)
    .set({ version })
    .where(and(eq(rooms.id, room), lt(rooms.version, version)))
}

/** How far the logs of these rooms go, by name. Rooms with nothing in them are left out. */
export async function headsOf(db: Database, names: readonly string[]): Promise<Map<string, number>> {
  const { rooms, updates } = db.t
  const head = sql`(select max(${updates.seq}) from ${updates} where ${updates.room} = ${rooms.id})`.mapWith(Number)
  const heads = new Map<string, number>()
  for (const some of chunked(names)) {
    const rows = await db.sql.select({ name: rooms.name, head }).from(rooms).where(inArray(rooms.name, some))
    for (const row of rows) heads.set(row.name, row.head)
  }
  return heads
}
