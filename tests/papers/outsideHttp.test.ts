/** How other services are asked: politely, within bounds, and never where a member's address must not lead. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { readEnv } from '../../apps/server/src/env.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { isPublicAddress, publicLookup, whyNotAsked } from '../../apps/server/src/papers/outside/addresses.ts'
import { type OutsideFailure, retryAfter } from '../../apps/server/src/papers/outside/failure.ts'
import { createOutside, type Outside, type OutsideTimes, userAgent } from '../../apps/server/src/papers/outside/http.ts'
import { sendJson, sendXml, startOutsideServer } from '../support/outsideServer.ts'
import { onPostgres } from '../support/stores.ts'

const quick: Partial<OutsideTimes> = { gap: 0, arxivGap: 0, semanticScholarGap: 0, backoff: 5, whole: 2_000, connect: 500 }

const outsideOn = (db: Database, { env = {}, times = {} }: { env?: Record<string, string>; times?: Partial<OutsideTimes> } = {}): Outside => {
  const outside = createOutside({
    db,
    env: readEnv(env),
    log: createLogger('silent', { write: () => {} }),
    now: () => Date.now(),
    times: { ...quick, ...times },
  })
  if (outside === null) throw new Error('It is off')
  onTestFinished(() => outside.close())
  return outside
}
const opened = async () => {
  const db = await openSqlite(':memory:')
  onTestFinished(() => db.close())
  return db
}
const failureOf = (asked: Promise<unknown>): Promise<OutsideFailure> =>
  asked.then(
    () => {
      throw new Error('It was answered')
    },
    error => error,
  )

test('[W1] who asks is told: product, version and the address of CONTACT_EMAIL', async () => {
  const service = await startOutsideServer((_, response) => sendJson(response, {}))
  const outside = outsideOn(await opened(), { env: { CONTACT_EMAIL: 'ada@example.org', PUBLIC_URL: 'https://papers.example.org' } })
  await outside.get(`${service.url}/works`, { accept: 'json' })
  expect(service.asked[0]?.headers['user-agent']).toBe('Paperboard/0.1 (+https://papers.example.org; mailto:ada@example.org)')
  expect(userAgent({ contact: null }, null)).toBe('Paperboard/0.1 (reading group software)')
  expect(createOutside({ db: await opened(), env: readEnv({ OUTSIDE: 'off' }), log: createLogger('silent', { write: () => {} }), now: Date.now })).toBe(null)
})

test('[W2] a host is asked one question at a time, as far apart as it wishes', async () => {
  const service = await startOutsideServer((_, response) => void setTimeout(() => sendXml(response, '<feed/>'), 20))
  const outside = outsideOn(await opened(), { env: { ARXIV_URL: service.url }, times: { arxivGap: 120 } })
  await Promise.all(['a', 'b', 'c'].map(id => outside.get(`${service.url}/api/query?id_list=${id}`, { accept: 'xml' })))
  expect(service.asked.map(({ together }) => together)).toEqual([1, 1, 1])
  const [first, second, third] = service.asked.map(({ at }) => at)
  // From the end of one answer to the next question.
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(130)
  expect((third ?? 0) - (second ?? 0)).toBeGreaterThan(130)
})

onPostgres(store => {
  test('[W3] several servers together ask a host one question at a time', async () => {
    const service = await startOutsideServer((_, response) => void setTimeout(() => sendXml(response, '<feed/>'), 30))
    const settings = { env: { ARXIV_URL: service.url }, times: { arxivGap: 60 } }
    const [here, there] = [outsideOn(store.db, settings), outsideOn(await store.another(), settings)]
    await Promise.all([here, there, here, there].map((outside, n) => outside.get(`${service.url}/${n}`, { accept: 'xml' })))
    expect(service.asked.map(({ together }) => together)).toEqual([1, 1, 1, 1])
    const times = service.asked.map(({ at }) => at)
    for (const [n, at] of times.slice(1).entries()) expect(at - (times[n] ?? 0)).toBeGreaterThan(80)
  })
})

test('[W4] an answer is kept and asked for anew only if it has changed', async () => {
  const service = await startOutsideServer((request, response) =>
    request.headers['if-none-match'] === '"one"'
      ? response.writeHead(304).end()
      : sendJson(response, { n: 1 }, { etag: '"one"', 'last-modified': 'Tue, 24 Nov 2026 00:00:00 GMT' }),
  )
  const outside = outsideOn(await opened())
  const first = await outside.get(`${service.url}/x`, { accept: 'json' })
  const second = await outside.get(`${service.url}/x`, { accept: 'json' })
  expect([first.unchanged, second.unchanged, second.text]).toEqual([false, true, first.text])
  expect(service.asked[1]?.headers['if-modified-since']).toBe('Tue, 24 Nov 2026 00:00:00 GMT')
  await outside.get(`${service.url}/x`, { accept: 'json', fresh: 60_000 })
  expect(service.asked).toHaveLength(2)
})

describe('[W5] what is no answer is a failure with its reason', () => {
  test.each([
    ['an id that nobody knows', 404, '', 'missing', 1],
    ['a service that refuses', 403, '', 'refused', 1],
    ['an error of the service, which is asked three times', 500, '', 'unreachable', 3],
    ['a captcha instead of JSON', 200, '<!DOCTYPE html><html><title>Are you a robot?</title></html>', 'garbled', 1],
    ['half a document', 200, '{"message": {"title": ["A', 'garbled', 1],
  ] as const)('%s', async (_, status, body, kind, times) => {
    const service = await startOutsideServer((_, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(body))
    const failure = await failureOf(outsideOn(await opened()).get(`${service.url}/x`, { accept: 'json' }))
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(/^127\.0\.0\.1:\d+ .+\.$/) })
    expect(service.asked).toHaveLength(times)
  })

  test('a service that breaks off, is too slow, is too long, or is not there', async () => {
    const service = await startOutsideServer((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...(request.url === '/cut' ? { 'content-length': '1000' } : {}) })
      if (request.url === '/cut') response.write('{"a":', () => response.destroy())
      else if (request.url === '/slow') response.write('{')
      else response.end('x'.repeat(2_000))
    })
    const outside = outsideOn(await opened(), { times: { whole: 150, bytes: 1_000 } })
    expect(await failureOf(outside.get(`${service.url}/cut`, { accept: 'json' }))).toMatchObject({ kind: 'unreachable' })
    expect(await failureOf(outside.get(`${service.url}/slow`, { accept: 'json' }))).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('in time'),
    })
    expect(await failureOf(outside.get(`${service.url}/long`, { accept: 'json' }))).toMatchObject({ kind: 'refused' })
    await service.close()
    expect(await failureOf(outside.get(`${service.url}/x`, { accept: 'json' }))).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('cannot be reached'),
    })
  })
})

test('[W6] Retry-After is obeyed: a short one is waited for, a long one told, and meanwhile nobody asks', async () => {
  let wait = '0'
  const service = await startOutsideServer((_, response) =>
    service.asked.length % 2 === 1 ? void response.writeHead(429, { 'retry-after': wait }).end() : sendJson(response, {}),
  )
  const outside = outsideOn(await opened())
  await outside.get(`${service.url}/x`, { accept: 'json' })
  expect(service.asked).toHaveLength(2)
  wait = '120'
  const failure = await failureOf(outside.get(`${service.url}/x`, { accept: 'json' }))
  expect(failure.kind).toBe('limited')
  expect((failure.retryAt ?? 0) - Date.now()).toBeGreaterThan(110_000)
  expect(await failureOf(outside.get(`${service.url}/y`, { accept: 'json' }))).toMatchObject({ kind: 'limited', retryAt: expect.any(Number) })
  expect(service.asked).toHaveLength(3)
  expect(retryAfter('Tue, 24 Nov 2026 12:00:30 GMT', Date.parse('2026-11-24T12:00:00Z'))).toBe(Date.parse('2026-11-24T12:00:30Z'))
  expect([retryAfter('soon', 0), retryAfter(null, 0), retryAfter('999999999', 0)]).toEqual([null, null, 86_400_000])
})

describe('[W7] an address that people gave leads to the public internet alone', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.0.1',
    '172.16.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '64:ff9b::a00:1',
    '::',
  ])('%s is not public', address => expect(isPublicAddress(address)).toBe(false))
  test.each(['1.1.1.1', '2606:4700::1111', '64:ff9b::101:101'])('%s is public', address => expect(isPublicAddress(address)).toBe(true))

  test('neither by its figures, by a name, nor by a redirect', async () => {
    for (const url of ['http://127.0.0.1/', 'http://[::1]:80/', 'http://2130706433/', 'http://0x7f.1/', 'file:///etc/passwd', 'http://a:b@example.org/'])
      expect.soft(whyNotAsked(new URL(url)), url).not.toBe(null)
    expect(whyNotAsked(new URL('https://example.org/feed'))).toBe(null)
    const service = await startOutsideServer((_, response) => sendJson(response, {}))
    const outside = outsideOn(await opened())
    expect(await failureOf(outside.get(`${service.url}/feed`, { from: 'people', accept: 'any' }))).toMatchObject({ kind: 'forbidden' })
    // A name is looked at when it is resolved, and what was looked at is what is connected to.
    expect(await failureOf(outside.get(service.url.replace('127.0.0.1', 'localhost'), { from: 'people', accept: 'any' }))).toMatchObject({ kind: 'forbidden' })
    expect(service.asked).toHaveLength(0)
    const found = await new Promise(resolve => publicLookup('localhost', { all: true }, error => resolve(error?.message)))
    expect(found).toMatch(/private network/)
  })

  test('unless PRIVATE_FEEDS allows it', async () => {
    const service = await startOutsideServer((_, response) => sendXml(response, '<rss/>'))
    const outside = outsideOn(await opened(), { env: { PRIVATE_FEEDS: '1' } })
    expect((await outside.get(`${service.url}/feed`, { from: 'people', accept: 'xml' })).text).toBe('<rss/>')
  })
})

test('[W8] redirects are followed, a circle of them is not', async () => {
  const service = await startOutsideServer((request, response) =>
    request.url === '/old'
      ? void response.writeHead(301, { location: '/new' }).end()
      : request.url === '/new'
        ? sendJson(response, { a: 1 })
        : void response.writeHead(302, { location: '/round' }).end(),
  )
  const outside = outsideOn(await opened())
  expect(await outside.get(`${service.url}/old`, { accept: 'json' })).toMatchObject({ url: `${service.url}/new`, text: '{"a":1}' })
  expect(await failureOf(outside.get(`${service.url}/round`, { accept: 'json' }))).toMatchObject({ kind: 'refused' })
})
