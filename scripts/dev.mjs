import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { launch, main, step } from './processes.mjs'
import { root, say } from './project.mjs'
import { programOf, setUp } from './setup.mjs'

/** `npm run dev`: the server from its sources, started anew at each change, and Vite before it, on data of their own. */
await main(async () => {
  const node = await setUp({ build: false })
  const port = process.env.PORT || '3001'
  const dataDir = resolve(root, process.env.DATA_DIR || 'data/dev')
  const env = { NODE_ENV: 'development', PORT: port, DATA_DIR: dataDir, LOG_LEVEL: process.env.LOG_LEVEL || 'warn' }
  if (!existsSync(join(dataDir, 'paperboard.sqlite'))) await step('putting sample data in place', node, ['apps/server/src/seed.ts'], { env })
  const server = launch(node, ['--watch', '--watch-preserve-output', 'apps/server/src/main.ts'], { env })
  const web = launch(node, [programOf('apps/web', 'vite', 'bin/vite.js'), '--clearScreen', 'false'], {
    cwd: join(root, 'apps/web'),
    env: { NODE_ENV: 'development', PAPERBOARD_API: `http://127.0.0.1:${port}` },
  })
  say(`development: http://localhost:5173 (the API alone: http://localhost:${port}); sign in as alice@example.org or bob@example.org, password "paper board"`)
  const code = await Promise.race([server.ended, web.ended])
  for (const { child } of [server, web]) child.kill()
  await Promise.all([server.ended, web.ended])
  return code
})
