/** What the server tells whoever watches it, and what it keeps to itself. */
import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { castVote } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { expect, onTestFinished } from 'vitest'
import { createLogger, withoutSecrets } from '../../apps/server/src/logger.ts'
import { createRedisFanout } from '../../apps/server/src/sync/redis.ts'
import { boardWith, connect, Peer, paperId } from '../support/peer.ts'
import { password, startServer, withServer } from '../support/server.ts'
import { startServerProcess } from '../support/serverProcess.ts'

const test = withServer()

/** One answer, over plain HTTP: fetch would add headers of its own. */
const ask = (url: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    get(url, { headers }, response => {
      let text = ''
      response.on('data', chunk => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    }).on('error', reject)
  })

const valueIn = (text: string, name: string) => Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)

test.skipIf(process.env.TEST_STORE === 'postgres')(
  '[O1] /healthz answers for the process alone, and /readyz says why the database cannot be written, and when it can again',
  async ({ server }) => {
    const ready = () => ask(`${server.url}/readyz`)
    expect(await ask(`${server.url}/healthz`)).toEqual({ status: 200, text: 'ok\n' })
    expect(await ready()).toEqual({ status: 200, text: 'ready\n' })
    const transaction = await server.db.sql.run('PRAGMA query_only = 1').then(() => server.db)
    await expect.poll(ready).toEqual({ status: 503, text: 'not ready: the database cannot be written\n' })
    expect(await ask(`${server.url}/healthz`)).toEqual({ status: 200, text: 'ok\n' })
    await transaction.sql.run('PRAGMA query_only = 0')
    await expect.poll(ready).toEqual({ status: 200, text: 'ready\n' })
  },
)

test('[O2] however often /readyz is asked, the database is written to at most once a second', async ({ server }) => {
  let writes = 0
  const { sql } = server.db
  const insert = sql.insert.bind(sql)
  Object.assign(sql, {
    insert: (table: Parameters<typeof insert>[0]) => {
      writes += 1
      return insert(table)
    },
  })
  const begun = performance.now()
  for (let n = 0; n < 20; n++) await ask(`${server.url}/readyz`)
  expect(writes).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - begun) / 1_000))
})

test('[O3] /metrics counts changes, refusals, sockets and commits', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  const b = await connect(server, bob, room)
  castVote(a.doc, { paper: paperId(1), me: alice.id, value: 1, now: server.clock.now })
  await a.saved()
  b.doc.getMap('votes').set(`${paperId(1)}:${alice.id}`, { value: -1, at: server.clock.now })
  expect((await b.whenClosed()).code).toBe(closeCodes.refused)
  const stranger = new Peer(server, { cookie: '', room })
  onTestFinished(() => stranger.leave())
  await stranger.whenClosed()
  const { status, text } = await ask(`${server.url}/metrics`)
  expect(status).toBe(200)
  const named = (name: string) => valueIn(text, `paperboard_${name}`)
  expect({ rooms: named('rooms_loaded'), connections: named('connections'), turns: named('turns_waiting'), behind: named('readers_behind') }).toEqual({
    rooms: 1,
    connections: 1,
    turns: 0,
    behind: 0,
  })
  expect(named('refusals_total{reason="not-yours"}')).toBe(1)
  expect([named('sockets_closed_total{code="refused"}'), named('sockets_closed_total{code="signedOut"}')]).toEqual([1, 1])
  // The papers of the board, and the vote.
  expect([named('updates_accepted_total'), named('accept_seconds_count'), named('store_seconds_count'), named('commit_updates_sum')]).toEqual([2, 2, 2, 2])
  // There is no other server.
  expect(text).not.toContain('redis_connected')
  expect(text).toMatch(/^process_resident_memory_bytes \d/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
})

test('[O4] without a token /metrics is for this machine alone, and not for a proxy on it; with one, for whoever has that', async ({ server }) => {
  expect((await ask(`${server.url}/metrics`)).status).toBe(200)
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
    expect((await ask(`${server.url}/metrics`, { [header]: '10.0.0.1' })).status).toBe(404)
  const token = 'a-token-that-is-long-enough'
  const guarded = await startServer({ env: { METRICS_TOKEN: token } })
  onTestFinished(guarded.close)
  const statuses = []
  for (const authorization of ['', 'Bearer', `Bearer ${token}x`, token, `Bearer ${token}`])
    statuses.push((await ask(`${guarded.url}/metrics`, authorization === '' ? {} : { authorization })).status)
  expect(statuses).toEqual([404, 404, 404, 404, 200])
})

