import { Comment, Offer, PaperOnBoard, Vote } from '@paperboard/shared/board'
import { Progress, Reading } from '@paperboard/shared/group'
import type { RoomName } from '@paperboard/shared/room'
import { and, eq } from 'drizzle-orm'
import { type Database, locking } from './database.ts'
import { chunked } from './papers.ts'

/** A record of a live document as it is now; `record` is undefined when it is gone. */
export interface RecordNow {
  root: string
  key: string
  record: unknown
}

/** Records to be written to their rows, as of the update `seq`. `whole` when they are all there are: other rows go. */
export interface Projection {
  room: number
  name: RoomName
  seq: number
  whole: boolean
  records: readonly RecordNow[]
}

/**
 * Brings the rows of a room up to date. False, and nothing happens, when they are as of `seq` or later already: another
 * server projects the same room.
 */
export function project(db: Database, projection: Projection): Promise<boolean> {
  const { name, room, seq, records } = projection
  return db.transaction(
    async tx => {
      const { rooms } = tx.t
      const [row] = await locking(tx.sql.select({ projectedSeq: rooms.projectedSeq }).from(rooms).where(eq(rooms.id, room)))
      if (row === undefined || row.projectedSeq >= seq) return false
      if (projection.whole) await clear(tx, name)
      if (name.kind === 'board') await together(records, record => projectBoardRecord(tx, { group: name.group, day: name.day }, record))
      else await projectGroupRecords(tx, name.group, records)
      await tx.sql.update(rooms).set({ projectedSeq: seq }).where(eq(rooms.id, room))
      return true
    },
    { isolation: 'locks', durable: false },
  )
}

/** Statements that need not wait for each other go out at once, so that the room's row is not locked for many round trips. */
async function together<T>(all: readonly T[], write: (one: T) => Promise<void>): Promise<void> {
  for (const some of chunked(all)) await Promise.all(some.map(write))
}

async function clear(tx: Database, name: RoomName) {
  if (name.kind === 'group') {
    await tx.sql.delete(tx.t.readings).where(eq(tx.t.readings.group, name.group))
    return
  }
  for (const table of [tx.t.boardPapers, tx.t.votes, tx.t.offers, tx.t.comments]) {
    await tx.sql.delete(table).where(and(eq(table.group, name.group), eq(table.day, name.day)))
  }
}

async function projectBoardRecord(tx: Database, board: { group: string; day: string }, { root, key, record }: RecordNow) {
  if (root === 'papers') await projectPaper(tx, { ...board, paper: key }, PaperOnBoard.safeParse(record).data)
  if (root === 'comments') await projectComment(tx, { ...board, key }, Comment.safeParse(record).data)
  const [paper = '', member = ''] = key.split(':')
  if (root === 'votes') await projectVote(tx, { ...board, paper, member }, Vote.safeParse(record).data)
  if (root === 'offers') await projectOffer(tx, { ...board, paper, member }, Offer.safeParse(record).data)
}

interface OnBoard {
  group: string
  day: string
}

async function projectPaper(tx: Database, at: OnBoard & { paper: string }, record: PaperOnBoard | undefined) {
  const t = tx.t.boardPapers
  if (record === undefined) {
    await tx.sql.delete(t).where(and(eq(t.group, at.group), eq(t.day, at.day), eq(t.paper, at.paper)))
    return
  }
  const row = { addedBy: record.by, addedAt: record.at, position: record.order }
  await tx.sql
    .insert(t)
    .values({ ...at, ...row })
    .onConflictDoUpdate({ target: [t.group, t.day, t.paper], set: row })
}

async function projectVote(tx: Database, at: OnBoard & { paper: string; member: string }, record: Vote | undefined) {
  const t = tx.t.votes
  if (record === undefined) {
    await tx.sql.delete(t).where(and(eq(t.group, at.group), eq(t.day, at.day), eq(t.paper, at.paper), eq(t.member, at.member)))
    return
  }
  await tx.sql
    .insert(t)
    .values({ ...at, ...record })
    .onConflictDoUpdate({ target: [t.group, t.day, t.paper, t.member], set: record })
}

async function projectOffer(tx: Database, at: OnBoard & { paper: string; member: string }, record: Offer | undefined) {
  const t = tx.t.offers
  if (record === undefined) {
    await tx.sql.delete(t).where(and(eq(t.group, at.group), eq(t.day, at.day), eq(t.paper, at.paper), eq(t.member, at.member)))
    return
  }
  await tx.sql
    .insert(t)
    .values({ ...at, ...record })
    .onConflictDoUpdate({ target: [t.group, t.day, t.paper, t.member], set: record })
}

async function projectComment(tx: Database, at: OnBoard & { key: string }, record: Comment | undefined) {
  const t = tx.t.comments
  if (record === undefined) {
    await tx.sql.delete(t).where(and(eq(t.group, at.group), eq(t.day, at.day), eq(t.key, at.key)))
    return
  }
  const row = { ...record, author: at.key.split(':')[1] ?? '' }
  await tx.sql
    .insert(t)
    .values({ ...at, ...row })
    .onConflictDoUpdate({ target: [t.group, t.day, t.key], set: row })
}

/** A reading's row holds its progress too, so it must be there first. */
async function projectGroupRecords(tx: Database, group: string, records: readonly RecordNow[]) {
  for (const root of ['readings', 'progress']) {
    await together(
      records.filter(record => record.root === root),
      record => projectGroupRecord(tx, group, record, records),
    )
  }
}

async function projectGroupRecord(tx: Database, group: string, { root, key, record }: RecordNow, all: readonly RecordNow[]) {
  const t = tx.t.readings
  const at = (reading: string) => and(eq(t.group, group), eq(t.key, reading))
  if (root === 'progress') {
    const [nonce, by, member = ''] = key.split(':')
    const state = Progress.safeParse(record).data?.state ?? 'unread'
    await tx.sql
      .update(t)
      .set({ state })
      .where(and(at(`${nonce}:${by}`), eq(t.member, member)))
    return
  }
  if (root !== 'readings') return
  const reading = Reading.safeParse(record).data
  if (reading === undefined) {
    await tx.sql.delete(t).where(at(key))
    return
  }
  const progress = all.find(other => other.root === 'progress' && other.key === `${key}:${reading.member}`)
  const row = { ...reading, by: key.split(':')[1] ?? '' }
  await tx.sql
    .insert(t)
    .values({ group, key, ...row, state: Progress.safeParse(progress?.record).data?.state ?? 'unread' })
    .onConflictDoUpdate({ target: [t.group, t.key], set: row })
}
