import { DatabaseError } from 'pg'
import { DatabaseUnusable } from './unusable.ts'

/** PostgreSQL's code of an error (`40001`), or the system's (`ECONNREFUSED`), wherever it is wrapped; null when it has none. */
export function codeOf(error: unknown): string | null {
  for (let inner = error; inner instanceof Error; inner = inner.cause) if ('code' in inner && typeof inner.code === 'string') return inner.code
  return null
}

/** Serialization failures and deadlocks: nothing has happened, and the same work done again may well pass. */
const passing = new Set(['40001', '40P01'])
/** A unique key that was free when the transaction looked, and was taken before it wrote. */
const taken = '23505'

/** Whether the same transaction may pass when it is run again. */
export const maySucceedAgain = (error: unknown, attempt: number): boolean => {
  const code = codeOf(error) ?? ''
  // Most are real: the key was taken all along, and it is told after one more look.
  return passing.has(code) || (code === taken && attempt === 1)
}

/** Plans that no longer fit their tables: they stay with the connection. */
const stalePlan = '0A000'

/** Whether a connection cannot be used after this error: it is not of a statement, but of the network, a time-out, or the end of the session. */
export const endsConnection = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || error.severity === 'FATAL' || error.severity === 'PANIC' || error.code === stalePlan

export const readOnly = 'it is read-only: a standby, or default_transaction_read_only is on. Name the primary.'

/** What a person can do about a server that refuses. Reasons are PostgreSQL's codes and the system's. */
const remedies: Record<string, string> = {
  ENOTFOUND: 'there is no such host. Check the host in DATABASE_URL.',
  EAI_AGAIN: 'the name of the host cannot be resolved now. Check the host in DATABASE_URL, and the network.',
  ECONNREFUSED: 'nothing listens there. Start PostgreSQL, or check the host and port in DATABASE_URL.',
  ENOENT: 'there is no such socket. Start PostgreSQL, or check the folder in DATABASE_URL.',
  ETIMEDOUT: 'it does not answer. Check the host and port in DATABASE_URL, and what stands between.',
  EHOSTUNREACH: 'it cannot be reached. Check the host in DATABASE_URL, and the network.',
  '28P01': 'the password is wrong, or the user does not exist.',
  '28000': 'it does not let this user in. Check the user in DATABASE_URL, and pg_hba.conf of the server.',
  '3D000': 'the database does not exist. Create it: CREATE DATABASE … ENCODING UTF8 TEMPLATE template0.',
  '53300': 'it has no connection left. Raise max_connections, or stop other programs.',
  '57P03': 'it is starting or stopping. Try again in a moment.',
  '25006': readOnly,
  '42501': 'the user may not create tables. Make it the owner of the database, or: GRANT USAGE, CREATE ON SCHEMA public TO the user.',
  '55P03': 'another server has been bringing it up to date for too long. See what it is doing, then start again.',
}

/** Where a URL leads, without its password. */
export function placeOf(url: string): string {
  const { hostname, port, pathname, username } = new URL(url)
  const host = decodeURIComponent(hostname) || 'localhost'
  return `The PostgreSQL database ${decodeURIComponent(pathname.slice(1))} at ${host}${port === '' ? '' : `:${port}`} (user ${decodeURIComponent(username) || 'of the system'})`
}

/** The file that could not be opened; null where it was something else. */
const unreadable = (error: unknown): string | null =>
  error instanceof Error && 'syscall' in error && error.syscall === 'open' && 'path' in error && typeof error.path === 'string' ? error.path : null

/** An error at the opening, for whoever runs the server. What nobody could foresee stays as it is. */
export function explained(error: unknown, url: string): unknown {
  if (error instanceof DatabaseUnusable) return error
  const code = codeOf(error) ?? (error instanceof AggregateError ? codeOf(error.errors[0]) : null)
  const file = unreadable(error)
  if (file !== null)
    return new DatabaseUnusable(`${placeOf(url)} cannot be used: ${file} cannot be read. See sslrootcert, sslcert and sslkey in DATABASE_URL.`, {
      cause: error,
    })
  const timedOut = error instanceof Error && /timeout/i.test(error.message) && code === null
  const remedy = remedies[timedOut ? 'ETIMEDOUT' : (code ?? '')]
  if (remedy !== undefined) return new DatabaseUnusable(`${placeOf(url)} cannot be used: ${remedy}`, { cause: error })
  const ofTls = error instanceof Error && /SSL|TLS|certificate/i.test(`${error.message} ${code}`)
  return ofTls ? new DatabaseUnusable(`${placeOf(url)} cannot be used: ${error.message}. See sslmode in DATABASE_URL.`, { cause: error }) : error
}
