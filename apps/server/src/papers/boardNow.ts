/** What a board holds at this moment, which is where an import begins. */
import { closedOf, everOnBoard, papersOf } from '@paperboard/shared/board'
import { addDays, Day, dayAt } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { boardRoom } from '@paperboard/shared/room'
import type { Database } from '../db/database.ts'
import type { Membership } from '../db/groups.ts'
import { roomExists } from '../db/rooms.ts'
import { Problem } from '../errors.ts'
import type { Rooms } from '../sync/rooms.ts'

export interface BoardNow {
  here: string[]
  before: string[]
  closed: boolean
}

/** The board as its document is now; rows may be a moment behind. A board nothing was ever put on is not opened. `asked` are ids of which `before` tells whether they were here once. */
export async function boardNow(
  { db, rooms }: { db: Database; rooms: Pick<Rooms, 'read'> },
  group: string,
  day: Day,
  asked: readonly string[] = [],
): Promise<BoardNow> {
  const room = boardRoom(group, day)
  if (!(await roomExists(db, room))) return { here: [], before: [], closed: false }
  return rooms.read(room, doc => ({
    here: papersOf(doc).map(paper => paper.id),
    before: asked.filter(id => everOnBoard(doc, id)),
    closed: closedOf(doc) !== null,
  }))
}

/** The day in a board's address. Throws where no board can be. */
export function boardDay(text: string, { group }: Pick<Membership, 'group'>, now: number): Day {
  const { data: day } = Day.safeParse(text)
  if (day === undefined) throw new Problem('invalid', 'A day has the form 2026-11-24.')
  if (day < limits.firstBoardDay) throw new Problem('not-found', `Boards begin on ${limits.firstBoardDay}.`)
  if (day > addDays(dayAt(now, group.timeZone), limits.boardDaysAhead))
    throw new Problem('not-found', `Boards can be opened up to ${limits.boardDaysAhead} days ahead.`)
  return day
}
