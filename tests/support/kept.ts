/** Servers of databases for tests, each kept by a process that ends it when the tests are gone: see `keeper.ts`. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const keeper = fileURLToPath(new URL('keeper.ts', import.meta.url))

/** What a server runs as; empty for whoever runs the tests. */
export type Owner = { uid: number; gid: number } | Record<string, never>

/** A server that can be started any number of times in one folder. */
export interface Spec {
  program: string
  /** What it is called when it is run; some programs are several. */
  name: string
  args: string[]
  env?: Record<string, string>
  /** Where it runs. Removed with all that is in it at the end. */
  folder: string
  owner: Owner
  /** What it says when it can be used. */
  ready: string
  signals: {
    /** Stops it in order. */
    stop: NodeJS.Signals
    /** Stops it when nothing is to be kept. */
    abandon: NodeJS.Signals
  }
  /** PostgreSQL's file that names its segment of shared memory. */
  sharedMemory?: string
}

/** What the keeper is told; the first request brings the spec. */
export interface Request {
  id: number
  act: 'start' | 'stop' | 'kill' | 'close'
  spec?: Spec
}
export type Answer = { id: number; pid: number } | { id: number; error: string }

/** A server that runs. All of these resolve when it is done. */
export interface Kept {
  /** Process id of the server that was started last. */
  pid(): number
  /** Where it has its files. */
  folder: string
  /** Process id of what keeps it. */
  keeper: number
  /** Starts it anew after `stop` or `kill`, on what it has stored; rejects with what it said when it cannot. */
  start(): Promise<void>
  /** Stops it in order; what it has stored stays. */
  stop(): Promise<void>
  /** kill -9, with the processes it has started. */
  kill(): Promise<void>
  /** Ends it for good, and removes its folder. */
  close(): Promise<void>
}

/** Starts a server that ends, at the latest, with this process. */
export async function keep(spec: Spec): Promise<Kept> {
  const child = fork(keeper, [], { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
  // Neither must keep the tests from ending.
  child.unref()
  child.channel?.unref()
  const waiting = new Map<number, { resolve: (pid: number) => void; reject: (error: Error) => void }>()
  child.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asked?.reject(new Error(answer.error))
    else asked?.resolve(answer.pid)
    if (waiting.size === 0) child.channel?.unref()
  })
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error(`What keeps ${spec.name} has ended`))
  })
  let pid = 0
  let id = 0
  const ask = (act: Request['act'], first?: Spec): Promise<number> =>
    new Promise((resolve, reject) => {
      id++
      waiting.set(id, { resolve, reject })
      child.channel?.ref()
      child.send({ id, act, spec: first } satisfies Request, error => error && reject(error))
    })
  const close = async () => {
    if (!child.connected) return
    const gone = once(child, 'exit')
    child.ref()
    await ask('close')
    child.disconnect()
    await gone
  }
  try {
    pid = await ask('start', spec)
  } catch (error) {
    await close()
    throw error
  }
  return {
    pid: () => pid,
    folder: spec.folder,
    keeper: child.pid ?? 0,
    start: async () => {
      pid = await ask('start')
    },
    stop: async () => void (await ask('stop')),
    kill: async () => void (await ask('kill')),
    close,
  }
}

/** Whom a server runs as: this user, or, since PostgreSQL refuses to run as root, the user `name` or else nobody. */
export function ownerFor(name: string): Owner {
  if (process.getuid?.() !== 0) return {}
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
  const user = users.find(each => each[0] === name) ?? users.find(each => each[0] === 'nobody')
  return user ? { uid: Number(user[2]), gid: Number(user[3]) } : {}
}

/** An empty folder that only its owner can enter. */
export function folderFor(owner: Owner, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `paperboard-${name}-`))
  chmodSync(folder, 0o700)
  if ('uid' in owner) chownSync(folder, owner.uid, owner.gid)
  return folder
}

/** Whether a port of 127.0.0.1 is free. */
const isFree = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/**
 * A free port below those that the system gives out (32768 and up on Linux). While the server is down, nobody else is given
 * it, and a client that tries to reach it is not connected to itself.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (await isFree(port)) return port
  }
}
