import type { IncomingMessage } from 'node:http'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import type { Env } from './env.ts'
import { Problem } from './errors.ts'

/**
 * Whether a request comes from our own pages, or from a program that is no browser.
 *
 * Browsers name the page's origin in `Origin` on each request that is not GET or HEAD and on each WebSocket handshake, and
 * no page can forge it. It must be PUBLIC_URL's; where that is not set, its host must be the one the request was sent
 * to: a page elsewhere would name its own. `null` (a sandboxed frame, a local file) is neither.
 *
 * Without `Origin` there is no browser that sends cookies along, save in theory an old one. It is let in only if no
 * `Sec-Fetch-Site` gives a browser away, and only where a page of another site could not send such a request unasked:
 * `application/json` needs a preflight, which we never grant, and a GET that matters here is a WebSocket handshake.
 */
export function sameOrigin({ method, headers }: Asked, env: Pick<Env, 'publicUrl'>): boolean {
  const origin = headers.get('origin')
  if (origin === null)
    return headers.get('sec-fetch-site') === null && (method === 'GET' || /^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? ''))
  if (env.publicUrl !== null) return origin === env.publicUrl
  return URL.parse(origin)?.host === headers.get('host')?.toLowerCase()
}

/** What has to be known of a request. */
interface Asked {
  method: string
  headers: Pick<Headers, 'get'>
}

/** Refuses what changes something and comes from elsewhere. */
export const checkOrigin = (env: Env) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (!reads && !sameOrigin(c.req.raw, env)) throw elsewhere(env)
    await next()
  })

/** Refuses sockets that pages of other sites open: cookies travel along with those. */
export function checkUpgradeOrigin({ headers }: IncomingMessage, env: Env) {
  const asked = { method: 'GET', headers: { get: (name: string) => headers[name]?.toString() ?? null } }
  if (!sameOrigin(asked, env)) throw elsewhere(env)
}

const elsewhere = (env: Env) =>
  new Problem('bad-origin', `Requests must come from the pages of this server${env.publicUrl === null ? '' : ` (${env.publicUrl})`}.`)

/** The origin that people reach the server at, for links. */
export const publicOrigin = (request: Request, env: Env): string =>
  // The Origin of a request that passed the check knows whether a proxy before us speaks https; the request's own URL does not.
  env.publicUrl ?? request.headers.get('origin') ?? new URL(request.url).origin
