import { Hono } from 'hono'
import type { AppEnv } from './context.ts'
import type { Env } from './env.ts'
import { type Operations, operationsRoutes } from './operations.ts'
import type { Admit } from './sync/upgrade.ts'

type Fetch = (request: Request, bindings: object) => Response | Promise<Response>

/** What answers requests, and those for sockets. */
interface Behind {
  fetch: Fetch
  admit: Admit
}

/** What stands between the port and the app. */
export interface Door extends Behind {
  /** From now on these answer. */
  open(behind: Behind): void
  /** Requests that are being answered. */
  readonly underWay: number
}

/** Until it is opened, it tells that the server is starting, and answers whoever watches. */
export function createDoor(options: Operations & { env: Env }): Door {
  const starting = new Hono<AppEnv>().route('/', operationsRoutes({ ...options, status: null }))
  starting.all('*', c => c.json({ error: { code: 'unavailable', message: 'The server is starting. Try again in a moment.' } }, 503, { 'Retry-After': '2' }))
  let behind: Behind = { fetch: starting.fetch, admit: async () => null }
  let underWay = 0
  const counted =
    <Given extends unknown[], Answer>(answer: (...given: Given) => Answer | Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      underWay += 1
      try {
        return await answer(...given)
      } finally {
        underWay -= 1
      }
    }
  return {
    fetch: counted((...asked: Parameters<Fetch>) => behind.fetch(...asked)),
    admit: counted((...asked: Parameters<Admit>) => behind.admit(...asked)),
    open: opened => {
      behind = opened
    },
    get underWay() {
      return underWay
    },
  }
}
