import type { Actor } from '@paperboard/shared/room'
import * as Y from 'yjs'
import type { RecordNow } from '../db/projections.ts'
import type { StoredRoom } from '../db/rooms.ts'
import { type Accepted, Guard, type Here, type Refused } from './guard.ts'
import type { ServedKind } from './kinds.ts'
import { idOf, type Place } from './structs.ts'

/** Accepted updates are applied in bulk, at the latest after this many or this long (ms). */
const bulk = { updates: 500, ms: 200 }

/** Under whom the server's own changes stand in the log. */
export const serverId = 'server'

/** A change made here by the server: the update it amounts to, null if it changed nothing. */
export interface OwnChange<T> extends Accepted {
  result: T
}

/**
 * A room's document and its guard. Updates from members are judged at once and applied lazily, in bulk: applying one
 * alone costs many times its check. Whoever reads the document calls `settle` first, as all methods here do.
 */
export class LiveDocument {
  private readonly doc = new Y.Doc()
  private readonly kind: ServedKind
  private readonly guard: Guard
  private readonly owners: Map<number, string>
  private readonly waiting: Uint8Array[] = []
  private timer: NodeJS.Timeout | null = null
  private isClosed: boolean

  constructor(options: { kind: ServedKind; stored: StoredRoom | null; inUseBy: (client: number) => string | undefined }) {
    const { stored, kind } = options
    this.kind = kind
    this.owners = stored?.owners ?? new Map()
    for (const root of Object.keys(kind.kind.roots)) this.doc.getMap(root)
    this.doc.transact(() => {
      if (stored?.snapshot) Y.applyUpdate(this.doc, stored.snapshot.data)
      for (const { data } of stored?.updates ?? []) Y.applyUpdate(this.doc, data)
    })
    this.isClosed = kind.closed(this.doc)
    this.guard = new Guard({ doc: this.doc, kind: kind.kind, owners: this.owners, inUseBy: options.inUseBy, settle: () => this.settle() })
  }

  /** Judges a member's update; an accepted one counts as part of the document from now on. */
  accept(update: Uint8Array, actor: Actor, group: Pick<Here, 'now' | 'settings'>): Accepted | Refused {
    const judged = this.guard.check(update, actor, { ...group, closed: this.isClosed, knows: paper => this.kind.knows(this.doc, paper) })
    if ('refusal' in judged || judged.data === null) return judged
    this.waiting.push(judged.data)
    if (this.waiting.length >= bulk.updates || judged.places.some(place => place.root === this.kind.closedBy)) this.settle()
    else this.timer ??= setTimeout(() => this.settle(), bulk.ms)
    return judged
  }

  /** Makes a change under the server's own identity. If `change` throws, what it did before stays in this object: let go of it. */
  change<T>(change: (doc: Y.Doc) => T): OwnChange<T> {
    this.settle()
    const updates: Uint8Array[] = []
    const places: Place[] = []
    const collect = (update: Uint8Array) => updates.push(update)
    const note = ({ changed }: Y.Transaction) => {
      for (const [type, keys] of changed) for (const key of keys) if (key !== null) places.push({ root: this.rootOf(type), key })
    }
    this.doc.on('update', collect)
    this.doc.on('afterTransaction', note)
    try {
      const result = this.doc.transact(() => change(this.doc))
      return { result, data: updates[0] ?? null, places, newClients: updates.length === 0 ? [] : this.claimOwn() }
    } finally {
      this.doc.off('update', collect)
      this.doc.off('afterTransaction', note)
      this.isClosed = this.kind.closed(this.doc)
    }
  }

  private rootOf(type: object): string {
    for (const [name, shared] of this.doc.share) if (shared === type) return name
    throw new Error('The server changed a type that is not a root map')
  }

  private claimOwn(): number[] {
    if (this.owners.has(this.doc.clientID)) return []
    this.owners.set(this.doc.clientID, serverId)
    return [this.doc.clientID]
  }

  read<T>(view: (doc: Y.Doc) => T): T {
    this.settle()
    return view(this.doc)
  }

  stateVector(): Uint8Array {
    this.settle()
    return Y.encodeStateVector(this.doc)
  }

  /** Everything that a peer with this state vector lacks. Throws when the vector cannot be read. */
  missing(stateVector?: Uint8Array): Uint8Array {
    this.settle()
    return Y.encodeStateAsUpdate(this.doc, stateVector)
  }

  /** The records at these places as they are now, or all there are. */
  records(places?: Iterable<Place>): RecordNow[] {
    this.settle()
    if (places !== undefined) return [...places].map(place => ({ ...place, record: this.doc.getMap(place.root).get(place.key) }))
    return Object.keys(this.kind.kind.roots).flatMap(root => [...this.doc.getMap(root).entries()].map(([key, record]) => ({ root, key, record })))
  }

  /** To whom a client id belongs by what it wrote. */
  ownerOf(client: number): string | undefined {
    return this.owners.get(client)
  }

  private settle() {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    if (this.waiting.length === 0) return
    const updates = this.waiting.splice(0)
    this.doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.doc, update)
    })
    this.guard.caughtUp()
    this.isClosed = this.kind.closed(this.doc)
  }

  destroy() {
    if (this.timer !== null) clearTimeout(this.timer)
    this.doc.destroy()
  }
}

/** Places by name, each once. */
export class PlaceSet extends Map<string, Place> {
  addAll(places: Iterable<Place>) {
    for (const place of places) this.set(idOf(place), place)
  }
}
