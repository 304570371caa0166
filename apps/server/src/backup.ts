/** Makes a backup while servers run: `npm run backup -- FILE`, or into a folder, keeping the newest: `npm run backup -- FOLDER --keep 14`. */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { command, say } from './command.ts'
import { backUp } from './db/backup.ts'
import { stampOf } from './db/restore.ts'
import { DatabaseUnusable } from './db/unusable.ts'
import { databaseFile, readEnv } from './env.ts'

const usage = 'Usage: npm run backup -- FILE   or: npm run backup -- FOLDER [--keep N]'
/** What this command has named itself; nothing else in the folder is touched. */
const dated = /^paperboard-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.sqlite$/

command(async () => {
  const { values, positionals } = parseArgs({ options: { keep: { type: 'string' } }, allowPositionals: true })
  const [place] = positionals
  if (place === undefined || positionals.length > 1) throw new DatabaseUnusable(usage)
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
  const keep = values.keep === undefined ? null : Number(values.keep)
  if (keep !== null && (!Number.isInteger(keep) || keep < 1 || !isFolder))
    throw new DatabaseUnusable(`--keep wants a number from 1 on, and a folder that is there.\n${usage}`)
  const env = readEnv(process.env)
  const to = isFolder ? join(place, `paperboard-${stampOf(Date.now())}.sqlite`) : place
  const bytes = await backUp({ databaseUrl: env.databaseUrl, databaseFile: databaseFile(env), to })
  say(`${to}: ${(bytes / 1e6).toFixed(1)} MB`)
  // Only now that there is a new one.
  const old =
    keep === null
      ? []
      : readdirSync(place)
          .filter(name => dated.test(name))
          .sort()
          .slice(0, -keep)
  for (const name of old) {
    rmSync(join(place, name))
    say(`${join(place, name)}: removed, since ${keep} newer ones are there`)
  }
  return 0
})
