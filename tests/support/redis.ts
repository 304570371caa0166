/** Real Redis for tests: a server of a test's own, in memory alone. */
import { randomBytes } from 'node:crypto'
import { chownSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRedis } from '../../scripts/databases.mjs'
import { folderFor, freePort, type Kept, keep, ownerFor } from './kept.ts'

/** Whether `startRedis` can start a server here: its program is installed. */
export const canStartRedis = findRedis() !== undefined

/** A Redis of one's own. It keeps nothing on disk: after `kill` or `stop` it starts empty. */
export interface Redis extends Kept {
  /** `redis://:…@127.0.0.1:21234`, the same after every start. */
  url: string
}

/** Starts a Redis on a free port of 127.0.0.1. It ends with this process, or by `close`. */
export async function startRedis(): Promise<Redis> {
  const program = findRedis()
  if (!program) throw new Error('Redis is not installed here')
  const owner = ownerFor('redis')
  const folder = folderFor(owner, 'redis')
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  const file = join(folder, 'redis.conf')
  const settings = [`port ${port}`, 'bind 127.0.0.1', `requirepass ${password}`, 'save ""', 'appendonly no', 'daemonize no']
  // A file and not arguments, which everybody on the machine can read.
  writeFileSync(file, settings.join('\n'), { mode: 0o600 })
  if ('uid' in owner) chownSync(file, owner.uid, owner.gid)
  const kept = await keep({
    program,
    name: 'redis-server',
    args: [file],
    folder,
    owner,
    ready: 'Ready to accept connections',
    signals: { stop: 'SIGTERM', abandon: 'SIGTERM' },
  })
  return { ...kept, url: `redis://:${password}@127.0.0.1:${port}` }
}

/** A Redis that a test neither stops nor has to itself: the one that TEST_REDIS_URL names, or one that is started. */
export async function openRedis(): Promise<{ url: string; close: () => Promise<void> }> {
  const named = process.env.TEST_REDIS_URL
  return named ? { url: named, close: async () => undefined } : startRedis()
}
