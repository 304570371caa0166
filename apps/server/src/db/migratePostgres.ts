import { readFileSync } from 'node:fs'
import type { Client } from 'pg'
import { tagsIn } from './migrate.ts'
import { readOnly } from './postgresErrors.ts'
import { DatabaseUnusable } from './unusable.ts'

/** Of the advisory lock under which tables are changed: "PBrd". */
const migrationLock = 0x50427264
/** The oldest version that is tested. */
const oldest = 13
/** How long a server waits for another one that is migrating. */
const patience = '10min'

/**
 * Applies what drizzle-kit has generated and the database has not had yet: all of it or nothing. Of several servers that
 * start at once, one does it and the others wait, then find nothing to do. `place` is how messages call the database.
 * Throws `DatabaseUnusable` when it is no database for this program.
 */
export async function migratePostgres(client: Client, { place, migrations }: { place: string; migrations: URL }): Promise<void> {
  await check(client, place)
  const tags = tagsIn(migrations)
  await client.query('BEGIN')
  try {
    await client.query(`SET LOCAL lock_timeout = '${patience}'`)
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    for (const tag of await pending(client, place, tags)) {
      await client.query(unqualified(readFileSync(new URL(`${tag}.sql`, migrations), 'utf8')))
      await client.query('INSERT INTO migrations (tag, at) VALUES ($1, $2)', [tag, Date.now()])
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** drizzle-kit names the schema in references alone; tables are made wherever the search path of the user leads. */
const unqualified = (sql: string): string => sql.replaceAll('REFERENCES "public".', 'REFERENCES ')

async function check(client: Client, place: string): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string; readonly: boolean }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('server_encoding') AS encoding,
      current_setting('transaction_read_only')::boolean AS readonly`,
  )
  const [server] = rows
  if (server === undefined) return
  if (server.version < oldest) throw new DatabaseUnusable(`${place} cannot be used: it is version ${server.version}, and ${oldest} or newer is needed.`)
  if (server.encoding !== 'UTF8')
    throw new DatabaseUnusable(`${place} cannot be used: its encoding is ${server.encoding}. Create one with ENCODING UTF8 TEMPLATE template0.`)
  if (server.readonly) throw new DatabaseUnusable(`${place} cannot be used: ${readOnly}`)
}

async function pending(client: Client, place: string, tags: string[]): Promise<string[]> {
  const applied = await appliedTo(client, place)
  const unknown = applied.filter(tag => !tags.includes(tag))
  if (unknown.length > 0)
    throw new DatabaseUnusable(`${place} was written by a newer version of Paperboard (it has ${unknown.join(', ')}). Start that version, or restore a backup.`)
  return tags.filter(tag => !applied.includes(tag))
}

async function appliedTo(client: Client, place: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()')
  const tables = rows.map(row => row.name)
  if (tables.length > 0 && !tables.includes('migrations'))
    throw new DatabaseUnusable(`${place} belongs to another program: it has tables, and none of them is Paperboard's. Create a database of its own.`)
  // Not IF NOT EXISTS alone: that needs the right to create even where there is nothing to do.
  if (tables.length === 0) await client.query('CREATE TABLE migrations (tag text COLLATE "C" PRIMARY KEY NOT NULL, at bigint NOT NULL)')
  const applied = await client.query<{ tag: string }>('SELECT tag FROM migrations ORDER BY tag')
  return applied.rows.map(row => row.tag)
}
