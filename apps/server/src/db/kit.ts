import * as p from 'drizzle-orm/pg-core'
import * as s from 'drizzle-orm/sqlite-core'

/**
 * The column kinds that both engines have, under one name each, so that every table is defined once. The PostgreSQL
 * kit is typed as the SQLite one: the two builders give the same rows for what is used here.
 */
export const sqliteKit = {
  table: s.sqliteTable,
  text: (name: string) => s.text(name),
  int: (name: string) => s.integer(name),
  /** ms since 1970. */
  time: (name: string) => s.integer(name),
  flag: (name: string) => s.integer(name, { mode: 'boolean' }),
  bytes: (name: string) => s.blob(name, { mode: 'buffer' }),
  json: <T>(name: string) => s.text(name, { mode: 'json' }).$type<T>(),
  /** A key that only grows, never given twice. */
  serial: (name: string) => s.integer(name).primaryKey({ autoIncrement: true }),
  primaryKey: s.primaryKey,
  index: s.index,
  uniqueIndex: s.uniqueIndex,
}
export type Kit = typeof sqliteKit

const bytea = p.customType<{ data: Buffer }>({ dataType: () => 'bytea' })

export const pgKit = {
  table: p.pgTable,
  text: (name: string) => p.text(name),
  int: (name: string) => p.integer(name),
  time: (name: string) => p.bigint(name, { mode: 'number' }),
  flag: (name: string) => p.boolean(name),
  bytes: (name: string) => bytea(name),
  json: (name: string) => p.jsonb(name),
  serial: (name: string) => p.bigserial(name, { mode: 'number' }).primaryKey(),
  primaryKey: p.primaryKey,
  index: p.index,
  uniqueIndex: p.uniqueIndex,
  // The builders share no supertype; what they have in common is what the contract suite runs on both.
} as unknown as Kit
