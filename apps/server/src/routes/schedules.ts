import { ImportSchedule, PreviewSchedule, type ScheduleImported, type SchedulePreview } from '@paperboard/shared/api'
import { addPapers, closedOf } from '@paperboard/shared/board'
import { addDays, type Day, dayAt } from '@paperboard/shared/days'
import { assignReading, readingsOf, setProgress } from '@paperboard/shared/group'
import { extendSession, planSession, sessionsOf } from '@paperboard/shared/groupSessions'
import { limits } from '@paperboard/shared/limits'
import { putDownOnce } from '@paperboard/shared/presenters'
import { boardRoom, groupRoom } from '@paperboard/shared/room'
import { mayPlan } from '@paperboard/shared/rules'
import { Hono } from 'hono'
import { allow, inGroup, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { addressesOf } from '../db/groups.ts'
import { storePlan } from '../papers/imports.ts'
import { planSchedule, type ScheduleTarget, type SessionToPlan } from '../schedules/plan.ts'
import type { Rooms } from '../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'read' | 'edit'>
  now: () => number
}

/** Longest body: what a text becomes as JSON, at worst. */
const bodyBytes = 2 * limits.scheduleBytes

/** Schedules that a group has kept elsewhere: looked at first, then taken into the plan in one step. */
export const schedulesRoutes = (parts: Parts) => {
  const { db, now } = parts
  const doors = [signedIn, inGroup(db)] as const
  return new Hono<AppEnv>()
    .post('/groups/:group/schedule/preview', ...doors, json(PreviewSchedule, bodyBytes), async c => {
      const { role, group } = c.var.membership
      allow(mayPlan({ id: c.var.me.id, role }))
      const target = await targetOf(parts, group, { skip: [], people: {} })
      const answer: SchedulePreview = (await planSchedule(db, c.req.valid('json').text, target)).preview
      return c.json(answer)
    })
    .post('/groups/:group/schedule', ...doors, json(ImportSchedule, bodyBytes), async c => {
      const { role, group } = c.var.membership
      allow(mayPlan({ id: c.var.me.id, role }))
      const { text, ...choices } = c.req.valid('json')
      const target = await targetOf(parts, group, choices)
      const plan = await db.transaction(async tx => {
        const made = await planSchedule(tx, text, target)
        await storePlan(tx, made, now())
        return made
      })
      return c.json(await takeIn(parts, { sessions: plan.sessions, group: group.id, today: target.today, me: c.var.me.id }))
    })
}

async function targetOf(
  { db, rooms, now }: Parts,
  group: { id: string; timeZone: string },
  { skip, people }: { skip: readonly number[]; people: Readonly<Record<string, string | null>> },
): Promise<ScheduleTarget> {
  const days = await rooms.read(groupRoom(group.id), doc => sessionsOf(doc).map(({ day }) => day))
  return {
    group: group.id,
    today: dayAt(now(), group.timeZone),
    days: new Set(days),
    members: await addressesOf(db, group.id),
    skip: new Set(skip),
    people: new Map(Object.entries(people)),
  }
}

interface TakeIn {
  sessions: readonly SessionToPlan[]
  group: string
  today: Day
  me: string
}

/**
 * Papers go to the boards of their days, then all sessions and readings into the plan in one change. What is there already
 * stays: a repeat, after a fault half-way too, adds only what is missing.
 */
async function takeIn({ rooms, now }: Parts, { sessions, group, today, me }: TakeIn): Promise<ScheduleImported> {
  const boards = new Map<string, Day>()
  for (const session of sessions) {
    if (session.papers.length === 0) continue
    // Boards cannot be opened far ahead: until then their papers stand on that of today.
    const day = session.day > addDays(today, limits.boardDaysAhead) ? today : session.day
    boards.set(session.day, day)
    await rooms.edit(boardRoom(group, day), doc => {
      if (closedOf(doc) === null) addPapers(doc, session.papers, { member: me, now: now(), source: 'paste' })
    })
  }
  return rooms.edit(groupRoom(group), doc => {
    const done: ScheduleImported = { sessions: 0, readings: 0, papers: new Set(sessions.flatMap(({ papers }) => papers)).size }
    const there = new Map(sessionsOf(doc).map(session => [session.day, session.key]))
    const held = new Set(readingsOf(doc).map(({ paper, member, due, setRole }) => `${paper} ${member} ${due} ${setRole}`))
    doc.transact(() => {
      for (const { day, time, minutes, title, place, cancelled, papers, presented, presenters, guests } of sessions) {
        const key = there.get(day)
        if (key === undefined) done.sessions += 1
        const session = key ?? planSession(doc, me, { day, time, minutes, title, place, cancelled, at: now() })
        extendSession(doc, session, { papers, guests, time, now: now() })
        for (const member of presenters) putDownOnce(doc, { session, member, way: 'hand', asked: false, offer: null, me, now: now() })
        for (const { paper, member } of presented) {
          const name = `${paper} ${member} ${day} presenter`
          if (held.has(name)) continue
          held.add(name)
          const reading = assignReading(doc, me, { paper, board: boards.get(day) ?? day, member, role: 'presenter', part: '', session, due: null, at: now() })
          // It was presented: nobody is to be reminded of that.
          if (day < today) setProgress(doc, { reading, me: member, state: 'ready', now: now() })
          done.readings += 1
        }
      }
    })
    return done
  })
}
