/**
 * What of a client's whole state may be taken after the server went back to an older backup. The client then holds changes
 * of its own that the server has lost, together with those of other members, which it cannot vouch for. Its state is taken
 * apart: what belongs to the sender goes by the guard piece by piece, the rest is left to whoever wrote it.
 *
 * Nothing is taken here that the guard would refuse to the sender as a change of their own. Four things are more than that:
 *
 * - A client id that the server does not know could be anybody's. It is the sender's only if their window says so, or if
 *   every struct in it that tells its writer by its key tells the sender. Otherwise whoever relays another's first struct
 *   that anybody might have written, such as a removed mark "settled", would own that id and lock its writer out. Whoever
 *   knows an id of another from before can still claim it, by writing a record of their own under it: they gain nothing,
 *   since each record goes by its key, and the other loses what they wrote in that one window since the backup.
 * - Yjs does not say who deleted something, and replacing a value deletes it too. An organizer may delete the comments of
 *   others, and their client says that the old text of an edited one is deleted. So nothing is deleted where the state
 *   holds a later value that is not taken.
 * - What a change of another's record replaces is lost: Yjs keeps no value that was replaced. An organizer's change of a
 *   reading is taken once whoever handed it out has come with the very same value.
 * - Boards closed since the backup count as open for what was written before that; papers that the server has lost, as known.
 */
import type { Actor } from '@paperboard/shared/room'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Accepted, Refused } from './guard.ts'
import { Incoming, type Struct } from './incoming.ts'
import { idOf, type Place, placeOf, type Range, rangeAt, structAt } from './structs.ts'

/** What became of it. */
export interface Salvaged extends Accepted {
  /** Something of others, or that builds on it, was left out: once that is here, the client is to be asked again. */
  left: boolean
  /** Of that, something is the sender's own. */
  owes: boolean
  /** Why something of the sender's own can never be taken. */
  refused: Refused | null
}

/** The room's document, as far as this needs it. */
export interface Bench {
  /** With everything accepted applied. */
  doc: () => Y.Doc
  /** Judges a piece, and takes it in if it is accepted. `records`: the values that it writes; `was`: what was there before, where that is lost. */
  take: (piece: Uint8Array, records: readonly unknown[], was: (place: Place) => unknown) => Accepted | Refused
  vouched: Vouched
  placesIn: (message: Incoming) => ReadonlyMap<object, Place>
  /** The member whom a client id belongs to, or whose window uses it now. */
  ownerOf: (client: number) => string | undefined
  /** The member who must have written a struct, by its record's key; null where that cannot be told. */
  writerOf: (place: Place, record: unknown, isFirst: boolean) => string | null
}

/** Values of structs, by their ids, that the owners of the records hold as well. */
export type Vouched = Map<string, string>

/** Refusals that may pass when others have brought back theirs. */
const curable = new Set(['gap', 'not-here', 'not-yours'])

/** What one message may cost: clients of members that are looked at, and pieces that are refused. */
const bounds = { clients: 1_000, refusals: 4_000, vouched: 10_000 }

/** Null when that would cost too much: the state is to be judged as it is. Throws when the bytes are no update. */
export const salvage = (update: Uint8Array, actor: Actor, bench: Bench): Salvaged | null => {
  const message = new Incoming(Y.diffUpdate(update, Y.encodeStateVector(bench.doc())))
  if (message.byClient.size > bounds.clients) return null
  return new Salvage(message, actor, bench).run()
}

class Salvage {
  private readonly message: Incoming
  private readonly actor: Actor
  private readonly bench: Bench
  private readonly places: ReadonlyMap<object, Place>
  private readonly deletions: readonly Range[]
  private readonly deletedBy: ReadonlyMap<number, readonly Range[]>
  /** What is not taken yet, by client. */
  private readonly rest: Map<number, Struct[]>
  private readonly own: Set<number>
  private readonly taken: Accepted[] = []
  private readonly refusals = new Map<number, Refused>()
  private refused = 0
  private readonly was = new Map<string, unknown>()

  constructor(message: Incoming, actor: Actor, bench: Bench) {
    this.message = message
    this.actor = actor
    this.bench = bench
    this.places = bench.placesIn(message)
    this.deletions = message.deletions
    this.deletedBy = Map.groupBy(this.deletions, range => range.client)
    this.rest = new Map([...message.byClient])
    this.own = new Set([...this.rest].filter(([client, structs]) => this.isOwn(client, structs)).map(([client]) => client))
  }

  run(): Salvaged {
    this.vouch()
    if (this.own.size === this.rest.size && this.takeWhole()) this.rest.clear()
    let before = -1
    while (this.taken.length > before && this.refused < bounds.refusals) {
      before = this.taken.length
      for (const client of this.own) this.takeStructs(client)
      this.takeDeletions()
    }
    const final = [...this.refusals.values()].find(({ refusal }) => !curable.has(refusal))
    return { ...joined(this.taken), left: this.rest.size > 0 || this.deletesWhatIsLost(), owes: this.refusals.size > 0, refused: final ?? null }
  }

  private isOwn(client: number, structs: readonly Struct[]): boolean {
    const owner = this.bench.ownerOf(client)
    if (owner !== undefined) return owner === this.actor.id
    const writers = new Set(structs.map(struct => this.writerOf(struct)))
    writers.delete(null)
    return writers.size === 1 && writers.has(this.actor.id)
  }

