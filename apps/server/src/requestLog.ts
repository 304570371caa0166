import { createMiddleware } from 'hono/factory'
import type { Logger } from 'pino'
import type { AppEnv } from './context.ts'
import type { Metrics } from './metrics.ts'

interface Answered {
  id: string
  method: string
  path: string
  status: number
  /** By `performance.now()`. */
  began: number
}

/** Counts a request, and says so in one line without anything secret: no query, no headers, no bodies, no tokens of invitations. */
export function noteRequest(log: Logger, metrics: Metrics | undefined, { id, method, path, status, began }: Answered) {
  const ms = Math.round(performance.now() - began)
  metrics?.answered(method, status, ms)
  const isApi = path.startsWith('/api/')
  if (!isApi && !log.isLevelEnabled('debug')) return
  const line = { id, method, path: withoutToken(path), status, ms }
  if (isApi) log.info(line, 'request')
  else log.debug(line, 'request')
}

export const requestLog = (log: Logger, metrics?: Metrics) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now()
    await next()
    noteRequest(log, metrics, { id: c.var.requestId, method: c.req.method, path: c.req.path, status: c.res.status, began })
  })

const withoutToken = (path: string) => path.replace(/^(\/api\/invitations|\/join|\/calendar|\/feeds|\/unsubscribe)\/[^/]+/, '$1/…').slice(0, 500)
