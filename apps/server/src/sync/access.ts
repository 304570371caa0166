import { type CloseCode, closeCodes } from '@paperboard/shared/closeCodes'
import { dayAt, daysBetween } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { type Actor, boardRoom, parseRoomName } from '@paperboard/shared/room'
import type { Database } from '../db/database.ts'
import { findMembership } from '../db/groups.ts'
import { guestStanding } from '../db/guests.ts'
import { findMeeting } from '../db/meetings.ts'
import { roomExists } from '../db/rooms.ts'

/** What a socket may do, decided once when it opens; whatever changes that closes the socket. */
export interface Access {
  actor: Actor
  group: string
  room: string
}

/** Whether a person may open a room, or the code to close with. Asking for a room that may not exist opens nothing. */
export async function accessTo(db: Database, asked: { room: string; person: string; now: number }): Promise<Access | CloseCode> {
  const name = parseRoomName(asked.room)
  if (name === null) return closeCodes.noRoom
  const membership = (await findMembership(db, name.group, asked.person)) ?? (name.kind === 'meeting' ? await asGuest(db, name, asked) : null)
  if (membership === null) return closeCodes.notMember
  if (name.kind === 'board' && !(await boardMayExist(db, { ...name, today: dayAt(asked.now, membership.group.timeZone) }))) return closeCodes.noRoom
  if (name.kind === 'meeting' && (await findMeeting(db, name.group, name.meeting)) === null) return closeCodes.noRoom
  return { actor: { id: asked.person, role: membership.role }, group: name.group, room: asked.room }
}

/** A guest has the room of one meeting, and no other. */
async function asGuest(db: Database, { group, meeting }: { group: string; meeting: string }, { person, now }: { person: string; now: number }) {
  const found = await guestStanding(db, { group, person, now })
  return found?.meeting === meeting ? found.membership : null
}

async function boardMayExist(db: Database, { group, day, today }: { group: string; day: string; today: string }): Promise<boolean> {
  const ahead = daysBetween(today, day)
  if (ahead >= -limits.boardDaysBack && ahead <= limits.boardDaysAhead) return true
  return roomExists(db, boardRoom(group, day))
}
