/**
 * Looks up what the catalogue lacks, one server at a time, from a queue in the database that survives restarts. While a
 * service cannot be reached its questions wait, longer each time, and a line in the log says so once.
 *
 *   const lookups = startLookups({ db, outside, log, now, rooms })
 *   await wantLookups(tx, rows, now)   // with the import, in its transaction
 *   lookups.wake()
 *   await lookups.close()
 */
import { newId } from '@paperboard/shared/ids'
import type { Logger } from 'pino'
import { type Database, withoutParameters } from '../../db/database.ts'
import type { OutsideSource } from '../../db/facts.ts'
import { databaseTime, releaseLease, renewLease, takeLease } from '../../db/leases.ts'
import { dueLookups, enqueue, nextDue } from '../../db/lookups.ts'
import type { PaperRow } from '../../db/papers.ts'
import type { Rooms } from '../../sync/rooms.ts'
import { createAsking } from './asking.ts'
import { wantVersions } from './discussed.ts'
import type { Outside } from './http.ts'
import { chainOf, isComplete, namesOfPaper } from './sources.ts'
import { createTelling } from './telling.ts'

/** ms. */
export type LookupTimes = typeof usual
const usual = {
  /** Changes gather for this long before they are told. */
  gather: 500,
  lease: 120_000,
  /** Longest time until a server looks whether there is something to do, and until it notices that another has gone. */
  look: 30_000,
  /** The wait after a first failure; it doubles up to the longest. */
  firstWait: 60_000,
  longestWait: 6 * 3_600_000,
  /** How often the lease is prolonged while something is asked. */
  renew: 30_000,
  /** Between looks for new versions of papers that were discussed. */
  versions: 12 * 3_600_000,
}
/** A source that knew nothing is asked again by the next import of the paper, if that is later than this (ms). */
export const askAgainAfter = 24 * 3_600_000
/** Questions taken up in one go. */
const most = 300

export interface Lookups {
  /** There may be something to do. */
  wake(): void
  /** Takes up nothing more, and resolves when nothing is under way: break off what is asked with `outside.close()`. The rest waits for the next start. */
  close(): Promise<void>
  /** Resolves when nothing is due. */
  idle(): Promise<void>
}

interface Options {
  db: Database
  outside: Outside
  log: Logger
  now: () => number
  /** Hears of papers whose text or state has changed, once that is stored. */
  rooms: Pick<Rooms, 'tell'>
  times?: Partial<LookupTimes>
}

/** Has the sources asked that entries lack something of. */
export async function wantLookups(tx: Database, rows: readonly PaperRow[], now: number): Promise<void> {
  const wanted = rows.filter(row => !isComplete(row)).flatMap(row => namesOfPaper(row).slice(0, 1))
  await enqueue(
    tx,
    [...new Set(wanted)].flatMap(name => {
      const [source] = chainOf(name)
      return source === undefined ? [] : { name, source }
    }),
    now,
    askAgainAfter,
  )
}

export function startLookups(options: Options): Lookups {
  const { db, log, now, rooms } = options
  const times = { ...usual, ...options.times }
  const telling = createTelling({ db, rooms, log, every: times.gather })
  const holder = newId()
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let busy = false
  /** Something came in since the queue was read. */
  let stirred = false
  let stir = () => {}
  let versionsAt = Number.NEGATIVE_INFINITY

  const take = async (take: typeof takeLease) => take(db, 'lookups', holder, await databaseTime(db, now), times.lease)
  const mayGoOn = async () => !closed && (await take(renewLease))
  const ask = createAsking({ ...options, waits: times, tell: telling.tell, mayGoOn })

  /** Works until nothing is due. No source waits for another one that is slow. */
  const work = async () => {
    const asked = new Map<OutsideSource, Promise<void>>()
    const failures: unknown[] = []
    while (failures.length === 0 && (await mayGoOn())) {
      stirred = false
      const due = await dueLookups(db, { now: now(), most, except: [...asked.keys()] })
      for (const [source, lookups] of Map.groupBy(due, lookup => lookup.source))
        asked.set(
          source,
          ask(source, lookups)
            .catch((error: unknown) => void failures.push(error))
            .finally(() => asked.delete(source)),
        )
      if (asked.size === 0) break
      const news = Promise.withResolvers<void>()
      stir = news.resolve
      if (stirred) stir()
      await Promise.race([...asked.values(), news.promise])
    }
    await Promise.all(asked.values())
    if (failures.length > 0) throw failures[0]
  }

  const pass = async () => {
    if (!(await take(takeLease))) {
      // Another server has the queue, and finds there what came in.
      stirred = false
      return
    }
    const beat = setInterval(() => void mayGoOn().then(stir, stir), times.renew)
    try {
      if (now() - versionsAt > times.versions) {
        versionsAt = now()
        await wantVersions(db, now())
      }
      await work()
    } finally {
      clearInterval(beat)
      await releaseLease(db, 'lookups', holder)
    }
  }

  const run = () => {
    if (closed) return
    stirred = true
    stir()
    if (busy) return
    clearTimeout(timer)
    busy = true
    running = pass()
      .catch((error: unknown) => {
        // What is broken off when the server stops is no failure.
        if (!closed) log.error({ err: withoutParameters(error) }, 'lookups could not be done')
        stirred = false
      })
      .then(async () => {
        const due = closed ? null : await nextDue(db).catch(() => null)
        busy = false
        if (closed) return
        if (stirred) run()
        else timer = setTimeout(run, Math.min(times.look, Math.max(100, (due ?? Number.POSITIVE_INFINITY) - now()))).unref()
      })
  }
  run()
  return {
    wake: run,
    idle: async () => {
      while (busy) await running
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      stir()
      await running
      telling.close()
    },
  }
}
