/**
 * The history of a room: the updates of its log, taken in one after another in a document of its own, and told as what
 * they did to records and texts. A history is told once for all who ask, a slice at a time, so that nobody's change waits.
 */
import { difference, type History, type Moment, type RecordChange } from '@paperboard/shared/history'
import { limits } from '@paperboard/shared/limits'
import type { RoomKind, RoomName } from '@paperboard/shared/room'
import * as Y from 'yjs'
import type { Database } from '../db/database.ts'
import { type HistoricUpdate, historyOf, roomNamed, timesOf } from '../db/roomHistory.ts'
import { kinds } from './kinds.ts'
import { momentsIn } from './moments.ts'
import { whyBroken } from './stored.ts'
import { idOf, type Place, textPlace } from './structs.ts'
import { textIn } from './texts.ts'

/** Longest time (ms) that a history works on end. */
const slice = 5
/** Histories that are kept: whoever looks at one moves about in it, and others look, too. */
const kept = 4

/** Tells histories, one at a time. */
export const createHistories = (db: Database) => {
  const told = new Map<number, { head: number; history: Promise<History> }>()
  let last: Promise<unknown> = Promise.resolve()
  return async (name: string, { kind }: Pick<RoomName, 'kind'>): Promise<History> => {
    const room = await roomNamed(db, name)
    if (room === null) return { moments: [], cut: null }
    const known = told.get(room.id)
    if (known?.head === room.head) return known.history
    const history = last.then(() => (room.dropped > 0 ? { moments: [], cut: 'beginning-gone' as const } : tell(db, room.id, kinds[kind].kind)))
    last = history.catch(() => undefined)
    told.delete(room.id)
    told.set(room.id, { head: room.head, history })
    // What failed may succeed the next time.
    history.catch(() => told.delete(room.id))
    for (const id of [...told.keys()].slice(0, -kept)) told.delete(id)
    return history
  }
}

async function tell(db: Database, room: number, kind: RoomKind): Promise<History> {
  const times = await timesOf(db, room, limits.historyUpdates + 1)
  const teller = new Teller(kind)
  let cut: History['cut'] = times.length > limits.historyUpdates ? 'too-much' : null
  const ends = momentsIn(times.slice(0, limits.historyUpdates), limits.moments)
  let [n, end] = [0, 0]
  let since = performance.now()
  for await (const update of historyOf(db, room)) {
    if (end >= ends.length) break
    teller.take(update)
    if (n === ends[end]) {
      teller.endMoment()
      end++
      if (teller.bytes > limits.historyBytes) {
        cut = 'too-much'
        break
      }
    }
    n++
    if (performance.now() - since < slice) continue
    await new Promise(resolve => setImmediate(resolve))
    since = performance.now()
  }
  return { moments: teller.finish(), cut }
}

/** What a record said in words is told for as long as it stands: what was taken away by its author stays so. */
const withoutWords = (record: unknown): unknown => {
  if (typeof record !== 'object' || record === null) return record
  return Object.fromEntries(
    Object.entries(record).map(([field, value]) => [field, field === 'text' || field === 'question' ? '' : field === 'options' ? [] : value]),
  )
}

class Teller {
  bytes = 0
  readonly #doc = new Y.Doc()
  readonly #kind: RoomKind
  readonly #moments: Moment[] = []
  /** Who changed what since the last moment ended. */
  readonly #changed = new Map<string, { place: Place; by: Set<string> }>()
  readonly #records = new Map<string, string>()
  readonly #texts = new Map<string, string>()
  #at: number | null = null
  #by = ''

  constructor(kind: RoomKind) {
    this.#kind = kind
    for (const root of Object.keys(kind.roots)) this.#doc.getMap(root)
    this.#doc.on('afterTransaction', ({ changed }) => {
      for (const [type, keys] of changed) {
        if (type._item !== null) continue
        const root = Y.findRootTypeKey(type)
        for (const key of keys) this.#note(key === null ? textPlace(root) : { root, key })
      }
    })
  }

  #note(place: Place | null) {
    if (place === null) return
    const entry = this.#changed.get(idOf(place)) ?? { place, by: new Set() }
    entry.by.add(this.#by)
    this.#changed.set(idOf(place), entry)
  }

  take(update: HistoricUpdate) {
    this.#at ??= update.at
    this.#by = update.actor
    // What has changed on the disk is not told, and what built on it does not come to be.
    if (whyBroken(update) === null) Y.applyUpdate(this.#doc, update.data)
  }

  endMoment() {
    const moment: Moment = { at: this.#at ?? 0, records: [], texts: [] }
    for (const { place, by } of this.#changed.values()) {
      if (Object.hasOwn(this.#kind.roots, place.root)) this.#tellRecord(moment, place, [...by].at(-1) ?? '')
      else this.#tellText(moment, place, [...by])
    }
    this.#changed.clear()
    this.#at = null
    if (moment.records.length + moment.texts.length > 0) this.#moments.push(moment)
  }

  #tellRecord(moment: Moment, { root, key }: Place, by: string) {
    const after = this.#doc.getMap(root).get(key)
    const [id, text] = [`${root}/${key}`, JSON.stringify(after)]
    if (text === this.#records.get(id)) return
    if (text === undefined) this.#records.delete(id)
    else this.#records.set(id, text)
    this.bytes += (text ?? '').length + id.length
    moment.records.push({ by, root, key, ...(after === undefined ? {} : { after }) })
  }

  #tellText(moment: Moment, place: Place, by: string[]) {
    const id = idOf(place)
    const after = textIn(this.#doc, place)
    const change = difference(this.#texts.get(id) ?? '', after)
    if (change === null) return
    this.#texts.set(id, after)
    this.bytes += change.inserted.length + id.length
    moment.texts.push({ by, ...place, ...change })
  }

  finish(): Moment[] {
    const gone = (change: RecordChange) => !this.#records.has(`${change.root}/${change.key}`)
    for (const { records } of this.#moments)
      for (const [n, change] of records.entries()) if (change.after !== undefined && gone(change)) records[n] = { ...change, after: withoutWords(change.after) }
    this.#doc.destroy()
    return this.#moments
  }
}
