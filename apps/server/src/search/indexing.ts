/**
 * Keeps the index of texts behind the tables: in the background, in small parts between which all else goes on, never on the
 * way of a change. An index that is missing, of an older version or of another installation is made anew, from where the work
 * on it was broken off.
 */
import { setImmediate } from 'node:timers/promises'
import { newId } from '@paperboard/shared/ids'
import type { Logger } from 'pino'
import { type Database, withoutParameters } from '../db/database.ts'
import { databaseTime, releaseLease, takeLease } from '../db/leases.ts'
import { chunked } from '../db/papers.ts'
import { forgetAllChanges, forgetChanges, goesOnFrom, searchEpoch, textChanges, watchTexts } from '../db/searchChanges.ts'
import { documentsNamed, emptyIndex, type IndexState, indexState, noteIndexState, putDocuments, removeDocuments, settleIndex } from '../db/searchIndex.ts'
import { type DocumentKind, documentKinds, type IndexedDocument } from '../db/searchTexts.ts'
import { indexed, type Unworded, worded } from './documents.ts'

interface Options {
  db: Database
  log: Logger
  now: () => number
  times?: Partial<typeof usual>
}

/** How often it is looked for changes, how long it rests at most after what took long, and when it goes on after a failure: ms. */
const usual = { every: 1_000, most: 10_000, again: 10_000 }
/** After work it rests for so many times as long: of what changes all the time, the last is indexed. */
const rest = 4
/** Texts that are read at a time. */
const atOnce = 20
/** Texts are taken apart for so long (ms), then all else has a turn; and those of about so many words are put in together. */
const turn = { ms: 4, words: 4_000 }
/** Changes that are taken up together. */
const changesAtOnce = 400
/** One server at a time writes the index that several share. ms. */
const lease = { name: 'search', length: 30_000 }

export interface Indexing {
  /** Resolves when all that has changed before is in the index. */
  caughtUp(): Promise<void>
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>
}

const kinds = Object.keys(documentKinds) as DocumentKind[]

/** Puts what there is now under these keys into the index, and takes out what is not there any more. */
async function bringUp(index: Database, kind: DocumentKind, keys: readonly string[]): Promise<void> {
  for (const some of chunked([...new Set(keys)], atOnce)) {
    const read = await indexed[kind].read(index, some)
    const there = new Set(read.documents.map(({ group, key }) => `${group} ${key}`))
    const gone = (await documentsNamed(index, kind, read.keys)).filter(({ group, key }) => !there.has(`${group} ${key}`))
    if (gone.length > 0) await removeDocuments(index, gone)
    for await (const documents of inTurns(read.documents)) await putDocuments(index, documents)
    await setImmediate()
  }
}

async function* inTurns(texts: readonly Unworded[]): AsyncGenerator<IndexedDocument[]> {
  let [some, words, begun]: [IndexedDocument[], number, number] = [[], 0, performance.now()]
  for (const text of texts) {
    if (performance.now() - begun > turn.ms) {
      await setImmediate()
      begun = performance.now()
    }
    const document = await worded(text)
    some.push(document)
    words += Object.values(document.words).reduce((sum, part) => sum + part.length, 0)
    if (words < turn.words) continue
    yield some
    ;[some, words, begun] = [[], 0, performance.now()]
  }
  if (some.length > 0) yield some
}

export function startIndexing({ db, log, now, times }: Options): Indexing {
  const { every, most, again } = { ...usual, ...times }
  const holder = newId()
  let closed = false
  let ready = false
  let timer: NodeJS.Timeout | undefined
  let work: Promise<void> = Promise.resolve()

  const mayWork = async () => !closed && (!db.shared || (await takeLease(db, lease.name, holder, await databaseTime(db, now), lease.length)))

  /** The index as it stands, or an empty one to be filled. */
  const stateOf = async (index: Database): Promise<IndexState> => {
    const epoch = await searchEpoch(db, newId())
    const state = await indexState(index)
    if (state?.epoch === epoch && (await goesOnFrom(db, state.seen))) return state
    const empty = { epoch, seen: await forgetAllChanges(db), cursor: '' }
    await emptyIndex(index, empty)
    log.info('the search index is made anew')
    return empty
  }

  /** Fills an index, part by part. False where it has to be gone on with later. */
  const fill = async (index: Database, begun: IndexState): Promise<boolean> => {
    let state = begun
    while (state.cursor !== null) {
      if (!(await mayWork())) return false
      const slash = state.cursor.indexOf('/')
      const kind = kinds.find(name => name === state.cursor?.slice(0, slash)) ?? kinds[0] ?? 'paper'
      const part = await indexed[kind].after(index, slash < 0 ? '' : state.cursor.slice(slash + 1))
      if (part !== null) await bringUp(index, kind, part.keys)
      const next = kinds[kinds.indexOf(kind) + 1]
      state = { ...state, cursor: part !== null ? `${kind}/${part.cursor}` : next === undefined ? null : `${next}/` }
      await noteIndexState(index, state)
      if (state.cursor === null) await settleIndex(index)
    }
    return true
  }

  const follow = async (index: Database) => {
    for (;;) {
      const changes = await textChanges(db, changesAtOnce)
      if (changes.length === 0 || !(await mayWork())) return
      for (const [kind, some] of Map.groupBy(changes, change => change.kind)) {
        const keys = some.map(({ key }) => key)
        await bringUp(index, kind, keys)
      }
      const state = await indexState(index)
      if (state === null) return
      await noteIndexState(index, { ...state, seen: Math.max(state.seen, ...changes.map(({ seq }) => seq)) })
      await forgetChanges(db, changes)
    }
  }

  const pass = async () => {
    const index = await db.index()
    if (!ready) {
      await watchTexts(db)
      if (!(await mayWork())) return
      const state = await stateOf(index)
      if (!(await fill(index, state))) return
      ready = true
    }
    await follow(index)
  }

  const run = (): Promise<void> => {
    clearTimeout(timer)
    const begun = work.then(async () => {
      if (closed) return
      let failed = false
      const began = performance.now()
      await pass().catch((error: unknown) => {
        failed = true
        ready = false
        if (!closed) log.error({ err: withoutParameters(error) }, 'the search index could not be brought up to date and will be tried again')
      })
      const due = Math.max(every, Math.min(most, (performance.now() - began) * rest))
      if (!closed && work === begun) timer = setTimeout(run, failed ? again : due).unref()
    })
    work = begun
    return begun
  }
  void run()
  return {
    caughtUp: run,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await work
      if (db.shared) await releaseLease(db, lease.name, holder).catch(() => {})
    },
  }
}
