import { join, resolve } from 'node:path'
import { limits } from '@paperboard/shared/limits'
import { z } from 'zod'

const publicUrl = z
  .url({ protocol: /^https?$/, error: 'a URL such as https://papers.example.org' })
  .refine(url => URL.parse(url)?.pathname === '/' && !/[?#]/.test(url), 'a URL without a path: Paperboard is served from the root of its host')
  .transform(url => new URL(url).origin)

const Variables = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port number')
    .default('3000')
    .transform(Number)
    .refine(port => port <= 65_535, 'a port number up to 65535'),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  PUBLIC_URL: publicUrl.optional(),
  TRUST_PROXY: z.enum(['0', '1'], '0 or 1').default('0'),
  UPDATES_PER_SECOND: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'a number from 1 to 9999999')
    .default(String(limits.updatesPerSecond))
    .transform(Number),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'one of trace, debug, info, warn, error, fatal, silent').default('info'),
})

/** What the server is told by its environment. */
export interface Env {
  /** 0 for any free one. */
  port: number
  host: string
  /** Where everything that must last is kept. */
  dataDir: string
  /** The origin people reach the server at, such as `https://papers.example.org`; null for whatever host they name. */
  publicUrl: string | null
  /** Whether a reverse proxy stands before the server, whose X-Forwarded-For names the client. */
  trustProxy: boolean
  /** Document messages per second that one socket may send, averaged over ten seconds. */
  updatesPerSecond: number
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
}

/** Throws an error whose message names each variable that is wrong. An empty variable counts as not set. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const read = Variables.safeParse(given)
  if (!read.success)
    throw new Error(`The environment cannot be used:\n${read.error.issues.map(issue => `  ${issue.path.join('.')} must be ${issue.message}`).join('\n')}`)
  const { PORT, HOST, DATA_DIR, PUBLIC_URL, TRUST_PROXY, UPDATES_PER_SECOND, LOG_LEVEL } = read.data
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    publicUrl: PUBLIC_URL ?? null,
    trustProxy: TRUST_PROXY === '1',
    updatesPerSecond: UPDATES_PER_SECOND,
    logLevel: LOG_LEVEL,
  }
}

/** Whether people reach the server by https. */
export const isHttps = (env: Env): boolean => env.publicUrl?.startsWith('https:') ?? false

/** The default database. */
export const databaseFile = (env: Env): string => join(resolve(env.dataDir), 'paperboard.sqlite')
