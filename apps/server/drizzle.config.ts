import { defineConfig } from 'drizzle-kit'

/** `npx drizzle-kit generate --name what-changes` in this folder writes the next migration of SQLite. */
export default defineConfig({ dialect: 'sqlite', schema: './drizzle/sqlite.cjs', out: './src/db/migrations/sqlite' })
