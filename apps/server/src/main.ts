import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { limits } from '@paperboard/shared/limits'
import { destination, type Logger, pino } from 'pino'
import { WebSocketServer } from 'ws'
import { createApp } from './app.ts'
import { openDatabase } from './db/open.ts'
import { DatabaseUnusable } from './db/unusable.ts'
import { type Env, isHttps, readEnv } from './env.ts'
import { createSessions } from './sessions.ts'
import { createRedisFanout } from './sync/redis.ts'
import { createRooms } from './sync/rooms.ts'
import { serveUpgrades } from './sync/upgrade.ts'

/** How long sockets get to end by themselves when the server stops, ms. */
const grace = 2_000

/** The built web app; the same way from the source and from the bundle. */
const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

async function start() {
  const env = readEnv(process.env)
  const log = pino({ level: env.logLevel }, destination({ fd: 1, sync: true }))
  const db = await openDatabase(env)
  const now = () => Date.now()
  const rooms = createRooms({ db, log, now, fanout: env.redisUrl === null ? null : createRedisFanout({ url: env.redisUrl, log }) })
  const sessions = createSessions({ db, secure: isHttps(env) })
  const app = createApp({ db, rooms, sessions, env, log, now, web: existsSync(webFolder) ? webFolder : null })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes })
  const server = await listen(env, options => serve({ ...options, fetch: app.fetch }) as Server)
  serveUpgrades(server, sockets, app.fetch)
  stopOnSignal(log, async () => {
    server.close()
    await rooms.close()
    await waitFor(grace, () => sockets.clients.size === 0)
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    await db.close()
  })
  // For people; the log lines are for machines. From here on it can be stopped in order, too.
  process.stdout.write(`Paperboard is ready at ${addressOf(env, server)}\n`)
  void rooms.catchUp()
}

/** Resolves once the port is open; rejects when it cannot be. */
const listen = (env: Env, open: (options: { port: number; hostname: string }) => Server): Promise<Server> =>
  new Promise((done, failed) => {
    const server = open({ port: env.port, hostname: env.host })
    server.once('error', failed)
    server.once('listening', () => {
      server.off('error', failed)
      done(server)
    })
  })

const addressOf = (env: Env, server: Server): string => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : env.port
  const host = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(env.host) ? 'localhost' : env.host
  return env.publicUrl ?? `http://${host}:${port}`
}

/** Ctrl-C arrives twice within this time: from the terminal, and passed on by the script that started us. ms. */
const sameKey = 500

/** The first signal stops the server in order, another one later at once. */
const stopOnSignal = (log: Logger, stop: () => Promise<void>) => {
  let since: number | null = null
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (since !== null) {
        if (Date.now() - since > sameKey) process.exit(1)
        return
      }
      since = Date.now()
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.fatal({ err: error }, 'the server did not stop in order')
          process.exit(1)
        },
      )
    })
  }
}

const waitFor = async (ms: number, condition: () => boolean) => {
  const until = Date.now() + ms
  while (!condition() && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 20))
}

/** What whoever starts the server can mend is said in one line, all else with its stack. */
const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `The port is in use already. Stop the other program, or choose another port: PORT=3001 npm start`
  if (code === 'EACCES') return `The system does not allow this: ${error.message}`
  if (error instanceof DatabaseUnusable || error.message.startsWith('The environment')) return error.message
  return error.stack ?? error.message
}

start().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
