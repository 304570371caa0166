/** Sources of a group, over a server that replays what services answer. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { papersOf, removePaper, setClosed } from '@paperboard/shared/board'
import { boardRoom } from '@paperboard/shared/room'
import type { Source, SourcePreview, SourceRun, Sources } from '@paperboard/shared/sources'
import { defaultSchedule } from '@paperboard/shared/sources'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FeedServer, startFeedServer } from '../support/feedServer.ts'
import { createDatabase, hasPostgres } from '../support/postgres.ts'
import { codeOf, Person, startServer, type TestServer } from '../support/server.ts'

const tuesday = Date.parse('2026-11-24T09:00:00Z')
const daily = { name: 'Daily Papers', config: { kind: 'daily-papers' }, rules: [], schedule: defaultSchedule, most: 50, board: 'item' }
const arxiv = { ...daily, name: 'arXiv cs.CL', config: { kind: 'arxiv', categories: ['cs.CL'], crossLists: false } }
const papers = (...titles: string[]) => titles.map((title, n) => ({ id: `2611.0${1000 + n + title.length * 10}`, title }))

let feeds: FeedServer
let server: TestServer
let alice: Person
let group: string
let url: string

beforeEach(async () => {
  feeds = await startFeedServer()
  server = await startServer({ env: feeds.env })
  server.clock.now = tuesday
  alice = await new Person(server, 'Alice').signUp()
  group = await alice.createGroup()
  url = `/api/groups/${group}/sources`
})
afterEach(() => server.close())

const add = async (source: unknown = daily): Promise<Source> => {
  const { status, body } = await alice.post<Source>(url, source)
  expect(status).toBe(201)
  return body
}
const runs = async (id: string) => (await alice.get<{ runs: SourceRun[] }>(`${url}/${id}/runs`)).body.runs
const fetchNow = async (id: string, reach = 'day'): Promise<SourceRun | undefined> => {
  expect((await alice.post(`${url}/${id}/fetch`, { reach })).status).toBe(202)
  await server.sources.look()
  return (await runs(id))[0]
}
const board = (day = '2026-11-24') => server.rooms.read(boardRoom(group, day), papersOf)
const titlesOn = async (day = '2026-11-24') =>
  (await alice.get<{ papers: { title: string }[] }>(`/api/groups/${group}/boards/${day}`)).body.papers.map(({ title }) => title)

describe('a source', () => {
  test('[F10] puts the papers of a day on its board by itself when its slot has come, once', async () => {
    feeds.daily.set('2026-11-25', papers('First', 'Second one'))
    const source = await add()
    expect(source).toMatchObject({ paused: false, nextAt: Date.parse('2026-11-25T06:30:00Z') })
    await server.sources.look()
    expect(await runs(source.id)).toEqual([])
    server.clock.now = Date.parse('2026-11-25T06:30:01Z')
    await server.sources.look()
    await server.sources.look()
    expect(await titlesOn('2026-11-25')).toEqual(['First', 'Second one'])
    expect(await runs(source.id)).toMatchObject([
      { kind: 'scheduled', slot: Date.parse('2026-11-25T06:30:00Z'), state: 'done', report: { found: 2, matched: 2, added: 2, seen: 0 } },
    ])
    expect((await alice.get<Sources>(url)).body.sources[0]).toMatchObject({ nextAt: Date.parse('2026-11-26T06:30:00Z'), lastRun: { state: 'done' } })
    expect((await board('2026-11-25'))[0]).toMatchObject({ by: source.id, source: 'source', from: 'Daily Papers' })
  })

  test('[F11] is fetched by hand, and brings nothing twice; what was taken off stays off', async () => {
    feeds.daily.set('2026-11-24', papers('First', 'Second one'))
    const source = await add()
    expect(await fetchNow(source.id)).toMatchObject({ kind: 'now', state: 'done', report: { added: 2 } })
    const [first] = await board()
    await server.rooms.edit(boardRoom(group, '2026-11-24'), doc => removePaper(doc, first?.id ?? ''))
    feeds.daily.set('2026-11-24', papers('First', 'Second one', 'Third of all'))
    server.clock.now += 60_000
    expect(await fetchNow(source.id)).toMatchObject({ report: { found: 3, matched: 3, added: 1, seen: 2 } })
    expect(await titlesOn()).toEqual(['Second one', 'Third of all'])
  })

  test('[F12] lets through what its rules say, marks what they highlight, and tells what each did', async () => {
    feeds.listing.papers = [
      { id: '2611.01001', title: 'Graph diffusion' },
      { id: '2611.01002', title: 'A survey of graphs' },
      { id: '2611.01003', title: 'Graph parsing', authors: ['Grace Hopper'] },
      { id: '2611.01004', title: 'Graph from elsewhere', announced: 'cross' },
      { id: '2611.01005', title: 'Graph of old', announced: 'replace' },
    ]
    const rules = [
      { effect: 'exclude', where: ['title'], phrases: ['survey'], wholeWord: true, name: '' },
      { effect: 'highlight', where: ['author'], phrases: ['G. Hopper'], wholeWord: true, name: 'Our friends' },
    ]
    const source = await add({ ...arxiv, rules })
    expect(await fetchNow(source.id)).toMatchObject({
      report: {
        found: 3,
        matched: 2,
        added: 2,
        rules: [
          { name: 'survey', count: 1 },
          { name: 'Our friends', count: 1 },
        ],
      },
    })
    expect(await titlesOn()).toEqual(['Graph diffusion', 'Graph parsing'])
    expect((await board()).map(({ marks }) => marks)).toEqual([undefined, ['Our friends']])
    await alice.patch(`${url}/${source.id}`, { config: { ...arxiv.config, crossLists: true } })
    server.clock.now += 60_000
    expect(await fetchNow(source.id)).toMatchObject({ report: { found: 4, added: 1, seen: 2 } })
  })

  test('[F13] brings a paper that the group has already as that paper, and not to a second board', async () => {
    await alice.post(`/api/groups/${group}/boards/2026-11-23/papers`, { source: { from: 'text', text: '2611.01001' } })
    await expect.poll(async () => (await alice.get<unknown[]>(`/api/groups/${group}/days?from=2026-11-23&to=2026-11-23`)).body.length).toBe(1)
    feeds.listing.papers = [
      { id: '2611.01001', title: 'Graph diffusion' },
      { id: '2611.01002', title: 'Another' },
    ]
    const source = await add(arxiv)
    expect(await fetchNow(source.id)).toMatchObject({ report: { found: 2, matched: 2, added: 1, seen: 1 } })
    expect(await titlesOn()).toEqual(['Another'])
  })

  test('[F14] reads any feed, by the day of the group’s clock', async () => {
    feeds.feed = [
      { id: 'a', title: 'Late last night', at: 'Mon, 23 Nov 2026 23:30:00 GMT' },
      { id: 'b', title: 'Yesterday', at: 'Mon, 23 Nov 2026 12:00:00 GMT' },
      { id: 'c', title: 'Undated' },
    ]
    const source = await add({ ...daily, name: 'A blog', config: { kind: 'feed', url: `${feeds.url}/feed` } })
    expect(await fetchNow(source.id)).toMatchObject({ report: { found: 2, added: 2, notes: ['1 item is of before 2026-11-24 and not looked at.'] } })
    expect(await titlesOn()).toEqual(['Late last night', 'Undated'])
  })

  test('[F15] that is no feed, or cannot be reached, says why, and when it is tried again', async () => {
    const none = await add({ ...daily, config: { kind: 'feed', url: `${feeds.url}/api/daily_papers` } })
    expect(await fetchNow(none.id)).toMatchObject({ state: 'failed', nextTry: null, reason: 'There is no feed at this address: it must be RSS or Atom.' })
    const source = await add()
    feeds.fault = 503
    feeds.daily.set('2026-11-24', papers('First'))
    expect(await fetchNow(source.id)).toMatchObject({ state: 'fetching', tries: 1, nextTry: tuesday + 5 * 60_000, reason: expect.stringContaining('503') })
    feeds.fault = null
    server.clock.now += 5 * 60_000
    await server.sources.look()
    expect(await runs(source.id)).toMatchObject([{ state: 'done', tries: 2, nextTry: null, reason: null, report: { added: 1 } }])
  })

  test('[F16] after it was not fetched for long brings the last week to the boards of its days, and says what it left out', async () => {
    const source = await add()
    server.clock.now = Date.parse('2026-11-24T10:00:00Z')
    await fetchNow(source.id)
    for (const day of ['2026-11-27', '2026-12-04', '2026-12-07', '2026-12-08', '2026-12-11'])
      feeds.daily.set(
        day,
        papers(`Of ${day}`).map(paper => ({ ...paper, id: `2611.0${day.slice(5).replace('-', '')}` })),
      )
    server.clock.now = Date.parse('2026-12-11T10:00:00Z')
    await server.sources.look()
    const [run] = await runs(source.id)
    expect(run?.report?.days).toEqual(['2026-12-07', '2026-12-08', '2026-12-11'].map(day => ({ day, added: 1 })))
    expect(run?.report?.notes[0]).toMatch(/^It was fetched last on 2026-11-24\. Only the last 7 days/)
    expect(await runs(source.id)).toHaveLength(2)
    server.clock.now += 60_000
    expect((await fetchNow(source.id, 'month'))?.report?.days.map(({ day }) => day)).toEqual(['2026-11-27', '2026-12-04'])
  })

  test('[F17] of a closed board waits until that is opened, and says so', async () => {
    feeds.daily.set('2026-11-24', papers('First'))
    const close = (closed: boolean) => server.rooms.edit(boardRoom(group, '2026-11-24'), doc => setClosed(doc, { me: alice.id, closed, now: server.clock.now }))
    await close(true)
    const source = await add()
    expect(await fetchNow(source.id)).toMatchObject({
      state: 'waiting',
      report: { added: 0, waiting: 1 },
      reason: expect.stringContaining('2026-11-24 is closed'),
    })
    await close(false)
    server.clock.now += 3_600_000
    await server.sources.look()
    expect(await runs(source.id)).toMatchObject([{ state: 'done', report: { added: 1, waiting: 0 } }])
    expect(await titlesOn()).toEqual(['First'])
  })

  test('[F18] rests while it is paused, moves with the clock of the group, and leaves its papers when it is removed', async () => {
    const source = await add()
    expect((await alice.patch<Source>(`${url}/${source.id}`, { paused: true })).body).toMatchObject({ paused: true, nextAt: null })
    expect((await alice.patch<Source>(`${url}/${source.id}`, { paused: false })).body.nextAt).toBe(Date.parse('2026-11-25T06:30:00Z'))
    await alice.patch(`/api/groups/${group}`, { timeZone: 'Asia/Tokyo' })
    expect((await alice.get<Sources>(url)).body.sources[0]?.nextAt).toBe(Date.parse('2026-11-24T22:30:00Z'))
    feeds.daily.set('2026-11-24', papers('First'))
    await fetchNow(source.id)
    expect((await alice.delete(`${url}/${source.id}`)).status).toBe(204)
    expect((await alice.get<Sources>(url)).body.sources).toEqual([])
    expect(await titlesOn()).toEqual(['First'])
  })

  test('[F19] is changed by organizers alone, and seen by everyone with its log', async () => {
    const source = await add()
    const bob = await new Person(server, 'Bob').signUp((await alice.invite(group)).token)
    expect(codeOf(await bob.post(url, daily))).toBe('403 forbidden')
    expect(codeOf(await bob.patch(`${url}/${source.id}`, { paused: true }))).toBe('403 forbidden')
    expect(codeOf(await bob.delete(`${url}/${source.id}`))).toBe('403 forbidden')
    expect(codeOf(await bob.post(`${url}/${source.id}/fetch`, { reach: 'day' }))).toBe('403 forbidden')
    expect(codeOf(await bob.post(`${url}/preview`, { config: daily.config, board: 'item' }))).toBe('403 forbidden')
    expect((await bob.get<Sources>(url)).body.sources).toHaveLength(1)
    expect((await bob.get(`${url}/${source.id}/runs`)).status).toBe(200)
    const other = await alice.createGroup('Another')
    expect(codeOf(await alice.patch(`/api/groups/${other}/sources/${source.id}`, { paused: true }))).toBe('404 not-found')
  })

  test('[F20] is previewed with what it has now, and what of it the group has; nothing is written', async () => {
    feeds.daily.set('2026-11-20', papers('Of Friday'))
    server.clock.now = Date.parse('2026-11-22T12:00:00Z')
    const { body } = await alice.post<SourcePreview>(`${url}/preview`, { config: daily.config, board: 'item' })
    expect(body.items).toMatchObject([{ title: 'Of Friday', day: '2026-11-20', seenOn: null }])
    expect(await titlesOn('2026-11-20')).toEqual([])
  })

  test('[F21] is fetched by hand at most so often', async () => {
    const answers = []
    for (let n = 0; n < 21; n++) answers.push((await alice.post(`${url}/preview`, { config: { kind: 'nothing' }, board: 'item' })).status)
    expect(answers.at(-1)).toBe(429)
  })
})

const recorded = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

describe.skipIf(!existsSync(recorded))('recordings (skipped where ../shared/data is not there)', () => {
  test('[F22] reads a recorded listing of arXiv and a recorded list of Daily Papers', async () => {
    const listing = readFileSync(join(recorded, 'arxiv-xml/rss-2026-09-24-4items.xml'))
    const list = readFileSync(join(recorded, 'hf-daily-json/2026-08-21.json'))
    feeds.answer = (request, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/plain' })
        .end(request.url?.startsWith('/rss/') ? listing : request.url?.includes('date=2026-08-21') ? list : '[]')
    server.clock.now = Date.parse('2026-08-21T09:00:00Z')
    expect((await fetchNow((await add()).id))?.report).toMatchObject({ found: 17, days: [{ day: '2026-08-21', added: 17 }] })
    server.clock.now = Date.parse('2026-09-24T09:00:00Z')
    const categories = ['cs.LG', 'cs.AI', 'cs.CL', 'stat.ML']
    const run = await fetchNow((await add({ ...arxiv, config: { kind: 'arxiv', categories, crossLists: true } })).id)
    expect(run?.report).toMatchObject({ found: 3, matched: 3, days: [{ day: '2026-09-24', added: 3 }] })
  })
})

/** A store of one's own that several servers can have, one after another or at once. */
const shared: [string, () => Promise<{ options: { file: string } | { postgres: string }; drop: () => Promise<void> | void }>][] = [
  [
    'SQLite in a file',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'paperboard-'))
      return { options: { file: join(folder, 'paperboard.sqlite') }, drop: () => rmSync(folder, { recursive: true }) }
    },
  ],
]
if (hasPostgres)
  shared.push([
    'PostgreSQL',
    async () => {
      const { url: postgres, drop } = await createDatabase()
      return { options: { postgres }, drop }
    },
  ])

