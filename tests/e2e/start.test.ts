import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Started {
  npm: ChildProcess
  /** Of npm, and of the process group that npm, the script and the server share, as in a terminal. */
  pid: number
  url: string
}

/** Runs `npm start` on a free port and an empty data directory; resolves when the server is ready. */
async function npmStart(): Promise<Started> {
  const dataDir = await mkdtemp(join(tmpdir(), 'paperboard-'))
  const npm = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir },
  })
  const { pid } = npm
  if (pid === undefined) throw new Error('npm did not start')
  onTestFinished(async () => {
    if (isAlive(pid)) process.kill(-pid, 'SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  })
  let printed = ''
  for await (const piece of npm.stdout.iterator({ destroyOnReturn: false })) {
    printed += piece
    const url = /ready at (\S+)\n/.exec(printed)?.[1]
    if (url !== undefined) {
      npm.stdout.resume()
      return { npm, pid, url }
    }
  }
  throw new Error(`npm start ended early: ${printed}`)
}

/** Whether anything of the process group is left. */
const isAlive = (group: number): boolean => {
  try {
    return process.kill(-group, 0)
  } catch {
    return false
  }
}

test.each([
  ['SIGTERM to npm', 'SIGTERM', 1],
  ['SIGINT to npm', 'SIGINT', 1],
  ['Ctrl-C, which reaches npm, the script and the server at once,', 'SIGINT', -1],
] as const)('[T3] %s stops the server in order and leaves no process behind', async (_what, signal, sign) => {
  const { npm, pid, url } = await npmStart()
  expect((await fetch(`${url}/api/me`)).status).toBe(200)
  const exit = once(npm, 'exit')
  process.kill(sign * pid, signal)
  expect(await exit).toEqual([0, null])
  await expect.poll(() => isAlive(pid)).toBe(false)
  await expect(fetch(url)).rejects.toThrow()
})
