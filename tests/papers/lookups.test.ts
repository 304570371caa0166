/** What the catalogue lacks is looked up, once, whatever comes in between. */

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BoardPapers, ImportResult, Paper } from '@paperboard/shared/api'
import { dayAt } from '@paperboard/shared/days'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { lookupsOf } from '../../apps/server/src/db/lookups.ts'
import { insertPapers, type PaperRow } from '../../apps/server/src/db/papers.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { readEnv } from '../../apps/server/src/env.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { createOutside } from '../../apps/server/src/papers/outside/http.ts'
import { startLookups, wantLookups } from '../../apps/server/src/papers/outside/lookups.ts'
import { services as theServices } from '../../apps/server/src/papers/outside/services.ts'
import { sendJson } from '../support/outsideServer.ts'
import { paperRow } from '../support/paperRow.ts'
import { type PaperServices, startPaperServices, type Work } from '../support/paperServices.ts'
import { Person, startServer, type TestServer } from '../support/server.ts'
import { onEachStore, onPostgres } from '../support/stores.ts'

const first: Work = { title: 'On the first of things', authors: ['Ada Lovelace', 'Charles Babbage'], abstract: 'It was the first, and it counted.' }

interface Scene {
  services: PaperServices
  server: TestServer
  alice: Person
  group: string
  add: (text: string) => Promise<string[]>
  board: () => Promise<Paper[]>
}

async function scene(env: Record<string, string> = {}): Promise<Scene> {
  const services = await startPaperServices()
  const server = await startServer({ env: { ...services.env, ...env } })
  onTestFinished(() => server.close())
  const alice = await new Person(server, 'Alice').signUp()
  const group = await alice.createGroup()
  const day = dayAt(server.clock.now, 'Europe/Berlin')
  const at = `/api/groups/${group}/boards/${day}`
  return {
    services,
    server,
    alice,
    group,
    add: async text => {
      const { status, body } = await alice.post<ImportResult>(`${at}/papers`, { source: { from: 'text', text } })
      expect(status).toBe(200)
      await server.lookups?.idle()
      return body.added
    },
    board: async () => (await alice.get<BoardPapers>(at)).body.papers,
  }
}

describe('An id alone on a board', () => {
  test('[W9] gets title, authors, abstract, date and subjects from arXiv, and its code from Hugging Face', async () => {
    const { services, add, board } = await scene()
    services.arxiv.set('2611.01234', { ...first, version: 2, updated: '2026-11-20T10:00:00Z' })
    services.code.set('2611.01234', 'https://github.com/ada/first')
    await add('2611.01234')
    expect(await board()).toEqual([
      expect.objectContaining({
        ...first,
        arxivId: '2611.01234',
        arxivVersion: 2,
        published: '2026-11-02',
        subjects: ['cs.LG'],
        links: [{ label: 'Code', url: 'https://github.com/ada/first' }],
      }),
    ])
    expect((await board())[0]?.note).toBe(undefined)
  })

  test('[W10] many ids are one question', async () => {
    const { services, add, board } = await scene()
    const ids = Array.from({ length: 30 }, (_, n) => `2611.${String(10_000 + n)}`)
    for (const [n, id] of ids.entries()) services.arxiv.set(id, { ...first, title: `Thing ${n} of many` })
    await add(ids.join('\n'))
    expect((await board()).map(({ title }) => title)).toEqual(ids.map((_, n) => `Thing ${n} of many`))
    expect(services.askedOf('arxiv')).toHaveLength(1)
  })

  test('[W11] a DOI is asked of Crossref, then DataCite, OpenAlex and Semantic Scholar, until all is known', async () => {
    const { services, add, board } = await scene()
    services.crossref.set('10.1145/1.1', { ...first, abstract: '' })
    services.openAlex.set('10.1145/1.1', { ...first, title: 'Another title', abstract: 'Words in their places.' })
    services.dataCite.set('10.5281/zenodo.1', first)
    services.semanticScholar.set('10.1145/2.2', first)
    await add('10.1145/1.1\n10.5281/zenodo.1\n10.1145/2.2')
    expect((await board()).map(({ title, abstract }) => [title, abstract])).toEqual([
      [first.title, 'Words in their places.'],
      [first.title, first.abstract],
      [first.title, first.abstract],
    ])
    expect((await board())[0]).toMatchObject({ venue: 'Journal of Tests', published: '2026-10-01' })
    expect(services.askedOf('semanticscholar')).toHaveLength(1)
  })

  test('[W12] that nobody knows is said so, and by whom', async () => {
    const { add, board } = await scene()
    await add('2611.09999')
    expect((await board())[0]?.note).toEqual({ lookup: { state: 'missing', source: 'arXiv' } })
  })

  test('[W13] while arXiv does not answer it stays a draft that says when it is asked again, and is resolved then', async () => {
    const { services, server, add, board } = await scene()
    services.fault = 500
    services.arxiv.set('2611.01234', first)
    await add('2611.01234')
    const note = (await board())[0]?.note?.lookup
    expect(note).toMatchObject({ state: 'unreachable', source: 'arXiv', nextAt: expect.any(Number) })
    const { nextAt } = note as { nextAt: number }
    expect(nextAt - server.clock.now).toBeGreaterThan(40_000)
    expect(server.logged.filter(line => line.includes('gives no answer'))).toHaveLength(1)
    const asked = services.asked.length
    server.lookups?.wake()
    await server.lookups?.idle()
    expect(services.asked).toHaveLength(asked)
    services.fault = null
    server.clock.now = nextAt
    server.lookups?.wake()
    await server.lookups?.idle()
    expect((await board())[0]).toMatchObject(first)
  })

  test('[W14] what one group has looked up is there at once for the next, and is not asked again', async () => {
    const { services, server, alice, add } = await scene()
    services.arxiv.set('2611.01234', first)
    await add('2611.01234')
    const asked = services.asked.length
    const other = await alice.createGroup('Another')
    const at = `/api/groups/${other}/boards/${dayAt(server.clock.now, 'Europe/Berlin')}`
    await alice.post(`${at}/papers`, { source: { from: 'text', text: 'arXiv:2611.01234' } })
    expect((await alice.get<BoardPapers>(at)).body.papers).toEqual([expect.objectContaining(first)])
    expect(services.asked).toHaveLength(asked)
  })
})

