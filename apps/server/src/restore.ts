/** Puts a backup in place while no server runs: `npm run restore -- FILE`, with `--replace` where an installation is there. */
import { parseArgs } from 'node:util'
import { command, say } from './command.ts'
import { restore } from './db/restore.ts'
import { DatabaseUnusable } from './db/unusable.ts'
import { databaseFile, readEnv } from './env.ts'

const usage = `Usage: npm run restore -- FILE [--replace] [--sign-out]
  --replace   puts aside the installation that is there
  --sign-out  ends all sessions: those that were ended since the backup was made would be valid again`

command(async () => {
  const options = { replace: { type: 'boolean' }, 'sign-out': { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [from] = positionals
  if (from === undefined || positionals.length > 1) throw new DatabaseUnusable(usage)
  const { databaseUrl, ...env } = readEnv(process.env)
  const terms = { replace: values.replace ?? false, signOut: values['sign-out'] ?? false, now: Date.now(), say }
  const aside = await restore({ from, databaseUrl, databaseFile: databaseFile(env), ...terms })
  say(`${from} is in place. Start the server.`)
  if (aside !== null) say(`What was there is kept: ${aside}`)
  return 0
})
