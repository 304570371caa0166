import { mkdirSync } from 'node:fs'
import { databaseFile, type Env } from '../env.ts'
import type { Database } from './database.ts'
import { lockDataDir } from './dataLock.ts'
import { openSqlite } from './sqlite.ts'

/**
 * Opens the database that the environment names, with its tables up to date. Rejects with `DatabaseUnusable` when it cannot
 * be used as it is. With SQLite, the data directory is this process's alone until the database is closed.
 */
export async function openDatabase(env: Pick<Env, 'databaseUrl' | 'dataDir'>): Promise<Database> {
  if (env.databaseUrl !== null) {
    // Loaded where it is used, as all that many installations never need.
    const { openPostgres } = await import('./postgres.ts')
    return openPostgres(env.databaseUrl)
  }
  mkdirSync(env.dataDir, { recursive: true })
  const lock = lockDataDir(env.dataDir)
  try {
    const db = await openSqlite(databaseFile(env))
    return { ...db, close: () => db.close().finally(lock.release) }
  } catch (error) {
    lock.release()
    throw error
  }
}
