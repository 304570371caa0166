/**
 * Holds every room against its log: `npm run check-data`, while servers run; a backup: `npm run check-data -- FILE`; and, when
 * no server runs on SQLite, makes rows anew that are not what their documents say: `npm run check-data -- --repair`; or gives up
 * what is lost of one room: `npm run check-data -- --accept-loss board/GROUP/DAY`.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { command, say } from './command.ts'
import { backUp, checkFile } from './db/backup.ts'
import { faultsOfFile, projectAnew } from './db/check.ts'
import { openDatabase } from './db/open.ts'
import { forgetEpoch } from './db/searchChanges.ts'
import { textsIndexed, textsThereAre } from './db/searchCheck.ts'
import { openSqlite } from './db/sqlite.ts'
import { DatabaseUnusable } from './db/unusable.ts'
import { databaseFile, type Env, readEnv } from './env.ts'
import { createLogger } from './logger.ts'
import { acceptLoss } from './sync/acceptLoss.ts'
import { checkRooms, type Findings } from './sync/check.ts'

const usage = 'Usage: npm run check-data [-- FILE | -- --repair | -- --accept-loss ROOM]   (FILE: a backup; else the installation itself)'

command(async () => {
  const options = { repair: { type: 'boolean' }, 'accept-loss': { type: 'string' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [file] = positionals
  if (positionals.length > 1 || (file !== undefined && values.repair)) throw new DatabaseUnusable(usage)
  const env = readEnv(process.env)
  if (values['accept-loss'] !== undefined) return giveUp(env, values['accept-loss'])
  const found = await checked(env, file ?? null)
  for (const fault of found.faults) say(fault)
  say(`${found.rooms} rooms, ${found.updates} updates: ${found.faults.length === 0 ? 'no fault' : `${found.faults.length} faults`}`)
  if (found.behind > 0) say(`The rows of ${found.behind} rooms are not up to date; a server brings them there by itself.`)
  if (found.index !== null)
    say(`The search index has ${found.index.has} texts, and there are ${found.index.of}; a server brings it up to date, and --repair has it made anew.`)
  if (values.repair && (found.rows.length > 0 || found.index !== null)) await repair(env, found)
  return found.faults.length === 0 ? 0 : 1
})

/** `index`: how many texts the index has, where these are not those that there are. */
interface Checked extends Findings {
  index: { has: number; of: number } | null
}

/** Checks a copy of one moment, so that servers may go on. */
async function checked(env: Env, backup: string | null): Promise<Checked> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-check-'))
  const copy = join(folder, 'paperboard.sqlite')
  try {
    if (backup === null) await backUp({ databaseUrl: env.databaseUrl, databaseFile: databaseFile(env), to: copy })
    else {
      checkFile(backup)
      copyFileSync(backup, copy)
    }
    const ofFile = faultsOfFile(copy)
    const [db, scratch] = [await openSqlite(copy), await openSqlite(':memory:')]
    const found = await checkRooms(db, scratch)
    const of = await textsThereAre(db)
    // Of a backup there is none: it is made anew from it.
    const has = backup === null ? ((await textsIndexed({ databaseUrl: env.databaseUrl, databaseFile: databaseFile(env) })) ?? of) : of
    await Promise.all([db.close(), scratch.close()])
    return { ...found, faults: [...ofFile, ...found.faults], index: has === of ? null : { has, of } }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function giveUp(env: Env, room: string): Promise<number> {
  const db = await openDatabase(env)
  try {
    const kept = await acceptLoss(db, room, { now: Date.now(), log: createLogger('silent', process.stdout) })
    if (kept === null) throw new DatabaseUnusable(`There is no room ${room} that is damaged.`)
    say(`${room} is now what could be read of it, ${kept} records; members bring back what they still hold. The log is as it was.`)
    return 0
  } finally {
    await db.close()
  }
}

async function repair(env: Env, { rows, index }: Checked): Promise<void> {
  const db = await openDatabase(env)
  try {
    for (const projection of rows) await projectAnew(db, projection)
    if (index !== null) await forgetEpoch(db)
  } finally {
    await db.close()
  }
  if (rows.length > 0) say(`The rows of ${rows.length} rooms were made anew from their documents. Check again.`)
}
