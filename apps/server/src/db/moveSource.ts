import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { getTableColumns } from 'drizzle-orm'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { lockDataDir } from './dataLock.ts'
import { migrateSqlite, migrationsFolder } from './migrate.ts'
import { DatabaseUnusable } from './unusable.ts'

/** A row by the names of its columns in tables.ts. */
export type Row = Record<string, unknown>
/** The values of a primary key. */
export type Key = unknown[]

/** The SQLite file that is moved. Nobody else opens it meanwhile. */
export interface Source {
  /** Tells installations apart. */
  id: string
  count(table: string): number
  /** Rows in the order of their keys, after one of them. */
  rows(table: SQLiteTable, after: Key | null): Iterable<Row>
  /** The newest key that a table has given; null where keys are not given. */
  lastKey(table: string): { column: string; value: number } | null
  close(): void
}

/** Opens the file alone, with its tables up to date. Throws `DatabaseUnusable` when it is missing or in use. */
export function openSource(file: string): Source {
  if (!existsSync(file)) throw new DatabaseUnusable(`There is no database ${file}. Name its folder by DATA_DIR.`)
  const lock = lockDataDir(dirname(file))
  const client = new Sqlite(file, { timeout: 0 })
  const close = () => {
    client.close()
    lock.release()
  }
  try {
    own(client, file)
    migrateSqlite(client, { file, migrations: migrationsFolder('sqlite') })
  } catch (error) {
    close()
    throw error
  }
  const first = client.prepare<[], string>('SELECT min(id) FROM people').pluck().get()
  return {
    id: first ?? '',
    count: table => client.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0,
    rows: (table, after) => rowsAfter(client, table, after),
    lastKey: table => lastKey(client, table),
    close,
  }
}

/** Servers respect the lock of the directory; this one, which is kept, is for all else that opens the file. */
function own(client: Sqlite.Database, file: string): void {
  try {
    client.pragma('locking_mode = EXCLUSIVE')
    client.exec('BEGIN EXCLUSIVE')
    client.exec('COMMIT')
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new DatabaseUnusable(`The database ${file} is in use. Stop what uses it, then run the move again.`, { cause: error })
    throw new DatabaseUnusable(`The database ${file} cannot be opened: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

function* rowsAfter(client: Sqlite.Database, table: SQLiteTable, after: Key | null): Generator<Row> {
  const { name, primaryKeys, columns } = getTableConfig(table)
  const key = (primaryKeys[0]?.columns ?? columns.filter(column => column.primary)).map(column => `"${column.name}"`).join(', ')
  const from = after === null ? '' : `WHERE (${key}) > (${after.map(() => '?').join(', ')})`
  const properties = Object.entries(getTableColumns(table))
  const statement = client.prepare<unknown[], Row>(`SELECT * FROM "${name}" ${from} ORDER BY ${key}`)
  for (const row of statement.iterate(...(after ?? [])))
    yield Object.fromEntries(
      properties.map(([property, column]) => {
        const value = row[column.name]
        return [property, value === null ? null : column.mapFromDriverValue(value)]
      }),
    )
}

function lastKey(client: Sqlite.Database, table: string): { column: string; value: number } | null {
  const given = client.prepare<[string], number>('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table)
  if (given === undefined) return null
  const column = client.prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk = 1').pluck().get(table)
  return column === undefined || given === 0 ? null : { column, value: given }
}
