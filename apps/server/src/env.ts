import { join, resolve } from 'node:path'
import { limits } from '@paperboard/shared/limits'
import { z } from 'zod'

const publicUrl = z
  .url({ protocol: /^https?$/, error: 'a URL such as https://papers.example.org' })
  .refine(url => URL.parse(url)?.pathname === '/' && !/[?#]/.test(url), 'a URL without a path: Paperboard is served from the root of its host')
  .transform(url => new URL(url).origin)

/** Its message must not repeat the value: that holds a password. */
const databaseUrl = z
  .string()
  .refine(
    url => /^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? '') && (URL.parse(url)?.pathname.length ?? 0) > 1,
    'a URL such as postgres://user:password@host:5432/paperboard; signs other than letters and digits in the password are written as %40 for @ and so on',
  )

const redisUrl = z.string().refine(url => /^rediss?:$/.test(URL.parse(url)?.protocol ?? ''), 'a URL such as redis://:password@host:6379')

/** Its message must not repeat the value: that holds a password. */
const smtpUrl = z
  .string()
  .refine(
    url => /^smtps?:$/.test(URL.parse(url)?.protocol ?? '') && URL.parse(url)?.hostname !== '',
    'a URL such as smtp://user:password@mail.example.org:587, or smtps://… for TLS from the start; signs other than letters and digits in the password are written as %40 for @ and so on',
  )

const mailFrom = z
  .string()
  .max(320)
  .regex(/^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'an address such as board@example.org, or Paperboard <board@example.org>')

const serviceUrl = (usual: string) =>
  z
    .url({ protocol: /^https?$/, error: 'a URL such as https://api.example.org' })
    .default(usual)
    .transform(url => url.replace(/\/+$/, ''))

const Variables = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port number')
    .default('3000')
    .transform(Number)
    .refine(port => port <= 65_535, 'a port number up to 65535'),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: databaseUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  PUBLIC_URL: publicUrl.optional(),
  TRUST_PROXY: z.enum(['0', '1'], '0 or 1').default('0'),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailFrom.optional(),
  METRICS_TOKEN: z.string().min(16, 'a secret of at least 16 signs').optional(),
  DRAIN_SECONDS: z
    .string()
    .regex(/^\d{1,3}$/, 'a number of seconds up to 999')
    .default('0')
    .transform(Number),
  UPDATES_PER_SECOND: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'a number from 1 to 9999999')
    .default(String(limits.updatesPerSecond))
    .transform(Number),
  OUTSIDE: z.enum(['on', 'off'], 'on or off').default('on'),
  CONTACT_EMAIL: z.email('an e-mail address').optional(),
  ARXIV_URL: serviceUrl('https://export.arxiv.org'),
  ARXIV_FEEDS_URL: serviceUrl('https://rss.arxiv.org'),
  HUGGING_FACE_URL: serviceUrl('https://huggingface.co'),
  CROSSREF_URL: serviceUrl('https://api.crossref.org'),
  DATACITE_URL: serviceUrl('https://api.datacite.org'),
  OPENALEX_URL: serviceUrl('https://api.openalex.org'),
  OPENALEX_KEY: z.string().optional(),
  SEMANTIC_SCHOLAR_URL: serviceUrl('https://api.semanticscholar.org'),
  SEMANTIC_SCHOLAR_KEY: z.string().optional(),
  PRIVATE_FEEDS: z.enum(['0', '1'], '0 or 1').default('0'),
  LAN: z.enum(['on', 'off'], 'on or off').default('on'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'one of trace, debug, info, warn, error, fatal, silent').default('info'),
})

/** The services of others that tell of papers. Base URLs have no slash at the end. */
export interface OutsideServices {
  arxiv: string
  /** Its listings of each day, as RSS. */
  arxivFeeds: string
  huggingFace: string
  crossref: string
  dataCite: string
  openAlex: string
  semanticScholar: string
  /** Keys that these two give for more questions; secrets. */
  openAlexKey: string | null
  semanticScholarKey: string | null
  /** Whom they can write to about our questions. */
  contact: string | null
  /** Whether feeds may be read from private networks, as from an intranet. */
  privateFeeds: boolean
}

