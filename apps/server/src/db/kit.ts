import * as p from 'drizzle-orm/pg-core'
import * as s from 'drizzle-orm/sqlite-core'

/** PostgreSQL takes no NUL in a text, and half a surrogate pair becomes the sign for what cannot be read, as SQLite makes of it. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/**
 * The column kinds that both engines have, under one name each, so that every table is defined once. The PostgreSQL
 * kit is typed as the SQLite one: the two builders give the same rows for what is used here.
 */
export const sqliteKit = {
  table: s.sqliteTable,
  text: (name: string) => s.text(name),
  /** Up to 31 bits. */
  int: (name: string) => s.integer(name),
  /** Up to 53 bits: keys that were given by `serial`, and places in the log. */
  big: (name: string) => s.integer(name),
  /** With fractions. */
  real: (name: string) => s.real(name),
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
/** Compared byte by byte, as SQLite does, whatever the language of the database; and no index breaks when the system's collations change. */
const text = p.customType<{ data: string; driverData: string }>({ dataType: () => 'text COLLATE "C"', toDriver: storable })
const json = p.customType<{ data: unknown; driverData: string }>({
  dataType: () => 'jsonb',
  toDriver: value => JSON.stringify(value, (_, part) => (typeof part === 'string' ? storable(part) : part)),
  fromDriver: value => JSON.parse(value),
})

export const pgKit = {
  table: p.pgTable,
  text: (name: string) => text(name),
  int: (name: string) => p.integer(name),
  big: (name: string) => p.bigint(name, { mode: 'number' }),
  real: (name: string) => p.doublePrecision(name),
  time: (name: string) => p.bigint(name, { mode: 'number' }),
  flag: (name: string) => p.boolean(name),
  bytes: (name: string) => bytea(name),
  json: (name: string) => json(name),
  serial: (name: string) => p.bigserial(name, { mode: 'number' }).primaryKey(),
  primaryKey: p.primaryKey,
  index: p.index,
  uniqueIndex: p.uniqueIndex,
  // The builders share no supertype; what they have in common is what the contract suite runs on both.
} as unknown as Kit