  private writerOf(struct: Struct): string | null {
    const place = this.places.get(struct)
    if (place === undefined || !(struct instanceof Y.Item)) return null
    return this.bench.writerOf(place, recordOf(struct), struct.origin === null && struct.rightOrigin === null)
  }

  /** Notes what others have written to the sender's records; and finds what was written to others', of which they say the same. */
  private vouch() {
    const { vouched } = this.bench
    for (const [client, structs] of this.rest)
      for (const struct of structs) {
        const [place, record] = [this.places.get(struct), recordOf(struct)]
        if (place === undefined || record === undefined) continue
        const [id, value] = [`${client}:${struct.id.clock}`, JSON.stringify(record)]
        if (!this.own.has(client) && this.bench.writerOf(place, record, true) === this.actor.id && vouched.size < bounds.vouched) vouched.set(id, value)
        if (this.own.has(client) && vouched.get(id) === value) this.was.set(idOf(place), record)
      }
  }

  /** Whether something is deleted that is nowhere yet. */
  private deletesWhatIsLost(): boolean {
    const { store } = this.bench.doc()
    return this.deletions.some(({ client, clock, len }) => clock + len > Y.getState(store, client))
  }

  private takeWhole(): boolean {
    return this.offer(this.message.bytes, [...this.rest.values()].flat().map(recordOf)) === null
  }

  /** As many as possible from the first on: those of other members may build on them in turn. */
  private takeStructs(client: number) {
    const structs = this.rest.get(client)
    if (structs === undefined) return
    this.refusals.delete(client)
    let next = this.try(structs) === null ? structs.length : 0
    while (next < structs.length && this.refused < bounds.refusals) {
      const refused = this.try(structs.slice(next, next + 1))
      if (refused !== null) this.refusals.set(client, refused)
      if (refused !== null) break
      next += 1
    }
    if (next === structs.length) this.rest.delete(client)
    else {
      this.rest.set(client, structs.slice(next))
      if (!this.refusals.has(client)) this.refusals.set(client, { refusal: 'gap', place: null })
    }
  }

  private try(structs: readonly Struct[]): Refused | null {
    return this.offer(pieceOf(structs, []), structs.map(recordOf))
  }

  private offer(piece: Uint8Array, records: readonly unknown[]): Refused | null {
    const judged = this.bench.take(piece, records, place => this.was.get(idOf(place)))
    if ('refusal' in judged) {
      this.refused += 1
      return judged
    }
    if (judged.data !== null) this.taken.push(judged)
    return null
  }

  private takeDeletions() {
    const ranges = this.deletable()
    if (ranges.length === 0 || this.offer(pieceOf([], ranges), []) === null) return
    for (const range of ranges) if (this.refused < bounds.refusals) this.offer(pieceOf([], [range]), [])
  }

  /** Live structs that the state says are deleted, and that are not merely replaced by what is not taken. */
  private deletable(): Range[] {
    const doc = this.bench.doc()
    const replaced = new Set<string>()
    for (const structs of this.rest.values())
      for (const struct of structs) {
        const place = this.places.get(struct)
        if (place !== undefined && recordOf(struct) !== undefined && !this.isDeleted(struct)) replaced.add(idOf(place))
      }
    return this.deletions.flatMap(({ client, clock, len }) => {
      const found: Range[] = []
      const end = Math.min(clock + len, Y.getState(doc.store, client))
      for (let at = clock; at < end; ) {
        const struct = structAt(doc, client, at)
        if (struct === undefined) break
        const place = struct instanceof Y.Item && !struct.deleted ? placeOf(doc, struct) : null
        const next = Math.min(struct.id.clock + struct.length, end)
        if (place !== null && !replaced.has(idOf(place))) found.push({ client, clock: at, len: next - at })
        at = next
      }
      return found
    })
  }

  private isDeleted({ id: { client, clock } }: Struct): boolean {
    return rangeAt(this.deletedBy.get(client) ?? [], clock) !== undefined
  }
}

/** The value that a struct puts into a map; undefined where it was deleted since. */
const recordOf = (struct: Struct): unknown => (struct instanceof Y.Item && struct.content instanceof Y.ContentAny ? struct.content.arr[0] : undefined)

const joined = (parts: readonly Accepted[]): Accepted => ({
  data: parts.length === 0 ? null : Y.mergeUpdates(parts.flatMap(part => part.data ?? [])),
  places: parts.flatMap(part => part.places),
  newClients: [...new Set(parts.flatMap(part => part.newClients))],
})

/** An update of structs of one client, one after another, and of deletions. */
function pieceOf(structs: readonly Struct[], deletions: readonly Range[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const { restEncoder: out } = encoder
  const [first] = structs
  encoding.writeVarUint(out, first === undefined ? 0 : 1)
  if (first !== undefined) {
    encoding.writeVarUint(out, structs.length)
    encoder.writeClient(first.id.client)
    encoding.writeVarUint(out, first.id.clock)
    for (const struct of structs) struct.write(encoder, 0)
  }
  const byClient = Map.groupBy(deletions, range => range.client)
  encoding.writeVarUint(out, byClient.size)
  for (const [client, ranges] of byClient) {
    encoder.resetDsCurVal()
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, ranges.length)
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock)
      encoder.writeDsLen(len)
    }
  }
  return encoder.toUint8Array()
}
