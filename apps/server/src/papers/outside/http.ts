/**
 * Asks other services over HTTP, politely: it says who asks, one question to a host at a time, over all servers of the
 * installation, and as far apart as the host wishes; answers are kept and asked for anew by ETag; Retry-After is obeyed; and
 * neither a slow, an endless nor a hostile answer costs more than its bounds.
 *
 *   const outside = createOutside({ db, env, log, now })
 *   const answer = await outside.get('https://export.arxiv.org/api/query?id_list=2206.03382', { accept: 'xml' })
 *   const feed = await outside.get(urlOfMember, { from: 'people', accept: 'any' })
 *
 * Throws `OutsideFailure`. `from: 'people'` asks public addresses alone: see addresses.ts.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '@paperboard/shared/ids'
import type { Logger } from 'pino'
import type { Agent, fetch, Response } from 'undici'
import type { Database } from '../../db/database.ts'
import { databaseTime } from '../../db/leases.ts'
import { endTurn, findAnswer, type KeptAnswer, keepAnswer, takeTurn } from '../../db/outside.ts'
import type { Env } from '../../env.ts'
import { PrivateAddress, publicLookup, whyNotAsked } from './addresses.ts'
import { answerOf, bodyOf, faultIn, type OutsideAnswer } from './answer.ts'
import { failureOf, OutsideFailure } from './failure.ts'

/** ms and bytes. */
export interface OutsideTimes {
  connect: number
  /** From the question to the last byte of the answer. */
  whole: number
  /** Longest answer. */
  bytes: number
  /** Between two questions to a host that has no wish of its own. */
  gap: number
  /** arXiv: "no more than one request every three seconds, and a single connection at a time" (https://info.arxiv.org/help/api/tou.html). */
  arxivGap: number
  /** Semantic Scholar without a key: one a second for all the world. */
  semanticScholarGap: number
  /** Tries in all, and the wait before the second; it doubles, with chance in it. */
  tries: number
  backoff: number
  /** A Retry-After of up to this is waited for here; a longer one is told to whoever asked. */
  patience: number
}
export const outsideTimes: OutsideTimes = {
  connect: 10_000,
  whole: 60_000,
  bytes: 16 * 1024 * 1024,
  gap: 250,
  arxivGap: 3_000,
  semanticScholarGap: 1_100,
  tries: 3,
  backoff: 1_000,
  patience: 10_000,
}

export interface Asked {
  /** Who named the address; `people` may only name public ones. Ours unless told otherwise. */
  from?: 'us' | 'people'
  /** What the answer must be; anything else is `garbled`. */
  accept: 'json' | 'xml' | 'any'
  /** An answer kept for less than this (ms) is given without asking. */
  fresh?: number
  headers?: Record<string, string>
  signal?: AbortSignal
}

export interface Outside {
  readonly settings: NonNullable<Env['outside']>
  get(url: string, asked: Asked): Promise<OutsideAnswer>
  /** Breaks off what is under way. */
  close(): Promise<void>
}

interface Options {
  db: Database
  env: Pick<Env, 'outside' | 'publicUrl'>
  log: Logger
  now: () => number
  times?: Partial<OutsideTimes>
}

const redirectsFollowed = 5
/** Longer ones are not kept. */
const keptBytes = 2 * 1024 * 1024
export const productVersion = '0.1'

/** Who asks, as services want to know it: https://www.crossref.org/documentation/retrieve-metadata/rest-api/tips-for-using-the-crossref-rest-api/ */
export const userAgent = ({ contact }: { contact: string | null }, publicUrl: string | null): string => {
  const about = [publicUrl === null ? null : `+${publicUrl}`, contact === null ? null : `mailto:${contact}`].filter(part => part !== null)
  return `Paperboard/${productVersion}${about.length === 0 ? ' (reading group software)' : ` (${about.join('; ')})`}`
}

