/** Puts what was read from files on a board: through the server that runs on the data directory, or on the database itself. */
import { existsSync } from 'node:fs'
import type { ImportResult, ImportStep } from '@paperboard/shared/api'
import { dayAt } from '@paperboard/shared/days'
import { pino } from 'pino'
import { type Control, findControl } from './control.ts'
import type { Database } from './db/database.ts'
import { openDatabase } from './db/open.ts'
import { DatabaseUnusable } from './db/unusable.ts'
import { databaseFile, readEnv } from './env.ts'
import { Problem } from './errors.ts'
import { boardDay, boardNow } from './papers/boardNow.ts'
import { ownerOf } from './papers/groupNamed.ts'
import type { NamedBytes } from './papers/read/files.ts'
import type { TextReading } from './papers/read/readText.ts'
import { addInSlices, closedBoard } from './papers/slices.ts'
import { createRedisFanout } from './sync/redis.ts'
import { createRooms, type Rooms } from './sync/rooms.ts'

/** Why nothing was done, or not all, as a sentence. */
export class ImportRefused extends Error {}

export interface FilesToImport {
  files: readonly NamedBytes[]
  reading: TextReading
  /** Name or id. */
  group: string
  date: string | null
  progress: (done: number, of: number) => void
}

type Added = Pick<ImportResult, 'day' | 'present'> & { added: number }

export async function importFiles(wanted: FilesToImport): Promise<Added> {
  const env = readEnv(process.env)
  const control = env.databaseUrl === null ? findControl(env.dataDir) : null
  try {
    const answer = control === null ? null : await askServer(wanted, control)
    return answer === null ? await onDatabase(wanted) : await told(answer, wanted.progress)
  } catch (error) {
    throw error instanceof Problem || error instanceof DatabaseUnusable ? new ImportRefused(error.message) : error
  }
}

/**
 * The server reads the files anew: the boards in its memory are the ones to change, and those who look at them see it. Null
 * where none answers: it ended without a word, and its number is another process's by now.
 */
async function askServer({ files, reading, group, date }: FilesToImport, { url, token }: Control): Promise<Response | null> {
  const form = new FormData()
  form.set('act', 'add')
  for (const { name, bytes } of files) form.append('file', new Blob([Buffer.from(bytes)]), name)
  const query = new URLSearchParams({ group, date: date ?? reading.day?.day ?? '' })
  try {
    return await fetch(`${url}/control/import?${query}`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: form })
  } catch (error) {
    const code = error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : null
    if (code === 'ECONNREFUSED') return null
    throw stopped()
  }
}

const stopped = () => new ImportRefused('The server stopped before it had finished. Import the same again, and the rest is added.')

/** What the server says as it goes. */
async function told(answer: Response, progress: FilesToImport['progress']): Promise<Added> {
  if (!answer.ok || answer.body === null) {
    const said: { error?: { message?: string } } = await answer.json().catch(() => ({}))
    throw new ImportRefused(said.error?.message ?? `The server answered with ${answer.status}.`)
  }
  for await (const step of stepsIn(answer.body)) {
    if (step.step === 'adding') progress(step.done, step.of)
    if (step.step === 'failed') throw new ImportRefused(step.error.message)
    if (step.step === 'added') return { ...step.result, added: step.result.added.length }
  }
  throw stopped()
}

async function* stepsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<ImportStep> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const bytes of wholeOf(body)) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line)
  }
}

/** A connection that breaks off is a server that has gone. */
async function* wholeOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch {
    throw stopped()
  }
}

/** No server runs on the data directory, or the database is one that several share: then this is one of them for a while. */
async function onDatabase({ reading, group: named, date, progress }: FilesToImport): Promise<Added> {
  const env = readEnv(process.env)
  // Opening would make a new one, and then say that it has no such group.
  if (env.databaseUrl === null && !existsSync(databaseFile(env)))
    throw new ImportRefused(`There is no data of Paperboard in ${env.dataDir}. Name its folder in DATA_DIR, or start the server there once.`)
  const db = await openDatabase(env)
  const now = () => Date.now()
  const log = pino({ level: 'silent' })
  const fanout = env.redisUrl === null ? null : createRedisFanout({ url: env.redisUrl, log })
  const rooms = createRooms({ db, log, now, fanout })
  try {
    return await addTo({ db, rooms, now }, { reading, named, date, progress })
  } finally {
    await rooms.close()
    await db.close()
  }
}

async function addTo(
  parts: { db: Database; rooms: Rooms; now: () => number },
  { reading, named, date, progress }: Pick<FilesToImport, 'reading' | 'date' | 'progress'> & { named: string },
): Promise<Added> {
  const { group, owner } = await ownerOf(parts.db, named)
  const today = dayAt(parts.now(), group.timeZone)
  const day = boardDay(date ?? reading.day?.day ?? today, { group }, parts.now())
  const { here, closed } = await boardNow(parts, group.id, day)
  if (closed) throw closedBoard()
  const target = { group: group.id, day, today, here: new Set(here), before: new Set<string>() }
  const { added, present } = await addInSlices(parts, { read: reading, target, member: owner, skip: new Set(), progress })
  return { added: added.length, present, day }
}
