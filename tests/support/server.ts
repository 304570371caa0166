/**
 * A real server for tests: the whole app on a free port over a migrated database, with people to act in it.
 *
 *   const test = withServer()
 *   test('…', async ({ server, alice, bob }) => …)
 */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { ApiError, CreatedInvitation, Group, Me } from '@paperboard/shared/api'
import type { CloseCode } from '@paperboard/shared/closeCodes'
import { type Day, dayAt } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { test as base, expect } from 'vitest'
import { WebSocketServer } from 'ws'
import { createApp } from '../../apps/server/src/app.ts'
import { startBoardNews } from '../../apps/server/src/boardNews.ts'
import type { Database } from '../../apps/server/src/db/database.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { isHttps, readEnv } from '../../apps/server/src/env.ts'
import { createHandshake } from '../../apps/server/src/handshake.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { createMetrics } from '../../apps/server/src/metrics.ts'
import { createOutside } from '../../apps/server/src/papers/outside/http.ts'
import { type Lookups, startLookups } from '../../apps/server/src/papers/outside/lookups.ts'
import { type SourceSchedules, startSources } from '../../apps/server/src/papers/sources/schedule.ts'
import { createReadiness } from '../../apps/server/src/readiness.ts'
import { type Indexing, startIndexing } from '../../apps/server/src/search/indexing.ts'
import { createSessions } from '../../apps/server/src/sessions.ts'
import { createRooms, type Rooms } from '../../apps/server/src/sync/rooms.ts'
import { serveUpgrades } from '../../apps/server/src/sync/upgrade.ts'
import type { Upkeep } from '../../apps/server/src/sync/upkeep.ts'
import { startTaskNews } from '../../apps/server/src/taskNews.ts'
import { createDatabase } from './postgres.ts'

export const password = 'correct horse battery'

/** Of every group, unless a test says otherwise. */
const timeZone = 'Europe/Berlin'
/** The day that it is in such a group: near midnight another one than by UTC. */
export const todayAt = (now: number): Day => dayAt(now, timeZone)

/** What the routes told the live rooms, in order. */
export type Told = { disconnect: { session?: string; person?: string; group?: string }; code: CloseCode } | { refresh: string }

export interface TestServer {
  url: string
  db: Database
  rooms: Rooms
  /** What the routes told the live rooms so far. */
  told: Told[]
  /** Lines of the log so far. */
  logged: string[]
  /** Looks up what papers lack, where OUTSIDE is on. */
  lookups: Lookups | undefined
  /** Fetches sources; looks when it is told to. */
  sources: SourceSchedules
  /** Keeps the index of texts, where `search` is asked for. */
  indexing: Indexing | undefined
  /** The server's clock; set it to move time. */
  clock: { now: number }
  close(): Promise<void>
}

export interface ServerOptions {
  /** Overrides variables of the environment. Any free port, unless PORT names one. */
  env?: Record<string, string>
  /** A folder of built files. */
  web?: string | null
  /** The database; in memory unless named, or what TEST_STORE says. */
  file?: string
  /** The address of a database on PostgreSQL, in place of `file`; it stays when the server is closed. */
  postgres?: string
  /** Whether texts are indexed, as soon as `indexing.caughtUp` is called. */
  search?: boolean
  /** When rooms are unloaded and compacted. */
  upkeep?: Partial<Upkeep>
}

/** Live rooms that also note what the routes told them. */
const listened = (rooms: Rooms, told: Told[]): Rooms => {
  const disconnect = rooms.disconnect.bind(rooms)
  const refresh = rooms.refresh.bind(rooms)
  return Object.assign(rooms, {
    disconnect: (who: { session?: string; person?: string; group?: string }, code: CloseCode) => {
      told.push({ disconnect: who, code })
      disconnect(who, code)
    },
    refresh: (group: string) => {
      told.push({ refresh: group })
      return refresh(group)
    },
  })
}

/**
 * The store of a server: SQLite, or with TEST_STORE=postgres a database of its own on PostgreSQL. A file that is named is
 * SQLite in any case.
 */
async function openStore({ file = ':memory:', postgres }: ServerOptions): Promise<{ db: Database; drop: () => Promise<void> }> {
  if (postgres !== undefined) return { db: await openPostgres(postgres), drop: async () => {} }
  if (process.env.TEST_STORE !== 'postgres' || file !== ':memory:') return { db: await openSqlite(file), drop: async () => {} }
  const { url, drop } = await createDatabase()
  return { db: await openPostgres(url), drop }
}

