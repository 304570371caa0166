import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { ApiError } from '@paperboard/shared/api'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { packing, syncPath } from '@paperboard/shared/protocol'
import type { Logger } from 'pino'
import type { Database } from './db/database.ts'
import type { Env } from './env.ts'
import { apiErrorOf, statuses } from './errors.ts'
import type { Metrics } from './metrics.ts'
import { checkUpgradeOrigin } from './origin.ts'
import { noteRequest } from './requestLog.ts'
import type { Sessions } from './sessions.ts'
import type { Rooms } from './sync/rooms.ts'
import { openSocket, turnAway } from './sync/socket.ts'
import type { Admit, Opened } from './sync/upgrade.ts'

interface Parts {
  db: Database
  rooms: Rooms
  sessions: Sessions
  env: Env
  log: Logger
  now: () => number
  metrics: Metrics
}

/** Live documents: GET /sync/<room>?ack=1&packed=deflate, to be upgraded. */
export function createHandshake(parts: Parts): Admit {
  const { log, metrics } = parts
  return async incoming => {
    const url = URL.parse(incoming.url ?? '', 'http://localhost')
    if (url === null || !url.pathname.startsWith(roomsAt) || url.pathname === roomsAt) return null
    const began = performance.now()
    const id = randomUUID()
    const answer = await decide(incoming, url, { ...parts, id }).catch(error => refusal(error, { log, id }))
    const status = typeof answer === 'function' ? 101 : answer.status
    noteRequest(log, metrics, { id, method: 'GET', path: url.pathname, status, began })
    return answer
  }
}

const roomsAt = `${syncPath}/`

async function decide(incoming: IncomingMessage, { pathname, searchParams }: URL, { id, ...parts }: Parts & { id: string }): Promise<Opened> {
  const { rooms, sessions, env } = parts
  checkUpgradeOrigin(incoming, env)
  const { epoch } = rooms
  const { session } = await sessions.find(incoming.headers.cookie ?? '')
  if (session === null) return turnAway(rooms, closeCodes.signedOut)
  const wishes = { wantsAcks: searchParams.get('ack') === '1', unpacks: searchParams.get('packed') === packing }
  return openSocket({ room: decoded(pathname.slice(roomsAt.length)), session, request: id, epoch, ...wishes }, parts)
}

/** No room has a name that cannot be decoded. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function refusal(error: Error, { log, id }: { log: Logger; id: string }): Response {
  const answer: ApiError = { error: apiErrorOf(error, { log, id }) }
  return Response.json(answer, { status: statuses[answer.error.code] })
}