test('[O5] no line of the log of a session of use holds a password, a cookie, a token or what members wrote', async ({ server, group, alice, bob, join }) => {
  const { token } = await alice.invite(group)
  await alice.get(`/api/invitations/${token}?secret=in-the-query`)
  await alice.get(`/join/${token}`)
  await new Peer(server, { cookie: alice.cookie, room: `group/${group}`, query: '?ack=1&secret=in-the-query' }).until(() => true)
  await alice.post('/api/session', { email: alice.email, password: 'a wrong password' })
  const old = alice.cookie
  await alice.signIn()
  await join('Carol')
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  const b = await connect(server, bob, room)
  a.doc
    .getMap('comments')
    .set(`abcdefghijkl:${alice.id}`, { paper: paperId(1), parent: null, text: 'what only the group may read', at: server.clock.now, edited: null })
  await a.saved()
  // Refused, and logged.
  b.doc.getMap('votes').set(`${paperId(1)}:${alice.id}`, { value: -1, at: server.clock.now })
  await b.whenClosed()
  // A query that fails is logged with its text and without its values.
  await server.db.sql.run('DROP TABLE invitations')
  expect((await alice.post(`/api/groups/${group}/invitations`, { role: 'member', days: 1, uses: 1 })).status).toBe(500)
  const secrets = { password, wrong: 'a wrong password', token, query: 'in-the-query', text: 'what only the group may read' }
  const cookies = [alice.cookie, old, bob.cookie].map(cookie => cookie.split('=')[1] ?? '')
  const leaks = server.logged.filter(line => [...Object.values(secrets), ...cookies].some(secret => secret === '' || line.includes(secret)))
  expect(leaks).toEqual([])
  expect(server.logged.filter(line => line.includes('unexpected error'))).toHaveLength(1)
})

test('[O6] what belongs to a request, or to the socket that it opened, names it', async ({ server, group, alice }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  a.doc.getMap('nonsense').set('a', 1)
  await a.whenClosed()
  const lines: { msg: string; id?: string; path?: string; room?: string }[] = server.logged.map(line => JSON.parse(line))
  const opened = lines.find(line => line.msg === 'request' && line.path === `/sync/${room}`)
  expect(opened?.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(lines.find(line => line.msg === 'change refused')).toMatchObject({ id: opened?.id, room })
  expect(lines.filter(line => line.msg === 'request').every(line => line.id !== undefined)).toBe(true)
  expect(lines.find(line => line.msg === 'room opened')).toMatchObject({ room })
})

test('[O7] passwords in addresses and tokens of invitations are taken out of whatever an error says', () => {
  expect(withoutSecrets('connect postgres://me:pass%40word@db:5432/x and rediss://:secret@cache:6379 failed')).toBe(
    'connect postgres://…@db:5432/x and rediss://…@cache:6379 failed',
  )
  expect(withoutSecrets('GET /api/invitations/abcDEF123/accept, /join/abcDEF123')).toBe('GET /api/invitations/…/accept, /join/…')
})

test('[O8] the passwords of PostgreSQL and Redis are in no line, whether they can be reached or not', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'paperboard-log-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  // Nothing listens on port 1.
  const unreachable = await startServerProcess({
    dataDir,
    env: { DATABASE_URL: 'postgres://someone:pg-secret@127.0.0.1:1/paperboard', LOG_LEVEL: 'trace' },
  }).catch(String)
  expect(unreachable).toContain('nothing listens there')
  expect(unreachable).not.toContain('pg-secret')
  const lines: string[] = []
  const fanout = createRedisFanout({ url: 'redis://someone:redis-secret@127.0.0.1:1', log: createLogger('trace', { write: line => lines.push(line) }) })
  onTestFinished(() => fanout.close())
  await expect.poll(() => lines.join('')).toContain('Redis does not answer')
  expect(lines.join('')).not.toContain('redis-secret')
})
