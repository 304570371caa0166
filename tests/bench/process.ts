import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** ms that a start may take on a machine with much else to do, and a stop. */
const patience = { start: 60_000, stop: 15_000 }
const collector = new URL('peers/collect.mjs', import.meta.url).href
const root = fileURLToPath(new URL('../..', import.meta.url))

/** A server under test. */
export interface ServerUnderTest {
  pid: number
  port: number
  /** Has it throw away what it does not use. */
  collect(): Promise<void>
  /** SIGTERM, and SIGKILL when that takes too long. Resolves when it is gone. */
  stop(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

export interface Command {
  file: string
  env: Record<string, string>
  /** Gets what it prints. */
  log: string
  execArgv: readonly string[]
}

/** Starts a server on a free port and resolves once it listens. */
export async function startUnderTest({ file, env, log, execArgv }: Command): Promise<ServerUnderTest> {
  const port = await freePort()
  const output = openSync(log, 'a')
  const child = spawn(process.execPath, ['--expose-gc', `--import=${collector}`, ...execArgv, file], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', output, output, 'ipc'],
  })
  closeSync(output)
  const gone = once(child, 'exit')
  const killed = () => child.kill('SIGKILL')
  process.once('exit', killed)
  void gone.then(() => process.off('exit', killed))
  if (!(await listens(port, () => child.exitCode === null))) {
    child.kill('SIGKILL')
    throw new Error(`${file} did not start: see ${log}`)
  }
  return {
    pid: child.pid ?? 0,
    port,
    collect: async () => {
      const done = once(child, 'message')
      child.kill('SIGUSR2')
      await done
      // The allocator gives pages back a little later.
      await pause(500)
    },
    stop: async () => {
      child.kill('SIGTERM')
      const late = setTimeout(killed, patience.stop)
      await gone
      clearTimeout(late)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A server that is not ready yet answers 503; others answer, whatever they answer. */
async function listens(port: number, lives: () => boolean): Promise<boolean> {
  const until = performance.now() + patience.start
  while (lives() && performance.now() < until) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (answer !== null && answer.status !== 503) return true
    await pause(20)
  }
  return false
}
