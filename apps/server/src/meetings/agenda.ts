/** The agenda of a meeting on the server: the plan it goes by, the votes that are counted for it, and what it is set to when it starts. */
import { countAgain, countVotes, entriesOf, planOf, setAgenda, setPlan, standingOf } from '@paperboard/shared/agenda'
import { agendaFrom } from '@paperboard/shared/agendaOrder'
import { sessionsOf } from '@paperboard/shared/groupSessions'
import { meetingOf, startMeeting } from '@paperboard/shared/meetingFloor'
import { groupRoom, meetingRoom } from '@paperboard/shared/room'
import type { Database } from '../db/database.ts'
import type { MeetingRow } from '../db/meetings.ts'
import type { Rooms } from '../sync/rooms.ts'
import { standingFor } from './standing.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'read' | 'boardsWritten'>
  now: () => number
}

/** Tells the room what the meeting goes by. When votes count again that were counted already, that is taken back. */
export async function tellPlan({ rooms, now }: Parts, meeting: MeetingRow): Promise<void> {
  await rooms.edit(meetingRoom(meeting.group, meeting.id), doc => {
    setPlan(doc, { rule: meeting.rule, votesFrom: meeting.votesFrom, votesCloseAt: meeting.votesCloseAt })
    if (meeting.votesCloseAt === null || meeting.votesCloseAt > now()) countAgain(doc)
  })
}

/** Counts the votes of a meeting whose time for them is over; once. */
export async function closeVotes(parts: Parts, meeting: MeetingRow): Promise<void> {
  const count = await counting(parts, meeting)
  await parts.rooms.edit(meetingRoom(meeting.group, meeting.id), doc => {
    const { votesCloseAt } = planOf(doc)
    if (meetingOf(doc).state === 'planned' && votesCloseAt !== null && votesCloseAt <= parts.now()) countVotes(doc, count)
  })
}

/**
 * Starts a meeting: its agenda is set to what it is at that moment, and the votes are written beside it, so that everybody
 * can see why each paper is on it, whatever is voted later.
 */
export async function startWithAgenda(parts: Parts, meeting: MeetingRow, { facilitator, at }: { facilitator: string; at: number }): Promise<void> {
  const { rooms } = parts
  const planned = await plannedPapers(parts, meeting)
  const count = await counting(parts, { ...meeting, startedAt: at })
  await rooms.edit(meetingRoom(meeting.group, meeting.id), doc => {
    if (meetingOf(doc).state !== 'planned') return
    countVotes(doc, count)
    const standing = standingOf(doc)
    if (standing !== null) setAgenda(doc, agendaFrom({ rule: planOf(doc).rule, standing, entries: entriesOf(doc), planned }).items, at)
    startMeeting(doc, { facilitator, now: at })
  })
}

/** What counts for a meeting. */
async function counting({ db, rooms, now }: Parts, meeting: MeetingRow) {
  const until = Math.min(meeting.votesCloseAt ?? Number.POSITIVE_INFINITY, meeting.startedAt ?? now())
  // What was acknowledged before counts, though its row may not be written yet.
  await rooms.boardsWritten(meeting.group)
  const { from, candidates, past } = await standingFor(db, meeting, until)
  return { from, candidates, past, until, now: now() }
}

/** The papers of the session that a meeting is held for. */
const plannedPapers = async ({ rooms }: Pick<Parts, 'rooms'>, { group, session }: MeetingRow): Promise<string[]> =>
  session === null
    ? []
    : rooms.read(
        groupRoom(group),
        doc =>
          sessionsOf(doc)
            .find(({ key }) => key === session)
            ?.papers.map(({ paper }) => paper) ?? [],
      )
