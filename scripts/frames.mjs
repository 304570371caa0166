import { join } from 'node:path'
import { chromium } from './chromium.mjs'
import { main, run } from './processes.mjs'
import { root } from './project.mjs'
import { setUp } from './setup.mjs'

/** `npm run frames`: how evenly a long board is drawn; see docs/performance.md. */
await main(async () => {
  const node = await setUp()
  process.env.CHROMIUM_PATH = await chromium()
  return run(node, [join(root, 'tests', 'bench', 'frames.ts')])
})
