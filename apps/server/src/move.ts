/** Moves an installation from SQLite to PostgreSQL: `npm run db:move -- --to postgres://…`. Run again, it goes on where it was interrupted. */
import { parseArgs } from 'node:util'
import { moveToPostgres } from './db/move.ts'
import { DatabaseUnusable } from './db/unusable.ts'
import { databaseFile, readEnv } from './env.ts'

const usage =
  'Usage: npm run db:move -- --to postgres://user:password@host:5432/paperboard   (or name it in DATABASE_URL, which others on this machine cannot see)'

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { to: { type: 'string' } } })
  const env = readEnv({ ...process.env, DATABASE_URL: values.to ?? process.env.DATABASE_URL })
  if (env.databaseUrl === null) throw new DatabaseUnusable(usage)
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const moved = await moveToPostgres({ file: databaseFile(env), url: env.databaseUrl, say })
  const rows = moved.reduce((sum, table) => sum + table.rows, 0)
  say(`Moved and verified: ${rows.toLocaleString('en')} rows in ${moved.length} tables. Start the server with DATABASE_URL from now on.`)
  say(`${databaseFile(env)} is as it was. Keep it as a backup, out of the way: a server without DATABASE_URL would open it.`)
}

main().catch((error: unknown) => {
  const expected = error instanceof DatabaseUnusable || (error instanceof Error && (error.message.startsWith('The environment') || 'code' in error))
  process.stderr.write(`${expected && error instanceof Error ? error.message : error instanceof Error ? error.stack : error}\n`)
  process.exitCode = 1
})
