import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { limits } from '@paperboard/shared/limits'
import { destination, type Logger } from 'pino'
import { WebSocketServer } from 'ws'
import { createApp } from './app.ts'
import { startBoardNews } from './boardNews.ts'
import { openControl } from './control.ts'
import { openDatabase } from './db/open.ts'
import { DatabaseUnusable } from './db/unusable.ts'
import { createDoor } from './door.ts'
import { drain, longestDrain } from './drain.ts'
import { type Env, isHttps, readEnv } from './env.ts'
import { startFollowUp } from './followUp.ts'
import { createHandshake } from './handshake.ts'
import { createLogger } from './logger.ts'
import { startMeetings } from './meetings/keeping.ts'
import { createMetrics } from './metrics.ts'
import { createOutside } from './papers/outside/http.ts'
import { startLookups } from './papers/outside/lookups.ts'
import { startSources } from './papers/sources/schedule.ts'
import { createReadiness } from './readiness.ts'
import { startReminding } from './reminding.ts'
import { startIndexing } from './search/indexing.ts'
import { createSessions } from './sessions.ts'
import { createRooms } from './sync/rooms.ts'
import { serveUpgrades } from './sync/upgrade.ts'
import { startTaskNews } from './taskNews.ts'
import { startTidying } from './tidying.ts'

/** The built web app; the same way from the source and from the bundle. */
const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

async function start() {
  const env = readEnv(process.env)
  const log = createLogger(env.logLevel, destination({ fd: 1, sync: true }))
  const operations = { readiness: createReadiness(), metrics: createMetrics() }
  const { readiness, metrics } = operations
  const door = createDoor({ ...operations, env })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes })
  // Before the database is open, which may take a while: whoever asks is told that the server is starting.
  const server = await listen(env, options => serve({ ...options, fetch: door.fetch }) as Server)
  serveUpgrades(server, sockets, door)
  const db = await openDatabase(env)
  const now = () => Date.now()
  const fanout = env.redisUrl === null ? null : (await import('./sync/redis.ts')).createRedisFanout({ url: env.redisUrl, log })
  const rooms = createRooms({ db, log, now, fanout, meters: metrics.meters })
  const sessions = createSessions({ db, secure: isHttps(env) })
  const outside = createOutside({ db, env, log, now })
  const lookups = outside === null ? undefined : startLookups({ db, outside, log, now, rooms })
  const sources = startSources({ db, rooms, outside, onEntered: () => lookups?.wake(), log, now })
  const control = openControl({ env, server })
  const web = existsSync(webFolder) ? webFolder : null
  const parts = { db, rooms, sessions, env, log, now, operations }
  const { fetch } = createApp({ ...parts, web, lookups, outside, sources, controlToken: control.token })
  door.open({ fetch, admit: createHandshake({ ...parts, metrics }) })
  const reminding = startReminding({ db, env, log, now, rooms, publicUrl: addressOf(env, server) })
  const followUp = startFollowUp({ db, rooms, log, now })
  const boardNews = startBoardNews({ rooms })
  const taskNews = startTaskNews({ rooms })
  const indexing = startIndexing({ db, log, now })
  const meetings = startMeetings({
    db,
    rooms,
    log,
    now,
    mailsFrom: env.mail === null ? null : addressOf(env, server),
    tell: people => rooms.tell({ kind: 'notices', people: [...people] }),
  })
  readiness.serve({ db, status: () => rooms.status() })
  const tidying = startTidying({ inUse: () => rooms.status().rooms + door.underWay, collect: globalThis.gc })
  stopOnSignal(log, env.drainSeconds * 1000 + longestDrain, async () => {
    tidying.close()
    await followUp.close()
    boardNews.close()
    taskNews.close()
    await indexing.close()
    await meetings.close()
    await reminding.close()
    // Nothing new is taken up, what is asked is broken off, and what was answered is stored.
    const ended = Promise.all([lookups?.close(), sources.close()])
    await outside?.close()
    await ended
    control.close()
    await drain({ server, sockets, rooms, readiness, log, underWay: () => door.underWay, delay: env.drainSeconds })
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

/** The first signal stops the server in order, another one later at once. So does being late, after `within` ms. */
const stopOnSignal = (log: Logger, within: number, stop: () => Promise<void>) => {
  let since: number | null = null
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (since !== null) {
        if (Date.now() - since > sameKey) process.exit(1)
        return
      }
      since = Date.now()
      setTimeout(() => {
        log.fatal('the server did not stop in time; what was acknowledged is stored')
        process.exit(1)
      }, within).unref()
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
