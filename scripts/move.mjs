import { resolve } from 'node:path'
import { main, run } from './processes.mjs'
import { root } from './project.mjs'
import { setUp } from './setup.mjs'

/** `npm run db:move -- --to postgres://…`: copies the SQLite database of the data directory to an empty PostgreSQL database. */
await main(async () => {
  const node = await setUp({ build: false })
  return run(node, ['apps/server/src/move.ts', ...process.argv.slice(2)], { env: { DATA_DIR: resolve(root, process.env.DATA_DIR || 'data') } })
})
