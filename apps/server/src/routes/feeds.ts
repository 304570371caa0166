import { createHash } from 'node:crypto'
import { type CreatedFeed, type FeedAddress, NewFeed } from '@paperboard/shared/api'
import { newId } from '@paperboard/shared/ids'
import { Hono } from 'hono'
import { signedIn, standing } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { type FeedToken, feedTokensOf, findFeedToken, noteFeedUse, revokeFeedToken, rotateFeedToken } from '../db/feedTokens.ts'
import { findMembership, type GroupRow, groupsOf } from '../db/groups.ts'
import { findPerson } from '../db/people.ts'
import type { Env } from '../env.ts'
import { Problem } from '../errors.ts'
import { type FeedKind, feedEntries, feedKinds } from '../feeds/entries.ts'
import type { FeedFormat } from '../feeds/feed.ts'
import { publicOrigin } from '../origin.ts'
import { hashToken, newToken } from '../tokens.ts'

interface Parts {
  db: Database
  env: Env
  now: () => number
}

const purpose = 'feeds'

/** The private addresses of a person's feeds: one for each group, and one for all of theirs. */
export const feedsRoutes = ({ db, env, now }: Parts) =>
  new Hono<AppEnv>()
    .get('/feeds', signedIn, async c => {
      const feeds: FeedAddress[] = (await feedTokensOf(db, c.var.me.id, purpose)).map(addressFrom)
      return c.json({ feeds })
    })
    .post('/feeds', signedIn, json(NewFeed), async c => {
      const { group } = c.req.valid('json')
      if (group !== null) await standing(db, group, c.var.me.id)
      const token = newToken()
      const made = await rotateFeedToken(db, { person: c.var.me.id, group, purpose }, { id: newId(), hash: hashToken(token), now: now() })
      const answer: CreatedFeed = { ...addressFrom(made), url: `${publicOrigin(c.req.raw, env)}/feeds/${token}` }
      return c.json(answer, 201)
    })
    .delete('/feeds/:id', signedIn, async c => {
      if (!(await revokeFeedToken(db, { person: c.var.me.id, id: c.req.param('id'), now: now() }))) throw new Problem('not-found', 'There is no such address.')
      return c.body(null, 204)
    })

const addressFrom = ({ id, group, createdAt, lastUsedAt }: FeedToken): FeedAddress => ({ id, group, createdAt, lastUsedAt })

/** The groups that a feed covers and its person is still in; null where there is none. */
async function groupsFor(db: Database, { person, group }: FeedToken): Promise<GroupRow[] | null> {
  const ids = group === null ? (await groupsOf(db, person)).map(({ id }) => id) : [group]
  const memberships = await Promise.all(ids.map(id => findMembership(db, id, person)))
  const groups = memberships.flatMap(membership => membership?.group ?? [])
  return groups.length === 0 && group !== null ? null : groups
}

const titles: Record<FeedKind, string> = { new: 'New papers', top: 'Top recent', mentions: 'Mentions' }

/** The feeds themselves, for programs that know nothing but the address. One answer for every address that does not work. */
export const feedsOut = ({ db, env, now }: Parts) =>
  new Hono<AppEnv>().get('/:token/:file', async c => {
    const [, kindName, formatName] = /^(\w+)\.(atom|rss)$/.exec(c.req.param('file')) ?? []
    const kind = feedKinds.find(known => known === kindName)
    const format = (['atom', 'rss'] as const satisfies FeedFormat[]).find(known => known === formatName)
    const feed = await findFeedToken(db, hashToken(c.req.param('token')), purpose)
    const groups = feed === null ? null : await groupsFor(db, feed)
    const person = feed === null ? null : await findPerson(db, feed.person)
    if (kind === undefined || format === undefined || feed === null || groups === null || person === null) {
      c.header('Cache-Control', 'no-store')
      return c.text('There is no feed at this address. It may have been replaced: look in Paperboard under “Settings”.\n', 404)
    }
    await noteFeedUse(db, feed.id, now())
    const origin = publicOrigin(c.req.raw, env)
    const [only] = groups
    const about = groups.length === 1 && only !== undefined ? only.name : 'Paperboard'
    const { feedTypes, writeFeed } = await import('../feeds/feed.ts')
    const text = writeFeed(
      format,
      {
        id: `urn:paperboard:feed:${feed.id}:${kind}`,
        title: `${titles[kind]} · ${about}`,
        page: groups.length === 1 && only !== undefined ? `${origin}/g/${only.id}${kind === 'top' ? '/recent' : ''}` : origin,
        self: `${origin}/feeds/${c.req.param('token')}/${kind}.${format}`,
        origin,
      },
      await feedEntries(db, kind, groups, { person, now: now() }),
    )
    const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
    c.header('ETag', tag)
    c.header('Cache-Control', 'private, no-cache')
    c.header('X-Robots-Tag', 'noindex')
    // A proxy that compresses makes a weak tag of it.
    if (c.req.header('if-none-match')?.replace(/W\//g, '').split(/,\s*/).includes(tag)) return c.body(null, 304)
    return c.body(text, 200, { 'Content-Type': feedTypes[format] })
  })
