import type { Context } from 'hono'
import { rateLimiter } from 'hono-rate-limiter'
import { clientAddress } from './address.ts'
import type { AppEnv } from './context.ts'
import type { Env } from './env.ts'
import { Problem } from './errors.ts'

const minute = 60_000

/**
 * How often one may. `failures` counts only what is refused: a whole group behind one address may sign in or follow an
 * invitation in the same minute, and it is guessing that takes many wrong tries. Limits of one route come after its body was
 * parsed: a form with a mistake in it is no try.
 */
const rates = {
  /** By address: one machine trying many accounts. */
  signInFrom: { limit: 50, windowMs: 15 * minute, failures: true },
  /** By address and account: guessing one password. By account alone, anyone could lock a member out. */
  signInAs: { limit: 10, windowMs: 15 * minute, failures: true },
  signUp: { limit: 20, windowMs: 15 * minute, failures: true },
  password: { limit: 10, windowMs: 15 * minute, failures: true },
  invitation: { limit: 30, windowMs: 15 * minute, failures: true },
  /** Every change over HTTP, by person, or by address while not signed in. Nobody clicks five times a second for a minute. */
  write: { limit: 300, windowMs: minute, failures: false },
}

/** Counters held per limit. A flood from more addresses pushes out the oldest counters rather than filling the memory. */
const maxCounters = 10_000

/** The limits of one server, as middleware. */
export function createRates(env: Env) {
  const address = (c: Context<AppEnv>) => clientAddress(c, env)
  const person = (c: Context<AppEnv>) => c.var.session?.person.id ?? address(c)
  return {
    signInFrom: limiter('signInFrom', address),
    signInAs: limiter<{ in: { json: { email: string } }; out: { json: { email: string } } }>('signInAs', c => `${address(c)} ${c.req.valid('json').email}`),
    signUp: limiter('signUp', address),
    password: limiter('password', person),
    invitation: limiter('invitation', address),
    write: limiter('write', person, c => c.req.method === 'GET' || c.req.method === 'HEAD'),
  }
}
export type Rates = ReturnType<typeof createRates>

const limiter = <I extends object = object>(
  name: keyof typeof rates,
  key: (c: Context<AppEnv, string, I>) => string,
  skip: (c: Context<AppEnv, string, I>) => boolean = () => false,
) =>
  rateLimiter<AppEnv, string, I>({
    ...rates[name],
    skipSuccessfulRequests: rates[name].failures,
    keyGenerator: key,
    skip,
    store: windows(rates[name].windowMs, maxCounters),
    // The library has set Retry-After by now.
    handler: () => {
      throw new Problem('too-many-requests', 'That was too often. Please wait a little and try again.')
    },
  })

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