test('[W27] a service that is slow keeps no other waiting', async () => {
  const slow = await startPaperServices()
  const { ARXIV_URL = '' } = slow.env
  const { services, server, alice, group, board } = await scene({ ARXIV_URL })
  services.crossref.set('10.1145/1.1', first)
  slow.arxiv.set('2611.01234', first)
  const held = Promise.withResolvers<void>()
  const usual = slow.answer
  slow.answer = (request, response) => void held.promise.then(() => usual(request, response))
  const at = `/api/groups/${group}/boards/${dayAt(server.clock.now, 'Europe/Berlin')}/papers`
  await alice.post(at, { source: { from: 'text', text: '2611.01234' } })
  await expect.poll(() => slow.askedOf('arxiv').length).toBe(1)
  await alice.post(at, { source: { from: 'text', text: '10.1145/1.1' } })
  await expect.poll(async () => (await board()).map(({ title }) => title)).toEqual([null, first.title])
  expect((await board())[0]?.note).toEqual({ lookup: { state: 'asking', source: 'arXiv' } })
  held.resolve()
  await server.lookups?.idle()
  expect((await board())[0]).toMatchObject(first)
})

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const recorded = (path: string) => readFileSync(`${data}${path}`, 'utf8')

describe.skipIf(!existsSync(data))('[W28] recorded answers of the services are read (skipped without ../shared/data)', () => {
  test.each([
    ['arXiv', 'arxiv:2510.14968', 'arxiv', 'arxiv-xml/api-2025-csRO-2entries.xml'],
    ['Crossref', 'doi:10.31124/x', 'crossref', 'crossref-json/biorxiv.json'],
    ['DataCite', 'doi:10.48550/arxiv.2201.06719', 'datacite', 'datacite-json/arxiv.json'],
    ['OpenAlex', 'doi:10.48550/arxiv.2201.06719', 'openalex', 'openalex-json/arxiv.json'],
  ] as const)('%s', async (_, name, source, path) => {
    const db = await openSqlite(':memory:')
    onTestFinished(() => db.close())
    const services = await startPaperServices()
    services.answer = (_request, response) =>
      void response.writeHead(200, { 'content-type': path.endsWith('xml') ? 'application/atom+xml' : 'application/json' }).end(recorded(path))
    const { outside, close } = lookupsOn(db, services)
    onTestFinished(close)
    const told = (await theServices[source].ask(outside, [name], '2026-11-24')).get(name)
    expect(told?.fields.title?.length).toBeGreaterThan(10)
    expect(told?.fields.authors?.length).toBeGreaterThan(0)
    expect(told?.fields.abstract?.length).toBeGreaterThan(100)
    if (source === 'arxiv') expect(told?.versions).toEqual([expect.objectContaining({ arxivId: '2510.14968', version: 1 })])
  })

  test('Hugging Face', async () => {
    const db = await openSqlite(':memory:')
    onTestFinished(() => db.close())
    const services = await startPaperServices()
    const [item] = JSON.parse(recorded('hf-daily-json/2026-08-21.json'))
    services.answer = (_request, response) => sendJson(response, item.paper)
    const { outside, close } = lookupsOn(db, services)
    onTestFinished(close)
    const told = (await theServices['hugging-face'].ask(outside, [`arxiv:${item.paper.id}`], '2026-11-24')).get(`arxiv:${item.paper.id}`)
    expect(told?.fields).toMatchObject({ arxivId: item.paper.id, title: expect.any(String) })
  })
})

