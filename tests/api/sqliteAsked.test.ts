/** How the threads of SQLite are asked. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { handOver } from '../../apps/server/src/db/handedOver.ts'
import { migrationsFolder } from '../../apps/server/src/db/migrate.ts'
import { type Asked, RestingThread, Thread } from '../../apps/server/src/db/sqliteAsked.ts'

let folder: string
let thread: Thread
const tables = () => join(folder, 'paperboard.sqlite')
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboard-'))
  thread = new Thread({ kind: 'tables', file: tables(), migrations: migrationsFolder('sqlite').href })
  await thread.started
})
afterEach(async () => {
  await thread.close()
  rmSync(folder, { recursive: true })
})

const statement = (asked: Asked, sql: string) => asked.ask({ kind: 'statement', sql, params: [], method: 'all' })

test('[D77] the index of texts has a thread only while something is asked of it, and keeps what it wrote', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const index = new RestingThread({ kind: 'index', file: join(folder, 'index.sqlite'), tables: tables() }, 1_000)
  const untilItRests = () => vi.waitUntil(() => index.rests, { timeout: 20_000 })
  expect(index.rests).toBe(true)
  await statement(index, 'CREATE TABLE search_state (name text)')
  expect(index.rests).toBe(false)
  await untilItRests()
  // What is asked while it goes, or is not there, comes in order.
  await Promise.all([
    index.ask({ kind: 'begin', durable: false }),
    statement(index, `INSERT INTO search_state VALUES ('a')`),
    statement(index, `INSERT INTO search_state VALUES ('b')`),
    index.ask({ kind: 'commit' }),
  ])
  // Within a transaction it stays, however long that takes.
  await index.ask({ kind: 'begin', durable: false })
  await statement(index, `INSERT INTO search_state VALUES ('c')`)
  vi.advanceTimersByTime(60_000)
  expect(index.rests).toBe(false)
  await index.ask({ kind: 'commit' })
  await untilItRests()
  expect(await statement(index, 'SELECT name FROM search_state ORDER BY rowid')).toEqual([['a'], ['b'], ['c']])
  await index.close()
  await expect(statement(index, 'SELECT 1')).rejects.toThrow('closed')
})

test('[D78] commits beside the thread wait for what was asked of it, and not for a checkpoint', async () => {
  const checkpoint = thread.ask({ kind: 'checkpoint' })
  expect(thread.idle).toBe(true)
  const asked = statement(thread, 'SELECT 1')
  expect(thread.idle).toBe(false)
  await Promise.all([checkpoint, asked])
  expect(thread.idle).toBe(true)
})

test('[D79] bytes that are handed over go to the thread without a copy, and others stay as they were', async () => {
  const [given, kept, shared] = [new Uint8Array([1, 2, 3]), new Uint8Array([4, 5]), new Uint8Array([6, 7, 8]).subarray(1)]
  const params = [handOver(given), kept, handOver(shared)]
  expect(await thread.ask({ kind: 'statement', sql: 'SELECT hex(?), hex(?), hex(?)', params, method: 'all' })).toEqual([['010203', '0405', '0708']])
  expect([given.length, kept.length, shared.length]).toEqual([0, 2, 2])
})
