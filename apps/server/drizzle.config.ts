import { defineConfig } from 'drizzle-kit'

/**
 * `npx drizzle-kit generate --config drizzle.config.ts --name what-changes` in this folder writes the next migration of
 * SQLite, and with `drizzle.pg.config.ts` that of PostgreSQL. Every change of the tables wants both.
 */
export default defineConfig({ dialect: 'sqlite', schema: './drizzle/sqlite.cjs', out: './src/db/migrations/sqlite' })
