import { Comment, Offer, PaperOnBoard, Vote } from '@paperboard/shared/board'
import { Progress, Reading } from '@paperboard/shared/group'
import type { RoomName } from '@paperboard/shared/room'
import { and, eq } from 'drizzle-orm'
import type { Database } from './database.ts'

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

/** Brings the rows of a room up to date. Repeating it changes nothing. */
export async function project(db: Database, projection: Projection): Promise<void> {
  await db.transaction(async tx => {
    const { name } = projection
    if (projection.whole) await clear(tx, name)
    for (const record of projection.records) {
      if (name.kind === 'board') await projectBoardRecord(tx, { group: name.group, day: name.day }, record)
      else await projectGroupRecord(tx, name.group, record, projection.records)
    }
    await tx.sql.update(tx.t.rooms).set({ projectedSeq: projection.seq }).where(eq(tx.t.rooms.id, projection.room))
  })
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

/** A reading's row holds its progress too. */
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
