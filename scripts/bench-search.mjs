import { join } from 'node:path'
import { main, run } from './processes.mjs'
import { root } from './project.mjs'
import { setUp } from './setup.mjs'

/** `npm run bench:search -- FILE`: how fast search answers as one types; see docs/performance.md. */
await main(async () => {
  const node = await setUp()
  return run(node, [join(root, 'tests', 'bench', 'search.ts'), ...process.argv.slice(2)])
})
