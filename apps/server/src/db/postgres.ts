import type { SQLWrapper } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/pg-proxy'
import { Client, type ClientConfig, Pool, type PoolClient, types } from 'pg'
import type { Database } from './database.ts'
import { migrationsFolder } from './migrate.ts'
import { migratePostgres } from './migratePostgres.ts'
import { endsConnection, explained, maySucceedAgain, placeOf } from './postgresErrors.ts'
import { appendLocked } from './rooms.ts'
import { pgTables } from './tables.ts'
import { DatabaseUnusable } from './unusable.ts'

/** Connections that one server opens at most. */
const poolSize = 12
/** ms. The server ends what takes longer, and should it be silent, we end the connection a little later. */
const defaultTimeouts = { connect: 10_000, statement: 30_000, silence: 5_000 }
/** Times that a transaction is begun before its failure to be alone is told. */
const attempts = 30
/** Attempts that are made beside those of other transactions; later ones take turns. */
const sideBySide = 2
/** Statements that connections keep ready, and the parameters such a statement has at most: inserts of many rows have one text per number of rows. */
const prepared = { statements: 500, parameters: 100 }

/** A table that is there while a move into the database has not ended: see move.ts. */
export const unfinishedMove = 'unfinished_move'

interface Timeouts {
  connect: number
  statement: number
  silence: number
}

interface Options {
  migrations: URL
  timeouts: Timeouts
  /** How the server calls our connections. */
  name: string
  /** Whether this is the move, which may go on where it was interrupted. */
  moving: boolean
}
const defaults = { name: 'paperboard', moving: false }

/** Rows are arrays, as drizzle's proxy drivers want them. */
type Execute = (sql: string, params: unknown[]) => Promise<{ rows: unknown[][] }>
type Isolation = 'alone' | 'locks'
interface Terms {
  isolation: Isolation
  durable: boolean
}

/**
 * Opens a PostgreSQL database, and brings its tables up to date. Rejects with `DatabaseUnusable`, which says what can be
 * done and never the password, when it cannot be reached, refuses, is too old, belongs to another program or was written by
 * a newer version of this one.
 *
 * A lost connection fails what is under way on it, and later statements open another. Nothing waits for ever: not for a
 * connection, a lock, or an answer.
 */
export async function openPostgres(url: string, options: Partial<Omit<Options, 'timeouts'> & { timeouts: Partial<Timeouts> }> = {}): Promise<Database> {
  const given: Options = { ...defaults, migrations: migrationsFolder('pg'), ...options, timeouts: { ...defaultTimeouts, ...options.timeouts } }
  const { timeouts } = given
  const lazyCommits = await prepare(url, given)
  const pool = new Pool({
    ...settings(url, given),
    max: poolSize,
    // One stays, so that the move sees that a server is there, and a lone vote after a pause need not wait for a connection.
    min: 1,
    statement_timeout: timeouts.statement,
    lock_timeout: timeouts.statement,
    idle_in_transaction_session_timeout: timeouts.statement,
    query_timeout: timeouts.statement + timeouts.silence,
    pipeline: true,
    // A commit is on the disk when it returns, whatever the database is set to.
    ...(lazyCommits ? { options: '-c synchronous_commit=on' } : {}),
  })
  // A connection that is lost while nobody uses it: the pool forgets it by itself.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  try {
    await pool.query('SELECT 1')
    return pooled(pool)
  } catch (error) {
    await pool.end()
    throw explained(error, url)
  }
}

const settings = (url: string, { timeouts, name }: Pick<Options, 'timeouts' | 'name'>): ClientConfig => ({
  connectionString: url,
  application_name: name,
  connectionTimeoutMillis: timeouts.connect,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  types: { getTypeParser: (oid, format) => parsers[oid] ?? types.getTypeParser(oid, format) },
})

const asIs = (text: string) => text
/** int8 fits a number, since nothing here exceeds 53 bits; JSON is parsed by the column. */
const parsers: Record<number, (text: string) => unknown> = {
  [types.builtins.INT8]: Number,
  [types.builtins.JSON]: asIs,
  [types.builtins.JSONB]: asIs,
}

/** Migrates, and tells whether the database is set to answer before a commit is on the disk. */
async function prepare(url: string, options: Options): Promise<boolean> {
  const { migrations, moving } = options
  const client = clientFor(url, options)
  client.on('error', () => {})
  try {
    await client.connect()
    await migratePostgres(client, { place: placeOf(url), migrations })
    const { rows } = await client.query<{ commit: string; unfinished: boolean }>(
      `SELECT current_setting('synchronous_commit') AS commit, to_regclass('${unfinishedMove}') IS NOT NULL AS unfinished`,
    )
    if (rows[0]?.unfinished && !moving)
      throw new DatabaseUnusable(`${placeOf(url)} holds a part of an installation: its move was interrupted. Run npm run db:move again.`)
    return rows[0]?.commit === 'off'
  } catch (error) {
    throw explained(error, url)
  } finally {
    await client.end().catch(() => {})
  }
}

/** It reads the files with certificates that are named in the URL. */
function clientFor(url: string, options: Options): Client {
  try {
    return new Client(settings(url, options))
  } catch (error) {
    throw explained(error, url)
  }
}

