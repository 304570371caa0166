/**
 * Plans the sessions of recurring schedules half a year ahead, as records that people can change like any other. A
 * session has the same key on every server and in every run, and one that was taken out is known by its key: nothing is
 * planned twice, and nothing comes back.
 */
import { createHash } from 'node:crypto'
import { addDays, type Day, dayAt } from '@paperboard/shared/days'
import { addMissing, type GroupSession } from '@paperboard/shared/groupSessions'
import { limits } from '@paperboard/shared/limits'
import { groupRoom } from '@paperboard/shared/room'
import { holidaysOf, type PlannedSchedule, schedulesOf } from '@paperboard/shared/schedule'
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { findGroup } from '../db/groups.ts'
import { leaseFor } from '../db/leases.ts'
import { groupsWithSchedules } from '../db/turns.ts'
import { startRound } from '../rounds.ts'
import type { Rooms } from '../sync/rooms.ts'
import { daysOf } from './recurrence.ts'

/** How often it is looked whether a day has begun, and how long the server that does may be silent. ms. */
const defaults = { every: 10 * 60_000, lease: 30 * 60_000 }

interface Options {
  db: Database
  rooms: Pick<Rooms, 'edit'>
  log: Logger
  now: () => number
  times?: Partial<typeof defaults> | undefined
}

export interface Recurring {
  /** Plans what a group lacks. Any server may, at once. Resolves with how many sessions were added. */
  plan(group: string): Promise<number>
  /** Plans for all groups that have not been looked after today; nothing where another server does this. */
  run(): Promise<void>
  close(): Promise<void>
}

export function startRecurring({ db, rooms, log, now, times }: Options): Recurring {
  const { every, lease: ms } = { ...defaults, ...times }
  const lease = leaseFor({ db, now, log, name: 'schedules', ms })
  /** The last day on which each group was looked after by this server. */
  const done = new Map<string, Day>()
  const plan = async (group: string) => {
    const found = await findGroup(db, group)
    if (found === null) return 0
    const today = dayAt(now(), found.timeZone)
    const added = await rooms.edit(groupRoom(group), doc =>
      addMissing(doc, wantedSessions({ schedules: schedulesOf(doc), holidays: holidaysOf(doc) }, { today, now: now() })),
    )
    done.set(group, today)
    return added
  }
  const planAll = async () => {
    if (!(await lease.take())) return
    for (const { group, timeZone } of await groupsWithSchedules(db, addDays(dayAt(now(), 'UTC'), -1)))
      if (done.get(group) !== dayAt(now(), timeZone)) await plan(group)
  }
  const round = startRound<void>({
    every,
    idle: undefined,
    does: planAll,
    failed: err => log.error({ err }, 'sessions could not be planned ahead and will be tried again'),
  })
  return {
    plan,
    run: round.run,
    close: async () => {
      await round.close()
      await lease.release()
    },
  }
}

/** The sessions that schedules have in the coming half year. */
export function wantedSessions(
  { schedules, holidays }: { schedules: readonly PlannedSchedule[]; holidays: readonly { day: Day }[] },
  { today, now }: { today: Day; now: number },
): Wanted[] {
  const off = new Set(holidays.map(({ day }) => day))
  const ahead = { from: today, to: addDays(today, limits.scheduledDays), most: limits.scheduledSessions }
  return schedules.flatMap(schedule =>
    daysOf(schedule, ahead)
      .filter(day => !off.has(day))
      .map(day => ({ key: sessionKey(schedule.key, day), session: sessionOn(schedule, day, now) })),
  )
}

interface Wanted {
  key: string
  session: GroupSession
}

const sessionOn = ({ time, minutes, title, place }: PlannedSchedule, day: Day, now: number): GroupSession => ({
  day,
  time,
  minutes,
  title,
  place,
  cancelled: false,
  at: now,
})

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The key of the session of a schedule on a day: an id made of the two, and who made the schedule. */
export const sessionKey = (schedule: string, day: Day): string => {
  const digest = createHash('sha256').update(`${schedule} ${day}`).digest()
  const nonce = [...digest.subarray(0, 12)].map(byte => alphabet[byte % alphabet.length]).join('')
  return `${nonce}:${schedule.split(':')[1]}`
}
