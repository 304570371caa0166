/** A server that is told to stop while many are connected and write. */
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { boardRoom } from '@paperboard/shared/room'
import { expect, onTestFinished, test } from 'vitest'
import { createReadiness } from '../../apps/server/src/readiness.ts'
import { Ledger } from '../support/ledger.ts'
import { writeUntil } from '../support/load.ts'
import { connect } from '../support/peer.ts'
import { randomFrom } from '../support/random.ts'
import { Person, withServer } from '../support/server.ts'
import { startServerProcess } from '../support/serverProcess.ts'

/** What README and operations.md promise, ms. */
const longest = 10_000

test(`[O14] told to stop under load, a server sends members away, stores and projects what was acknowledged, and ends within ${longest / 1000} s without an error`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'paperboard-drain-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  const start = () => startServerProcess({ dataDir, env: { LOG_LEVEL: 'info' } })
  const server = await start()
  onTestFinished(server.kill)
  const alice = await new Person(server, 'Alice').signUp()
  const group = await alice.createGroup()
  const bob = await new Person(server, 'Bob').signUp((await alice.invite(group)).token)
  const { today } = (await alice.get<{ today: string }>(`/api/groups/${group}`)).body
  expect((await alice.post(`/api/groups/${group}/boards/${today}/papers`, { source: { from: 'sample' } })).status).toBe(200)
  const room = boardRoom(group, today)
  const idle = await Promise.all(Array.from({ length: 100 }, () => connect(server, alice, `group/${group}`)))
  const first = await connect(server, alice, room)
  const writers = [
    { peer: first, me: alice.id },
    { peer: await connect(server, bob, room), me: bob.id },
  ]
  const ledger = new Ledger(first.doc)
  for (const { peer } of writers) ledger.watch(peer)
  let ended: Awaited<ReturnType<typeof server.stop>> | null = null
  const random = randomFrom()
  console.info(`drain: FUZZ_SEED=${random.seed}`)
  await writeUntil(writers, {
    count: 100,
    random,
    end: async () => {
      ended = await server.stop()
    },
  })
  for (const peer of [...idle, ...writers.map(({ peer }) => peer)]) expect((await peer.whenClosed()).code).toBe(closeCodes.unavailable)
  expect(ended).toMatchObject({ code: 0 })
  expect(ended).toSatisfy((end: { ms: number }) => end.ms < longest)
  expect(server.output.join('')).toContain('the server has stopped')
  const again = await start()
  onTestFinished(again.kill)
  expect(ledger.lossesIn((await connect(again, alice, room)).doc)).toEqual([])
}, 120_000)

withServer()('[O19] members are sent away one after another, since those that are sent away together come back together', async ({ server, group, alice }) => {
  for (let n = 0; n < 10; n++) await connect(server, alice, `group/${group}`)
  const connections = [...(await server.rooms.open(`group/${group}`)).connections]
  const away = () => connections.filter(connection => connection.dismissed).length
  const begun = performance.now()
  const all = server.rooms.sendAway(300)
  expect(away()).toBe(1)
  await all
  expect(away()).toBe(10)
  // The last of ten goes after nine tenths of the time; a timer may be a millisecond early.
  expect(performance.now() - begun).toBeGreaterThan(265)
})

test('[O15] while it is told to wait before it stops, a server says so in /readyz, and serves', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'paperboard-drain-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  const server = await startServerProcess({ dataDir, env: { DRAIN_SECONDS: '3' } })
  onTestFinished(server.kill)
  const readyz = () => status(`${server.url}/readyz`)
  expect(await readyz()).toBe('200 ready\n')
  const stopped = server.stop()
  await expect.poll(readyz, { timeout: 2_500, interval: 20 }).toBe('503 not ready: draining\n')
  expect(await status(`${server.url}/healthz`)).toBe('200 ok\n')
  const { code, ms } = await stopped
  expect([code, ms > 2_900]).toEqual([0, true])
}, 60_000)

test('[O16] before it has a database, and after it has begun to stop, a server is not ready', async () => {
  const readiness = createReadiness()
  expect(await readiness.reason()).toBe('starting')
  readiness.drain()
  expect(await readiness.reason()).toBe('draining')
})

const status = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const asked = request(url, { agent: false }, answer => {
      let text = ''
      answer.on('data', chunk => {
        text += chunk
      })
      answer.on('end', () => resolve(`${answer.statusCode} ${text}`))
    })
    asked.on('error', reject).end()
  })
