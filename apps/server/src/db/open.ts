import { mkdirSync } from 'node:fs'
import { databaseFile, type Env } from '../env.ts'
import type { Database } from './database.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

/** Opens the database that the environment names, with its tables up to date. Rejects with `DatabaseUnusable` when it cannot be used as it is. */
export async function openDatabase(env: Pick<Env, 'databaseUrl' | 'dataDir'>): Promise<Database> {
  if (env.databaseUrl !== null) return openPostgres(env.databaseUrl)
  mkdirSync(env.dataDir, { recursive: true })
  return openSqlite(databaseFile(env))
}
