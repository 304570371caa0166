import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { createMiddleware } from 'hono/factory'
import { requestId } from 'hono/request-id'
import type { Logger } from 'pino'
import type { AppEnv } from './context.ts'
import type { Database } from './db/database.ts'
import type { Env } from './env.ts'
import { answerErrors, Problem } from './errors.ts'
import { headers } from './headers.ts'
import { type Operations, operationsRoutes } from './operations.ts'
import { checkOrigin } from './origin.ts'
import type { Outside } from './papers/outside/http.ts'
import type { Lookups } from './papers/outside/lookups.ts'
import type { SourceSchedules } from './papers/sources/schedule.ts'
import { createRates } from './rates.ts'
import { requestLog } from './requestLog.ts'
import { accountRoutes } from './routes/account.ts'
import { calendarFeed, calendarsRoutes } from './routes/calendars.ts'
import { citedPage } from './routes/citedPage.ts'
import { controlRoutes } from './routes/control.ts'
import { correctionsRoutes } from './routes/corrections.ts'
import { exportsRoutes } from './routes/exports.ts'
import { feedsOut, feedsRoutes } from './routes/feeds.ts'
import { groupsRoutes } from './routes/groups.ts'
import { guestsRoutes } from './routes/guests.ts'
import { historyRoutes } from './routes/history.ts'
import { invitationsRoutes } from './routes/invitations.ts'
import { listingsRoutes } from './routes/listings.ts'
import { meRoutes } from './routes/me.ts'
import { meetingsRoutes } from './routes/meetings.ts'
import { minutesRoutes } from './routes/minutes.ts'
import { papersRoutes } from './routes/papers.ts'
import { planRoutes } from './routes/plan.ts'
import { remindersRoutes, unsubscribeRoutes } from './routes/reminders.ts'
import { schedulesRoutes } from './routes/schedules.ts'
import { sealedRoutes } from './routes/sealed.ts'
import { searchRoutes } from './routes/search.ts'
import { sourcesRoutes } from './routes/sources.ts'
import { tasksRoutes } from './routes/tasks.ts'
import type { Sessions } from './sessions.ts'
import type { Rooms } from './sync/rooms.ts'
import { webApp } from './webApp.ts'

/** What the app is made of. `web` is the folder of the built web app; null serves the API alone. */
export interface AppParts {
  db: Database
  rooms: Rooms
  sessions: Sessions
  env: Env
  log: Logger
  now: () => number
  web: string | null
  /** Looks up what papers lack; without, nobody is asked. */
  lookups?: Pick<Lookups, 'wake'> | undefined
  /** Asks other services, and fetches sources; without, there are no previews and nothing comes by itself. */
  outside?: Outside | null | undefined
  sources?: Pick<SourceSchedules, 'look'> | undefined
  /** What /healthz, /readyz and /metrics answer by; without, there are none. */
  operations?: Operations
  /** The secret by which commands on this machine may ask; without, none may. */
  controlToken?: string
}

/** Everything the server answers: the API under /api, and the web app. Sockets are the handshake's. */
export function createApp(parts: AppParts) {
  const { env, log, sessions, web, rooms, operations } = parts
  const app = new Hono<AppEnv>()
  app.onError(answerErrors(log))
  app.use(requestId({ headerName: '' }), requestLog(log, operations?.metrics))
  if (operations !== undefined) app.route('/', operationsRoutes({ ...operations, env, status: () => rooms.status() }))
  app.use(headers(env)).get('*', compress())
  if (parts.controlToken !== undefined) app.route('/control', controlRoutes({ ...parts, token: parts.controlToken }))
  app.route('/calendar', calendarFeed(parts))
  app.route('/feeds', feedsOut(parts))
  app.route('/unsubscribe', unsubscribeRoutes(parts))
  app.use('/api/*', noStore, checkOrigin(env), session(sessions))
  app.use('/api/groups/*', nothingWithNul)
  const routes = app.route('/api', api(parts))
  app.all('/api/*', () => {
    throw new Problem('not-found', 'There is no such address in the API.')
  })
  if (web !== null) app.get('/g/:group/papers/:paper', session(sessions), citedPage({ db: parts.db, web })).get('*', webApp(web))
  app.notFound(() => {
    throw new Problem('not-found', 'There is nothing at this address.')
  })
  return routes
}
/** For the web's `hc` client. */
export type App = ReturnType<typeof createApp>

function api({ db, rooms, sessions, env, now, log, lookups, outside = null, sources }: AppParts) {
  const rates = createRates(env)
  return new Hono<AppEnv>()
    .use(rates.write, rates.writeFrom)
    .route('/', meRoutes({ db, now }))
    .route('/', accountRoutes({ db, sessions, rooms, rates, now }))
    .route('/', groupsRoutes({ db, rooms, now }))
    .route('/', papersRoutes({ db, rooms, now, log, lookups }))
    .route('/', correctionsRoutes({ db, rooms, now, asks: lookups !== undefined }))
    .route('/', schedulesRoutes({ db, rooms, now }))
    .route('/', planRoutes({ db, now }))
    .route('/', calendarsRoutes({ db, env, now }))
    .route('/', remindersRoutes({ db, rooms, env, now }))
    .route('/', meetingsRoutes({ db, rooms, now }))
    .route('/', tasksRoutes({ db, rooms, now }))
    .route('/', historyRoutes({ db }))
    .route('/', minutesRoutes({ db, rooms, now }))
    .route('/', sealedRoutes({ db, rooms, now }))
    .route('/', guestsRoutes({ db, rooms, sessions, rates, env, now }))
    .route('/', sourcesRoutes({ db, rates, now, outside, schedules: sources ?? null }))
    .route('/', exportsRoutes({ db }))
    .route('/', feedsRoutes({ db, env, now }))
    .route('/', listingsRoutes({ db, now }))
    .route('/', searchRoutes({ db, now }))
    .route('/', invitationsRoutes({ db, env, rates, now }))
}

/** Finds who is signed in, and hands on the cookie of a session that was prolonged or has ended. */
const session = (sessions: Sessions) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const { session, cookie } = await sessions.find(c.req.header('cookie') ?? '')
    c.set('session', session)
    if (cookie !== null) c.header('Set-Cookie', cookie)
    await next()
  })

/** Nothing has an id with a NUL in it, and PostgreSQL fails where SQLite finds nothing. */
const nothingWithNul = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.url.includes('%00')) throw new Problem('not-found', 'There is nothing at this address.')
  await next()
})

const noStore = createMiddleware<AppEnv>(async (c, next) => {
  c.header('Cache-Control', 'no-store')
  await next()
})
