/** Statements in drizzle's terms, run on a connection of SQLite. */
import type Client from 'better-sqlite3'

/** Prepared statements kept. The product has some 100; inserts of many rows have one text per number of rows. */
const cachedStatements = 500

export type Method = 'run' | 'all' | 'values' | 'get'

/** Runs a statement, and gives its rows. */
export type Run = (sql: string, params: unknown[], method: Method) => unknown[]

/** Prepares each text once. `only` reading: others are refused. */
export function statementsOn(client: Client.Database, only?: 'reading'): Run {
  const statements = new Map<string, Client.Statement>()
  const prepared = (sql: string) => {
    const known = statements.get(sql)
    if (known !== undefined) {
      // To the young end of the map, so that the first key is the one unused for longest.
      statements.delete(sql)
      statements.set(sql, known)
      return known
    }
    const statement = client.prepare(sql)
    if (only === 'reading' && !statement.readonly) throw new Error(`This is for reading alone: ${sql}`)
    if (statement.reader) statement.raw()
    statements.set(sql, statement)
    const oldest = statements.keys().next()
    if (statements.size > cachedStatements && !oldest.done) statements.delete(oldest.value)
    return statement
  }
  return (sql, params, method) => {
    const statement = prepared(sql)
    if (!statement.reader) {
      statement.run(...params)
      return []
    }
    if (method !== 'get') return statement.all(...params)
    // For `get`, drizzle takes the row itself for `rows`.
    const row = statement.get(...params)
    return Array.isArray(row) ? row : []
  }
}
