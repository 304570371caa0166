import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from './chromium.mjs'
import { databases } from './databases.mjs'
import { main, run } from './processes.mjs'
import { root } from './project.mjs'
import { reports } from './results.mjs'
import { programOf, setUp } from './setup.mjs'

/** `npm test`: sets up what is missing, builds the app and runs the tests; arguments go to vitest, as in `npm test -- tests/api`. */
await main(async () => {
  // Reports of an earlier run must never be counted for one that crashes.
  rmSync(reports, { recursive: true, force: true })
  const node = await setUp()
  const args = process.argv.slice(2)
  const named = args.filter(arg => !arg.startsWith('-'))
  const needsBrowser = named.length === 0 || named.some(arg => arg.includes('e2e'))
  await databases()
  const env = needsBrowser ? { CHROMIUM_PATH: await chromium() } : {}
  return run(node, [programOf('tests', 'vitest', 'vitest.mjs'), 'run', '--root', join(root, 'tests'), ...args], {
    // What is built above: servers and commands of tests start from it four times as fast as from the source.
    env: { NODE_ENV: 'test', PAPERBOARD_DIST: '1', ...env },
  })
})
