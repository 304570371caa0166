/**
 * A process that keeps a database server for a test: starts, stops and kills it when it is told to, and ends it, with its
 * folder, when whoever asked is gone, in whatever way. It is in a session of its own, so that what kills the tests does not
 * kill it. Run by `kept.ts`, and told what to do over the channel between them.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer, Request, Spec } from './kept.ts'

/** ms that a server may take to start on a machine with much else to do. */
const startMs = 60_000
/** ms after which a server that does not stop when it is asked to, with nothing left to save, is killed. */
const abandonMs = 5000

let spec: Spec | undefined
let server: ChildProcess | undefined

/** Processes and who started them, from /proc: `ps` is not everywhere. Empty where there is no /proc; the dead that nobody has buried do not count. */
function parents(): Map<number, number> {
  const found = new Map<number, number>()
  try {
    for (const name of readdirSync('/proc').filter(each => /^\d+$/.test(each))) {
      const [state, parent] = statOf(name)
      if (state !== 'Z' && state !== undefined) found.set(Number(name), Number(parent))
    }
  } catch {
    return found
  }
  return found
}

/** State and parent of a process, from the line that names it in brackets first; nothing when it is gone. */
function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(join('/proc', pid, 'stat'), 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

const isRunning = (): boolean => server?.pid !== undefined && server.exitCode === null && server.signalCode === null

async function start(): Promise<void> {
  if (isRunning()) throw new Error('It runs already')
  if (!spec) throw new Error('There is nothing to start')
  const { program, name, args, folder, env, owner, ready } = spec
  // With its folder: PostgreSQL looks for the rest of itself beside the name that it is called by.
  const argv0 = join(dirname(program), name)
  const child = spawn(program, args, { argv0, cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...owner })
  server = child
  let said = ''
  const isReady = new Promise<void>(resolve => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => {
        said = `${said}${piece}`.slice(-20_000)
        if (said.includes(ready)) resolve()
      })
    }
  })
  const cannot = async (why: string): Promise<void> => {
    await kill()
    throw new Error(`${name} ${why}:\n${said}`)
  }
  const failed = once(child, 'error').then(([error]) => `cannot be run (${error})`)
  const why = await Promise.race([isReady, failed, once(child, 'exit').then(() => 'ended at its start'), wait(startMs, 'is not ready in time', { ref: false })])
  if (why !== undefined) await cannot(why)
}

/** Ends the server by a signal and waits for it; with `patience`, in ms, it is killed when it takes longer. */
async function end(signal: NodeJS.Signals, patience?: number): Promise<void> {
  if (!isRunning() || !server) return
  const gone = once(server, 'exit').then(() => true)
  server.kill(signal)
  if (patience !== undefined && !(await Promise.race([gone, wait(patience, false, { ref: false })]))) await kill()
  await gone
}

/** kill -9, of the server and of the processes that it started, and then of what it leaves in the kernel. */
async function kill(): Promise<void> {
  const pid = server?.pid
  if (!isRunning() || !server || pid === undefined) return
  const gone = once(server, 'exit')
  // Stopped first, so that it cannot start more of them.
  server.kill('SIGSTOP')
  const started = [...parents()].filter(([, parent]) => parent === pid).map(([child]) => child)
  for (const each of [pid, ...started]) {
    try {
      process.kill(each, 'SIGKILL')
    } catch {
      // It was gone before.
    }
  }
  await gone
  while (started.some(each => parents().has(each))) await wait(10)
  await removeSharedMemory()
}

/** PostgreSQL leaves a segment of shared memory when it is killed: its id is the last number of the line that begins with its key. */
async function removeSharedMemory(): Promise<void> {
  if (!spec?.sharedMemory) return
  let id: string | undefined
  try {
    id = readFileSync(spec.sharedMemory, 'utf8').split('\n')[6]?.trim().split(/\s+/)[1]
  } catch {
    return
  }
  // Where there is no ipcrm, the next start in the same folder takes the segment over.
  if (id) await new Promise(resolve => execFile('ipcrm', ['-m', id], resolve))
}

/** Nothing is kept, so the server may drop what it has in hand. */
async function close(): Promise<void> {
  if (!spec) return
  await end(spec.signals.abandon, abandonMs)
  rmSync(spec.folder, { recursive: true, force: true })
}

async function abandon(): Promise<void> {
  await close()
  process.exit()
}

const acts: Record<Request['act'], () => Promise<void>> = { start, stop: () => end(spec?.signals.stop ?? 'SIGTERM'), kill, close }

const answer = (what: Answer): boolean => process.connected && (process.send?.(what) ?? false)

process.on('message', async (request: Request) => {
  if (request.spec) spec = request.spec
  try {
    await acts[request.act]()
    answer({ id: request.id, pid: server?.pid ?? 0 })
  } catch (error) {
    answer({ id: request.id, error: error instanceof Error ? error.message : String(error) })
  }
})
process.on('disconnect', abandon)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, abandon)
