/** Asks one source for what waits for it, and stores what came of each question before anybody is told. */
import { dayAt } from '@paperboard/shared/days'
import type { Logger } from 'pino'
import { type Database, withoutParameters } from '../../db/database.ts'
import { factsOf, type OutsideSource, storeFacts, storeVersions } from '../../db/facts.ts'
import { enqueue, type Lookup, postponeSource, settleLookup } from '../../db/lookups.ts'
import { findIdentified } from '../../db/papers.ts'
import { type ChangedEntry, followNames } from './entries.ts'
import { OutsideFailure } from './failure.ts'
import type { Outside } from './http.ts'
import { services, type Told } from './services.ts'
import { areComplete, besideOf, chainOf, sourceTitles } from './sources.ts'

/** The wait after a first failure doubles up to the longest, ms. */
export interface Waits {
  firstWait: number
  longestWait: number
}

interface Options {
  db: Database
  outside: Outside
  log: Logger
  now: () => number
  waits: Waits
  tell: (changed: readonly ChangedEntry[]) => void
  /** Whether this server still has the queue. Asked before each question. */
  mayGoOn: () => Promise<boolean>
}

/** No time at all is long enough. */
const never = Number.MAX_SAFE_INTEGER
/** After as many failures the next source is asked meanwhile. */
const standInAfter = 3

/** How to ask a source. Rejects for nothing that a service has done. */
export function createAsking({ db, outside, log, now, waits, tell, mayGoOn }: Options) {
  /** Sources whose silence is in the log. */
  const silent = new Set<OutsideSource>()

  const fail = async (lookups: readonly Lookup[], source: OutsideSource, failure: OutsideFailure) => {
    const tries = Math.max(...lookups.map(lookup => lookup.tries)) + 1
    const wait = Math.min(waits.longestWait, waits.firstWait * 2 ** (tries - 1)) * (0.8 + 0.4 * Math.random())
    const until = Math.max(failure.retryAt ?? 0, Math.round(now() + wait))
    if (!silent.has(source))
      log.warn({ source, why: failure.message, waiting: lookups.length, until }, `${sourceTitles[source]} gives no answer; it is asked again later`)
    silent.add(source)
    await db.transaction(async tx => {
      await postponeSource(tx, source, until, failure.message)
      if (tries >= standInAfter) for (const lookup of lookups) await askNext(tx, lookup, now())
    })
  }

  /** What cannot be stored must not keep the rest of the queue from being worked off. */
  const storeOrPutOff = async (lookup: Lookup, told: Told | null): Promise<ChangedEntry[]> => {
    try {
      return await store(db, lookup, told, now())
    } catch (error) {
      log.error({ err: withoutParameters(error), name: lookup.name, source: lookup.source }, 'what was told of a paper could not be stored')
      await settleLookup(db, { ...lookup, tries: lookup.tries + 1, nextAt: now() + waits.longestWait, error: 'The answer could not be stored.' })
      return []
    }
  }

  return async (source: OutsideSource, lookups: readonly Lookup[]): Promise<void> => {
    const service = services[source]
    for (let from = 0; from < lookups.length; from += service.batch) {
      if (!(await mayGoOn())) return
      const batch = lookups.slice(from, from + service.batch)
      const told = await answerOf(() =>
        service.ask(
          outside,
          batch.map(({ name }) => name),
          dayAt(now(), 'UTC'),
        ),
      )
      if (told instanceof OutsideFailure && told.passing) {
        await fail(lookups.slice(from), source, told)
        tell(await entriesOf(db, lookups.slice(from)))
        return
      }
      if (silent.delete(source)) log.info({ source }, `${sourceTitles[source]} answers again`)
      const changed: ChangedEntry[] = []
      for (const lookup of batch) changed.push(...(await storeOrPutOff(lookup, told instanceof OutsideFailure ? null : (told.get(lookup.name) ?? null))))
      // Also where the text is what it was: how the lookup stands is not.
      tell([...changed, ...(await entriesOf(db, batch))])
    }
  }
}

const answerOf = async <T>(ask: () => Promise<T>): Promise<T | OutsideFailure> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof OutsideFailure) return error
    throw error
  }
}

/** Writes down what a source told of a work, null where it knows nothing, and lets the entries follow. */
const store = (db: Database, lookup: Lookup, told: Told | null, now: number): Promise<ChangedEntry[]> =>
  db.transaction(async tx => {
    const { name, source } = lookup
    await settleLookup(tx, { ...lookup, state: told === null ? 'missing' : 'told', tries: 0, nextAt: now, error: null })
    if (told !== null) {
      await storeFacts(tx, { name, source, fields: told.fields, fetchedAt: now })
      await storeVersions(tx, told.versions)
    }
    const known = await factsOf(tx, [name])
    if (!areComplete(known.map(({ fields }) => fields))) await askNext(tx, lookup, now)
    const beside = besideOf(name)
    if (told !== null && beside !== null && source === chainOf(name)[0]) await enqueue(tx, [{ name, source: beside }], now, never)
    return followNames(tx, [name], now)
  })

const askNext = async (tx: Database, { name, source }: Lookup, now: number) => {
  const chain = chainOf(name)
  const place = chain.indexOf(source)
  const next = chain[place + 1]
  if (place >= 0 && next !== undefined) await enqueue(tx, [{ name, source: next }], now, never)
}

const entriesOf = async (db: Database, lookups: readonly Lookup[]): Promise<ChangedEntry[]> => {
  const of = (kind: string) => lookups.filter(({ name }) => name.startsWith(kind)).map(({ name }) => name.slice(kind.length))
  const rows = await findIdentified(db, { arxivIds: of('arxiv:'), dois: of('doi:') })
  return rows.map(({ scope, id }) => ({ scope, ids: [id] }))
}
