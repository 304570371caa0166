import type { Actor } from '@paperboard/shared/room'
import * as Y from 'yjs'
import { z } from 'zod'
import type { RecordNow } from '../db/recordRows.ts'
import type { LoggedUpdate, StoredRoom } from '../db/rooms.ts'
import { type Accepted, Guard, type Here, type Refused } from './guard.ts'
import type { ServedKind } from './kinds.ts'
import { type Salvaged, salvage, type Vouched } from './salvage.ts'
import { holds } from './stored.ts'
import { type Place, textPlace } from './structs.ts'
import { textIn, textsIn } from './texts.ts'

/** Accepted updates are applied in bulk, at the latest after this many or this long (ms). */
const bulk = { updates: 500, ms: 200 }

/** A restore of a backup, as far as a room has to know of it. */
export interface Restored {
  /** When the last update that the backup holds of the room was stored, ms since 1970. What was closed later was open then. */
  lastStored: number
}

/** Under whom the server's own changes stand in the log. */
export const serverId = 'server'

/** A change made here by the server: the update it amounts to, null if it changed nothing. */
export interface OwnChange<T> extends Accepted {
  result: T
}

/**
 * A room's document and its guard. Updates from members are judged at once and applied lazily, in bulk: applying one
 * alone costs many times its check. A document that was stored whole is not even built until something has to be judged
 * or read in it: what is stored answers a member as it is.
 */
export class LiveDocument {
  private readonly kind: ServedKind
  private readonly owners: Map<number, string>
  private readonly inUseBy: (client: number) => string | undefined
  /** The whole of the document, for as long as nothing had to be built. */
  private stored: Uint8Array | null
  private built: { doc: Y.Doc; guard: Guard; knows: (key: string) => boolean } | null = null
  private readonly waiting: Uint8Array[] = []
  private timer: NodeJS.Timeout | null = null
  private isClosed = false
  private readonly vouched: Vouched = new Map()
  private vector: Uint8Array | null = null

  constructor(options: { kind: ServedKind; stored: StoredRoom | null; inUseBy: (client: number) => string | undefined }) {
    const { stored } = options
    this.kind = options.kind
    this.inUseBy = options.inUseBy
    this.owners = stored?.owners ?? new Map()
    this.stored = stored?.snapshot?.data ?? nothing
    this.vector = stored?.snapshot?.vector ?? null
    if (stored !== null && stored.updates.length > 0) this.apply(stored.updates.map(({ data }) => data))
  }

  private get live() {
    this.built ??= this.build()
    return this.built
  }

  private build() {
    const doc = new Y.Doc()
    for (const root of Object.keys(this.kind.kind.roots)) doc.getMap(root)
    if (this.stored !== null) Y.applyUpdate(doc, this.stored)
    this.stored = null
    this.isClosed = this.kind.closed(doc)
    const guard = new Guard({ doc, kind: this.kind.kind, owners: this.owners, inUseBy: this.inUseBy, settle: () => this.settle() })
    return { doc, guard, knows: (key: string) => this.kind.knows(doc, key) }
  }

  /** Judges a member's update; an accepted one counts as part of the document from now on. */
  accept(update: Uint8Array, actor: Actor, group: Pick<Here, 'now' | 'settings'>): Accepted | Refused {
    // Whoever comes with nothing says so; the document need not be built for that.
    if (isEmptyUpdate(update)) return { data: null, places: [], newClients: [] }
    const { knows } = this.live
    return this.judge(update, actor, { now: group.now, settings: group.settings, closed: this.isClosed, knows })
  }

  /** Takes of a member's whole state what may be theirs, and was lost. Null when it is to be judged like any other. */
  bringBack(update: Uint8Array, actor: Actor, group: Pick<Here, 'now' | 'settings'>, { lastStored }: Restored): Salvaged | null {
    if (isEmptyUpdate(update)) return null
    const { doc, guard } = this.settled()
    const knows = (key: string) => this.kind.presumes || this.kind.knows(this.settled().doc, key)
    const wasOpen = (records: readonly unknown[]) => {
      const closedAt = this.kind.closedAt(doc)
      return closedAt === null || (closedAt > lastStored && records.every(record => timeOf(record) <= closedAt))
    }
    try {
      return salvage(update, actor, {
        doc: () => this.settled().doc,
        take: (piece, records, was) => this.judge(piece, actor, { ...group, closed: !wasOpen(records), knows, was }),
        vouched: this.vouched,
        placesIn: message => guard.placesIn(message),
        ownerOf: client => this.owners.get(client) ?? this.inUseBy(client),
        writerOf: this.kind.writerOf,
      })
    } catch {
      // The guard says why.
      return null
    }
  }

  private judge(update: Uint8Array, actor: Actor, here: Here): Accepted | Refused {
    const judged = this.live.guard.check(update, actor, here)
    if ('refusal' in judged || judged.data === null) return judged
    this.vector = null
    this.waiting.push(judged.data)
    if (this.waiting.length >= bulk.updates || judged.places.some(place => place.root === this.kind.closedBy)) this.settle()
    else this.timer ??= setTimeout(() => this.settle(), bulk.ms)
    return judged
  }

  /** Makes a change under the server's own identity. If `change` throws, what it did before stays in this object: let go of it. */
  change<T>(change: (doc: Y.Doc) => T): OwnChange<T> {
    const { doc } = this.settled()
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => updates.push(update)
    doc.on('update', collect)
    try {
      const { result, places } = this.noting(() => doc.transact(() => change(doc)))
      return { result, data: updates[0] ?? null, places, newClients: updates.length === 0 ? [] : this.claimOwn(doc) }
    } finally {
      doc.off('update', collect)
    }
  }

