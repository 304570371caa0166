/**
 * Backups. Whatever the engine, a backup is a SQLite file with all tables of one moment: it can be opened, checked and
 * restored into either engine, and needs no program of another version: see docs/decisions.
 */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { copyPostgres } from './backupPostgres.ts'
import { renameDurably } from './durable.ts'
import { DatabaseUnusable } from './unusable.ts'

interface Options {
  /** The PostgreSQL database; null for the SQLite file. */
  databaseUrl: string | null
  databaseFile: string
  /** The file that is to be made. There must be none of this name. */
  to: string
}

/** Makes a backup while servers run. It has its name once it is whole and on the disk. Gives its size in bytes. Rejects with `DatabaseUnusable`. */
export async function backUp({ databaseUrl, databaseFile, to }: Options): Promise<number> {
  const file = resolve(to)
  if (existsSync(file)) throw new DatabaseUnusable(`There is a file ${file} already. Name another one, or a folder.`)
  if (!existsSync(dirname(file))) throw new DatabaseUnusable(`There is no folder ${dirname(file)}.`)
  const partial = `${file}.partial-${process.pid}`
  try {
    // It holds everything that members wrote: for its owner's eyes alone, from the first byte on.
    writeFileSync(partial, '', { mode: 0o600, flag: 'wx' })
    if (databaseUrl === null) copySqlite(databaseFile, partial)
    else await copyPostgres(databaseUrl, partial)
    checkFile(partial)
    renameDurably(partial, file)
    return statSync(file).size
  } finally {
    for (const left of [partial, `${partial}-journal`, `${partial}-wal`, `${partial}-shm`]) rmSync(left, { force: true })
  }
}

/**
 * One read transaction of a connection of its own: writers go on beside it. SQLite's backup API would begin again with each
 * write of the server.
 */
function copySqlite(from: string, to: string): void {
  if (!existsSync(from)) throw new DatabaseUnusable(`There is no database ${from}. Name its folder by DATA_DIR.`)
  const client = new Sqlite(from, { timeout: 10_000 })
  try {
    client.prepare('VACUUM INTO ?').run(to)
  } finally {
    client.close()
  }
}

/** Throws when a file is no whole database of ours. */
export function checkFile(file: string): void {
  const client = openToRead(file)
  try {
    const tables = client.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
    if (!tables.includes('migrations') || !tables.includes('doc_updates')) throw new DatabaseUnusable(`${file} is not a backup of Paperboard.`)
    const [found] = client.prepare<[], string>('PRAGMA quick_check(1)').pluck().all()
    if (found !== 'ok') throw new DatabaseUnusable(`${file} is damaged: ${found}`)
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) throw new DatabaseUnusable(`${file} cannot be read: ${error.message}`, { cause: error })
    throw error
  } finally {
    client.close()
  }
}

function openToRead(file: string): Sqlite.Database {
  try {
    return new Sqlite(file, { readonly: true, fileMustExist: true })
  } catch (error) {
    throw new DatabaseUnusable(`${file} cannot be opened: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}
