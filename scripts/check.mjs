import { join } from 'node:path'
import { withinBudget } from './budget.mjs'
import { main, run } from './processes.mjs'
import { Failure, root } from './project.mjs'
import { programOf, setUp } from './setup.mjs'

/** `npm run check`: types, lint and format, unit tests, and the size of the first visit. All of them run; any can fail the check. */
await main(async () => {
  const node = await setUp()
  const checks = {
    types: () => run(node, [programOf('.', 'typescript', 'bin/tsc'), '-p', '.']),
    'lint and format': () => run(node, [programOf('.', '@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.']),
    'unit tests': () => run(node, [programOf('tests', 'vitest', 'vitest.mjs'), 'run', '--root', join(root, 'tests'), '--project', 'unit']),
    'size of the first visit': async () => (withinBudget() ? 0 : 1),
  }
  const failed = []
  for (const [name, check] of Object.entries(checks)) if ((await check()) !== 0) failed.push(name)
  if (failed.length > 0) throw new Failure(`failed: ${failed.join(', ')}`)
})
