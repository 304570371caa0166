import { newId } from '@paperboard/shared/ids'
import { limits } from '@paperboard/shared/limits'
import { floorOf, giveFloor } from '@paperboard/shared/meetingFloor'
import {
  AcceptNext,
  ChangeMeeting,
  type MeetingStanding,
  type MeetingSummary,
  type Meetings,
  NewFacilitator,
  NewMeeting,
  type NextMeeting,
  type ServerTime,
} from '@paperboard/shared/meetings'
import { meetingRoom } from '@paperboard/shared/room'
import { mayChooseFacilitator, mayHoldMeetings, mayPlan } from '@paperboard/shared/rules'
import { Hono } from 'hono'
import { allow, inGroup, inMeeting, signedIn, signedInOrGuest, standing } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { addMeeting, changeMeeting, findMeeting, type MeetingRow, meetingsOf, noteEnd, noteStart } from '../db/meetings.ts'
import { Problem } from '../errors.ts'
import { startWithAgenda, tellPlan } from '../meetings/agenda.ts'
import { endWithOutcome, makeMinutes } from '../meetings/minutes.ts'
import { acceptNext, proposeNext } from '../meetings/next.ts'
import { settleFloor } from '../meetings/settling.ts'
import { standingFor } from '../meetings/standing.ts'
import type { Rooms } from '../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'read' | 'awayFor' | 'boardsWritten' | 'tell'>
  now: () => number
}

