import { Day } from '@paperboard/shared/days'
import { boardRoom, meetingRoom } from '@paperboard/shared/room'
import { Hono } from 'hono'
import { inGroup, signedIn } from '../access.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { Problem } from '../errors.ts'
import { createHistories } from '../sync/history.ts'

/** How boards and meetings came about, for members: whoever may read what there is may read how it came. */
export const historyRoutes = ({ db }: { db: Database }) => {
  const doors = [signedIn, inGroup(db)] as const
  const tell = createHistories(db)
  return new Hono<AppEnv>()
    .get('/groups/:group/boards/:day/history', ...doors, async c => {
      const day = Day.safeParse(c.req.param('day')).data
      if (day === undefined) throw new Problem('not-found', 'There is no such day.')
      return c.json(await tell(boardRoom(c.req.param('group'), day), { kind: 'board' }))
    })
    .get('/groups/:group/meetings/:meeting/history', ...doors, async c =>
      c.json(await tell(meetingRoom(c.req.param('group'), c.req.param('meeting')), { kind: 'meeting' })),
    )
}
