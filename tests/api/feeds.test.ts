import type { CreatedFeed, FeedAddress } from '@paperboard/shared/api'
import { addComment, addPapers, castVote } from '@paperboard/shared/board'
import { mentions } from '@paperboard/shared/mentions'
import { boardRoom } from '@paperboard/shared/room'
import { XMLValidator } from 'fast-xml-parser'
import { parseFeed } from 'feedsmith'
import { expect, test as plain, vi } from 'vitest'
import { commentsOf, votesOf } from '../../apps/server/src/db/listings.ts'
import { insertPapers } from '../../apps/server/src/db/papers.ts'
import { idOf, paperRow } from '../support/longBoard.ts'
import { Client, codeOf, type Person, withServer } from '../support/server.ts'

const day = '2026-11-20'
const [p0, p1] = [idOf('paper', 0), idOf('paper', 1)]

const test = withServer().extend<{ filled: null }>({
  filled: async ({ server, group, alice, bob }, use) => {
    const { now } = server.clock
    await insertPapers(
      server.db,
      [{ ...paperRow(group, 0), title: 'A < B & "C" in $x^2$ \u0001', abstract: 'One ]]> two & <b>three</b>' }, paperRow(group, 1)],
      1,
    )
    await server.rooms.edit(boardRoom(group, day), doc => {
      addPapers(doc, [p0, p1], { member: alice.id, now: now - 5000, source: 'ids' })
      castVote(doc, { paper: p1, me: bob.id, value: 1, now: now - 1000 })
      addComment(doc, { paper: p0, me: bob.id, text: 'What do you think, @alice?', now: now - 900 })
      addComment(doc, { paper: p0, me: bob.id, text: 'Write to alice@example.org', now: now - 800 })
    })
    await vi.waitFor(async () => {
      expect((await votesOf(server.db, group, [p1])).length).toBe(1)
      expect((await commentsOf(server.db, group, [p0])).length).toBe(2)
    })
    await use(null)
  },
})

/** The paths of a new address. */
const makeFeed = async (person: Person, group: string | null) => {
  const { status, body } = await person.post<CreatedFeed>('/api/feeds', { group })
  expect(status).toBe(201)
  return { id: body.id, path: new URL(body.url).pathname }
}
/** What a program gets that has no cookie. */
const read = (person: Person, path: string, headers: Record<string, string> = {}) => new Client(person.server).send<string>('GET', path, undefined, headers)

/** Titles and links in order, by a parser that is not ours. */
const entriesOf = (text: string): [string, string][] => {
  expect(XMLValidator.validate(text)).toBe(true)
  const parsed = parseFeed(text)
  if (parsed.format === 'atom') return (parsed.feed.entries ?? []).map(({ title, links }) => [title?.value ?? '', new URL(links?.[0]?.href ?? '').pathname])
  if (parsed.format === 'rss') return (parsed.feed.items ?? []).map(({ title, link }) => [title ?? '', new URL(link ?? '').pathname])
  throw new Error(`Not a feed: ${parsed.format}`)
}

test('[G46] a feed has the new papers of a group, another the top ones, and both are the same as Atom and as RSS', async ({ group, alice, filled: _ }) => {
  const { path } = await makeFeed(alice, group)
  for (const format of ['atom', 'rss']) {
    const { status, headers, body } = await read(alice, `${path}/new.${format}`)
    expect([status, headers.get('content-type')]).toEqual([200, `application/${format}+xml; charset=utf-8`])
    expect(entriesOf(body)).toEqual([
      ['A < B & "C" in $x^2$', `/g/${group}/papers/${p0}`],
      [paperRow(group, 1).title, `/g/${group}/papers/${p1}`],
    ])
    expect(entriesOf((await read(alice, `${path}/top.${format}`)).body)).toEqual([[paperRow(group, 1).title, `/g/${group}/papers/${p1}`]])
  }
})

test('[G47] a member’s feed has the comments that call them, of all of their groups, and nobody else’s', async ({ group, alice, bob, filled: _ }) => {
  const [hers, his] = [await makeFeed(alice, null), await makeFeed(bob, null)]
  expect(entriesOf((await read(alice, `${hers.path}/mentions.atom`)).body)).toEqual([[expect.stringContaining('Bob on A < B'), `/g/${group}/${day}`]])
  expect(entriesOf((await read(bob, `${his.path}/mentions.atom`)).body)).toEqual([])
  expect(entriesOf((await read(alice, `${hers.path}/new.rss`)).body)).toHaveLength(2)
})

test('[G48] a feed that has not changed is not sent again', async ({ server, group, alice, filled: _ }) => {
  const { path } = await makeFeed(alice, group)
  const tag = (await read(alice, `${path}/new.atom`)).headers.get('etag') ?? ''
  for (const sent of [tag, `W/${tag}`, `"other", ${tag}`]) expect((await read(alice, `${path}/new.atom`, { 'if-none-match': sent })).status).toBe(304)
  await server.rooms.edit(boardRoom(group, '2026-11-21'), doc => addPapers(doc, [p0], { member: alice.id, now: server.clock.now, source: 'ids' }))
  await vi.waitFor(async () => expect((await read(alice, `${path}/new.atom`, { 'if-none-match': tag })).status).toBe(200))
})

test('[G49] an address works until it is replaced, ended, or its member has left, and only its hash is stored', async ({
  server,
  group,
  alice,
  bob,
  filled: _,
}) => {
  const status = async ({ path }: { path: string }, file = 'new.atom') => (await read(bob, `${path}/${file}`)).status
  const first = await makeFeed(bob, group)
  expect(await status(first)).toBe(200)
  const second = await makeFeed(bob, group)
  expect([await status(first), await status(second)]).toEqual([404, 200])
  const { feeds } = (await bob.get<{ feeds: FeedAddress[] }>('/api/feeds')).body
  expect(feeds.map(({ id }) => id)).toEqual([second.id])
  expect(JSON.stringify([feeds, await server.db.sql.select().from(server.db.t.feedTokens)])).not.toContain(second.path.split('/')[2])
  expect(codeOf(await alice.delete(`/api/feeds/${second.id}`))).toBe('404 not-found')
  const third = await makeFeed(bob, null)
  await bob.delete(`/api/feeds/${second.id}`)
  expect([await status(second), await status(third)]).toEqual([404, 200])
  const again = await makeFeed(bob, group)
  await alice.delete(`/api/groups/${group}/members/${bob.id}`)
  expect(await status(again)).toBe(404)
  expect(entriesOf((await read(bob, `${third.path}/new.atom`)).body)).toEqual([])
  for (const file of ['new.json', 'all.atom', 'new.atom.rss']) expect(await status(third, file)).toBe(404)
  expect(codeOf(await bob.post('/api/feeds', { group }))).toBe('404 not-found')
})

test('[G50] the secret of an address is in no line of the log', async ({ server, group, alice, filled: _ }) => {
  const { path } = await makeFeed(alice, group)
  await read(alice, `${path}/new.atom`)
  expect(server.logged.join('\n')).not.toContain(path.split('/')[2])
})

plain.each([
  ['@Ada look', 'Ada Lovelace', true],
  ['see @ada lovelace.', 'Ada Lovelace', true],
  ['(@Ada)', 'Ada', true],
  ['@Adam look', 'Ada', false],
  ['ada@example.org', 'Example', false],
  ['Ada look', 'Ada', false],
  ['@李', '李 白', true],
  ['@c++ or so', 'C++ Fan', true],
  ['@', '', false],
])('[C40] who is called in a comment: %s', (text, name, called) => expect(mentions(text, name)).toBe(called))