/** Meetings of a group: opened, started, ended, and led by whom. All else happens in the meeting's room. */
export const meetingsRoutes = (parts: Parts) => {
  const { db, rooms, now } = parts
  const path = '/groups/:group/meetings'
  const one = `${path}/:meeting` as const
  const doors = [signedIn, inGroup(db)] as const
  /** What stands for meetings, while it is worked out: a lobby that is told of a change asks all at once. What changes meanwhile is told again. */
  const asked = new Map<string, Promise<MeetingStanding>>()
  const stands = (meeting: MeetingRow): Promise<MeetingStanding> => {
    const until = Math.min(meeting.votesCloseAt ?? Number.POSITIVE_INFINITY, meeting.startedAt ?? now())
    const answer = asked.get(meeting.id) ?? standingFor(db, meeting, until).finally(() => asked.delete(meeting.id))
    asked.set(meeting.id, answer)
    return answer
  }
  return new Hono<AppEnv>()
    .get('/time', c => {
      const answer: ServerTime = { now: now() }
      return c.json(answer)
    })
    .get(path, ...doors, async c => {
      const answer: Meetings = { meetings: (await meetingsOf(db, c.var.membership.group.id, limits.listedMeetings)).map(shown) }
      return c.json(answer)
    })
    .post(path, ...doors, json(NewMeeting), async c => {
      const { group, role } = c.var.membership
      allow(mayHoldMeetings(role))
      const me = c.var.me.id
      const row = { ...c.req.valid('json'), id: newId(), group: group.id, startedAt: null, endedAt: null, createdBy: me, createdAt: now() }
      const { meeting, added } = await addMeeting(db, row)
      if (added) await rooms.edit(meetingRoom(group.id, meeting.id), doc => giveFloor(doc, { facilitator: me, now: now() }))
      if (added) await tellPlan(parts, meeting)
      return c.json(shown(meeting), added ? 201 : 200)
    })
    .get(one, signedInOrGuest, inMeeting(db, now), async c => c.json(shown(await meetingOf(db, c.req.param()))))
    .patch(one, ...doors, json(ChangeMeeting), async c => {
      allow(mayHoldMeetings(c.var.membership.role))
      const meeting = await meetingOf(db, c.req.param())
      if (meeting.startedAt !== null) throw new Problem('conflict', 'The meeting has started: what it goes by stays as it is.')
      await changeMeeting(db, meeting.id, c.req.valid('json'))
      const changed = await meetingOf(db, c.req.param())
      await tellPlan(parts, changed)
      return c.json(shown(changed))
    })
    .get(`${one}/standing`, signedInOrGuest, inMeeting(db, now), async c => {
      const meeting = await meetingOf(db, c.req.param())
      return c.json(await stands(meeting))
    })
    .post(`${one}/start`, ...doors, async c => {
      allow(mayHoldMeetings(c.var.membership.role))
      const meeting = await meetingOf(db, c.req.param())
      if (meeting.endedAt !== null) throw new Problem('conflict', 'The meeting has ended. Open a new one.')
      const startedAt = await noteStart(db, meeting.id, now())
      await startWithAgenda(parts, meeting, { facilitator: c.var.me.id, at: startedAt })
      return c.json(shown({ ...meeting, startedAt }))
    })
    .post(`${one}/end`, ...doors, async c => {
      const meeting = await meetingOf(db, c.req.param())
      await mayEnd(parts, meeting, { id: c.var.me.id, role: c.var.membership.role })
      const { group } = c.var.membership
      await settleFloor(parts, { group: group.id, meeting: meeting.id, me: c.var.me.id, now: now() }, group.timeZone)
      const endedAt = await noteEnd(db, meeting.id, now())
      await endWithOutcome(parts, meeting, endedAt)
      await makeMinutes(parts, { ...meeting, endedAt })
      // What it did not get to stands for the next one.
      rooms.tell({ kind: 'standing', group: meeting.group })
      return c.json(shown({ ...meeting, endedAt }))
    })
    .get(`${one}/next`, ...doors, async c => {
      const answer: NextMeeting = await proposeNext(parts, await meetingOf(db, c.req.param()), c.var.membership.group)
      return c.json(answer)
    })
    .post(`${one}/next`, ...doors, json(AcceptNext), async c => {
      const me = { id: c.var.me.id, role: c.var.membership.role }
      allow(mayPlan(me))
      const meeting = await meetingOf(db, c.req.param())
      if (meeting.startedAt === null) throw new Problem('conflict', 'The meeting has not started yet: it comes first.')
      const next = await acceptNext(parts, meeting, { accept: c.req.valid('json'), group: c.var.membership.group, me: me.id })
      const room = meetingRoom(next.group, next.id)
      await rooms.edit(room, doc => {
        if (floorOf(doc) === null) giveFloor(doc, { facilitator: me.id, now: now() })
      })
      await tellPlan(parts, next)
      return c.json(shown(next), 201)
    })
    .post(`${one}/facilitator`, ...doors, json(NewFacilitator), async c => {
      const meeting = await meetingOf(db, c.req.param())
      if (meeting.endedAt !== null) throw new Problem('conflict', 'The meeting has ended.')
      const { member, instead } = c.req.valid('json')
      const to = { id: member, role: (await standing(db, meeting.group, member)).role }
      const room = meetingRoom(meeting.group, meeting.id)
      const actor = { id: c.var.me.id, role: c.var.membership.role }
      const led = await leads(parts, meeting)
      const present = await stillHolds(parts, meeting, led)
      // Judged on the record as it is then: of two who take over at once, one does.
      const verdict = await rooms.edit(room, doc => {
        const facilitator = floorOf(doc)?.facilitator ?? null
        if (facilitator !== led || (instead !== undefined && facilitator !== instead)) return 'changed'
        const refused = mayChooseFacilitator(actor, to, { facilitator, present })
        if (refused === null && facilitator !== member) giveFloor(doc, { facilitator: member, now: now() })
        return refused
      })
      if (verdict === 'changed') throw new Problem('conflict', 'Somebody else has taken the lead meanwhile.')
      allow(verdict)
      return c.body(null, 204)
    })
}

const leads = async ({ rooms }: Parts, { group, id }: MeetingRow) => (await rooms.read(meetingRoom(group, id), floorOf))?.facilitator ?? null

/** Whoever leads keeps the lead for a while after their connection was lost: a reload is no resignation. */
const stillHolds = async ({ rooms }: Parts, { group, id }: MeetingRow, facilitator: string | null) =>
  facilitator !== null && (await rooms.awayFor(meetingRoom(group, id), facilitator)) < limits.leadGrace

/** It is ended by whoever may lead it. */
async function mayEnd(parts: Parts, meeting: MeetingRow, actor: { id: string; role: Parameters<typeof mayHoldMeetings>[0] }): Promise<void> {
  const facilitator = await leads(parts, meeting)
  const present = await stillHolds(parts, meeting, facilitator)
  allow(mayChooseFacilitator(actor, actor, { facilitator, present }))
}

async function meetingOf(db: Database, { group, meeting }: { group: string; meeting: string }): Promise<MeetingRow> {
  const row = await findMeeting(db, group, meeting)
  if (row === null) throw new Problem('not-found', 'There is no such meeting in the group.')
  return row
}

const shown = ({ group: _, ...meeting }: MeetingRow): MeetingSummary => meeting
