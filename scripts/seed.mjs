import { resolve } from 'node:path'
import { main, run } from './processes.mjs'
import { root } from './project.mjs'
import { setUp } from './setup.mjs'

/** `npm run seed`: two members and a group with the sample papers, for development only. The data directory is that of `npm run dev` unless DATA_DIR names one. */
await main(async () => {
  const node = await setUp({ build: false })
  return run(node, ['apps/server/src/seed.ts'], { env: { DATA_DIR: resolve(root, process.env.DATA_DIR || 'data/dev') } })
})
