/**
 * The thread that owns the SQLite connection. A commit waits for the disk, and a query may be long: here they keep
 * nobody waiting who asks for something else. Started by sqlite.ts, which sees to transactions.
 */
import { rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import Client from 'better-sqlite3'
import { migrateSqlite } from './migrate.ts'
import { appender, connect } from './sqliteAppend.ts'
import type { Reply, Request, Start } from './sqliteMessages.ts'
import { statementsOn } from './sqliteStatements.ts'
import { DatabaseUnusable } from './unusable.ts'

/** ms that a statement waits for another process (a backup, a shell) to let go of the file. */
const busyTimeout = 5_000
/** "PBrd" in the header of the file, for whoever wonders what it is. */
const applicationId = 0x50427264

function open(start: Start): Client.Database {
  if (start.kind === 'index') return openIndex(start)
  const { file, migrations } = start
  const client = openedFile(file)
  try {
    migrateSqlite(client, { file, migrations: new URL(migrations) })
    claim(client, file)
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

/** One that cannot be read is made anew. The tables have names of their own, so that statements name them as ever. */
function openIndex({ file, tables }: { file: string; tables: string }): Client.Database {
  try {
    return attached(file, tables)
  } catch {
    for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true })
    return attached(file, tables)
  }
}

function attached(file: string, tables: string): Client.Database {
  const client = new Client(file, { timeout: busyTimeout })
  try {
    client.pragma('journal_mode = WAL')
    client.exec('SELECT count(*) FROM sqlite_master')
    client.prepare('ATTACH ? AS tables').run(tables)
    return client
  } catch (error) {
    client.close()
    throw error
  }
}

function openedFile(file: string): Client.Database {
  try {
    return connect(file, busyTimeout)
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

function serve(client: Client.Database, { kind }: Start, port: NonNullable<typeof parentPort>): void {
  const execute = statementsOn(client)
  const append = kind === 'tables' ? appender(client) : null
  const whenOpen = { tables: 'FULL', index: 'NORMAL' }[kind]
  const answer = (request: Request): unknown => {
    switch (request.kind) {
      case 'statement':
        return execute(request.sql, request.params, request.method)
      case 'begin':
        // A projection can be made again from the log, so it need not wait for the disk.
        client.pragma(`synchronous = ${request.durable ? whenOpen : 'NORMAL'}`)
        try {
          // That would lock the tables, too, which the index never writes.
          client.exec(kind === 'tables' ? 'BEGIN IMMEDIATE' : 'BEGIN')
        } catch (error) {
          // Nothing ends a transaction that has not begun, and what comes next must wait for the disk.
          client.pragma(`synchronous = ${whenOpen}`)
          throw error
        }
        return null
      case 'commit':
        client.exec('COMMIT')
        client.pragma(`synchronous = ${whenOpen}`)
        return null
      case 'rollback':
        // SQLite has rolled back by itself after some errors (disk full, I/O).
        if (client.inTransaction) client.exec('ROLLBACK')
        client.pragma(`synchronous = ${whenOpen}`)
        return null
      case 'append':
        if (append === null) throw new Error('The log is appended to by the tables alone')
        return append(request)
      case 'checkpoint':
        client.pragma('wal_checkpoint(PASSIVE)')
        return null
      case 'close':
        client.close()
        return null
    }
  }
  port.on('message', (requests: Request[]) => {
    port.postMessage(requests.map(request => replyTo(request, answer)))
    if (requests.at(-1)?.kind === 'close') port.close()
  })
}

const replyTo = (request: Request, answer: (request: Request) => unknown): Reply => {
  try {
    return { value: answer(request) }
  } catch (error) {
    return { error: error instanceof Error ? { message: error.message, code: 'code' in error ? String(error.code) : undefined } : { message: String(error) } }
  }
}

function start(port: NonNullable<typeof parentPort>): void {
  try {
    const client = open(workerData)
    serve(client, workerData, port)
    port.postMessage([{ value: null }] satisfies Reply[])
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    port.postMessage([{ error: { message, unusable: error instanceof DatabaseUnusable } }] satisfies Reply[])
    port.close()
  }
}

if (parentPort !== null) start(parentPort)
