import { defineConfig } from 'drizzle-kit'

/** As drizzle.config.ts, for PostgreSQL. */
export default defineConfig({ dialect: 'postgresql', schema: './drizzle/pg.cjs', out: './src/db/migrations/pg' })