  /** Takes in updates that were accepted elsewhere. Gives the records that they touch. */
  adopt(updates: readonly LoggedUpdate[]): Place[] {
    this.settled()
    for (const { newClients, actor } of updates) for (const client of newClients) this.owners.set(client, actor)
    return this.noting(() => this.apply(updates.map(({ data }) => data))).places
  }

  /** Does something to the document, and notes which records it touches. */
  private noting<T>(work: () => T): { result: T; places: Place[] } {
    const { doc } = this.live
    const places: Place[] = []
    const note = ({ changed }: Y.Transaction) => {
      for (const [type, keys] of changed) {
        const root = rootOf(doc, type)
        for (const key of keys) {
          const place = key === null ? textPlace(root) : { root, key }
          if (place !== null) places.push(place)
        }
      }
    }
    doc.on('afterTransaction', note)
    try {
      return { result: work(), places }
    } finally {
      doc.off('afterTransaction', note)
      this.isClosed = this.kind.closed(doc)
      this.vector = null
    }
  }

  private claimOwn({ clientID }: Y.Doc): number[] {
    if (this.owners.has(clientID)) return []
    this.owners.set(clientID, serverId)
    return [clientID]
  }

  read<T>(view: (doc: Y.Doc) => T): T {
    return view(this.settled().doc)
  }

  /** Whether an update brings nothing new. One that cannot be read does. */
  holds(update: Uint8Array): boolean {
    try {
      return holds(this.settled().doc, update)
    } catch {
      return false
    }
  }

  stateVector(): Uint8Array {
    this.vector ??= this.stored !== null ? Y.encodeStateVectorFromUpdate(this.stored) : Y.encodeStateVector(this.settled().doc)
    return this.vector
  }

  /** Everything that a peer with this state vector lacks. Throws when the vector cannot be read. */
  missing(stateVector: Uint8Array = nothingYet): Uint8Array {
    if (this.stored === null) return Y.encodeStateAsUpdate(this.settled().doc, stateVector)
    return isEmptyVector(stateVector) ? this.stored : Y.diffUpdate(this.stored, stateVector)
  }

  /** All of it, in memory of its own. */
  whole(): Uint8Array {
    return Y.encodeStateAsUpdate(this.settled().doc)
  }

  /** The records at these places as they are now, or all there are. That of a text is a string. */
  records(places?: Iterable<Place>): RecordNow[] {
    const { doc } = this.settled()
    const { roots } = this.kind.kind
    const now = (place: Place) => ({ ...place, record: Object.hasOwn(roots, place.root) ? doc.getMap(place.root).get(place.key) : textIn(doc, place) })
    if (places !== undefined) return [...places].map(now)
    const records = Object.keys(roots).flatMap(root => [...doc.getMap(root).entries()].map(([key, record]) => ({ root, key, record })))
    return [...records, ...textsIn(doc).map(now)]
  }

  /** To whom a client id belongs by what it wrote. */
  ownerOf(client: number): string | undefined {
    return this.owners.get(client)
  }

  /** The document with everything applied. */
  private settled() {
    this.settle()
    return this.live
  }

  private settle() {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    if (this.waiting.length > 0) this.apply(this.waiting.splice(0))
  }

  private apply(updates: readonly Uint8Array[]) {
    const { doc, guard } = this.live
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    guard.caughtUp()
    this.vector = null
    this.isClosed = this.kind.closed(doc)
  }

  destroy() {
    if (this.timer !== null) clearTimeout(this.timer)
    this.built?.doc.destroy()
  }
}

/** The update that an empty document amounts to: of no clients, with no deletions. */
const nothing = Uint8Array.of(0, 0)
const Timed = z.object({ at: z.number(), edited: z.number().nullish() })
/** When a record was written, by itself; what says nothing of it was not written before anything. */
const timeOf = (record: unknown): number => {
  if (record === undefined) return 0
  const { data } = Timed.safeParse(record)
  return data === undefined ? Number.POSITIVE_INFINITY : (data.edited ?? data.at)
}

/** The state vector of an empty document: of no clients. */
const nothingYet = Uint8Array.of(0)
export const isEmptyUpdate = (update: Uint8Array) => update.length === 2 && update[0] === 0 && update[1] === 0
export const isEmptyVector = (stateVector: Uint8Array) => stateVector.length === 1 && stateVector[0] === 0

const rootOf = (doc: Y.Doc, type: object): string => {
  for (const [name, shared] of doc.share) if (shared === type) return name
  throw new Error('A type was changed that is not a root map')
}

/** Places, each once. By root map and key: to make a name of both for each change of a busy room is work and garbage. */
export class PlaceSet {
  private readonly byRoot = new Map<string, Map<string, Place>>()
  size = 0

  addAll(places: Iterable<Place>) {
    for (const place of places) {
      const keys = this.byRoot.get(place.root)
      if (keys === undefined) this.byRoot.set(place.root, new Map([[place.key, place]]))
      else if (!keys.has(place.key)) keys.set(place.key, place)
      else continue
      this.size += 1
    }
  }

  *values(): Generator<Place> {
    for (const keys of this.byRoot.values()) yield* keys.values()
  }
}