const row = (id: string, of: Partial<PaperRow>) => paperRow({ id, scope: 'GroupGroup01', titleKey: null, ...of })

const lookupsOn = (db: Database, services: PaperServices, now = () => Date.now()) => {
  const log = createLogger('silent', { write: () => {} })
  const outside = createOutside({ db, env: readEnv(services.env), log, now, times: { gap: 0, arxivGap: 0, backoff: 1 } })
  if (outside === null) throw new Error('It is off')
  const lookups = startLookups({ db, outside, log, now, rooms: { tell: () => {} } })
  return { lookups, outside, close: async () => void (await Promise.all([lookups.close(), outside.close()])) }
}

onEachStore(store => {
  test('[W15] what was not asked when the server stopped is asked by the next', async () => {
    const services = await startPaperServices()
    services.arxiv.set('2611.01234', first)
    const held = Promise.withResolvers<void>()
    const usual = services.answer
    services.answer = () => held.resolve()
    await insertPapers(store.db, [row('Paper0000001', { arxivId: '2611.01234' })], 1)
    await wantLookups(store.db, [row('Paper0000001', { arxivId: '2611.01234' })], Date.now())
    const one = lookupsOn(store.db, services)
    await held.promise
    // In the middle of the answer.
    await one.close()
    expect((await lookupsOf(store.db, ['arxiv:2611.01234'])).map(({ state, tries }) => [state, tries])).toEqual([['waiting', 0]])
    services.answer = usual
    const next = lookupsOn(store.db, services)
    await next.lookups.idle()
    await next.close()
    expect((await lookupsOf(store.db, ['arxiv:2611.01234'])).find(({ source }) => source === 'arxiv')?.state).toBe('told')
  })
})

onPostgres(store => {
  test('[W16] two servers ask for each paper once', async () => {
    const services = await startPaperServices()
    const ids = Array.from({ length: 12 }, (_, n) => `10.1145/7.${n}`)
    for (const id of ids) services.crossref.set(id, first)
    const rows = ids.map((doi, n) => row(`Paper00000${String(n).padStart(2, '0')}`, { doi }))
    await insertPapers(store.db, rows, 1)
    await wantLookups(store.db, rows, Date.now())
    const servers = [lookupsOn(store.db, services), lookupsOn(await store.another(), services)]
    await Promise.all(servers.map(({ lookups }) => lookups.idle()))
    await Promise.all(servers.map(({ close }) => close()))
    expect(services.askedOf('crossref').sort()).toEqual(ids.map(id => `/crossref/works/${encodeURIComponent(id)}`).sort())
  })
})

test('[W17] a queue without anybody to ask stays calm: the waits grow, and the log has one line', async () => {
  const db = await openSqlite(':memory:')
  onTestFinished(() => db.close())
  const services = await startPaperServices()
  await services.close()
  const logged: string[] = []
  let at = Date.now()
  const log = createLogger('info', { write: line => logged.push(line) })
  const outside = createOutside({ db, env: readEnv(services.env), log, now: () => at, times: { gap: 0, arxivGap: 0, backoff: 1, connect: 200 } })
  if (outside === null) throw new Error('It is off')
  await insertPapers(db, [row('Paper0000001', { arxivId: '2611.01234' })], 1)
  await wantLookups(db, [row('Paper0000001', { arxivId: '2611.01234' })], at)
  const lookups = startLookups({ db, outside, log, now: () => at, rooms: { tell: () => {} } })
  const waits: number[] = []
  for (let tries = 0; tries < 6; tries++) {
    await lookups.idle()
    const [lookup] = (await lookupsOf(db, ['arxiv:2611.01234'])).filter(({ source }) => source === 'arxiv')
    waits.push((lookup?.nextAt ?? 0) - at)
    at = lookup?.nextAt ?? at
    lookups.wake()
  }
  const closing = lookups.close()
  await outside.close()
  await closing
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  expect(waits.at(-1)).toBeGreaterThan(20 * 60_000)
  expect(logged.filter(line => line.includes('arXiv'))).toHaveLength(1)
  expect(logged.filter(line => line.includes('"level":50'))).toHaveLength(0)
})