/** Null where the installation asks nobody (OUTSIDE=off). */
export function createOutside({ db, env, log, now, times: given }: Options): Outside | null {
  const { outside: settings } = env
  if (settings === null) return null
  const times = { ...outsideTimes, ...given }
  const holder = newId()
  const closing = new AbortController()
  let client: Promise<HttpClient> | null = null
  const http = () => {
    client ??= clientWith(times, settings)
    return client
  }
  /** The last question to each host: those of one server wait for each other here, and not at the database. */
  const queues = new Map<string, Promise<unknown>>()
  const agent = userAgent(settings, env.publicUrl)
  const clock = () => databaseTime(db, now)

  const gapOf = (host: string) => {
    if (host === hostOf(settings.arxiv) || /(^|\.)arxiv\.org$/.test(host)) return times.arxivGap
    return host === hostOf(settings.semanticScholar) ? times.semanticScholarGap : times.gap
  }

  /** Asks when it is this host's and this server's turn. */
  const inTurn = async <T>(host: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
    // All of arXiv is one host: its terms count connections to the whole.
    const turn = /(^|\.)arxiv\.org$/.test(host) ? 'arxiv.org' : host
    const before = queues.get(turn) ?? Promise.resolve()
    const mine = before.then(() => turnOf(turn, signal, ask, gapOf(host)))
    const settled = mine.catch(() => undefined)
    queues.set(turn, settled)
    void settled.then(() => {
      if (queues.get(turn) === settled) queues.delete(turn)
    })
    return mine
  }

  const turnOf = async <T>(turn: string, signal: AbortSignal, ask: () => Promise<T>, gap: number): Promise<T> => {
    for (;;) {
      signal.throwIfAborted()
      const time = await clock()
      const at = await takeTurn(db, turn, holder, time)
      if (at === null) break
      if (at - time > times.patience + gap) throw new OutsideFailure('limited', `${turn} asked for patience.`, { retryAt: at })
      await pause(Math.min(1_000, Math.max(10, at - time)), undefined, { signal })
    }
    let wait = gap
    try {
      return await ask()
    } catch (error) {
      if (error instanceof OutsideFailure && error.kind === 'limited') wait = Math.max(gap, (error.retryAt ?? now() + times.backoff * 2) - now())
      throw error
    } finally {
      await endTurn(db, turn, holder, (await clock()) + wait)
    }
  }

  /** One question and its redirects, each to be looked at anew. */
  const follow = async (first: string, asked: Asked, kept: KeptAnswer | null, signal: AbortSignal): Promise<{ url: string; response: Response }> => {
    const { fetch, agents } = await http()
    let url = first
    for (let left = redirectsFollowed; left >= 0; left--) {
      const forbidden = asked.from === 'people' && !settings.privateFeeds ? whyNotAsked(new URL(url)) : null
      if (forbidden !== null) throw new OutsideFailure('forbidden', forbidden)
      const response = await fetch(url, {
        dispatcher: agents[asked.from ?? 'us'],
        redirect: 'manual',
        signal,
        headers: { 'user-agent': agent, accept: accepts[asked.accept], ...(url === first ? { ...asked.headers, ...conditions(kept) } : {}) },
      })
      const to = response.status >= 300 && response.status < 400 && response.status !== 304 ? response.headers.get('location') : null
      if (to === null) return { url, response }
      await response.body?.cancel()
      const next = URL.parse(to, url)
      if (next === null || !/^https?:$/.test(next.protocol)) throw new OutsideFailure('refused', `${hostOf(url)} leads to an address that cannot be asked.`)
      url = next.href
    }
    throw new OutsideFailure('refused', `${hostOf(first)} leads from one address to the next.`)
  }

  const askOnce = async (url: string, asked: Asked, kept: KeptAnswer | null, outer: AbortSignal): Promise<OutsideAnswer> => {
    const signal = AbortSignal.any([outer, AbortSignal.timeout(times.whole)])
    try {
      const { url: from, response } = await follow(url, asked, kept, signal)
      if (response.status === 304 && kept !== null) {
        await keepAnswer(db, { ...kept, fetchedAt: now() })
        return answerOf({ ...kept, fetchedAt: now() }, from, true)
      }
      const failure = failureOf(hostOf(from), response, now())
      if (failure !== null) {
        await response.body?.cancel()
        throw failure
      }
      const contentType = response.headers.get('content-type') ?? ''
      const body = await bodyOf(response, hostOf(from), times.bytes)
      const answer = {
        url,
        contentType,
        body,
        etag: response.headers.get('etag'),
        lastModified: response.headers.get('last-modified'),
        fetchedAt: now(),
      }
      const read = answerOf(answer, from, false)
      const fault = faultIn(read, asked.accept)
      if (fault !== null) throw new OutsideFailure('garbled', `${hostOf(from)} ${fault}`)
      if (body.length <= keptBytes && (answer.etag !== null || answer.lastModified !== null || asked.fresh !== undefined)) await keepAnswer(db, answer)
      return read
    } catch (error) {
      if (outer.aborted) throw error
      throw asFailure(error, hostOf(url))
    }
  }

  return {
    settings,
    get: async (url, asked) => {
      const parsed = URL.parse(url)
      if (parsed === null) throw new OutsideFailure('forbidden', 'The address cannot be read.')
      const kept = await findAnswer(db, parsed.href)
      if (kept !== null && asked.fresh !== undefined && now() - kept.fetchedAt < asked.fresh) return answerOf(kept, kept.url, true)
      const signal = asked.signal === undefined ? closing.signal : AbortSignal.any([closing.signal, asked.signal])
      for (let tries = 1; ; tries++) {
        try {
          return await inTurn(parsed.host, signal, () => askOnce(parsed.href, asked, kept, signal))
        } catch (error) {
          const wait = tries < times.tries ? waitBefore(error, tries, times, now()) : null
          if (wait === null) throw error
          log.debug({ host: parsed.host, tries, wait, why: error instanceof Error ? error.message : String(error) }, 'a service is asked again')
          await pause(wait, undefined, { signal })
        }
      }
    },
    close: async () => {
      closing.abort(new Error('The server is stopping'))
      const agents = Object.values((await client)?.agents ?? {})
      await Promise.all(agents.map(agent => agent.destroy()))
    },
  }
}

