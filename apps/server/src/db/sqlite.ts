import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Database, NewUpdate } from './database.ts'
import { migrationsFolder } from './migrate.ts'
import { type Asked, RestingThread, Thread } from './sqliteAsked.ts'
import { Direct } from './sqliteDirect.ts'
import type { Append, Appended } from './sqliteMessages.ts'
import type { Run } from './sqliteStatements.ts'
import { sqliteTables } from './tables.ts'

type Execute = (...statement: Parameters<Run>) => Promise<{ rows: unknown[] }>

/**
 * Opens a database file, or `:memory:`, and brings its tables up to date. Rejects with `DatabaseUnusable` when the file
 * cannot be opened, is not a database, or was written by a newer version.
 *
 * The connection lives in a thread, so that the server goes on while a commit waits for the disk. There is one
 * connection: a transaction would take in whatever anybody else runs meanwhile. Hence the gate: while a transaction is
 * under way, every other statement waits.
 */
export async function openSqlite(file: string, migrations: URL = migrationsFolder('sqlite')): Promise<Database> {
  const thread = new Thread({ kind: 'tables', file, migrations: migrations.href })
  await thread.started
  if (file === ':memory:') return gated(thread, null, null)
  return gated(thread, new Direct(file, () => void thread.ask({ kind: 'checkpoint' }).catch(() => {})), () => openIndex(file))
}

/** The index of the texts in a database file has a file beside it, and a thread. */
const openIndex = (tables: string): Database => gated(new RestingThread({ kind: 'index', file: indexFile(tables), tables }), null, null)

/** What is in it can be made again from the tables. */
export const indexFile = (tables: string): string => `${tables.replace(/\.sqlite$/, '')}-search.sqlite`

const executeIn =
  (thread: Asked): Execute =>
  async (sql, params, method) => ({ rows: (await thread.ask({ kind: 'statement', sql, params, method })) as unknown[] })

function gated(thread: Asked, direct: Direct | null, beside: (() => Database) | null): Database {
  const execute = executeIn(thread)
  /** Settles when the transaction under way ends; null while there is none. */
  let underWay: Promise<void> | null = null
  /** Opened when it is first asked for: commands that never search have no thread for it. */
  let index: Database | null = null
  // Each waits in a loop of its own: whoever has waited longest wakes first and may begin the next transaction, and nothing
  // may come between seeing the gate open and going through.
  const transaction: Database['transaction'] = async (work, { durable = true } = {}) => {
    while (underWay !== null) await underWay
    const ended = Promise.withResolvers<void>()
    underWay = ended.promise
    try {
      return await within(thread, durable, work)
    } finally {
      underWay = null
      ended.resolve()
    }
  }
  const run: Execute = async (...statement) => {
    while (underWay !== null) await underWay
    return execute(...statement)
  }
  const quick: Execute = async (...statement) => {
    const rows = direct?.read(...statement) ?? null
    return rows === null ? run(...statement) : { rows }
  }
  const db: Database = {
    sql: drizzle(run),
    quick: drizzle(quick),
    t: sqliteTables,
    shared: false,
    committed: () => direct?.committed() ?? null,
    transaction,
    append: async entries => {
      while (underWay !== null) await underWay
      const append = packed(entries)
      // In the order of what was asked: what the thread has not answered yet comes before.
      const stored = thread.idle ? direct?.append(append) : null
      const { ids, seqs } = stored ?? ((await thread.ask({ kind: 'append', ...append })) as Appended)
      return { ids: new Map(append.rooms.map(({ name }, n) => [name, ids[n] ?? 0])), seqs: [...seqs] }
    },
    index: async () => {
      index ??= beside === null ? db : beside()
      return index
    },
    close: async () => {
      // It looks at the tables, so it goes first.
      if (beside !== null) await index?.close()
      while (underWay !== null) await underWay
      direct?.close()
      await thread.close()
    },
  }
  return db
}

/** One message and few pieces of memory for a whole commit: each more would cost more than its row. */
function packed(entries: readonly NewUpdate[]): Append {
  const count = entries.length
  const [rooms, actors] = [new Map<NewUpdate['room'], number>(), new Map<string, number>()]
  const bytes = new Uint8Array(entries.reduce((sum, { data }) => sum + data.length, 0))
  const [whose, times] = [new Uint32Array(3 * count), new Float64Array(count)]
  const newClients: Append['newClients'] = []
  let end = 0
  for (const [n, { room, data, actor, at, newClients: added }] of entries.entries()) {
    bytes.set(data, end)
    end += data.length
    whose[3 * n] = numbered(rooms, room)
    whose[3 * n + 1] = numbered(actors, actor)
    whose[3 * n + 2] = data.length
    times[n] = at
    for (const client of added) newClients.push([n, client])
  }
  return { rooms: [...rooms.keys()], actors: [...actors.keys()], count, whose, at: times, newClients, bytes }
}

/** The number of one among those that came before; it is added where it is new. */
function numbered<T>(known: Map<T, number>, one: T): number {
  const number = known.get(one) ?? known.size
  if (number === known.size) known.set(one, number)
  return number
}

/** Runs `work` between BEGIN and COMMIT. The caller holds the gate. */
async function within<T>(thread: Asked, durable: boolean, work: (tx: Database) => Promise<T>): Promise<T> {
  const state = { failed: false, over: false }
  const execute = executeIn(thread)
  const run: Execute = async (...statement) => {
    if (state.over) throw new Error('A statement came after the end of its transaction: an await is missing')
    return execute(...statement)
  }
  const builder = drizzle(run)
  const tx: Database = {
    sql: builder,
    quick: builder,
    t: sqliteTables,
    shared: false,
    committed: () => null,
    transaction: async inner => {
      try {
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
  await thread.ask({ kind: 'begin', durable })
  try {
    const result = await work(tx)
    if (state.failed) throw new Error('A part of the transaction failed, so it cannot be committed')
    state.over = true
    await thread.ask({ kind: 'commit' })
    return result
  } catch (error) {
    state.over = true
    await thread.ask({ kind: 'rollback' })
    throw error
  }
}
