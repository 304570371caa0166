import { Worker } from 'node:worker_threads'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Database, NewUpdate } from './database.ts'
import { migrationsFolder } from './migrate.ts'
import { Direct } from './sqliteDirect.ts'
import type { Append, Appended, Reply, Request, Start } from './sqliteMessages.ts'
import type { Run } from './sqliteStatements.ts'
import { sqliteTables } from './tables.ts'
import { DatabaseUnusable } from './unusable.ts'

type Execute = (...statement: Parameters<Run>) => Promise<{ rows: unknown[] }>

/** A file of its own in the bundle, too: see vite.config.ts. */
const threadFile = () => new URL(import.meta.url.endsWith('.ts') ? './sqliteThread.ts' : './sqliteThread.js', import.meta.url)

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
async function openIndex(tables: string): Promise<Database> {
  const thread = new Thread({ kind: 'index', file: indexFile(tables), tables })
  await thread.started
  return gated(thread, null, null)
}

/** What is in it can be made again from the tables. */
export const indexFile = (tables: string): string => `${tables.replace(/\.sqlite$/, '')}-search.sqlite`

/**
 * The thread, seen from here: one promise for each request. Replies come in the order of the requests. What is asked in
 * one turn goes in one message: to wake a thread costs more than most statements.
 */
class Thread {
  readonly started: Promise<unknown>
  private readonly worker: Worker
  private readonly waiting: PromiseWithResolvers<unknown>[] = []
  private asked: Request[] = []
  private ended: Error | null = null

  constructor(start: Start) {
    this.worker = new Worker(threadFile(), { workerData: start })
    this.started = this.reply()
    this.worker.on('message', (replies: Reply[]) => {
      const answered = this.waiting.splice(0, replies.length)
      for (const [n, reply] of replies.entries()) {
        if ('error' in reply) answered[n]?.reject(asError(reply.error))
        else answered[n]?.resolve(reply.value)
      }
    })
    this.worker.once('error', error => this.end(error))
    this.worker.once('exit', () => this.end(new Error('The database is closed')))
  }

  /** Everything that was asked has been answered. */
  get idle(): boolean {
    return this.waiting.length === 0 && this.ended === null
  }

  ask(request: Request): Promise<unknown> {
    if (this.ended !== null) return Promise.reject(this.ended)
    if (this.asked.push(request) === 1) queueMicrotask(() => this.send())
    return this.reply()
  }

  private send() {
    const requests = this.asked
    this.asked = []
    this.worker.postMessage(
      requests,
      requests.flatMap(request => (request.kind === 'append' ? [request.bytes.buffer] : [])),
    )
  }

  private reply(): Promise<unknown> {
    const asked = Promise.withResolvers<unknown>()
    this.waiting.push(asked)
    return asked.promise
  }

  private end(error: Error) {
    this.ended ??= error
    for (const asked of this.waiting.splice(0)) asked.reject(this.ended)
  }

  /** Resolves when the file is closed and the thread is gone. */
  async close() {
    const gone = new Promise(resolve => this.worker.once('exit', resolve))
    await this.ask({ kind: 'close' })
    await gone
  }
}

const asError = ({ message, code, unusable }: { message: string; code?: string | undefined; unusable?: boolean }): Error =>
  unusable ? new DatabaseUnusable(message) : Object.assign(new Error(message), code === undefined ? {} : { code })

const executeIn =
  (thread: Thread): Execute =>
  async (sql, params, method) => ({ rows: (await thread.ask({ kind: 'statement', sql, params, method })) as unknown[] })

function gated(thread: Thread, direct: Direct | null, beside: (() => Promise<Database>) | null): Database {
  const execute = executeIn(thread)
  /** Settles when the transaction under way ends; null while there is none. */
  let underWay: Promise<void> | null = null
  /** Opened when it is first asked for: commands that never search have no thread for it. */
  let index: Promise<Database> | null = null
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
    transaction,
    append: async entries => {
      while (underWay !== null) await underWay
      const append = packed(entries)
      // In the order of what was asked: what the thread has not answered yet comes before.
      const stored = thread.idle ? direct?.append(append) : null
      const { ids, seqs } = stored ?? ((await thread.ask({ kind: 'append', ...append })) as Appended)
      return { ids: new Map(append.rooms.map(({ name }, n) => [name, ids[n] ?? 0])), seqs }
    },
    index: () => {
      index ??= beside === null ? Promise.resolve(db) : beside()
      return index
    },
    close: async () => {
      // It looks at the tables, so it goes first.
      if (beside !== null) await (await index)?.close()
      while (underWay !== null) await underWay
      direct?.close()
      await thread.close()
    },
  }
  return db
}

/** One message and one piece of memory for a whole commit: each more would cost more than its row. */
function packed(entries: readonly NewUpdate[]): Append {
  const rooms = new Map<NewUpdate['room'], number>()
  const bytes = new Uint8Array(entries.reduce((sum, { data }) => sum + data.length, 0))
  let end = 0
  const updates = entries.map(({ room, data, actor, at, newClients }) => {
    bytes.set(data, end)
    end += data.length
    const index = rooms.get(room) ?? rooms.size
    rooms.set(room, index)
    return { room: index, length: data.length, actor, at, newClients }
  })
  return { rooms: [...rooms.keys()], updates, bytes }
}

/** Runs `work` between BEGIN and COMMIT. The caller holds the gate. */
async function within<T>(thread: Thread, durable: boolean, work: (tx: Database) => Promise<T>): Promise<T> {
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
