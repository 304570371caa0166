import type { ApiError } from '@paperboard/shared/api'
import type { ErrorCode } from '@paperboard/shared/errorCodes'
import type { ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Logger } from 'pino'
import type { AppEnv } from './context.ts'
import { withoutParameters } from './db/database.ts'
import { RoomDamaged } from './sync/stored.ts'

/** The status that each is answered with. */
export const statuses: Record<ErrorCode, ContentfulStatusCode> = {
  invalid: 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  forbidden: 403,
  'bad-origin': 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
}

/** An answer that is not what was asked for. The message is a sentence for people; `fields` names what to mend in a form. */
export class Problem extends Error {
  readonly code: ErrorCode
  readonly fields: Record<string, string> | undefined
  constructor(code: ErrorCode, message: string, fields?: Record<string, string>) {
    super(message)
    this.code = code
    this.fields = fields
  }
}

/** One answer for what is not there and for what one may not know of. */
export const notFound = (what: string) => new Problem('not-found', `There is no such ${what}, or you are not in it.`)

/** Turns everything thrown into an `ApiError`. What nobody expected is logged whole; its answer tells only the request's id. */
export const answerErrors =
  (log: Logger): ErrorHandler<AppEnv> =>
  (error, c) => {
    const answer: ApiError = { error: apiErrorOf(error, { log, id: c.var.requestId }) }
    return c.json(answer, statuses[answer.error.code])
  }

/** The same for work whose answer has begun already. */
export function apiErrorOf(error: Error, { log, id }: { log: Logger; id: string }): ApiError['error'] {
  const problem = expected(error) ?? new Problem('internal', `Something went wrong on the server. If you report it, name request ${id}.`)
  if (problem.code === 'internal') log.error({ id, err: withoutParameters(error) }, 'unexpected error')
  return { code: problem.code, message: problem.message, fields: problem.fields }
}

function expected(error: Error): Problem | null {
  if (error instanceof Problem) return error
  if (error instanceof RoomDamaged) return new Problem('unavailable', error.message)
  // Hono's own refusals: a body that is not JSON.
  if (error instanceof HTTPException && error.status === 400) return new Problem('invalid', `${error.message}.`)
  return null
}
