/** One server for one data directory: two would each serve the same boards without hearing of the other's changes. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import Client from 'better-sqlite3'
import { DatabaseUnusable } from './unusable.ts'

/** ms to wait for a process that is just stopping, as when one is started anew. */
const patience = 2_000

export interface DataLock {
  release(): void
}

/**
 * Makes this process the only one that serves from a data directory, until it is released or the process ends, however it
 * ends: it is a lock of the operating system. Node has none of its own for files, so an empty SQLite database is locked.
 * Throws `DatabaseUnusable`, with who holds it, when another process does.
 *
 * Nothing else in this process may open the lock file: closing it would let go of the lock (POSIX). Hence who holds it
 * stands in a file beside it, which means nothing once the lock is free.
 */
export function lockDataDir(dataDir: string): DataLock {
  const holder = join(dataDir, 'paperboard.pid')
  const client = lock(dataDir, holder)
  writeFileSync(holder, `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}\n`)
  return {
    release: () => {
      rmSync(holder, { force: true })
      client.close()
    },
  }
}

function lock(dataDir: string, holder: string): Client.Database {
  let client: Client.Database | null = null
  try {
    client = new Client(join(dataDir, 'paperboard.lock'), { timeout: patience })
    client.exec('BEGIN EXCLUSIVE')
    return client
  } catch (error) {
    client?.close()
    if (error instanceof Client.SqliteError && error.code === 'SQLITE_BUSY')
      throw new DatabaseUnusable(
        `The data directory ${dataDir} is in use by another Paperboard: ${who(holder)}. Stop that one first, or give this one a directory of its own (DATA_DIR).`,
        { cause: error },
      )
    throw new DatabaseUnusable(
      `The data directory ${dataDir} cannot be locked: ${error instanceof Error ? error.message : error}. It has to be on a local disk and writable.`,
      { cause: error },
    )
  }
}

/** The holder writes it down a moment after it has the lock. */
function who(holder: string): string {
  try {
    return readFileSync(holder, 'utf8').trim()
  } catch {
    return 'a process that has just begun'
  }
}
