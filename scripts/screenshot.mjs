import { join } from 'node:path'
import { chromium } from './chromium.mjs'
import { main, step } from './processes.mjs'
import { root } from './project.mjs'
import { setUp } from './setup.mjs'

/** `npm run screenshot`: makes the picture in the README anew, docs/board.png. */
await main(async () => {
  const node = await setUp()
  process.env.CHROMIUM_PATH = await chromium()
  await step('the picture of a board', node, [join(root, 'tests', 'support', 'screenshot.ts')])
})
