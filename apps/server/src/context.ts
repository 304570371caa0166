import type { IncomingMessage } from 'node:http'
import type { Session } from './sessions.ts'

/** What every handler finds in its Hono context. */
export interface AppEnv {
  Bindings: { incoming: IncomingMessage }
  Variables: {
    /** Null when nobody is signed in. */
    session: Session | null
    /** Names the request in the log and in the answer's X-Request-Id. */
    requestId: string
  }
}
