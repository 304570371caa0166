/**
 * Moves an installation from SQLite to an empty PostgreSQL database.
 *
 * Rows are copied in the order of their keys, which is the same in both (text is compared byte by byte), and a batch is one
 * statement. So the newest key in the target says how far an interrupted move has come, and running it again goes on from
 * there. At the end every row is read back and compared. Until then a mark in the target keeps servers out of it.
 */
import { createHash, type Hash } from 'node:crypto'
import { asc, count, desc, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { Client } from 'pg'
import type { Database } from './database.ts'
import { storable } from './kit.ts'
import { type Key, openSource, type Row, type Source } from './moveSource.ts'
import { openPostgres, unfinishedMove } from './postgres.ts'
import { placeOf } from './postgresErrors.ts'
import { sqliteTables } from './tables.ts'
import { DatabaseUnusable } from './unusable.ts'

/** A batch ends at either; bytes are those of documents. */
const batch = { rows: 500, bytes: 4 * 2 ** 20 }
/** Rows read back at a time: some are as large as a message may be. */
const readBack = 100
/** Least time between two lines about one table, ms. */
const between = 1_000
/** Which server does scheduled work now, whether anything can be written, and what an index lacks that is made anew there: of no use elsewhere. */
const leftOut = new Set(['leases', 'probes', 'search_changes'])

/** What was moved of one table. The checksum is SHA-256 over all of its rows. */
export interface MovedTable {
  table: string
  rows: number
  checksum: string
}

interface Move {
  source: Source
  target: Database
  /** For what is PostgreSQL's alone. */
  client: Client
  say: (line: string) => void
}

/**
 * Copies all of `file` to the database at `url`, and verifies it. Rejects with `DatabaseUnusable` when the file is missing
 * or in use, when the target cannot be used or holds anything else, and when what arrived differs from what was sent.
 */
export async function moveToPostgres({ file, url, say }: { file: string; url: string; say: (line: string) => void }): Promise<MovedTable[]> {
  const source = openSource(file)
  try {
    const target = await openPostgres(url, { name: 'paperboard move', moving: true })
    const client = new Client({ connectionString: url, application_name: 'paperboard move' })
    try {
      await client.connect()
      return await move({ source, target, client, say }, placeOf(url))
    } finally {
      await client.end()
      await target.close()
    }
  } finally {
    source.close()
  }
}

async function move(parts: Move, place: string): Promise<MovedTable[]> {
  const { source, client, say } = parts
  const tables = inOrder(Object.values(sqliteTables)).filter(table => !leftOut.has(nameOf(table)))
  if (await claim(parts, place, tables)) say('An interrupted move goes on')
  for (const table of tables) await copy(parts, table)
  const moved: MovedTable[] = []
  for (const table of tables) moved.push(await verified(parts, table))
  for (const table of tables) {
    const last = source.lastKey(nameOf(table))
    // A key that was given is not given again, though its row may be gone.
    if (last !== null) await client.query('SELECT setval(pg_get_serial_sequence($1, $2), $3)', [nameOf(table), last.column, last.value])
  }
  await client.query(`DROP TABLE ${unfinishedMove}`)
  await client.query('ANALYZE')
  return moved
}

const nameOf = (table: SQLiteTable): string => getTableConfig(table).name

/** Tables after those that their rows refer to. */
function inOrder(tables: SQLiteTable[]): SQLiteTable[] {
  const ordered = new Set<SQLiteTable>()
  const add = (table: SQLiteTable) => {
    for (const key of getTableConfig(table).foreignKeys) if (key.reference().foreignTable !== table) add(key.reference().foreignTable)
    ordered.add(table)
  }
  for (const table of tables) add(table)
  return [...ordered]
}

/** Marks the target as ours until the end. True when it was already. */
async function claim({ source, target, client }: Move, place: string, tables: SQLiteTable[]): Promise<boolean> {
  const begun = await client.query<{ source: string }>(`SELECT source FROM ${unfinishedMove}`).catch(() => null)
  const [mark] = begun?.rows ?? []
  if (mark !== undefined && mark.source !== source.id) throw new DatabaseUnusable(`${place} holds the unfinished move of another installation.`)
  if (mark === undefined) {
    for (const table of tables)
      if ((await rowsIn(target, table)) > 0) throw new DatabaseUnusable(`${place} holds data already (${nameOf(table)}). A move needs an empty database.`)
    await client.query(`CREATE TABLE IF NOT EXISTS ${unfinishedMove} (source text PRIMARY KEY)`)
    await client.query(`INSERT INTO ${unfinishedMove} VALUES ($1)`, [source.id])
  }
  // After the mark, which no server gets past.
  const { rows } = await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'paperboard'")
  if (rows.length > 0) {
    if (mark === undefined) await client.query(`DROP TABLE ${unfinishedMove}`)
    throw new DatabaseUnusable(`${place} is in use by a server of Paperboard. Stop it, then run the move again.`)
  }
  return mark !== undefined
}

async function rowsIn(db: Database, table: SQLiteTable): Promise<number> {
  const [row] = await db.sql.select({ rows: count() }).from(inTarget(db, table))
  return row?.rows ?? 0
}

/** The same table of the target. */
function inTarget(db: Database, table: SQLiteTable): SQLiteTable {
  for (const [key, own] of Object.entries(sqliteTables)) for (const [name, theirs] of Object.entries(db.t)) if (own === table && key === name) return theirs
  throw new Error(`No table ${nameOf(table)} in the target`)
}

async function copy({ source, target, say }: Move, table: SQLiteTable): Promise<void> {
  const name = nameOf(table)
  const all = source.count(name)
  const tell = paced(line => say(`${name}: ${line} of ${all.toLocaleString('en')} rows`))
  let done = await rowsIn(target, table)
  let rows: Row[] = []
  let bytes = 0
  const send = async () => {
    if (rows.length > 0) await target.sql.insert(inTarget(target, table)).values(rows)
    done += rows.length
    rows = []
    bytes = 0
    tell(done, done >= all)
  }
  for (const row of source.rows(table, await lastIn(target, table))) {
    rows.push(row)
    bytes += Object.values(row).reduce<number>((sum, value) => sum + (value instanceof Uint8Array ? value.length : 0), 0)
    if (rows.length >= batch.rows || bytes >= batch.bytes) await send()
  }
  await send()
}

/** Tells a number now and then, and the last one. */
const paced = (say: (line: string) => void) => {
  let last = Date.now()
  return (done: number, end: boolean) => {
    if (!end && Date.now() - last < between) return
    last = Date.now()
    say(done.toLocaleString('en'))
  }
}

const keyColumns = (db: Database, table: SQLiteTable): SQLiteColumn[] => {
  const columns = getTableColumns(inTarget(db, table))
  return keyOf(table).flatMap(name => columns[name] ?? [])
}

/** The names of the primary key's columns, as properties of a row. */
export function keyOf(table: SQLiteTable): string[] {
  const { primaryKeys, columns } = getTableConfig(table)
  const key = primaryKeys[0]?.columns ?? columns.filter(column => column.primary)
  const properties = Object.entries(getTableColumns(table))
  return key.flatMap(column => properties.find(([, other]) => other === column)?.[0] ?? [])
}

async function lastIn(db: Database, table: SQLiteTable): Promise<Key | null> {
  const columns = keyColumns(db, table)
  const [row] = await db.sql
    .select()
    .from(inTarget(db, table))
    .orderBy(...columns.map(column => desc(column)))
    .limit(1)
  return row === undefined ? null : keyIn(table, row)
}

const keyIn = (table: SQLiteTable, row: Row): Key => keyOf(table).map(name => row[name])

/** All rows of the target's table in the order of their keys. */
async function* rowsOf(db: Database, table: SQLiteTable): AsyncGenerator<Row> {
  const columns = keyColumns(db, table)
  let after: SQL | undefined
  for (;;) {
    const rows: Row[] = await db.sql
      .select()
      .from(inTarget(db, table))
      .where(after)
      .orderBy(...columns.map(column => asc(column)))
      .limit(readBack)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    const key = keyIn(table, last).map(value => sql`${value}`)
    after = sql`(${sql.join(columns, sql`, `)}) > (${sql.join(key, sql`, `)})`
  }
}

/** Compares every row that was sent with the one that arrived. */
async function verified({ source, target, say }: Move, table: SQLiteTable): Promise<MovedTable> {
  const name = nameOf(table)
  const sums: { sent: Hash; arrived: Hash } = { sent: createHash('sha256'), arrived: createHash('sha256') }
  const arrived = rowsOf(target, table)
  let rows = 0
  for (const row of source.rows(table, null)) {
    const { value } = await arrived.next()
    const line = { sent: normal(table, row), arrived: value === undefined ? '' : normal(table, value) }
    if (line.sent !== line.arrived) throw differs(table, row)
    sums.sent.update(line.sent)
    sums.arrived.update(line.arrived)
    rows += 1
  }
  const { value: more } = await arrived.next()
  const checksum = { sent: sums.sent.digest('hex'), arrived: sums.arrived.digest('hex') }
  if (more !== undefined || checksum.sent !== checksum.arrived) throw differs(table, more)
  say(`${name}: ${rows.toLocaleString('en')} rows verified, SHA-256 ${checksum.arrived.slice(0, 16)}…`)
  return { table: name, rows, checksum: checksum.arrived }
}

const differs = (table: SQLiteTable, row: Row | undefined) =>
  new DatabaseUnusable(
    `What arrived of ${nameOf(table)} is not what was sent, from the row ${JSON.stringify(row === undefined ? null : keyIn(table, row))} on: ` +
      'the file was changed between two attempts, or the target by somebody else. Drop the database, create it anew and run the move again.',
  )

/** A row as one line, the same from both engines: columns in their order, keys of JSON sorted, text as PostgreSQL can hold it. */
const normal = (table: SQLiteTable, row: Row): string => `${JSON.stringify(Object.keys(getTableColumns(table)).map(name => normalValue(row[name])))}\n`

function normalValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  if (typeof value === 'string') return storable(value)
  if (Array.isArray(value)) return value.map(normalValue)
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => [key, normalValue(part)])
}