/** Starts a server. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const { env = {}, web = null, upkeep } = options
  const { db, drop } = await openStore(options)
  // Nothing in a test reaches out, unless to a server that the test names.
  const settings = readEnv({ OUTSIDE: 'off', ...env })
  const told: Told[] = []
  const logged: string[] = []
  const clock = { now: Date.now() }
  const log = createLogger('debug', { write: line => logged.push(line) })
  const operations = { readiness: createReadiness(), metrics: createMetrics() }
  const now = () => clock.now
  const rooms = listened(createRooms({ db, log, now, upkeep, meters: operations.metrics.meters }), told)
  // Without waiting between questions: the clock stands still.
  const outside = createOutside({ db, env: settings, log, now, times: { gap: 0, arxivGap: 0, semanticScholarGap: 0, backoff: 1, whole: 5_000 } })
  const lookups = outside === null ? undefined : startLookups({ db, outside, log, now, rooms, times: { gather: 20 } })
  const sources = startSources({ db, rooms, outside, onEntered: () => lookups?.wake(), log, now, times: { every: 3_600_000 } })
  const boardNews = startBoardNews({ rooms, times: { lists: 50, lobbies: 50 } })
  const taskNews = startTaskNews({ rooms, every: 50 })
  const indexing = options.search ? startIndexing({ db, log, now, times: { every: 3_600_000 } }) : undefined
  const sessions = createSessions({ db, secure: isHttps(settings) })
  const parts = { db, rooms, sessions, env: settings, log, now, operations }
  const app = createApp({ ...parts, lookups, outside, sources, web })
  operations.readiness.serve({ db, status: () => rooms.status() })
  const address = Promise.withResolvers<AddressInfo>()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes })
  const server = serve({ fetch: app.fetch, port: env.PORT === undefined ? 0 : settings.port, hostname: '127.0.0.1' }, address.resolve) as Server
  serveUpgrades(server, sockets, { fetch: app.fetch, admit: createHandshake({ ...parts, metrics: operations.metrics }) })
  const { port } = await address.promise
  return {
    url: `http://127.0.0.1:${port}`,
    db,
    rooms,
    told,
    logged,
    lookups,
    sources,
    indexing,
    clock,
    close: async () => {
      boardNews.close()
      taskNews.close()
      const closed = new Promise(resolve => server.close(resolve))
      const ended = Promise.all([lookups?.close(), sources.close(), indexing?.close()])
      await outside?.close()
      await ended
      await rooms.close()
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await closed
      await db.close()
      await drop()
    },
  }
}

/** What a request was answered. `body` is the parsed JSON, null where there is none. */
export interface Answer<T> {
  status: number
  headers: Headers
  body: T
}

/** A browser's tab: keeps its cookie and names its origin. */
export class Client {
  cookie = ''
  server: Pick<TestServer, 'url'>
  constructor(server: Pick<TestServer, 'url'>) {
    this.server = server
  }

  async send<T = unknown>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const raw = typeof body === 'string' || body instanceof Blob
    const response = await fetch(`${this.server.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.server.url,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    })
    const [set] = response.headers.getSetCookie()
    if (set !== undefined) this.cookie = set.includes('Max-Age=0') ? '' : (set.split(';')[0] ?? '')
    const text = await response.text()
    const parsed = response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text === '' ? null : text
    return { status: response.status, headers: response.headers, body: parsed }
  }

  get = <T = unknown>(path: string) => this.send<T>('GET', path)
  post = <T = unknown>(path: string, body?: unknown) => this.send<T>('POST', path, body)
  patch = <T = unknown>(path: string, body?: unknown) => this.send<T>('PATCH', path, body)
  delete = <T = unknown>(path: string) => this.send<T>('DELETE', path)

  /** GET /api/me. */
  async me(): Promise<Me> {
    return (await this.get<Me>('/api/me')).body
  }
}

/** Somebody with an account, signed in. */
export class Person extends Client {
  id = ''
  readonly name: string
  readonly email: string
  constructor(server: Pick<TestServer, 'url'>, name: string) {
    super(server)
    this.name = name
    this.email = `${name.toLowerCase()}@example.org`
  }

  /** Creates the account, with an invitation unless it is the first. */
  async signUp(invitation?: string): Promise<this> {
    const { status, body } = await this.post<Me>('/api/account', { name: this.name, email: this.email, password, invitation })
    expect(status).toBe(201)
    this.id = body.person?.id ?? ''
    return this
  }

  async signIn(): Promise<this> {
    expect((await this.post('/api/session', { email: this.email, password })).status).toBe(200)
    return this
  }

  async createGroup(name = 'Reading group'): Promise<string> {
    return (await this.post<Group>('/api/groups', { name, timeZone })).body.id
  }

  /** A link into a group; returns its token and the invitation's id. */
  async invite(group: string, terms: { role?: 'organizer' | 'member'; days?: number; uses?: number } = {}): Promise<{ token: string; id: string }> {
    const { status, body } = await this.post<CreatedInvitation>(`/api/groups/${group}/invitations`, { role: 'member', days: 7, uses: 10, ...terms })
    expect(status).toBe(201)
    return { token: body.url.split('/').at(-1) ?? '', id: body.id }
  }
}

/** The code of an answer that is an error. */
export const codeOf = (answer: Answer<unknown>): string => {
  const body = answer.body as ApiError | null
  return `${answer.status} ${body?.error?.code}`
}
/** The fields that an `invalid` answer names. */
export const fieldsOf = (answer: Answer<unknown>): string[] => Object.keys((answer.body as ApiError).error.fields ?? {})

interface People {
  server: TestServer
  /** Owner of `group`. */
  alice: Person
  /** Member of `group`. */
  bob: Person
  group: string
  /** Signs up another person into `group`. */
  join: (name: string, role?: 'organizer' | 'member') => Promise<Person>
}

/** Tests with a server of their own, in which Alice owns a group that Bob is in. */
export const withServer = (options: Parameters<typeof startServer>[0] = {}) =>
  base.extend<People>({
    server: async ({ task: _ }, use) => {
      const server = await startServer(options)
      await use(server)
      await server.close()
    },
    alice: async ({ server }, use) => use(await new Person(server, 'Alice').signUp()),
    group: async ({ alice }, use) => use(await alice.createGroup()),
    join: async ({ server, alice, group }, use) =>
      use(async (name, role = 'member') => new Person(server, name).signUp((await alice.invite(group, { role })).token)),
    bob: async ({ join }, use) => use(await join('Bob')),
  })
