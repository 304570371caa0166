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
  cause?: Line | undefined
}

function asLine(given: unknown): Line {
  const error = withoutParameters(given)
  if (!(error instanceof Error)) return { type: typeof error, message: withoutSecrets(String(error)) }
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    code: 'code' in error ? String(error.code) : undefined,
    stack: error.stack === undefined ? undefined : withoutSecrets(error.stack),
    cause: error.cause === undefined ? undefined : asLine(error.cause),
  }
}

/** Takes out the password of an address and the token of an invitation, should a library put one into a message. */
export const withoutSecrets = (text: string): string =>
  text.replace(/([a-z][a-z\d+.-]*:\/\/)[^\s/@]*@/gi, '$1…@').replace(/((?:\/api\/invitations|\/join)\/)[^/\s"'?]+/g, '$1…')
