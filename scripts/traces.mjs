import { join } from 'node:path'
import { main, run } from './processes.mjs'
import { root } from './project.mjs'
import { programOf, setUp } from './setup.mjs'

/** `npm run traces`: writes recorded texts again into a note, key by key, through a server; see docs/performance.md. The rule is [Z32] of tests/sync/traces.test.ts. */
await main(async () => {
  const node = await setUp({ build: false })
  const vitest = programOf('tests', 'vitest', 'vitest.mjs')
  const args = ['run', '--root', join(root, 'tests'), '--project', 'server', 'sync/traces.test.ts', '--reporter=default', '--disable-console-intercept']
  return run(node, [vitest, ...args], { env: { NODE_ENV: 'test', TRACES: '1' } })
})
