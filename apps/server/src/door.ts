import { Hono } from 'hono'
import type { AppEnv } from './context.ts'
import type { Env } from './env.ts'
import { type Operations, operationsRoutes } from './operations.ts'

type Fetch = (request: Request, bindings: object) => Response | Promise<Response>

/** What stands between the port and the app. */
export interface Door {
  fetch: Fetch
  /** From now on the app answers. */
  open(app: Fetch): void
  /** Requests that are being answered. */
  readonly underWay: number
}

/** Until it is opened, it tells that the server is starting, and answers whoever watches. */
export function createDoor(options: Operations & { env: Env }): Door {
  const starting = new Hono<AppEnv>().route('/', operationsRoutes({ ...options, status: null }))
  starting.all('*', c => c.json({ error: { code: 'unavailable', message: 'The server is starting. Try again in a moment.' } }, 503, { 'Retry-After': '2' }))
  let answer: Fetch = starting.fetch
  let underWay = 0
  return {
    fetch: async (request, bindings) => {
      underWay += 1
      try {
        return await answer(request, bindings)
      } finally {
        underWay -= 1
      }
    },
    open: app => {
      answer = app
    },
    get underWay() {
      return underWay
    },
  }
}
