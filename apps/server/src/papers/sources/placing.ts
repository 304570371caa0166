/** Puts what a source has brought on the boards of its days. Done twice, it does no more than once. */
import { addPapers, closedOf, everOnBoard } from '@paperboard/shared/board'
import { addDays, type Day, dayAt } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { boardRoom } from '@paperboard/shared/room'
import type { Database } from '../../db/database.ts'
import { type ItemRow, itemsToPlace, notePlaced, type SourceRow } from '../../db/sources.ts'
import type { Rooms } from '../../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit'>
  now: () => number
}

export interface Placed {
  /** Items that wait for these boards to be opened again. */
  waiting: number
  closed: Day[]
  /** Items of boards that stayed closed for too long. */
  givenUp: number
}

/** A board that has been closed for so many days will not be opened for a source's sake. */
const waitsFor = limits.sourceCatchUpDays

/** Puts all that a source has to put somewhere on its board; closed boards keep theirs waiting. */
export async function placeItems({ db, rooms, now }: Parts, source: SourceRow, timeZone: string): Promise<Placed> {
  const placed: Placed = { waiting: 0, closed: [], givenUp: 0 }
  const oldest = addDays(dayAt(now(), timeZone), -Math.max(waitsFor, limits.sourceMonthDays))
  for (const [day, items] of Map.groupBy(await itemsToPlace(db, source.id), item => item.day)) {
    if (day < oldest) placed.givenUp += items.length
    else if (await onBoard({ rooms, now }, source, day, items)) await notePlaced(db, source.id, keysOf(items), now())
    else {
      placed.waiting += items.length
      placed.closed.push(day)
    }
  }
  return placed
}

const keysOf = (items: readonly ItemRow[]) => items.map(({ key }) => key)

/** False where the board is closed. What was taken off the board stays off. */
const onBoard = ({ rooms, now }: Omit<Parts, 'db'>, source: SourceRow, day: Day, items: readonly ItemRow[]): Promise<boolean> =>
  rooms.edit(boardRoom(source.group, day), doc => {
    if (closedOf(doc) !== null) return false
    const fresh = items.filter(({ paper }) => !everOnBoard(doc, paper))
    addPapers(
      doc,
      fresh.map(({ paper }) => paper),
      { member: source.id, now: now(), source: 'source', from: source.name, marks: new Map(fresh.map(({ paper, marks }) => [paper, marks])) },
    )
    return true
  })
