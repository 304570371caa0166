import { createHash } from 'node:crypto'
import { type Calendar, type CreatedCalendar, NewCalendar } from '@paperboard/shared/api'
import { newId } from '@paperboard/shared/ids'
import { Hono } from 'hono'
import { signedIn, standing } from '../access.ts'
import { json } from '../body.ts'
import { calendarOf } from '../calendars/calendar.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { type FeedToken, feedTokensOf, findFeedToken, noteFeedUse, revokeFeedToken, rotateFeedToken } from '../db/feedTokens.ts'
import { findMembership } from '../db/groups.ts'
import type { Env } from '../env.ts'
import { Problem } from '../errors.ts'
import { publicOrigin } from '../origin.ts'
import { hashToken, newToken } from '../tokens.ts'

interface Parts {
  db: Database
  env: Env
  now: () => number
}

const purpose = 'calendar'

/** The private addresses of a person's calendars. */
export const calendarsRoutes = ({ db, env, now }: Parts) =>
  new Hono<AppEnv>()
    .get('/calendars', signedIn, async c => {
      const calendars: Calendar[] = (await feedTokensOf(db, c.var.me.id, purpose)).map(calendarFrom)
      return c.json({ calendars })
    })
    .post('/calendars', signedIn, json(NewCalendar), async c => {
      const { group } = c.req.valid('json')
      if (group !== null) await standing(db, group, c.var.me.id)
      const token = newToken()
      const made = await rotateFeedToken(db, { person: c.var.me.id, group, purpose }, { id: newId(), hash: hashToken(token), now: now() })
      const answer: CreatedCalendar = { ...calendarFrom(made), url: `${publicOrigin(c.req.raw, env)}/calendar/${token}.ics` }
      return c.json(answer, 201)
    })
    .delete('/calendars/:id', signedIn, async c => {
      if (!(await revokeFeedToken(db, { person: c.var.me.id, id: c.req.param('id'), now: now() }))) throw new Problem('not-found', 'There is no such address.')
      return c.body(null, 204)
    })

const calendarFrom = ({ id, group, createdAt, lastUsedAt }: FeedToken): Calendar => ({ id, group, createdAt, lastUsedAt })

/** The calendars themselves, for programs that know nothing but the address. One answer for every address that does not work. */
export const calendarFeed = ({ db, env, now }: Parts) =>
  new Hono<AppEnv>().get('/:file{.+\\.ics}', async c => {
    const feed = await findFeedToken(db, hashToken(c.req.param('file').replace(/\.ics$/, '')), purpose)
    const membership = feed === null || feed.group === null ? null : await findMembership(db, feed.group, feed.person)
    if (feed === null || (feed.group !== null && membership === null)) {
      c.header('Cache-Control', 'no-store')
      return c.text('There is no calendar at this address. It may have been replaced: look in Paperboard under “Reminders and calendars”.\n', 404)
    }
    await noteFeedUse(db, feed.id, now())
    const name = membership === null ? 'Paperboard' : membership.group.name
    const text = await calendarOf(db, feed, { now: now(), publicUrl: publicOrigin(c.req.raw, env), name })
    const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
    c.header('ETag', tag)
    c.header('Cache-Control', 'private, no-cache')
    c.header('X-Robots-Tag', 'noindex')
    // A proxy that compresses makes a weak tag of it.
    if (c.req.header('if-none-match')?.replace(/W\//g, '').split(/,\s*/).includes(tag)) return c.body(null, 304)
    return c.body(text, 200, { 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': 'inline; filename="paperboard.ics"' })
  })
