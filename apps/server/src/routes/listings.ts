import { zValidator } from '@hono/zod-validator'
import {
  type BoardOffers,
  type BoardsOfPaper,
  type EarlierBoards,
  type Listing,
  ListingQuery,
  MarkOpened,
  type OpenedPapers,
  type Trending,
} from '@paperboard/shared/api'
import { addDays, Day, dayAt, daysBetween } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { Hono } from 'hono'
import { inGroup, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { markOpened, openedBy } from '../db/opened.ts'
import { offersOnBoards } from '../db/turns.ts'
import { Problem } from '../errors.ts'
import { boardsOfPaper, earlierBoards, listing, trendingNow } from '../papers/listing.ts'

/** A list's address: a view, and days in order where it has some. */
const query = zValidator('query', ListingQuery, result => {
  if (!result.success) throw new Problem('invalid', 'Name a view: days (with from and to), recent or library.')
  const { data } = result
  if (data.view !== 'days') return
  if (data.from > data.to) throw new Problem('invalid', 'The first day comes after the last.')
  if (daysBetween(data.from, data.to) >= limits.countDays) throw new Problem('invalid', `At most ${limits.countDays} days can be asked for.`)
})

/** Papers over several boards. */
export const listingsRoutes = ({ db, now }: { db: Database; now: () => number }) => {
  const group = '/groups/:group'
  const doors = [signedIn, inGroup(db)] as const
  return new Hono<AppEnv>()
    .get(`${group}/listing`, ...doors, query, async c => {
      const asking = { group: c.var.membership.group.id, me: c.var.me.id, now: now() }
      const answer: Listing = await listing(db, asking, c.req.valid('query'))
      return c.json(answer)
    })
    .get(`${group}/offers`, ...doors, async c => {
      const { id, timeZone } = c.var.membership.group
      const answer: BoardOffers = { offers: await offersOnBoards(db, id, addDays(dayAt(now(), timeZone), -limits.offerDays)) }
      return c.json(answer)
    })
    .get(`${group}/trending`, ...doors, async c => {
      const answer: Trending = await trendingNow(db, { group: c.var.membership.group.id, now: now() })
      return c.json(answer)
    })
    .get(`${group}/boards/:day/earlier`, ...doors, async c => {
      const day = Day.safeParse(c.req.param('day'))
      if (!day.success) throw new Problem('invalid', 'A day has the form 2026-11-24.')
      const answer: EarlierBoards = await earlierBoards(db, c.var.membership.group.id, day.data)
      return c.json(answer)
    })
    .get(`${group}/papers/:paper/boards`, ...doors, async c => {
      const answer: BoardsOfPaper = await boardsOfPaper(db, c.var.membership.group.id, c.req.param('paper'))
      return c.json(answer)
    })
    .get(`${group}/opened`, ...doors, async c => {
      const papers = await openedBy(db, { group: c.var.membership.group.id, person: c.var.me.id }, limits.exportPapers)
      const answer: OpenedPapers = { papers }
      return c.json(answer)
    })
    .post(`${group}/opened`, ...doors, json(MarkOpened), async c => {
      // Each once, at its latest time; no clock is further ahead than that of a comment may be.
      const latest = new Map<string, number>()
      for (const { paper, at } of c.req.valid('json').papers) latest.set(paper, Math.max(latest.get(paper) ?? 0, Math.min(at, now() + limits.clockSkew)))
      const papers = [...latest].map(([paper, at]) => ({ paper, at }))
      await markOpened(db, { group: c.var.membership.group.id, person: c.var.me.id }, papers)
      return c.body(null, 204)
    })
}
