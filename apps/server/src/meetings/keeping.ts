/** What becomes due in meetings by itself: votes are closed, it is noted who comes and goes, and minutes go out. But for who is there, one server does, by a lease. */
import { noteAttendance } from '@paperboard/shared/meetingFloor'
import { meetingRoom } from '@paperboard/shared/room'
import type { Logger } from 'pino'
import { meetingsClosing } from '../db/agendas.ts'
import { leaseFor } from '../db/leases.ts'
import { liveMeetings } from '../db/meetings.ts'
import { startRound } from '../rounds.ts'
import type { Rooms } from '../sync/rooms.ts'
import { closeVotes } from './agenda.ts'
import { type Mailing, sendMinutes } from './mailing.ts'

/** How often it is looked, and how long the server that does may be silent. ms. */
const defaults = { every: 5_000, lease: 20_000 }

interface Options extends Mailing {
  rooms: Pick<Rooms, 'edit' | 'read' | 'boardsWritten' | 'meetingsHere'>
  log: Logger
  times?: Partial<typeof defaults> | undefined
}

export interface Meetings {
  /** Does what is due now; nothing where another server does this. */
  run(): Promise<void>
  close(): Promise<void>
}

export function startMeetings(options: Options): Meetings {
  const { db, log, now } = options
  const times = { ...defaults, ...options.times }
  const lease = leaseFor({ ...options, name: 'meetings', ms: times.lease })
  /** Whose votes this server has closed, with the time: moved on, they are closed again. */
  const closed = new Map<string, number>()
  const noted = new Map<string, string>()
  const keep = async () => {
    await attend(options, noted)
    if (!(await lease.take())) return
    for (const meeting of await meetingsClosing(db, now())) {
      if (meeting.startedAt !== null || closed.get(meeting.id) === meeting.votesCloseAt) continue
      await closeVotes(options, meeting)
      closed.set(meeting.id, meeting.votesCloseAt ?? 0)
    }
    await sendMinutes(options)
  }
  const round = startRound<void>({
    every: times.every,
    idle: undefined,
    does: keep,
    failed: err => log.error({ err }, 'what is due in meetings could not be done and will be tried again'),
  })
  return {
    run: round.run,
    close: async () => {
      await round.close()
      await lease.release()
    },
  }
}

/**
 * Notes who is in the meetings that are on, of those that are in use on this server: every server knows who is in them,
 * and the same noted by two is noted once. `noted` is what this server wrote last.
 */
async function attend({ db, rooms, now }: Options, noted: Map<string, string>): Promise<void> {
  const inUse = rooms.meetingsHere()
  const open = new Set(inUse.map(({ room }) => room))
  for (const room of noted.keys()) if (!open.has(room)) noted.delete(room)
  if (inUse.length === 0) return
  const live = new Set((await liveMeetings(db)).map(({ group, id }) => meetingRoom(group, id)))
  for (const { room, here } of inUse) {
    const present = [...here].sort().join()
    if (!live.has(room) || noted.get(room) === present) continue
    await rooms.edit(room, doc => noteAttendance(doc, { here, now: now() }))
    noted.set(room, present)
  }
}
