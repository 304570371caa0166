import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { main, run, step } from './processes.mjs'
import { root, say } from './project.mjs'
import { setUp } from './setup.mjs'
import { exclusively, hashOf, isStamped, stamped } from './stamps.mjs'

/** The servers that ours is measured beside. No part of the product, and installed by nothing else. */
const peers = 'tests/bench/peers'

const installPeers = async () => {
  const hash = hashOf([`${peers}/package.json`, `${peers}/package-lock.json`], [process.version])
  const isDone = () => isStamped('peers', hash) && existsSync(join(root, peers, 'node_modules'))
  if (isDone()) return
  await exclusively(async () => {
    if (isDone()) return
    say('installing the servers to measure beside …')
    const npm = () =>
      step('installing them', 'npm', ['ci', '--prefix', peers, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
        shell: process.platform === 'win32',
      })
    await stamped('peers', hash, npm)
  })
}

/** `npm run bench`: the live rooms under work, beside other servers; see docs/performance.md. Arguments go to tests/bench/main.ts. */
await main(async () => {
  const node = await setUp()
  await installPeers()
  return run(node, [join(root, 'tests', 'bench', 'main.ts'), ...process.argv.slice(2)])
})
