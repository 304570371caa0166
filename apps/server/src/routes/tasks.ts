import { MarkTask, type Task, type Tasks } from '@paperboard/shared/api'
import { markAction } from '@paperboard/shared/marking'
import { dueMoment } from '@paperboard/shared/readingTimes'
import { meetingRoom } from '@paperboard/shared/room'
import { Hono } from 'hono'
import { allow, inGroup, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { tasksOf } from '../db/meetingActions.ts'
import { findMeeting } from '../db/meetings.ts'
import { Problem } from '../errors.ts'
import type { Rooms } from '../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit'>
  now: () => number
}

/** For so long (ms) what was done is still shown. */
const shownDone = 7 * 86_400_000

/** What one is to do after meetings: found without opening the meeting, and marked done there. */
export const tasksRoutes = ({ db, rooms, now }: Parts) =>
  new Hono<AppEnv>()
    .get('/tasks', signedIn, async c => {
      const answer: Tasks = { tasks: (await tasksOf(db, c.var.me.id, now() - shownDone)).map(shown) }
      return c.json(answer)
    })
    .put('/groups/:group/meetings/:meeting/actions/:action/done', signedIn, inGroup(db), json(MarkTask), async c => {
      const { meeting, action } = c.req.param()
      const { group, role } = c.var.membership
      if ((await findMeeting(db, group.id, meeting)) === null) throw gone
      const mark = { key: action, done: c.req.valid('json').done, now: now(), settings: group.settings }
      const verdict = await rooms.edit(meetingRoom(group.id, meeting), doc => markAction(doc, mark, { id: c.var.me.id, role }))
      if (verdict === 'gone') throw gone
      allow(verdict)
      return c.body(null, 204)
    })

const gone = new Problem('not-found', 'This is not among what the meeting left to do.')

type Row = Awaited<ReturnType<typeof tasksOf>>[number]
const shown = ({ timeZone, startedAt, createdAt, ...task }: Row): Task => ({
  ...task,
  at: startedAt ?? createdAt,
  until: dueMoment({ due: task.due, setDue: task.due }, undefined, timeZone),
})
