import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type Client from 'better-sqlite3'
import { DatabaseUnusable } from './unusable.ts'

/** The folder stands beside this file, and in the bundle beside the program. */
export const migrationsFolder = (engine: 'sqlite' | 'pg'): URL => new URL(`./migrations/${engine}/`, import.meta.url)

/**
 * Applies what drizzle-kit has generated and the database has not had yet: all of it or nothing, one process at a time.
 * A file that holds data is copied beside itself first. Throws `DatabaseUnusable` when the database has had migrations that
 * this program does not know.
 */
export function migrateSqlite(client: Client.Database, { file, migrations }: { file: string; migrations: URL }): void {
  const tags = tagsIn(migrations)
  const first = pending(client, file, tags)[0]
  if (first === undefined) return
  if (first !== tags[0] && file !== ':memory:') backUp(client, `${file}.before-${first}`)
  // Steps that rebuild a table need foreign keys off, and the switch does nothing within a transaction.
  client.pragma('foreign_keys = OFF')
  // BEGIN IMMEDIATE is the lock: a second process waits here, then finds nothing left to do.
  client.transaction(() => apply(client, { file, migrations, tags })).immediate()
  client.pragma('foreign_keys = ON')
}

/** Names of the migrations in a folder, in their order: drizzle-kit numbers them. */
export const tagsIn = (migrations: URL): string[] =>
  readdirSync(migrations)
    .filter(name => name.endsWith('.sql'))
    .map(name => name.slice(0, -'.sql'.length))
    .sort()

function apply(client: Client.Database, { file, migrations, tags }: { file: string; migrations: URL; tags: string[] }): void {
  client.exec('CREATE TABLE IF NOT EXISTS migrations (tag text PRIMARY KEY NOT NULL, at integer NOT NULL)')
  for (const tag of pending(client, file, tags)) {
    client.exec(readFileSync(new URL(`${tag}.sql`, migrations), 'utf8'))
    client.prepare('INSERT INTO migrations (tag, at) VALUES (?, ?)').run(tag, Date.now())
  }
  const broken = client.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0) throw new Error(`The migration of ${file} would leave ${broken.length} rows that point to nothing`)
}

function pending(client: Client.Database, file: string, tags: string[]): string[] {
  const applied = new Set(appliedTo(client, file))
  const unknown = [...applied].filter(tag => !tags.includes(tag))
  if (unknown.length > 0) {
    throw new DatabaseUnusable(
      `The database ${file} was written by a newer version of Paperboard (it has ${unknown.join(', ')}). Start that version, or restore a backup.`,
    )
  }
  return tags.filter(tag => !applied.has(tag))
}

function appliedTo(client: Client.Database, file: string): string[] {
  const tables = client.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all()
  if (tables.includes('migrations')) return client.prepare<[], string>('SELECT tag FROM migrations ORDER BY tag').pluck().all()
  if (tables.length > 0) throw new DatabaseUnusable(`The database ${file} belongs to another program: it has tables, and none of them is Paperboard's`)
  return []
}

function backUp(client: Client.Database, copy: string): void {
  // Left by an attempt that failed and changed nothing.
  if (existsSync(copy)) rmSync(copy)
  client.prepare('VACUUM INTO ?').run(copy)
}