/** What the server is told by its environment. */
export interface Env {
  /** 0 for any free one. */
  port: number
  host: string
  /** Where everything that must last is kept, unless a PostgreSQL database is named. */
  dataDir: string
  /** The PostgreSQL database; null for SQLite in the data directory. A secret, with the password in it. */
  databaseUrl: string | null
  /** The origin people reach the server at, such as `https://papers.example.org`; null for whatever host they name. */
  publicUrl: string | null
  /** The Redis or Valkey by which several servers on one PostgreSQL database hear of each other; null where there is one server. A secret. */
  redisUrl: string | null
  /** Whether a reverse proxy stands before the server, whose X-Forwarded-For names the client. */
  trustProxy: boolean
  /** Who has it may read /metrics; null where whoever is on this machine may. A secret. */
  metricsToken: string | null
  /** By which mail is sent, and from whom; null where none is. `url` is a secret. */
  mail: { url: string; from: string } | null
  /** How long the server still takes in people after it was told to stop and says so in /readyz, for load balancers that ask there. Seconds. */
  drainSeconds: number
  /** Document messages per second that one socket may send, averaged over ten seconds. */
  updatesPerSecond: number
  /** Null where the installation asks nobody. */
  outside: OutsideServices | null
  /** Whether the addresses of this machine are those by which phones in its network reach the server. Not so in a container. */
  lan: boolean
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
}

/** Throws an error whose message names each variable that is wrong. An empty variable counts as not set. */
export function readEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const read = Variables.safeParse(given)
  if (!read.success)
    throw new Error(`The environment cannot be used:\n${read.error.issues.map(issue => `  ${issue.path.join('.')} must be ${issue.message}`).join('\n')}`)
  const { PORT, HOST, DATA_DIR, DATABASE_URL, REDIS_URL, PUBLIC_URL, TRUST_PROXY, METRICS_TOKEN, DRAIN_SECONDS, UPDATES_PER_SECOND, LOG_LEVEL } = read.data
  const { SMTP_URL, MAIL_FROM } = read.data
  if (REDIS_URL !== undefined && DATABASE_URL === undefined)
    throw new Error('The environment cannot be used:\n  REDIS_URL joins servers that share a database: set DATABASE_URL to a PostgreSQL database as well')
  if ((SMTP_URL === undefined) !== (MAIL_FROM === undefined))
    throw new Error('The environment cannot be used:\n  SMTP_URL and MAIL_FROM belong together: the one says how mail is sent, the other from whom')
  if (SMTP_URL !== undefined && PUBLIC_URL === undefined)
    throw new Error('The environment cannot be used:\n  SMTP_URL needs PUBLIC_URL: mails lead back to the pages of this server')
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL ?? null,
    redisUrl: REDIS_URL ?? null,
    publicUrl: PUBLIC_URL ?? null,
    trustProxy: TRUST_PROXY === '1',
    metricsToken: METRICS_TOKEN ?? null,
    mail: SMTP_URL === undefined || MAIL_FROM === undefined ? null : { url: SMTP_URL, from: MAIL_FROM },
    drainSeconds: DRAIN_SECONDS,
    updatesPerSecond: UPDATES_PER_SECOND,
    outside: read.data.OUTSIDE === 'off' ? null : servicesOf(read.data),
    lan: read.data.LAN === 'on',
    logLevel: LOG_LEVEL,
  }
}

const servicesOf = (data: z.infer<typeof Variables>): OutsideServices => ({
  arxiv: data.ARXIV_URL,
  arxivFeeds: data.ARXIV_FEEDS_URL,
  huggingFace: data.HUGGING_FACE_URL,
  crossref: data.CROSSREF_URL,
  dataCite: data.DATACITE_URL,
  openAlex: data.OPENALEX_URL,
  semanticScholar: data.SEMANTIC_SCHOLAR_URL,
  openAlexKey: data.OPENALEX_KEY ?? null,
  semanticScholarKey: data.SEMANTIC_SCHOLAR_KEY ?? null,
  contact: data.CONTACT_EMAIL ?? null,
  privateFeeds: data.PRIVATE_FEEDS === '1',
})

/** Whether people reach the server by https. */
export const isHttps = (env: Env): boolean => env.publicUrl?.startsWith('https:') ?? false

/** The database where no other is named. */
export const databaseFile = (env: Pick<Env, 'dataDir'>): string => join(resolve(env.dataDir), 'paperboard.sqlite')
