import { DrizzleQueryError, is } from 'drizzle-orm'
import { PgSelectBase } from 'drizzle-orm/pg-core'
import type { SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type { Tables } from './tables.ts'

/**
 * What the functions in this folder ask of an engine. They use only what the builders of both engines share: await the
 * query, `.returning()`, `.onConflictDoUpdate()`; never `.get()`, `.all()` or `.run()`.
 */
export interface Database {
  sql: SqliteRemoteDatabase
  /**
   * As `sql`, for short reads by key alone: an engine that has them at hand answers at once. They see all that is committed,
   * and wait for no transaction; within one they belong to it as any other.
   */
  quick: SqliteRemoteDatabase
  t: Tables
  /** Whether other servers may write to the same store: see `appendShared`. */
  readonly shared: boolean
  /** A number that is another once anything was committed, by whomever, but appends to the log; null where that cannot be told at once. */
  committed(): number | null
  /**
   * Runs `work` so that all of its statements take effect or none, and as if no other transaction ran meanwhile: what it
   * has read still holds when it writes. An error thrown by `work` undoes it and is thrown on.
   *
   * Statements of the transaction go through the `tx` it is given. One through the outer database waits until the
   * transaction has ended, so awaiting that within `work` would wait for ever; and since everybody waits, `work` awaits
   * nothing but its own statements. A `tx.transaction` within joins the outer one: if it fails, so does the outer one.
   *
   * An engine that runs transactions side by side runs `work` again when another one came in its way, so it has no effect
   * but its statements. A statement that fails fails the transaction, even if the error is caught.
   *
   * With the isolation `locks`, it is only as if alone towards whoever locks the same rows first, with `locking`: work that
   * begins by locking what it depends on is never in anybody's way. Transactions of one isolation join only their own kind.
   *
   * What is not `durable` (it is, unless told otherwise) may be undone by a power cut; it does not wait for the disk.
   */
  transaction<T>(work: (tx: Database) => Promise<T>, options?: { isolation?: 'alone' | 'locks'; durable?: boolean }): Promise<T>
  /** Appends updates of any rooms to the log, in one commit: all of them are durable once this resolves. The fast way of the engine. */
  append(entries: readonly NewUpdate[]): Promise<Appended>
  /**
   * Where the index of texts is: see searchIndex.ts. What is asked there sees the tables as well, and keeps nobody waiting who
   * asks the database itself; what is written there is in the index alone, which is not in the same transaction as anything else.
   */
  index(): Promise<Database>
  close(): Promise<void>
}

/** A live document's row, before and after it has one. */
export interface RoomRow {
  /** Null until something was written. */
  id: number | null
  name: string
  group: string
  version: number
}

/** One accepted update. `newClients` are client ids that now belong to `actor`. */
export interface NewUpdate {
  room: RoomRow
  data: Uint8Array
  actor: string
  at: number
  newClients: number[]
}

/** Each update's place in the log, in order, and the ids of their rooms by name. */
export interface Appended {
  seqs: number[]
  ids: Map<string, number>
}

/**
 * A select whose rows are locked until the transaction ends: others who lock or change them wait. Rows that refer to them
 * can be inserted meanwhile. SQLite has one transaction at a time, so there it is the select itself.
 */
export function locking<Select>(select: Select): Select {
  if (is(select, PgSelectBase)) select.for('no key update')
  return select
}

/**
 * Statements whose text is built once for each database, by `.prepare()` with placeholders: building it takes longer than the
 * statement itself. For those that every socket asks for.
 */
export function once<T>(build: (db: Database) => T): (db: Database) => T {
  const built = new WeakMap<Database, T>()
  return db => {
    const known = built.get(db)
    if (known !== undefined) return known
    const made = build(db)
    built.set(db, made)
    return made
  }
}

/** Answers kept of each such question. */
const answersKept = 2_000

/**
 * A question by keys that remembers what it found for as long as nothing is committed: whoever opens a page asks the same by several
 * sockets and requests within a second. An answer is shared by all who ask, so nobody changes it. What was not found is looked for again.
 */
export function remembering<Keys extends string[], Found>(find: (db: Database, ...keys: Keys) => Promise<Found | null>): typeof find {
  const known = new WeakMap<Database, { at: number; found: Map<string, Found> }>()
  return async (db, ...keys) => {
    // Before it is looked for: what is committed meanwhile may be in the answer, and must not be taken for older than it is.
    const at = db.committed()
    if (at === null) return find(db, ...keys)
    const key = JSON.stringify(keys)
    const answers = known.get(db)
    if (answers?.at === at) {
      const answer = answers.found.get(key)
      if (answer !== undefined) return answer
    }
    const found = await find(db, ...keys)
    if (found !== null) keep(db, { at, key, found })
    return found
  }

  function keep(db: Database, { at, key, found }: { at: number; key: string; found: Found }) {
    const answers = known.get(db)
    if (answers?.at === at && answers.found.size < answersKept) answers.found.set(key, found)
    else known.set(db, { at, found: new Map([[key, found]]) })
  }
}

/** An error as it may be logged: drizzle's carry the values of the failed query in their message, and these can be secrets. */
export const withoutParameters = (error: unknown): unknown =>
  error instanceof DrizzleQueryError ? new Error(`A query failed: ${error.query}`, { cause: error.cause }) : error
