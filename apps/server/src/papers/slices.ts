/**
 * Imports of any size: papers are stored and put on the board some at a time, each lot in a transaction and an edit of its own,
 * so that the votes of others never wait for more than one lot. What is in stays in; a repeat finds it and adds the rest.
 */
import { addPapers, closedOf, onBoard } from '@paperboard/shared/board'
import { limits } from '@paperboard/shared/limits'
import { boardRoom } from '@paperboard/shared/room'
import type { Database } from '../db/database.ts'
import { Problem } from '../errors.ts'
import type { Rooms } from '../sync/rooms.ts'
import { notTooMany, planPapers, type Read, storePlan, type Target } from './imports.ts'
import type { Lookups } from './outside/lookups.ts'

export interface SlicedParts {
  db: Database
  rooms: Pick<Rooms, 'edit'>
  now: () => number
  /** Looks up what papers lack, where anybody is asked. */
  lookups?: Pick<Lookups, 'wake'> | undefined
}

export interface Sliced {
  read: Read
  target: Target
  member: string
  /** Numbers of papers left out. */
  skip: ReadonlySet<number>
  /** Told after each lot. */
  progress?: (done: number, of: number) => void
}

export interface SlicedResult {
  added: string[]
  present: number
}

export const closedBoard = () => new Problem('conflict', 'This board is closed. An organizer can open it again.')

/** Adds papers lot by lot. Throws what stopped it, when nothing was added yet; else tells in the message how much is in. */
export async function addInSlices({ db, rooms, now, lookups }: SlicedParts, { read, target, member, skip, progress }: Sliced): Promise<SlicedResult> {
  notTooMany(read.papers.length)
  const added: string[] = []
  const here = new Set(target.here)
  let present = 0
  const of = read.papers.length
  const room = boardRoom(target.group, target.day)
  for (let first = 0; first < of; first += limits.papersAtOnce) {
    const papers = read.papers.slice(first, first + limits.papersAtOnce)
    try {
      const plan = await db.transaction(async tx => {
        const made = await planPapers(tx, { ...read, papers }, { target: { ...target, here }, skip, first })
        await storePlan(tx, made, now())
        return made
      })
      const fresh = await rooms.edit(room, doc => {
        // Asked here again: it may have been closed since it was read.
        if (closedOf(doc) !== null) return null
        const wanted = plan.papers.filter(id => !onBoard(doc, id))
        if (wanted.length > 0) addPapers(doc, wanted, { member, now: now(), source: plan.source })
        return wanted
      })
      if (fresh === null) throw closedBoard()
      for (const id of fresh) added.push(id)
      for (const id of plan.papers) here.add(id)
      present += plan.papers.length - fresh.length
    } catch (error) {
      throw added.length === 0 ? error : halfDone(error, added.length, of)
    }
    lookups?.wake()
    progress?.(Math.min(of, first + papers.length), of)
  }
  return { added, present }
}

const halfDone = (error: unknown, added: number, of: number) => {
  const why = error instanceof Problem ? error.message : 'Something went wrong on the server.'
  const problem = new Problem(
    error instanceof Problem ? error.code : 'internal',
    `${added} of ${of} papers are on the board, then it stopped: ${why} Import the same again, and the rest is added.`,
  )
  problem.cause = error
  return problem
}
