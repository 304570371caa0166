/** For whatever watches the server: /healthz, /readyz and /metrics. See docs/operations.md. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import type { AppEnv } from './context.ts'
import type { Env } from './env.ts'
import type { Metrics } from './metrics.ts'
import type { Readiness } from './readiness.ts'
import type { RoomsStatus } from './sync/status.ts'

export interface Operations {
  readiness: Readiness
  metrics: Metrics
}

interface Options extends Operations {
  env: Pick<Env, 'metricsToken' | 'dataDir' | 'databaseUrl'>
  /** How the rooms are; null while there are none yet. */
  status: (() => RoomsStatus) | null
}

/** The answers, all of them plain text and none of them kept. They say nothing of what is in the database. */
export const operationsRoutes = ({ readiness, metrics, env, status }: Options) =>
  new Hono<AppEnv>()
    .use('*', async (c, next) => {
      c.header('Cache-Control', 'no-store')
      await next()
    })
    .get('/healthz', c => c.text('ok\n'))
    .get('/readyz', async c => {
      const reason = await readiness.reason()
      return reason === null ? c.text('ready\n') : c.text(`not ready: ${reason}\n`, 503)
    })
    .get('/metrics', async (c, next) => {
      // As if it were not there: who may not read it need not know of it.
      if (status === null || !mayRead(c, env.metricsToken)) return next()
      return c.body(await metrics.text(status(), await freeBytes(env)), 200, { 'Content-Type': metrics.contentType })
    })

/** Whoever has the token. Where none is set, whoever is on this machine, and is no proxy that asks for somebody else. */
function mayRead(c: Context<AppEnv>, token: string | null): boolean {
  if (token !== null) return isSame(c.req.header('authorization') ?? '', `Bearer ${token}`)
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'].some(name => c.req.header(name) !== undefined)
  return !forwarded && /^(::ffff:)?127\.|^::1$/.test(getConnInfo(c).remote.address ?? '')
}

const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted))
const digest = (text: string) => createHash('sha256').update(text).digest()

async function freeBytes({ dataDir, databaseUrl }: Options['env']): Promise<number | null> {
  if (databaseUrl !== null) return null
  const disk = await statfs(dataDir).catch(() => null)
  return disk === null ? null : disk.bavail * disk.bsize
}
