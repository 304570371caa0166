/**
 * The server as a process of its own, as people run it: it can be killed, stopped and started again on the same folder.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const server = join(root, 'apps/server')
/** ms that a start may take on a machine with much else to do. */
const patience = 60_000

export interface ServerProcess {
  /** Where it listens, by address and not by name: `http://127.0.0.1:41234`. */
  url: string
  pid: number
  /** All that it has written to stdout and stderr so far. */
  output: string[]
  /** kill -9. Resolves when the process is gone. */
  kill(): Promise<void>
  /** SIGTERM. Resolves with the exit code, null where a signal ended it, and how long that took in ms. */
  stop(): Promise<{ code: number | null; ms: number }>
}

interface Options {
  dataDir: string
  /** Beside PORT (0: any free one), HOST, DATA_DIR and LOG_LEVEL (warn). */
  env?: Record<string, string>
  /** What is run; `program()` unless named. */
  file?: string
  /** For node itself, such as `--cpu-prof`. */
  execArgv?: string[]
}

/** What `npm start` runs, where it was built just before (PAPERBOARD_DIST=1); else the source. */
export const program = (): string => join(server, process.env.PAPERBOARD_DIST === '1' ? 'dist/main.js' : 'src/main.ts')

/**
 * The server bundled into one file from the source as it is now: that starts four times as fast as the source. Left
 * below the ignored `tmp` of the project, since the bundle looks for its native packages from where it lies.
 */
export async function bundle(): Promise<string> {
  if (process.env.PAPERBOARD_DIST === '1') return program()
  const { build } = await import('vite')
  mkdirSync(join(root, 'tmp'), { recursive: true })
  const outDir = mkdtempSync(join(root, 'tmp/server-'))
  await build({ root: server, configFile: join(server, 'vite.config.ts'), logLevel: 'warn', plugins: [], build: { outDir, emptyOutDir: false } })
  cpSync(join(server, 'src/db/migrations'), join(outDir, 'migrations'), { recursive: true })
  return join(outDir, 'main.js')
}

const running = new Set<ChildProcess>()
// A test run that is broken off must leave nothing behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a server and resolves once it listens. Rejects with its output when it ends before that. */
export async function startServerProcess({ dataDir, env = {}, file = program(), execArgv = [] }: Options): Promise<ServerProcess> {
  if (!existsSync(file)) throw new Error(`There is no ${file}: build it first`)
  const child = spawn(process.execPath, [...execArgv, file], {
    env: { ...process.env, NODE_ENV: 'production', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', OUTSIDE: 'off', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const output: string[] = []
  const gone = new Promise<number | null>(resolve => {
    child.once('exit', code => {
      running.delete(child)
      resolve(code)
    })
  })
  const port = await listening(child, output, gone)
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    output,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      const since = performance.now()
      child.kill('SIGTERM')
      return { code: await gone, ms: performance.now() - since }
    },
  }
}

/** The port in the line that the server prints for people. */
function listening(child: ChildProcess, output: string[], gone: Promise<unknown>): Promise<string> {
  const told = (why: string) => new Error(`The server ${why}:\n${output.join('')}`)
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(told(`did not start within ${patience / 1000} s`)), patience).unref()
    void gone.then(() => reject(told('ended before it was ready')))
    const seek = () => {
      const port = /ready at https?:\/\/\S+:(\d+)\n/.exec(output.join(''))?.[1]
      if (port === undefined) return
      clearTimeout(late)
      child.stdout?.off('data', seek)
      resolve(port)
    }
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()))
    child.stdout?.on('data', seek)
  })
}
