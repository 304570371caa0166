import { limits } from '@paperboard/shared/limits'
import { markdownHtml } from '@paperboard/shared/markdownText'
import { floorOf } from '@paperboard/shared/meetingFloor'
import type { Archive, EditMinutes, MeetingsOfPaper, Minutes } from '@paperboard/shared/meetings'
import { EditMinutes as Edit } from '@paperboard/shared/meetings'
import { minutesBrief } from '@paperboard/shared/minutes'
import { meetingRoom } from '@paperboard/shared/room'
import { mayMendMinutes } from '@paperboard/shared/rules'
import { Hono } from 'hono'
import { allow, inGroup, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import type { Membership } from '../db/groups.ts'
import { findMeeting, type MeetingRow } from '../db/meetings.ts'
import { editMinutes, endedMeetings, findMinutes, type MinutesRow, mailMinutesAt, meetingsWithPaper } from '../db/minutes.ts'
import { worksOf } from '../db/papers.ts'
import { Problem } from '../errors.ts'
import { pageOf } from '../mail/message.ts'
import { makeMinutes, titleOf } from '../meetings/minutes.ts'
import type { Rooms } from '../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'read'>
  now: () => number
}

interface Asked {
  var: { me: { id: string }; membership: Membership }
}

/** What is left of meetings: minutes, read by the group, mended by whoever led and by organizers. */
export const minutesRoutes = (parts: Parts) => {
  const { db, now } = parts
  const doors = [signedIn, inGroup(db)] as const
  const one = '/groups/:group/meetings/:meeting/minutes'
  const mending = async (c: Asked, { group, id }: Pick<MeetingRow, 'group' | 'id'>) => {
    const led = (await parts.rooms.read(meetingRoom(group, id), floorOf))?.facilitator ?? null
    return mayMendMinutes({ id: c.var.me.id, role: c.var.membership.role }, led)
  }
  const mendable = async (c: Asked, at: { group: string; meeting: string }): Promise<MeetingRow> => {
    const meeting = await meetingOf(db, at)
    allow(await mending(c, meeting))
    return meeting
  }
  const read = async (c: Asked, at: { group: string; meeting: string }): Promise<Minutes> => {
    const row = await minutesOf(db, at)
    return shown(row, (await mending(c, { group: row.group, id: row.meeting })) === null)
  }
  return new Hono<AppEnv>()
    .get('/groups/:group/archive', ...doors, async c => {
      const { group } = c.var.membership
      const ended = await endedMeetings(db, group.id, limits.listedMeetings)
      const answer: Archive = {
        meetings: ended.map(({ meeting, facts }) => (facts === null ? unwritten(meeting, group.timeZone) : archived(meeting.id, facts))),
      }
      return c.json(answer)
    })
    .get('/groups/:group/papers/:paper/meetings', ...doors, async c => {
      const ids = await worksOf(db, [c.req.param('paper')])
      const meetings = await meetingsWithPaper(db, c.var.membership.group.id, [...ids.keys()])
      const on = meetings.filter(({ state }) => state !== 'passed')
      // One that had it under two ids had one paper.
      const answer: MeetingsOfPaper = { meetings: on.filter(({ meeting }, i) => on.findIndex(other => other.meeting === meeting) === i) }
      return c.json(answer)
    })
    .get(one, ...doors, async c => {
      return c.json(await read(c, c.req.param()))
    })
    .get(`${one}/as/:format`, ...doors, async c => {
      const { edited, generated, facts } = await minutesOf(db, c.req.param())
      const text = edited ?? generated
      const name = `minutes-${new Date(facts.startedAt).toISOString().slice(0, 10)}`
      const format = c.req.param('format')
      if (format === 'md') return file(text, { name: `${name}.md`, type: 'text/markdown; charset=utf-8' })
      if (format === 'html') return file(pageOf({ title: facts.title, body: markdownHtml(text) }), { name: `${name}.html`, type: 'text/html; charset=utf-8' })
      throw new Problem('not-found', 'Minutes are had as md or html.')
    })
    .put(one, ...doors, json(Edit, limits.minutesLength * 4), async c => {
      const meeting = await mendable(c, c.req.param())
      const { text }: EditMinutes = c.req.valid('json')
      const before = await minutesOf(db, c.req.param())
      await editMinutes(db, meeting.id, { text: text === before.generated ? null : text, by: c.var.me.id, at: now() })
      return c.json(await read(c, c.req.param()))
    })
    .post(`${one}/make`, ...doors, async c => {
      const meeting = await mendable(c, c.req.param())
      if (meeting.endedAt === null) throw new Problem('conflict', 'The meeting has not ended yet.')
      await makeMinutes(parts, meeting)
      return c.json(await read(c, c.req.param()))
    })
    .post(`${one}/mail`, ...doors, async c => {
      const meeting = await mendable(c, c.req.param())
      await mailMinutesAt(db, meeting.id, now())
      return c.json(await read(c, c.req.param()))
    })
}

async function meetingOf(db: Database, { group, meeting }: { group: string; meeting: string }): Promise<MeetingRow> {
  const row = await findMeeting(db, group, meeting)
  if (row === null) throw new Problem('not-found', 'There is no such meeting in the group.')
  return row
}

async function minutesOf(db: Database, at: { group: string; meeting: string }): Promise<MinutesRow> {
  const row = await findMinutes(db, (await meetingOf(db, at)).id)
  if (row === null) throw new Problem('not-found', 'There are no minutes of this meeting: they are made when it ends.')
  return row
}

const shown = ({ edited, editedBy, editedAt, generated, mailAt, mailedAt, madeAt, facts }: MinutesRow, mayMend: boolean): Minutes => ({
  mayMend,
  text: edited ?? generated,
  generated,
  edited: edited !== null,
  editedBy,
  editedAt,
  madeAt,
  mailAt,
  mailedAt,
  title: facts.title,
  papers: facts.items.map(({ paper, title, state }) => ({ paper, title, state })),
})

type Archived = Archive['meetings'][number]
const archived = (id: string, facts: MinutesRow['facts']): Archived => ({
  id,
  hasMinutes: true,
  title: facts.title,
  startedAt: facts.startedAt,
  endedAt: facts.endedAt,
  brief: minutesBrief(facts),
  papers: facts.items.filter(({ state }) => state === 'discussed').map(({ paper, title }) => ({ paper, title })),
  decisions: [...facts.items, facts.rest].flatMap(({ decisions }) => decisions.map(({ text }) => text)),
})

/** A meeting that ended before minutes were made of meetings, or whose minutes could not be written. */
const unwritten = (meeting: MeetingRow, timeZone: string): Archived => ({
  id: meeting.id,
  hasMinutes: false,
  title: titleOf(meeting, timeZone),
  startedAt: meeting.startedAt ?? meeting.createdAt,
  endedAt: meeting.endedAt ?? meeting.createdAt,
  brief: '',
  papers: [],
  decisions: [],
})

const file = (text: string, { name, type }: { name: string; type: string }) =>
  new Response(text, { headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' } })
