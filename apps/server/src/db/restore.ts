/** Puts a backup in the place of an installation. What was there stays beside it. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Client } from 'pg'
import { checkFile } from './backup.ts'
import { lockDataDir } from './dataLock.ts'
import { flush, renameDurably } from './durable.ts'
import { noteRestore } from './meta.ts'
import { moveToPostgres } from './move.ts'
import { explained, placeOf } from './postgresErrors.ts'
import { forgetEpoch } from './searchChanges.ts'
import { openSqlite } from './sqlite.ts'
import { DatabaseUnusable } from './unusable.ts'

interface Options {
  from: string
  /** The PostgreSQL database; null for the SQLite file. */
  databaseUrl: string | null
  databaseFile: string
  /** Whether an installation that is there may be put aside. */
  replace: boolean
  /** Whether all sessions end: those that were ended since the backup was made would be valid again. */
  signOut: boolean
  now: number
  say: (line: string) => void
}

/** Gives where what was replaced is now; null when there was nothing. Rejects with `DatabaseUnusable`, and then nothing has changed. */
export async function restore(options: Options): Promise<string | null> {
  const from = resolve(options.from)
  if (!existsSync(from)) throw new DatabaseUnusable(`There is no backup ${from}.`)
  checkFile(from)
  return options.databaseUrl === null ? intoSqlite(from, options) : intoPostgres(from, options.databaseUrl, options)
}

/** As `2026-11-24T12-40-05Z`. */
export const stampOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+/, '').replaceAll(':', '-')

/** Brings a copy of the backup up to date, and notes in it that it was restored. */
async function prepare(copy: string, { now, signOut }: Options): Promise<void> {
  const db = await openSqlite(copy)
  try {
    const { sessions, leases, probes } = db.t
    await db.sql.delete(leases)
    await db.sql.delete(probes)
    if (signOut) await db.sql.delete(sessions)
    await noteRestore(db, now)
    await forgetEpoch(db)
  } finally {
    await db.close()
  }
  // Into one file: closing does not, while anybody else looks at it.
  const client = new Sqlite(copy)
  client.pragma('journal_mode = DELETE')
  client.close()
}

const parts = ['', '-wal', '-shm']

async function intoSqlite(from: string, options: Options): Promise<string | null> {
  const file = options.databaseFile
  mkdirSync(dirname(file), { recursive: true })
  const lock = lockDataDir(dirname(file))
  const fresh = `${file}.restoring`
  try {
    const isThere = existsSync(file)
    if (isThere && !options.replace && holdsPeople(file))
      throw new DatabaseUnusable(`${file} holds an installation. To put the backup in its place, and keep what is there beside it, add --replace.`)
    for (const part of parts) rmSync(fresh + part, { force: true })
    copyFileSync(from, fresh)
    await prepare(fresh, options)
    flush(fresh)
    const aside = isThere ? `${file}.replaced-${stampOf(options.now)}` : null
    // With its log: what a server that was killed has stored may be there alone.
    if (aside !== null) for (const part of parts) if (existsSync(file + part)) renameSync(file + part, aside + part)
    renameDurably(fresh, file)
    return aside
  } finally {
    for (const part of parts) rmSync(fresh + part, { force: true })
    lock.release()
  }
}

/** A file that cannot be read holds whatever it may: it is not taken for an empty one. */
function holdsPeople(file: string): boolean {
  const client = new Sqlite(file)
  try {
    return (client.prepare<[], number>('SELECT count(*) FROM people').pluck().get() ?? 0) > 0
  } catch {
    return true
  } finally {
    client.close()
  }
}

/** As an installation moves from SQLite: row by row, and compared at the end. */
async function intoPostgres(from: string, url: string, options: Options): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-restore-'))
  try {
    const copy = join(folder, 'paperboard.sqlite')
    copyFileSync(from, copy)
    await prepare(copy, options)
    const aside = await putAside(url, options)
    await moveToPostgres({ file: copy, url, say: options.say })
    return aside
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Moves all tables to a schema of their own, in one transaction. */
async function putAside(url: string, { replace, now }: Options): Promise<string | null> {
  const client = new Client({ connectionString: url, application_name: 'paperboard-restore', connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string }>('SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()')
    const names = rows.map(row => row.name)
    if (names.length === 0) return null
    if (!names.includes('migrations')) throw new DatabaseUnusable(`${placeOf(url)} belongs to another program.`)
    const people = names.includes('people') ? (await client.query('SELECT 1 FROM people LIMIT 1')).rows.length : 0
    // An interrupted restore leaves its mark, and goes on.
    if (names.includes('unfinished_move') && !replace) return null
    if (people > 0 && !replace)
      throw new DatabaseUnusable(`${placeOf(url)} holds an installation. To put the backup in its place, and keep what is there beside it, add --replace.`)
    const used = await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'paperboard'")
    if (used.rows.length > 0) throw new DatabaseUnusable(`${placeOf(url)} is in use by a server of Paperboard. Stop it, then restore.`)
    const schema = `replaced_${stampOf(now).replace(/\W/g, '_').toLowerCase()}`
    await client.query('BEGIN')
    await client.query(`CREATE SCHEMA ${schema}`)
    for (const name of names) await client.query(`ALTER TABLE "${name}" SET SCHEMA ${schema}`)
    await client.query('COMMIT')
    return people > 0 ? `the schema ${schema}` : null
  } catch (error) {
    throw explained(error, url)
  } finally {
    await client.end().catch(() => {})
  }
}
