import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { main, step } from './processes.mjs'
import { Failure, root } from './project.mjs'
import { setUp } from './setup.mjs'

/** `npm run bench -- NAME …`: runs `tests/bench/NAME.ts`, of itself `vote`. Arguments that start with a dash go to each of them. */
await main(async () => {
  const node = await setUp()
  const args = process.argv.slice(2)
  const options = args.filter(arg => arg.startsWith('-'))
  const named = args.filter(arg => !arg.startsWith('-'))
  for (const name of named.length > 0 ? named : ['vote']) {
    const file = join(root, 'tests', 'bench', `${name}.ts`)
    if (!existsSync(file)) throw new Failure(`there is no tests/bench/${name}.ts`)
    await step(`the bench ${name}`, node, [file, ...options])
  }
})
