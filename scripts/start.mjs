import { main, run } from './processes.mjs'
import { setUp } from './setup.mjs'

/** `npm start`: sets up what is missing and serves. Configuration is by environment: see the README. */
await main(async () => {
  const node = await setUp()
  return run(node, ['--expose-gc', '--max-semi-space-size=8', 'apps/server/dist/main.js', ...process.argv.slice(2)], {
    env: { NODE_ENV: process.env.NODE_ENV ?? 'production' },
  })
})
