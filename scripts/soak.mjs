import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { databases } from './databases.mjs'
import { main, run } from './processes.mjs'
import { Failure, root, say } from './project.mjs'
import { programOf, setUp } from './setup.mjs'

const stores = { sqlite: 'SQLite', postgres: 'PostgreSQL' }

/**
 * `npm run soak -- [--kills=200] [--store=sqlite|postgres] [--seed=N]`: kills the server under work as often as that on each
 * store, and looks for what is lost; see docs/nothing-lost.md. The rule is [K1] of tests/sync/crash.test.ts.
 */
await main(async () => {
  const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, store: { type: 'string' }, seed: { type: 'string' } } })
  const { kills, store, seed } = values
  if (!/^[1-9]\d{0,4}$/.test(kills)) throw new Failure('--kills is a number from 1 on')
  if (store !== undefined && !Object.hasOwn(stores, store)) throw new Failure(`--store is one of ${Object.keys(stores).join(', ')}`)
  const node = await setUp({ build: false })
  await databases()
  const title = store === undefined ? 'K1' : `^${stores[store]}.*K1`
  say(`${kills} kills on ${store === undefined ? 'each store' : stores[store]}, some two seconds for each`)
  const vitest = programOf('tests', 'vitest', 'vitest.mjs')
  const args = ['run', '--root', join(root, 'tests'), '--project', 'server', 'sync/crash.test.ts', '-t', title]
  const plain = ['--reporter=default', '--disable-console-intercept']
  return run(node, [vitest, ...args, ...plain], { env: { NODE_ENV: 'test', CRASH_KILLS: kills, ...(seed === undefined ? {} : { FUZZ_SEED: seed }) } })
})
