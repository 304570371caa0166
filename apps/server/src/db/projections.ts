import { Comment, Offer, PaperOnBoard, Vote } from '@paperboard/shared/board'
import { Progress, Reading } from '@paperboard/shared/group'
import { GroupSession } from '@paperboard/shared/groupSessions'
import type { RoomName } from '@paperboard/shared/room'
import { Tagging } from '@paperboard/shared/tags'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { type Database, locking } from './database.ts'
import { chunked } from './papers.ts'
import type { Tables } from './tables.ts'

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
      if (name.kind === 'board') await projectBoard(tx, { group: name.group, day: name.day }, records)
      else if (name.kind === 'group') await projectGroupRecords(tx, name.group, records)
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
    for (const table of [tx.t.readings, tx.t.paperTags, tx.t.groupSessions]) await tx.sql.delete(table).where(eq(table.group, name.group))
    return
  }
  if (name.kind === 'meeting') return
  for (const table of [tx.t.boardPapers, tx.t.votes, tx.t.offers, tx.t.comments]) {
    await tx.sql.delete(table).where(and(eq(table.group, name.group), eq(table.day, name.day)))
  }
}

interface Board {
  group: string
  day: string
}

async function projectBoard(tx: Database, board: Board, records: readonly RecordNow[]) {
  const of = (root: string) => records.filter(record => record.root === root)
  await projectPapers(tx, board, of('papers'))
  await projectVotes(tx, board, of('votes'))
  await projectOffers(tx, board, of('offers'))
  await projectComments(tx, board, of('comments'))
}

/** The value that an insert brought, where its row was there already. The same in both engines. */
const brought = <T>(column: { name: string }) => sql<T>`excluded.${sql.identifier(column.name)}`

/** Those that are there, as their kind reads them, and the keys of those that are gone. */
function sorted<T>(records: readonly RecordNow[], kind: z.ZodType<T>): { there: [key: string, record: T][]; gone: string[] } {
  const there: [string, T][] = []
  const gone: string[] = []
  for (const { key, record } of records) {
    const read = kind.safeParse(record)
    if (read.success) there.push([key, read.data])
    else gone.push(key)
  }
  return { there, gone }
}

const pairOf = (key: string) => {
  const [paper = '', member = ''] = key.split(':')
  return { paper, member }
}

async function projectPapers(tx: Database, board: Board, records: readonly RecordNow[]) {
  const t = tx.t.boardPapers
  const { there, gone } = sorted(records, PaperOnBoard)
  for (const some of chunked(gone)) await tx.sql.delete(t).where(and(eq(t.group, board.group), eq(t.day, board.day), inArray(t.paper, some)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([paper, { by, at, order }]) => ({ ...board, paper, addedBy: by, addedAt: at, position: order })))
      .onConflictDoUpdate({
        target: [t.group, t.day, t.paper],
        set: { addedBy: brought(t.addedBy), addedAt: brought(t.addedAt), position: brought(t.position) },
      })
}

async function projectVotes(tx: Database, board: Board, records: readonly RecordNow[]) {
  const t = tx.t.votes
  const { there, gone } = sorted(records, Vote)
  for (const key of gone) await tx.sql.delete(t).where(and(eq(t.group, board.group), eq(t.day, board.day), isPair(t, key)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, vote]) => ({ ...board, ...pairOf(key), ...vote })))
      .onConflictDoUpdate({ target: [t.group, t.day, t.paper, t.member], set: { value: brought(t.value), at: brought(t.at) } })
}

async function projectOffers(tx: Database, board: Board, records: readonly RecordNow[]) {
  const t = tx.t.offers
  const { there, gone } = sorted(records, Offer)
  for (const key of gone) await tx.sql.delete(t).where(and(eq(t.group, board.group), eq(t.day, board.day), isPair(t, key)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, offer]) => ({ ...board, ...pairOf(key), ...offer })))
      .onConflictDoUpdate({ target: [t.group, t.day, t.paper, t.member], set: { at: brought(t.at) } })
}

const isPair = (t: Tables['votes'] | Tables['offers'], key: string) => {
  const { paper, member } = pairOf(key)
  return and(eq(t.paper, paper), eq(t.member, member))
}

async function projectComments(tx: Database, board: Board, records: readonly RecordNow[]) {
  const t = tx.t.comments
  const { there, gone } = sorted(records, Comment)
  for (const some of chunked(gone)) await tx.sql.delete(t).where(and(eq(t.group, board.group), eq(t.day, board.day), inArray(t.key, some)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, comment]) => ({ ...board, key, author: key.split(':')[1] ?? '', ...comment })))
      .onConflictDoUpdate({
        target: [t.group, t.day, t.key],
        set: { paper: brought(t.paper), parent: brought(t.parent), text: brought(t.text), at: brought(t.at), edited: brought(t.edited) },
      })
}

async function projectTags(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.paperTags
  const { there, gone } = sorted(records, Tagging)
  const parts = (key: string) => ({ paper: key.slice(0, key.indexOf(':')), tag: key.slice(key.indexOf(':') + 1) })
  for (const key of gone) await tx.sql.delete(t).where(and(eq(t.group, group), eq(t.paper, parts(key).paper), eq(t.tag, parts(key).tag)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, { by, at }]) => ({ group, ...parts(key), by, at })))
      .onConflictDoUpdate({ target: [t.group, t.paper, t.tag], set: { by: brought(t.by), at: brought(t.at) } })
}

async function projectSessions(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.groupSessions
  const { there, gone } = sorted(records, GroupSession)
  for (const some of chunked(gone)) await tx.sql.delete(t).where(and(eq(t.group, group), inArray(t.key, some)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, session]) => ({ group, key, ...session, by: key.split(':')[1] ?? '' })))
      .onConflictDoUpdate({
        target: [t.group, t.key],
        set: {
          day: brought(t.day),
          time: brought(t.time),
          minutes: brought(t.minutes),
          title: brought(t.title),
          place: brought(t.place),
          papers: brought(t.papers),
          guests: brought(t.guests),
          cancelled: brought(t.cancelled),
        },
      })
}

/** A reading's row holds its progress too, so it must be there first. */
async function projectGroupRecords(tx: Database, group: string, records: readonly RecordNow[]) {
  await projectTags(
    tx,
    group,
    records.filter(record => record.root === 'tags'),
  )
  await projectSessions(
    tx,
    group,
    records.filter(record => record.root === 'sessions'),
  )
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
