import { type DestinationStream, type Logger, pino } from 'pino'
import { withoutParameters } from './db/database.ts'
import type { Env } from './env.ts'

/** JSON lines. An error is its name, message, code and stack: others of its properties can hold what was sent, such as passwords. */
export const createLogger = (level: Env['logLevel'], destination: DestinationStream): Logger => pino({ level, serializers: { err: asLine } }, destination)

interface Line {
  type: string
  message: string
  code?: string | undefined
  stack?: string | undefined
}

/** What caused an error is said after it. */
function asLine(given: unknown): Line {
  const error = withoutParameters(given)
  if (!(error instanceof Error)) return { type: typeof error, message: withoutSecrets(String(error)) }
  const cause = error.cause === undefined ? null : asLine(error.cause)
  const [message, stack] = [withoutSecrets(error.message), withoutSecrets(error.stack ?? '')]
  return {
    type: error.name,
    message: cause === null ? message : `${message}: ${cause.message}`,
    code: 'code' in error ? String(error.code) : cause?.code,
    stack: cause?.stack === undefined ? stack : `${stack}\ncaused by: ${cause.stack}`,
  }
}

/** Takes out the password of an address and the token of an invitation, should a library put one into a message. */
export const withoutSecrets = (text: string): string =>
  text.replace(/([a-z][a-z\d+.-]*:\/\/)[^\s/@]*@/gi, '$1…@').replace(/((?:\/api\/invitations|\/join|\/calendar|\/unsubscribe)\/)[^/\s"'?]+/g, '$1…')
