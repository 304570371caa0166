import { Comment, Offer, PaperOnBoard, Vote } from '@paperboard/shared/board'
import { limits } from '@paperboard/shared/limits'
import type { RoomName } from '@paperboard/shared/room'
import { and, eq, inArray } from 'drizzle-orm'
import { type Database, locking } from './database.ts'
import { groupProjections, projectGroup } from './groupProjections.ts'
import { clearActions, projectActions } from './meetingActions.ts'
import { clearNotes, projectNotes } from './meetingNotes.ts'
import { chunked } from './papers.ts'
import { type History, notePlanChanges } from './planChanges.ts'
import { brought, type RecordNow, sorted } from './recordRows.ts'
import { forgetBallots } from './sealed.ts'
import type { Tables } from './tables.ts'

/** Records to be written to their rows, as of the update `seq`. `whole` when they are all there are: other rows go. */
export interface Projection {
  room: number
  name: RoomName
  seq: number
  whole: boolean
  records: readonly RecordNow[]
  /** Who changed them; without, no history is kept of what changes. */
  history?: History
}

/**
 * Brings the rows of a room up to date. False, and nothing happens, when they are as of `seq` or later already: another
 * server projects the same room.
 */
export async function project(db: Database, projection: Projection): Promise<boolean> {
  const { records, whole } = projection
  // Of several servers, one would write over what another has brought further meanwhile; and what is whole goes and comes at once.
  const parts = db.shared || whole ? [records] : inParts(records)
  const last = parts.pop() ?? []
  for (const part of parts) if (!(await projectPart(db, { ...projection, records: part, last: false }))) return false
  return projectPart(db, { ...projection, records: last, last: true })
}

/** Of records that go to their rows together, the letters: 200 comments of the greatest length would be megabytes. */
const lettersAtOnce = 256 * 1024

function inParts(records: readonly RecordNow[]): RecordNow[][] {
  const parts: RecordNow[][] = []
  let letters = Number.POSITIVE_INFINITY
  for (const one of records) {
    const part = parts.at(-1)
    letters += lettersOf(one.record)
    if (part !== undefined && part.length < limits.recordsAtOnce && letters <= lettersAtOnce) part.push(one)
    else {
      parts.push([one])
      letters = lettersOf(one.record)
    }
  }
  return parts
}

/** About: of records that are flat. */
const lettersOf = (record: unknown): number => {
  if (typeof record === 'string') return record.length
  if (typeof record !== 'object' || record === null) return 0
  return Object.values(record).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0)
}

/** Part by part, so that what others do waits for no more than one; the rows are as of `seq` with the last. */
function projectPart(db: Database, projection: Projection & { last: boolean }): Promise<boolean> {
  const { name, room, seq, records } = projection
  return db.transaction(
    async tx => {
      const { rooms } = tx.t
      const [row] = await locking(tx.sql.select({ projectedSeq: rooms.projectedSeq }).from(rooms).where(eq(rooms.id, room)))
      if (row === undefined || row.projectedSeq >= seq) return false
      if (name.kind === 'group' && projection.history !== undefined) await notePlanChanges(tx, name.group, projection, projection.history)
      if (projection.whole) await clear(tx, name)
      if (name.kind === 'board') await projectBoard(tx, { group: name.group, day: name.day }, records)
      else if (name.kind === 'group') await projectGroup(tx, name.group, records)
      else {
        await projectNotes(tx, name, records)
        await projectActions(tx, name, records)
        await forgetBallots(tx, name.meeting, records)
      }
      if (projection.last) await tx.sql.update(rooms).set({ projectedSeq: seq }).where(eq(rooms.id, room))
      return true
    },
    { isolation: 'locks', durable: false },
  )
}

async function clear(tx: Database, name: RoomName) {
  if (name.kind === 'group') {
    for (const table of groupProjections(tx)) await tx.sql.delete(table).where(eq(table.group, name.group))
    return
  }
  if (name.kind === 'meeting') {
    await clearNotes(tx, name.meeting)
    return clearActions(tx, name.meeting)
  }
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
