/** What becomes of a meeting's floor when it ends: polls are closed, and what was to be read becomes readings of the group. */

import { type Day, dayAt } from '@paperboard/shared/days'
import { actionsOf, type WrittenAction } from '@paperboard/shared/decisions'
import { handOutOnce } from '@paperboard/shared/group'
import { openPolls } from '@paperboard/shared/polls'
import { groupRoom, meetingRoom } from '@paperboard/shared/room'
import { boardsWith } from '../db/boards.ts'
import type { Database } from '../db/database.ts'
import { rolesIn } from '../db/groups.ts'
import type { Rooms } from '../sync/rooms.ts'
import { type Act, closeWithCounts } from './sealing.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'read'>
}

/** Settles the floor before the meeting ends; done again it does what is missing. Gives how many readings it handed out. */
export async function settleFloor(parts: Parts, act: Act, timeZone: string): Promise<number> {
  const room = meetingRoom(act.group, act.meeting)
  const { polls, actions } = await parts.rooms.read(room, doc => ({ polls: openPolls(doc), actions: actionsOf(doc) }))
  for (const poll of polls) await closeWithCounts(parts, act, poll)
  return handOut(parts, { group: act.group, actions, now: act.now, today: dayAt(act.now, timeZone) })
}

type Wanted = WrittenAction & { paper: string; assignee: string }
const isReading = (action: WrittenAction): action is Wanted => action.kind === 'reading' && !action.done && action.paper !== null && action.assignee !== null

/** A reading has the key of its action, so that none is handed out twice. Whoever has left the group gets none. */
async function handOut(
  { db, rooms }: Parts,
  { group, actions, now, today }: { group: string; actions: readonly WrittenAction[]; now: number; today: Day },
): Promise<number> {
  const members = (await rolesIn(db, [group])).get(group)
  const wanted = actions.filter(isReading).filter(({ assignee }) => members?.has(assignee))
  if (wanted.length === 0) return 0
  const boards = new Map<string, Day>()
  const found = await boardsWith(db, group, [...new Set(wanted.map(({ paper }) => paper))])
  for (const { paper, day } of found) if (day > (boards.get(paper) ?? '')) boards.set(paper, day)
  return rooms.edit(groupRoom(group), doc => {
    const given = wanted.filter(({ key, paper, assignee, text, due }) =>
      handOutOnce(doc, key, { paper, board: boards.get(paper) ?? today, member: assignee, role: 'reader', part: text, due, at: now }),
    )
    return given.length
  })
}
