/** One server for one data directory, as processes of their own. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { test as base, describe, expect } from 'vitest'
import { lockDataDir } from '../../apps/server/src/db/dataLock.ts'
import { bundled } from '../support/bundled.ts'
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts'

const file = bundled()

const seed = fileURLToPath(new URL('../../apps/server/src/seed.ts', import.meta.url))

const test = base.extend<{ dataDir: string; start: () => Promise<ServerProcess> }>({
  dataDir: async ({ task: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboard-lock-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  start: async ({ dataDir }, use) => {
    const started: ServerProcess[] = []
    await use(async () => {
      const server = await startServerProcess({ dataDir, file: file() })
      started.push(server)
      return server
    })
    for (const server of started) await server.kill()
  },
})

describe('A data directory', { timeout: 180_000 }, () => {
  test('[D70] serves one process: a second one ends and names the first, which goes on', async ({ start, dataDir }) => {
    const first = await start()
    await expect(start()).rejects.toThrow(`The data directory ${dataDir} is in use by another Paperboard: process ${first.pid} on `)
    expect((await fetch(`${first.url}/api/me`)).status).toBe(200)
  })

  test('[D71] is free again when its process has stopped, or was killed', async ({ start, dataDir }) => {
    await (await start()).kill()
    expect(existsSync(join(dataDir, 'paperboard.pid'))).toBe(true)
    const second = await start()
    await second.stop()
    expect(existsSync(join(dataDir, 'paperboard.pid'))).toBe(false)
    await start()
  })

  test('[D72] is not filled with sample data behind the back of its server', async ({ start, dataDir }) => {
    const { pid } = await start()
    const filling = promisify(execFile)(process.execPath, [seed], { env: { ...process.env, NODE_ENV: 'test', DATA_DIR: dataDir } })
    await expect(filling).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(new RegExp(`^The data directory .* process ${pid} on .*Stop that one first`)),
    })
  })

  test('[D73] that cannot be locked is refused with its name', ({ dataDir }) => {
    expect(() => lockDataDir(join(dataDir, 'missing'))).toThrow(`The data directory ${join(dataDir, 'missing')} cannot be locked: `)
    lockDataDir(dataDir).release()
    const lock = lockDataDir(dataDir)
    expect(() => lockDataDir(dataDir)).toThrow(`process ${process.pid} on `)
    lock.release()
  })
})
