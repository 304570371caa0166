import { DrizzleQueryError } from 'drizzle-orm'
import type { SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type { Tables } from './tables.ts'

/**
 * What the functions in this folder ask of an engine. They use only what the builders of both engines share: await the
 * query, `.returning()`, `.onConflictDoUpdate()`; never `.get()`, `.all()` or `.run()`.
 */
export interface Database {
  sql: SqliteRemoteDatabase
  t: Tables
  /**
   * Runs `work` so that all of its statements take effect or none, and as if no other transaction ran meanwhile: what it
   * has read still holds when it writes. An error thrown by `work` undoes it and is thrown on.
   *
   * Statements of the transaction go through the `tx` it is given. One through the outer database waits until the
   * transaction has ended, so awaiting that within `work` would wait for ever; and since everybody waits, `work` awaits
   * nothing but its own statements. A `tx.transaction` within joins the outer one: if it fails, so does the outer one.
   */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The data directory or database cannot be used as it is. The message is for whoever runs the server. */
export class DatabaseUnusable extends Error {}

/** An error as it may be logged: drizzle's carry the values of the failed query in their message, and these can be secrets. */
export const withoutParameters = (error: unknown): unknown =>
  error instanceof DrizzleQueryError ? new Error(`A query failed: ${error.query}`, { cause: error.cause }) : error