/** How long to wait before asking again here and now, ms; null where that makes no sense. */
const waitBefore = (error: unknown, tries: number, times: OutsideTimes, now: number): number | null => {
  if (!(error instanceof OutsideFailure) || (error.kind !== 'unreachable' && error.kind !== 'limited')) return null
  const asked = error.retryAt === null ? 0 : error.retryAt - now
  if (asked > times.patience) return null
  return Math.max(asked, times.backoff * 2 ** (tries - 1) * (0.5 + Math.random()))
}

interface HttpClient {
  fetch: typeof fetch
  agents: Record<NonNullable<Asked['from']>, Agent>
}

/** Loaded when somebody is asked for the first time: many installations ask nobody. */
async function clientWith(times: OutsideTimes, { privateFeeds }: Outside['settings']): Promise<HttpClient> {
  const { Agent, fetch } = await import('undici')
  const agentOf = (lookup?: typeof publicLookup) =>
    new Agent({
      connections: 1,
      pipelining: 1,
      headersTimeout: times.whole,
      bodyTimeout: times.whole,
      connect: { timeout: times.connect, ...(lookup === undefined ? {} : { lookup }) },
    })
  return { fetch, agents: { us: agentOf(), people: privateFeeds ? agentOf() : agentOf(publicLookup) } }
}

const hostOf = (url: string) => new URL(url).host

const accepts = {
  json: 'application/json',
  xml: 'application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8',
  any: '*/*',
}

const conditions = (kept: KeptAnswer | null): Record<string, string> => ({
  ...(kept?.etag == null ? {} : { 'if-none-match': kept.etag }),
  ...(kept?.lastModified == null ? {} : { 'if-modified-since': kept.lastModified }),
})

/** What undici throws, as one of ours: its cause says what happened. */
const asFailure = (error: unknown, host: string): unknown => {
  if (error instanceof OutsideFailure) return error
  if (!(error instanceof Error)) return error
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof PrivateAddress) return new OutsideFailure('forbidden', cause.message)
  const slow = error.name === 'TimeoutError' || /timeout/i.test(String(codeOf(error)))
  return new OutsideFailure('unreachable', slow ? `${host} did not answer in time.` : `${host} cannot be reached.`, { cause: error })
}

const codeOf = (error: Error): unknown => (error.cause instanceof Error && 'code' in error.cause ? error.cause.code : '')
