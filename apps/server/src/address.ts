import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { AppEnv } from './context.ts'
import type { Env } from './env.ts'

/**
 * Where a request comes from, as far as limits are concerned: an IPv4 address, or the first 64 bits of an IPv6 one, since
 * a single connection has that many to choose from. Behind a proxy it is the last entry of X-Forwarded-For, the one that
 * our proxy wrote; entries before it are whatever the client sent.
 */
export function clientAddress(c: Context<AppEnv>, env: Env): string {
  const forwarded = env.trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return network(forwarded || getConnInfo(c).remote.address || 'unknown')
}

function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address.slice(0, 64)
  const [head = '', tail] = address.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  const groups = [...first, ...Array.from({ length: zeros }, () => '0'), ...last].slice(0, 4)
  return `${groups.map(group => group.slice(0, 4)).join(':')}::/64`
}
