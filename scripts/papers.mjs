import { resolve } from 'node:path'
import { main, run } from './processes.mjs'
import { root } from './project.mjs'
import { setUp } from './setup.mjs'

/** `npm run papers -- preview FILE` and `npm run papers -- import FILE …`. Relative names are seen from where the command was given. */
await main(async () => {
  const node = await setUp({ build: false })
  const env = { DATA_DIR: resolve(root, process.env.DATA_DIR || 'data') }
  return run(node, [resolve(root, 'apps/server/src/papersCommand.ts'), ...process.argv.slice(2)], { cwd: process.env.INIT_CWD ?? process.cwd(), env })
})
