import Client from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { type Database, DatabaseUnusable } from './database.ts'
import { migrateSqlite, migrationsFolder } from './migrate.ts'
import { sqliteTables } from './tables.ts'

type Execute = (sql: string, params: unknown[], method: 'run' | 'all' | 'values' | 'get') => Promise<{ rows: unknown[] }>

/** Prepared statements kept. The product has some 100; inserts of many rows have one text per number of rows. */
const cachedStatements = 500
/** ms that a statement waits for another process (a backup, a shell) to let go of the file. */
const busyTimeout = 5_000
/** "PBrd" in the header of the file, for whoever wonders what it is. */
const applicationId = 0x50427264

/**
 * Opens a database file, or `:memory:`, and brings its tables up to date. Rejects with `DatabaseUnusable` when the file
 * cannot be opened, is not a database, or was written by a newer version.
 *
 * better-sqlite3 is synchronous and has one connection: a transaction that awaits would take in whatever anybody else
 * runs meanwhile. Hence the gate: while a transaction is under way, every other statement waits.
 */
export async function openSqlite(file: string, migrations: URL = migrationsFolder('sqlite')): Promise<Database> {
  const client = connect(file)
  try {
    migrateSqlite(client, { file, migrations })
    claim(client, file)
  } catch (error) {
    client.close()
    throw error
  }
  return gated(client)
}

function connect(file: string): Client.Database {
  try {
    const client = new Client(file, { timeout: busyTimeout })
    client.pragma('journal_mode = WAL')
    // A commit is on the disk when it returns: what anybody has been told survives a power cut.
    client.pragma('synchronous = FULL')
    client.pragma('foreign_keys = ON')
    return client
  } catch (error) {
    throw unusable(file, 'opened', error)
  }
}

/** Writes our mark, since SQLite would open a file that it may only read and fail at the first change. */
function claim(client: Client.Database, file: string): void {
  try {
    client.pragma(`application_id = ${applicationId}`)
  } catch (error) {
    throw unusable(file, 'written', error)
  }
}

const unusable = (file: string, what: 'opened' | 'written', cause: unknown) =>
  new DatabaseUnusable(`The database ${file} cannot be ${what}: ${cause instanceof Error ? cause.message : cause}`, { cause })

function gated(client: Client.Database): Database {
  const execute = executor(client)
  /** Settles when the transaction under way ends; null while there is none. */
  let underWay: Promise<void> | null = null
  // Each waits in a loop of its own: whoever has waited longest wakes first and may begin the next transaction, and nothing
  // may come between seeing the gate open and going through.
  const transaction = async <T>(work: (tx: Database) => Promise<T>): Promise<T> => {
    while (underWay !== null) await underWay
    const ended = Promise.withResolvers<void>()
    underWay = ended.promise
    try {
      return await within(client, execute, work)
    } finally {
      underWay = null
      ended.resolve()
    }
  }
  const run: Execute = async (...statement) => {
    while (underWay !== null) await underWay
    return execute(...statement)
  }
  return {
    sql: drizzle(run),
    t: sqliteTables,
    transaction,
    close: async () => {
      while (underWay !== null) await underWay
      client.close()
    },
  }
}

/** Runs `work` between BEGIN and COMMIT. The caller holds the gate. */
async function within<T>(client: Client.Database, execute: Execute, work: (tx: Database) => Promise<T>): Promise<T> {
  const state = { failed: false, over: false }
  const run: Execute = async (...statement) => {
    if (state.over) throw new Error('A statement came after the end of its transaction: an await is missing')
    return execute(...statement)
  }
  const tx: Database = {
    sql: drizzle(run),
    t: sqliteTables,
    transaction: async inner => {
      try {
        return await inner(tx)
      } catch (error) {
        // Without a savepoint its statements cannot be undone alone, so whoever catches the error must not commit them.
        state.failed = true
        throw error
      }
    },
    close: () => Promise.reject(new Error('A transaction cannot close the database')),
  }
  client.exec('BEGIN IMMEDIATE')
  try {
    const result = await work(tx)
    if (state.failed) throw new Error('A part of the transaction failed, so it cannot be committed')
    state.over = true
    client.exec('COMMIT')
    return result
  } catch (error) {
    state.over = true
    // SQLite has rolled back by itself after some errors (disk full, I/O).
    if (client.inTransaction) client.exec('ROLLBACK')
    throw error
  }
}

/** Runs statements in drizzle's terms, preparing each text once. */
function executor(client: Client.Database): Execute {
  const statements = new Map<string, Client.Statement>()
  const prepared = (sql: string) => {
    const known = statements.get(sql)
    if (known !== undefined) {
      // To the young end of the map, so that the first key is the one unused for longest.
      statements.delete(sql)
      statements.set(sql, known)
      return known
    }
    const statement = client.prepare(sql)
    if (statement.reader) statement.raw()
    statements.set(sql, statement)
    const oldest = statements.keys().next()
    if (statements.size > cachedStatements && !oldest.done) statements.delete(oldest.value)
    return statement
  }
  return async (sql, params, method) => {
    const statement = prepared(sql)
    if (!statement.reader) {
      statement.run(...params)
      return { rows: [] }
    }
    if (method !== 'get') return { rows: statement.all(...params) }
    // For `get`, drizzle takes the row itself for `rows`.
    const row = statement.get(...params)
    return { rows: Array.isArray(row) ? row : [] }
  }
}
