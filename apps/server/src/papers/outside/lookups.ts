/**
 * Looks up what the catalogue lacks, one server at a time, from a queue in the database that survives restarts. While a
 * service cannot be reached its questions wait, longer each time, and a line in the log says so once.
 *
 *   const lookups = startLookups({ db, outside, log, now, rooms })
 *   await wantLookups(tx, rows, now)   // with the import, in its transaction
 *   lookups.wake()
 *   await lookups.close()
 */
import { dayAt } from '@paperboard/shared/days'
import { newId } from '@paperboard/shared/ids'
import type { Logger } from 'pino'
import { type Database, withoutParameters } from '../../db/database.ts'
import { factsOf, type OutsideSource, storeFacts, storeVersions } from '../../db/facts.ts'
import { databaseTime, releaseLease, renewLease, takeLease } from '../../db/leases.ts'
import { dueLookups, enqueue, type Lookup, nextDue, postponeSource, settleLookup } from '../../db/lookups.ts'
import { findIdentified, type PaperRow } from '../../db/papers.ts'
import type { Rooms } from '../../sync/rooms.ts'
import { wantVersions } from './discussed.ts'
import { type ChangedEntry, followNames } from './entries.ts'
import { OutsideFailure } from './failure.ts'
import type { Outside } from './http.ts'
import { services, type Told } from './services.ts'
import { areComplete, besideOf, chainOf, isComplete, namesOfPaper, sourceTitles } from './sources.ts'
import { createTelling, type Telling } from './telling.ts'

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
  /** Between looks for new versions of papers that were discussed. */
  versions: 12 * 3_600_000,
}
/** A source that knew nothing is asked again by the next import of the paper, if that is later than this (ms). */
export const askAgainAfter = 24 * 3_600_000
/** No time at all is long enough. */
const never = Number.MAX_SAFE_INTEGER
/** After as many failures the next source is asked meanwhile. */
const standInAfter = 3
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
  rooms: Pick<Rooms, 'tellOfPapers'>
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
  let again = false
  let busy = false
  let versionsAt = Number.NEGATIVE_INFINITY
  const work = createWork(
    { ...options, times, tell: telling.tell },
    async () => !closed && renewLease(db, 'lookups', holder, await databaseTime(db, now), times.lease),
  )

  const pass = async () => {
    do {
      again = false
      if (!(await takeLease(db, 'lookups', holder, await databaseTime(db, now), times.lease))) return
      try {
        if (now() - versionsAt > times.versions) {
          versionsAt = now()
          await wantVersions(db, now())
        }
        while (!closed && (await work())) again = false
      } finally {
        await releaseLease(db, 'lookups', holder)
      }
    } while (again && !closed)
  }

  const run = () => {
    if (closed) return
    if (busy) {
      again = true
      return
    }
    clearTimeout(timer)
    busy = true
    running = pass()
      .catch((error: unknown) => {
        if (!closed) log.error({ err: withoutParameters(error) }, 'lookups could not be done')
      })
      .then(async () => {
        busy = false
        if (closed) return
        const due = await nextDue(db).catch(() => null)
        timer = setTimeout(run, Math.min(times.look, Math.max(100, (due ?? Number.POSITIVE_INFINITY) - now()))).unref()
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
      await running
      telling.close()
    },
  }
}

interface Working extends Omit<Options, 'times'> {
  times: LookupTimes
  tell: Telling['tell']
}

/** One round over what is due. False when nothing was. */
const createWork = ({ db, outside, log, now, tell, times }: Working, mayGoOn: () => Promise<boolean>) => {
  /** Sources whose silence is in the log. */
  const silent = new Set<OutsideSource>()

  const store = (lookup: Lookup, told: Told | null): Promise<ChangedEntry[]> =>
    db.transaction(async tx => {
      await settleLookup(tx, { ...lookup, state: told === null ? 'missing' : 'told', tries: 0, nextAt: now(), error: null })
      if (told !== null) {
        await storeFacts(tx, { name: lookup.name, source: lookup.source, fields: told.fields, fetchedAt: now() })
        await storeVersions(tx, told.versions)
      }
      const known = (await factsOf(tx, [lookup.name])).map(({ fields }) => fields)
      if (!areComplete(known)) await askNext(tx, lookup, now())
      const beside = besideOf(lookup.name)
      if (told !== null && beside !== null && lookup.source === chainOf(lookup.name)[0])
        await enqueue(tx, [{ name: lookup.name, source: beside }], now(), never)
      return followNames(tx, [lookup.name], now())
    })

  const fail = async (lookups: readonly Lookup[], source: OutsideSource, failure: OutsideFailure) => {
    const tries = Math.max(...lookups.map(lookup => lookup.tries)) + 1
    const wait = Math.min(times.longestWait, times.firstWait * 2 ** (tries - 1)) * (0.8 + 0.4 * Math.random())
    const until = Math.max(failure.retryAt ?? 0, Math.round(now() + wait))
    if (!silent.has(source))
      log.warn({ source, why: failure.message, waiting: lookups.length, until }, `${sourceTitles[source]} gives no answer; it is asked again later`)
    silent.add(source)
    await db.transaction(async tx => {
      await postponeSource(tx, source, until, failure.message)
      if (tries >= standInAfter) for (const lookup of lookups) await askNext(tx, lookup, now())
    })
  }

  const askOf = async (source: OutsideSource, lookups: readonly Lookup[]) => {
    const service = services[source]
    for (let from = 0; from < lookups.length; from += service.batch) {
      if (!(await mayGoOn())) return
      const batch = lookups.slice(from, from + service.batch)
      try {
        const told = await service.ask(
          outside,
          batch.map(({ name }) => name),
          dayAt(now(), 'UTC'),
        )
        if (silent.delete(source)) log.info({ source }, `${sourceTitles[source]} answers again`)
        const changed: ChangedEntry[] = []
        for (const lookup of batch) changed.push(...(await store(lookup, told.get(lookup.name) ?? null)))
        tell([...changed, ...(await stateOf(db, batch))])
      } catch (error) {
        if (!(error instanceof OutsideFailure)) throw error
        if (error.passing) {
          await fail(lookups.slice(from), source, error)
          tell(await stateOf(db, lookups.slice(from)))
          return
        }
        for (const lookup of batch) await store(lookup, null)
        tell(await stateOf(db, batch))
      }
    }
  }

  return async () => {
    const due = await dueLookups(db, now(), most)
    if (due.length === 0) return false
    const bySource = Map.groupBy(due, ({ source }) => source)
    const done = await Promise.allSettled([...bySource].map(([source, lookups]) => askOf(source, lookups)))
    for (const one of done) if (one.status === 'rejected') throw one.reason
    return mayGoOn()
  }
}

const askNext = async (tx: Database, { name, source }: Lookup, now: number) => {
  const chain = chainOf(name)
  const place = chain.indexOf(source)
  const next = chain[place + 1]
  if (place >= 0 && next !== undefined) await enqueue(tx, [{ name, source: next }], now, never)
}

/** The entries about which something else is said now, though their text may be what it was. */
const stateOf = async (db: Database, lookups: readonly Lookup[]): Promise<ChangedEntry[]> => {
  const of = (kind: string) => lookups.filter(({ name }) => name.startsWith(kind)).map(({ name }) => name.slice(kind.length))
  const rows = await findIdentified(db, { arxivIds: of('arxiv:'), dois: of('doi:') })
  return rows.map(({ scope, id }) => ({ scope, ids: [id] }))
}