describe.each(shared)('several servers, and one that is killed, on %s', (_, create) => {
  test('[F30] of two servers that look at once, one fetches each slot', async () => {
    const { options, drop } = await create()
    const one = await startServer({ env: feeds.env, ...options })
    const other = await startServer({ env: feeds.env, ...options })
    for (const each of [one, other]) each.clock.now = tuesday
    const ada = await new Person(one, 'Ada').signUp()
    const theirs = await ada.createGroup()
    await ada.post(`/api/groups/${theirs}/sources`, daily)
    feeds.daily.set('2026-11-25', papers('First', 'Second one'))
    for (const each of [one, other]) each.clock.now = Date.parse('2026-11-25T06:31:00Z')
    await Promise.all([one.sources.look(), other.sources.look(), one.sources.look()])
    const [source] = (await ada.get<Sources>(`/api/groups/${theirs}/sources`)).body.sources
    const { runs: log } = (await ada.get<{ runs: SourceRun[] }>(`/api/groups/${theirs}/sources/${source?.id}/runs`)).body
    expect(log).toMatchObject([{ state: 'done', tries: 1, report: { added: 2 } }])
    expect(feeds.asked.filter(({ path }) => path.includes('date=2026-11-25'))).toHaveLength(1)
    await one.close()
    await other.close()
    await drop()
  })

  test('[F31] a run that was broken off is taken up where it was, and nothing is there twice', async () => {
    const { options, drop } = await create()
    feeds.daily.set('2026-11-24', papers('First', 'Second one'))
    const first = await startServer({ env: feeds.env, ...options })
    first.clock.now = tuesday
    const ada = await new Person(first, 'Ada').signUp()
    const theirs = await ada.createGroup()
    const { body: source } = await ada.post<Source>(`/api/groups/${theirs}/sources`, daily)
    // The board cannot be written: what was fetched stays noted.
    await first.rooms.close()
    await ada.post(`/api/groups/${theirs}/sources/${source.id}/fetch`, { reach: 'day' })
    await first.sources.look()
    await first.close()
    const asked = feeds.asked.length
    const next = await startServer({ env: feeds.env, ...options })
    next.clock.now = tuesday + 3_600_000
    await next.sources.look()
    await next.sources.look()
    ada.server = next
    const { runs: log } = (await ada.get<{ runs: SourceRun[] }>(`/api/groups/${theirs}/sources/${source.id}/runs`)).body
    expect(log).toMatchObject([{ state: 'done', report: { added: 2 } }])
    expect(feeds.asked.slice(asked).filter(({ path }) => path.includes('daily_papers'))).toEqual([])
    expect(await next.rooms.read(boardRoom(theirs, '2026-11-24'), doc => papersOf(doc).length)).toBe(2)
    await next.close()
    await drop()
  })
})
