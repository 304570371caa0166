import { createMiddleware } from 'hono/factory'
import type { Logger } from 'pino'
import type { AppEnv } from './context.ts'
import type { Metrics } from './metrics.ts'

/** One line a request, without anything secret: no query, no headers, no bodies, no tokens of invitations. */
export const requestLog = (log: Logger, metrics?: Metrics) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const began = performance.now()
    await next()
    const ms = Math.round(performance.now() - began)
    metrics?.answered(c.req.method, c.res.status, ms)
    const line = { id: c.var.requestId, method: c.req.method, path: withoutToken(c.req.path), status: c.res.status, ms }
    if (c.req.path.startsWith('/api/')) log.info(line, 'request')
    else log.debug(line, 'request')
  })

const withoutToken = (path: string) => path.replace(/^(\/api\/invitations|\/join|\/calendar|\/feeds|\/unsubscribe)\/[^/]+/, '$1/…').slice(0, 500)
