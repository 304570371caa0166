import { limits } from '@paperboard/shared/limits'
import type { Context } from 'hono'
import { rateLimiter } from 'hono-rate-limiter'
import { clientAddress } from './address.ts'
import type { AppEnv } from './context.ts'
import type { Env } from './env.ts'
import { Problem } from './errors.ts'

const minute = 60_000

/**
 * What a limit counts; how often is in `limits.rates`, with the reasons. While it is under way, every request counts: of a
 * thousand guesses sent at once, no more are tried than of a thousand sent in turn. `failures` are given back when they
 * turn out well, `successes` when they do not. What is refused for being too often is no try, and is given back too: a
 * crowd that comes all at once is not locked out by its own number. Limits of one route come after its body was parsed: a
 * form with a mistake in it is no try either.
 */
const counted = {
  signInFrom: 'failures',
  signInAs: 'failures',
  signUpFrom: 'all',
  signUps: 'successes',
  password: 'failures',
  invitation: 'failures',
  guestFrom: 'all',
  write: 'all',
  fetchSource: 'all',
  writeFrom: 'all',
} as const satisfies Record<keyof typeof limits.rates, 'failures' | 'successes' | 'all'>

/** Counters held per limit. A flood from more addresses pushes out the oldest counters rather than filling the memory. */
const maxCounters = 10_000

/** The limits of one server, as middleware. */
export function createRates(env: Env) {
  const address = (c: Context<AppEnv>) => clientAddress(c, env)
  const person = (c: Context<AppEnv>) => c.var.session?.person.id ?? address(c)
  const reads = (c: Context<AppEnv>) => c.req.method === 'GET' || c.req.method === 'HEAD'
  return {
    signInFrom: limiter('signInFrom', address),
    signInAs: limiter<{ in: { json: { email: string } }; out: { json: { email: string } } }>('signInAs', c => `${address(c)} ${c.req.valid('json').email}`),
    signUpFrom: limiter('signUpFrom', address),
    signUps: limiter('signUps', () => 'all'),
    password: limiter('password', person),
    invitation: limiter('invitation', address),
    guestFrom: limiter('guestFrom', address),
    fetchSource: limiter('fetchSource', person),
    write: limiter('write', person, c => reads(c) || c.var.session === null),
    writeFrom: limiter('writeFrom', address, c => reads(c) || c.var.session !== null),
  }
}
export type Rates = ReturnType<typeof createRates>

const limiter = <I extends object = object>(
  name: keyof typeof limits.rates,
  key: (c: Context<AppEnv, string, I>) => string,
  skip: (c: Context<AppEnv, string, I>) => boolean = () => false,
) => {
  const { most, minutes } = limits.rates[name]
  return rateLimiter<AppEnv, string, I>({
    limit: most,
    windowMs: minutes * minute,
    skipSuccessfulRequests: counted[name] === 'failures',
    skipFailedRequests: counted[name] === 'successes',
    requestWasSuccessful: c => (counted[name] === 'failures' ? !failed(c) : succeeded(c)),
    keyGenerator: key,
    skip,
    store: windows(minutes * minute, maxCounters),
    // The library has set Retry-After by now.
    handler: () => {
      throw new Problem('too-many-requests', 'That was too often. Please wait a little and try again.')
    },
  })
}

// The library asks when the request was answered, and (not finalized) when it is about to be refused here. A limit further
// on that refuses it makes it no try, and a fault of ours is no failure of theirs.
const succeeded = (c: Context) => c.finalized && c.res.status < 400
const failed = (c: Context) => c.finalized && c.res.status >= 400 && c.res.status < 500 && c.res.status !== 429

/** Hits by key in windows of fixed length, `most` keys at a time. All windows are equally long, so the map's order is that of their ends. */
export function windows(windowMs: number, most: number) {
  const open = new Map<string, { totalHits: number; resetTime: Date }>()
  const forget = (now: number) => {
    for (const [key, { resetTime }] of open) {
      if (resetTime.getTime() > now && open.size <= most) return
      open.delete(key)
    }
  }
  return {
    get: (key: string) => open.get(key),
    increment: (key: string) => {
      const now = Date.now()
      const known = open.get(key)
      const counter = known !== undefined && known.resetTime.getTime() > now ? known : { totalHits: 0, resetTime: new Date(now + windowMs) }
      // A window that starts anew moves to the young end.
      if (counter !== known) open.delete(key)
      counter.totalHits++
      open.set(key, counter)
      forget(now)
      return counter
    },
    decrement: (key: string) => {
      const counter = open.get(key)
      if (counter !== undefined && counter.totalHits > 0) counter.totalHits--
    },
    resetKey: (key: string) => {
      open.delete(key)
    },
  }
}
