import Sqlite from 'better-sqlite3'
import { getTableColumns } from 'drizzle-orm'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { Client } from 'pg'
import { migrateSqlite, migrationsFolder } from './migrate.ts'
import { explained, placeOf } from './postgresErrors.ts'
import { sqliteTables } from './tables.ts'
import { DatabaseUnusable } from './unusable.ts'

/** Rows that are asked for at a time: some are as large as a message may be. */
const batch = 200

/** Copies all tables of one moment into an empty SQLite file. Servers go on beside it: it locks nothing but the shape of the tables. */
export async function copyPostgres(url: string, to: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'paperboard-backup', connectionTimeoutMillis: 10_000, keepAlive: true })
  client.on('error', () => {})
  const target = new Sqlite(to)
  try {
    await client.connect()
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await haveSameTables(client, url)
    await fill(client, target, to)
    await client.query('COMMIT')
  } catch (error) {
    throw explained(error, url)
  } finally {
    target.close()
    await client.end().catch(() => {})
  }
}

/** What another version of this program has made would not fit. */
async function haveSameTables(client: Client, url: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>('SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()')
  const there = new Set(rows.map(row => row.name))
  const missing = Object.values(sqliteTables)
    .map(nameOf)
    .filter(name => !there.has(name))
  if (missing.length > 0) throw new DatabaseUnusable(`${placeOf(url)} lacks ${missing.join(', ')}: start a server of this version on it first.`)
}

const nameOf = (table: SQLiteTable): string => getTableConfig(table).name

async function fill(client: Client, target: Sqlite.Database, file: string): Promise<void> {
  // Nobody reads the file before it is whole, and until then it may be lost.
  target.pragma('journal_mode = OFF')
  target.pragma('synchronous = OFF')
  migrateSqlite(target, { file, migrations: migrationsFolder('sqlite') })
  target.pragma('foreign_keys = OFF')
  target.exec('BEGIN')
  for (const table of Object.values(sqliteTables)) await copyTable(client, target, table)
  target.exec('COMMIT')
  const broken = target.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0) throw new Error(`The backup would hold ${broken.length} rows that point to nothing`)
}

async function copyTable(client: Client, target: Sqlite.Database, table: SQLiteTable): Promise<void> {
  const columns = Object.values(getTableColumns(table))
  const names = columns.map(column => `"${column.name}"`).join(', ')
  const insert = target.prepare(`INSERT INTO "${nameOf(table)}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
  await client.query(`DECLARE batches NO SCROLL CURSOR FOR SELECT ${names} FROM "${nameOf(table)}"`)
  for (;;) {
    const { rows } = await client.query<unknown[]>({ text: `FETCH ${batch} FROM batches`, rowMode: 'array' })
    // Numbers of 64 bits come as text; the column makes numbers of them again.
    for (const row of rows) insert.run(...row.map((value, n) => (value === null ? null : columns[n]?.mapToDriverValue(value))))
    if (rows.length < batch) break
  }
  await client.query('CLOSE batches')
  await copySequence(client, target, nameOf(table))
}

/** A key that was given is not given again, though its row may be gone. */
async function copySequence(client: Client, target: Sqlite.Database, table: string): Promise<void> {
  const [column] = target.prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk = 1').pluck().all(table)
  const found = await client.query<{ sequence: string | null }>('SELECT pg_get_serial_sequence($1, $2) AS sequence', [table, column])
  const sequence = found.rows[0]?.sequence ?? null
  if (sequence === null) return
  const { rows } = await client.query<{ last: string }>(`SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM ${sequence}`)
  target.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table)
  target.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, Number(rows[0]?.last ?? 0))
}