function pooled(pool: Pool): Database {
  const execute = executor()
  const line = new Line()
  const sql = builder((text, params) => connected(pool, client => execute(client)(text, params)))
  const db: Database = {
    sql,
    quick: sql,
    t: pgTables,
    shared: true,
    committed: () => null,
    transaction: (work, { isolation = 'alone', durable = true } = {}) =>
      repeated(line, () => connected(pool, client => within(client, execute(client), { isolation, durable }, work))),
    append: entries => db.transaction(tx => appendLocked(tx, entries), { isolation: 'locks' }),
    index: async () => db,
    close: () => pool.end(),
  }
  return db
}

/** Typed as SQLite's: what the functions of db/ use of the two is the same, and so are the rows. */
function builder(execute: Execute): Database['sql'] {
  const postgres = drizzle(execute)
  const raw = (query: SQLWrapper | string) => postgres.execute(query)
  return Object.assign(postgres, { run: raw, values: raw }) as unknown as Database['sql']
}

/** Lends a connection. One that cannot be used any more is not taken back. */
async function connected<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    return await work(client)
  } finally {
    client.release(spent.has(client) || client.getTransactionStatus() !== 'I')
  }
}

/** Connections that are of no more use. */
const spent = new WeakSet<PoolClient>()

/** The answer to a statement, which may show that its connection is of no more use. */
async function answer<T>(client: PoolClient, asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (endsConnection(error)) spent.add(client)
    throw error
  }
}

/** Runs statements on a connection, each text prepared once. */
function executor(): (client: PoolClient) => Execute {
  const names = new Map<string, string>()
  const nameOf = (sql: string, params: unknown[]) => {
    if (params.length > prepared.parameters) return
    if (!names.has(sql) && names.size < prepared.statements) names.set(sql, `paperboard_${names.size}`)
    return names.get(sql)
  }
  return client => (text, values) => answer(client, client.query<unknown[]>({ text, values, rowMode: 'array', name: nameOf(text, values) }))
}

/** Runs a transaction again that others came in the way of. After a few attempts they take turns, so that each gets through. */
async function repeated<T>(line: Line, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return attempt <= sideBySide ? await run() : await line.turn(run)
    } catch (error) {
      if (attempt >= attempts || !maySucceedAgain(error, attempt)) throw error
    }
    // Of two that collide again and again, here and in another server, one must be given time to end.
    await new Promise(resolve => setTimeout(resolve, Math.random() * Math.min(2 ** attempt, 100)))
  }
}

class Line {
  private last: Promise<unknown> = Promise.resolve()

  turn<T>(run: () => Promise<T>): Promise<T> {
    const mine = this.last.then(run)
    this.last = mine.catch(() => {})
    return mine
  }
}

const beginnings: Record<Isolation, string> = {
  alone: 'BEGIN ISOLATION LEVEL SERIALIZABLE',
  locks: 'BEGIN ISOLATION LEVEL READ COMMITTED',
}

/** Runs `work` between BEGIN and COMMIT. */
async function within<T>(client: PoolClient, execute: Execute, { isolation, durable }: Terms, work: (tx: Database) => Promise<T>): Promise<T> {
  const state = { failed: false, over: false }
  const tx = joined(execute, isolation, state)
  // Sent ahead of the first statement without waiting for its answer.
  const begun = answer(client, client.query(durable ? beginnings[isolation] : `${beginnings[isolation]}; SET LOCAL synchronous_commit = off`))
  begun.catch(() => {})
  try {
    const result = await work(tx)
    if (state.failed) throw new Error('A part of the transaction failed, so it cannot be committed')
    state.over = true
    await begun
    const { command } = await answer(client, client.query('COMMIT'))
    // PostgreSQL answers so where a statement failed and the error was caught.
    if (command === 'ROLLBACK') throw new Error('A statement of the transaction failed, so it cannot be committed')
    return result
  } catch (error) {
    state.over = true
    // Work may fail before it has begun; a connection that is lent with that on its way would be within a transaction.
    await begun.catch(() => {})
    // Where this fails, the connection has, and PostgreSQL rolls back by itself.
    if (client.getTransactionStatus() !== 'I') await answer(client, client.query('ROLLBACK')).catch(() => {})
    throw error
  }
}

/** The database as a transaction's work sees it. */
function joined(execute: Execute, isolation: Isolation, state: { failed: boolean; over: boolean }): Database {
  const run: Execute = async (...statement) => {
    if (state.over) throw new Error('A statement came after the end of its transaction: an await is missing')
    return execute(...statement)
  }
  const sql = builder(run)
  const tx: Database = {
    sql,
    quick: sql,
    t: pgTables,
    shared: true,
    committed: () => null,
    transaction: async (inner, { isolation: wanted = 'alone' } = {}) => {
      try {
        if (wanted !== isolation) throw new Error(`A transaction of isolation '${wanted}' cannot be part of one of isolation '${isolation}'`)
        return await inner(tx)
      } catch (error) {
        // Without a savepoint its statements cannot be undone alone, so whoever catches the error must not commit them.
        state.failed = true
        throw error
      }
    },
    append: () => Promise.reject(new Error('The log is appended to in a commit of its own')),
    index: () => Promise.reject(new Error('The index is no part of a transaction')),
    close: () => Promise.reject(new Error('A transaction cannot close the database')),
  }
  return tx
}
