/**
 * Decides on each update before anything is applied, stored or told. Every struct and every deletion in it is resolved
 * to the record it would change, by its parent, its neighbours or the update itself; then the room's rules decide on
 * each record. Nothing is applied to find out, so the document itself may lag behind and be brought up in bulk.
 *
 * In a text, characters are nobody's own: there the guard asks who may write, what the content is, and how long it gets.
 *
 * What Yjs accepts silently and the guard must not: structs with gaps (parked, and applied later inside somebody
 * else's message), structs under another member's client id (they use up that client's next clock, and its next change
 * is dropped everywhere as a duplicate), neighbours in two different records, and references that never resolve.
 */
import { limits } from '@paperboard/shared/limits'
import type { Refusal } from '@paperboard/shared/refusals'
import type { Actor, Circumstances, RoomKind } from '@paperboard/shared/room'
import * as Y from 'yjs'
import { Incoming, type Struct } from './incoming.ts'
import { standing } from './outcome.ts'
import { idOf, isSame, type Place, placeOf, structAt, textPlace } from './structs.ts'
import { deletedFrom, isText, lengthIn } from './texts.ts'
import { type Run, Waiting } from './waiting.ts'

/** An update that may be stored: `data` is without what the document already held, null if nothing is left of it. */
export interface Accepted {
  data: Uint8Array | null
  /** The records it touches. */
  places: Place[]
  /** Client ids that wrote here for the first time: the actor's from now on. */
  newClients: number[]
}
/** Why an update is refused, and the first record it was about where that is known. */
export interface Refused {
  refusal: Refusal
  place: Place | null
}

export interface GuardOptions {
  doc: Y.Doc
  kind: RoomKind
  /** Client id → the actor it belongs to, as stored. The guard adds to it. */
  owners: Map<number, string>
  /** The member whose window uses a client id right now, if any: it is theirs before they have written with it. */
  inUseBy: (client: number) => string | undefined
  /** Applies the accepted updates that wait. Called only when a rule needs a value that one of them may have changed. */
  settle: () => void
}
/** What the room knows without looking into the update. */
export interface Here extends Pick<Circumstances, 'now' | 'settings' | 'closed' | 'knows'> {
  /** What a record was, where that is lost and known from elsewhere. */
  was?: (place: Place) => unknown
}

/** A message, and what it touches. */
interface Located {
  message: Incoming
  runs: Map<object, Run>
  /** By name, those that lose something that was here. */
  removed: Map<string, Place>
}

/** What becomes of a record; undefined when it goes. */
interface Step {
  place: Place
  after: unknown
}

/** Leaves a check; never passes `Guard.check`. */
class Stop extends Error {
  readonly refusal: Refusal
  readonly place: Place | null
  constructor(refusal: Refusal, place: Place | null = null) {
    super(refusal)
    this.refusal = refusal
    this.place = place
  }
}

/**
 * No client id gets further than this: by changes it would take a year without a pause. A deleted struct claims any
 * length in a few bytes, and beyond 2^53 no peer can read the document's state vector any more. An empty struct is as
 * bad: what is written after it refers to the clock before it, which need not exist.
 */
const lastClock = 2 ** 31

const nothing: Accepted = { data: null, places: [], newClients: [] }

export class Guard {
  private readonly options: GuardOptions
  private readonly waiting = new Waiting()

  constructor(options: GuardOptions) {
    this.options = options
  }

  /** The document now holds everything that was accepted. */
  caughtUp() {
    this.waiting.clear()
  }

  /** Judges an update. An accepted one counts as part of the document from then on; a refused one leaves no trace. */
  check(update: Uint8Array, actor: Actor, here: Here): Accepted | Refused {
    try {
      return this.judge(update, actor, here)
    } catch (error) {
      if (error instanceof Stop) return { refusal: error.refusal, place: error.place }
      // Decoders throw plain errors; deeply nested values end in a RangeError.
      return { refusal: 'malformed', place: null }
    }
  }

  private judge(update: Uint8Array, actor: Actor, here: Here): Accepted | Refused {
    const message = this.unseen(update)
    const newClients = this.claim(message, actor)
    const runs = this.locate(message)
    const removed = this.removals(message, runs)
    if (runs.size === 0 && removed.size === 0) return nothing
    const change = { message, runs, removed }
    const steps = this.steps(change)
    const at = this.circumstances(change, steps, here)
    this.askRules(steps, actor, at, here)
    const texts = this.askOfTexts(change, actor, at)
    const places = [...placesOf(steps), ...texts]
    for (const client of newClients) this.options.owners.set(client, actor.id)
    this.waiting.add(runs.values(), places)
    return { data: message.bytes, places, newClients }
  }

  private isText(place: Place): boolean {
    const { texts } = this.options.kind
    return texts !== undefined && Object.hasOwn(texts, place.root)
  }

  /** The first clock of a client that is not here. */
  private state(client: number): number {
    return this.waiting.endOf(client) ?? Y.getState(this.options.doc.store, client)
  }

  /** The update less the structs that are here already: nobody must be sent a second version of them. */
  private unseen(update: Uint8Array): Incoming {
    const message = new Incoming(update)
    if (!this.repeats(message)) return message
    const seen = new Map([...message.byClient.keys()].map(client => [client, this.state(client)]))
    return new Incoming(Y.diffUpdate(update, Y.encodeStateVector(seen)))
  }

  private repeats(message: Incoming): boolean {
    for (const [client, structs] of message.byClient) {
      const state = this.state(client)
      for (const struct of structs) if (struct.id.clock < state) return true
    }
    return false
  }

  /** Each client id must be the actor's or nobody's yet, and its structs follow on what is here without a gap. */
  private claim(message: Incoming, actor: Actor): number[] {
    const fresh: number[] = []
    for (const [client, structs] of message.byClient) {
      const owner = this.options.owners.get(client) ?? this.options.inUseBy(client)
      if (owner !== undefined && owner !== actor.id) throw new Stop('foreign-client')
      if (!this.options.owners.has(client)) fresh.push(client)
      let next = this.state(client)
      for (const struct of structs) {
        if (struct.id.clock !== next || struct instanceof Y.Skip) throw new Stop('gap')
        next += struct.length
        if (struct.length < 1 || next > lastClock) throw new Stop('malformed')
      }
    }
    return fresh
  }

  /** The place of every struct of the message. */
  private locate(message: Incoming): Map<object, Run> {
    const runs = new Map<object, Run>()
    for (const [client, structs] of message.byClient) {
      for (const struct of structs) {
        const place = this.resolve(message, struct)
        const deleted = struct instanceof Y.Item && struct.content instanceof Y.ContentDeleted
        runs.set(struct, { client, clock: struct.id.clock, len: struct.length, place, live: deleted ? 0 : struct.length })
      }
    }
    return runs
  }

  /** The places of an update's structs, as far as they can be told: of each client, up to the first that builds on what is not here. */
  placesIn(message: Incoming): ReadonlyMap<object, Place> {
    for (const structs of message.byClient.values()) {
      try {
        for (const struct of structs) this.resolve(message, struct)
      } catch (error) {
        if (!(error instanceof Stop)) throw error
      }
    }
    return message.places
  }

  /**
   * Resolves a struct that may hang on others of the same message, in any order of clients: depth first with a stack of
   * our own, since a crafted message can chain any number. One met again while still open closes a circle, which Yjs
   * would park for ever.
   */
  private resolve(message: Incoming, first: Struct): Place {
    // What hangs on nothing else of its message, as a lone change does, needs no stack.
    if (first instanceof Y.Item && !message.places.has(first) && message.unplacedBefore(first) === undefined) {
      const place = this.placeFrom(message, first)
      message.places.set(first, place)
      return place
    }
    const stack: Struct[] = [first]
    const open = new Set<Struct>()
    for (let item = stack.at(-1); item !== undefined; item = stack.at(-1)) {
      if (!(item instanceof Y.Item)) throw new Stop('nested')
      const next = message.places.has(item) ? undefined : message.unplacedBefore(item)
      if (next === undefined) {
        if (!message.places.has(item)) message.places.set(item, this.placeFrom(message, item))
        open.delete(item)
        stack.pop()
      } else {
        open.add(item)
        if (open.has(next)) throw new Stop('gap')
        stack.push(next)
      }
    }
    const place = message.places.get(first)
    if (place === undefined) throw new Stop('gap')
    return place
  }

  /** All that the item refers to has its place by now. */
  private placeFrom(message: Incoming, item: Y.Item): Place {
    const { parent, parentSub, origin, rightOrigin } = item
    if (typeof parent === 'string') return this.placeInRoot(parent, parentSub)
    if (parent !== null) throw new Stop('nested')
    const left = origin === null ? null : this.placeAt(message, origin)
    const right = rightOrigin === null ? null : this.placeAt(message, rightOrigin)
    const place = left ?? right
    if (place === null) throw new Stop('malformed')
    // Yjs takes the parent of one of the two: with neighbours in two records, the change would land in the other one.
    if (left !== null && right !== null && !isSame(left, right)) throw new Stop('malformed', left)
    return place
  }

  /** The place of an item that names a root type of the document, and its key there. */
  private placeInRoot(root: string, key: string | null): Place {
    if (key !== null && !Object.hasOwn(this.options.kind.roots, root)) throw new Stop('unknown-root', { root, key })
    const place = key === null ? textPlace(root) : { root, key }
    if (place === null || (key === null && !this.isText(place))) throw new Stop('list', { root, key: '' })
    return place
  }

  private placeAt(message: Incoming, at: Y.ID): Place {
    const own = message.at(at.client, at.clock)
    const place = own === undefined ? this.knownPlace(at) : message.places.get(own)
    if (place === undefined) throw new Stop('gap')
    return place
  }

  /** The place of a struct among the accepted updates or in the document. */
  private knownPlace({ client, clock }: Y.ID): Place {
    const run = this.waiting.at(client, clock)
    if (run !== undefined) return run.place
    const struct = structAt(this.options.doc, client, clock)
    if (struct === undefined) throw new Stop('gap')
    const place = struct instanceof Y.Item ? placeOf(this.options.doc, struct) : null
    if (place === null) throw new Stop('nested')
    return place
  }

  /** The records and texts that lose something live. Notes what the message deletes of its own structs again. */
  private removals(message: Incoming, runs: Map<object, Run>): Map<string, Place> {
    const removed = new Map<string, Place>()
    for (const { client, clock, len } of message.deletions) {
      if (clock + len > (message.endOf(client) ?? this.state(client))) throw new Stop('gap')
      let at = clock
      while (at < clock + len) {
        const own = message.at(client, at)
        const run = own === undefined ? undefined : runs.get(own)
        const struct = run ?? this.settled(client, at)
        const end = Math.min(struct.clock + struct.len, clock + len)
        if (run !== undefined) run.live = Math.max(0, run.live - (end - at))
        else if (struct.live > 0 && struct.place !== null) removed.set(idOf(struct.place), struct.place)
        at = end
      }
    }
    return removed
  }

  /**
   * A struct of the document. Whether it is still live only shows once what waits is applied: it may hold a deletion, or a
   * rival that won. Of a text that does not matter: whoever may write there may delete, and may do it twice.
   */
  private settled(client: number, clock: number): Omit<Run, 'client' | 'place'> & { place: Place | null } {
    const waiting = this.waiting.at(client, clock)
    if (waiting !== undefined && this.isText(waiting.place)) return waiting
    if (waiting !== undefined) this.options.settle()
    const struct = structAt(this.options.doc, client, clock)
    if (struct === undefined) throw new Stop('gap')
    const place = struct instanceof Y.Item ? placeOf(this.options.doc, struct) : null
    if (place === null && !struct.deleted) throw new Stop('nested')
    const live = struct.deleted ? 0 : struct.length
    if (place === null || live === 0 || this.isText(place) || !this.waiting.touches(place)) return { clock: struct.id.clock, len: struct.length, live, place }
    this.options.settle()
    return this.settled(client, clock)
  }

  /** What becomes of each record that gets a value or loses its own. */
  private steps({ message, runs, removed }: Located): Step[] {
    const steps: Step[] = []
    for (const [struct, { place, live }] of runs)
      if (!this.isText(place)) steps.push({ place, after: live === 0 ? undefined : recordIn(struct, place, message.bytes) })
    if (removed.size === 0) return steps
    // Whoever votes anew replaces what they voted before: one step, and one place that loses something, which is the same.
    const [only] = steps
    const one = steps.length === 1 && only !== undefined ? only.place : null
    const written = one === null ? new Set(steps.map(step => idOf(step.place))) : null
    for (const [name, place] of removed) {
      const isWritten = one === null ? written?.has(name) === true : isSame(one, place)
      if (!isWritten && !this.isText(place)) steps.push({ place, after: undefined })
    }
    return steps
  }

  /** What the rules may look at. */
  private circumstances(change: Located, steps: readonly Step[], here: Here): Circumstances {
    // Few rules look at other records.
    let after: Map<string, Step> | null = null
    return {
      now: here.now,
      settings: here.settings,
      closed: here.closed,
      knows: here.knows,
      record: (root, key) => {
        after ??= new Map(steps.map(step => [idOf(step.place), step]))
        const step = after.get(idOf({ root, key }))
        return step === undefined ? this.value({ root, key }) : step.after
      },
      earlier: (root, key) => this.value({ root, key }) ?? here.was?.({ root, key }),
      records: root => this.valuesAfter(root, change),
    }
  }

  private askRules(steps: readonly Step[], actor: Actor, at: Circumstances, here: Here) {
    for (const { place, after } of steps) {
      const refusal =
        this.options.kind.roots[place.root]?.check({ key: place.key, after, before: () => this.value(place) ?? here.was?.(place) }, actor, at) ?? null
      if (refusal !== null) throw new Stop(refusal, place)
    }
  }

  /** Asks who may write to the texts that are touched, and how long they may get. Gives their places. */
  private askOfTexts(change: Located, actor: Actor, at: Circumstances): Place[] {
    const { texts } = this.options.kind
    if (texts === undefined) return []
    const touched = new Map([...change.removed].filter(([, place]) => this.isText(place)))
    const written = new Map<string, number>()
    for (const [struct, { place, live }] of change.runs) {
      if (!this.isText(place)) continue
      if (!isText(struct)) throw new Stop('not-text', place)
      const name = idOf(place)
      touched.set(name, place)
      written.set(name, (written.get(name) ?? 0) + live)
    }
    for (const [name, place] of touched) {
      const kind = texts[place.root]
      if (kind === undefined || !kind.isKey(place.key)) throw new Stop('unknown-key', place)
      const refusal = kind.may(place.key, actor, at)
      if (refusal !== null) throw new Stop(refusal, place)
      const characters = written.get(name) ?? 0
      if (characters > 0 && this.lengthAfter(change, place, characters, kind.longest) > kind.longest) throw new Stop('too-big', place)
    }
    for (const [name, characters] of written) this.waiting.wrote(name, characters)
    return [...touched.values()]
  }

  /** How long a text gets; more than that where this is enough to know that it is not too long. */
  private lengthAfter({ message }: Located, place: Place, characters: number, longest: number): number {
    const { doc } = this.options
    const most = lengthIn(doc, place) + this.waiting.writtenTo(place) + characters
    if (most <= longest) return most
    this.options.settle()
    return lengthIn(doc, place) + characters - deletedFrom(doc, place, message)
  }

  /** A record as it stands, accepted updates included. */
  private value(place: Place): unknown {
    if (this.waiting.touches(place)) this.options.settle()
    return this.options.doc.getMap(place.root).get(place.key)
  }

  /** The records of a root as they will be. Of writes at once only one stands, and it need not be the last of the message. */
  private valuesAfter(root: string, { message, runs, removed }: Located): Iterable<[string, unknown]> {
    if (!this.waiting.empty) this.options.settle()
    const values = new Map(this.options.doc.getMap(root).entries())
    for (const place of removed.values()) if (place.root === root) values.delete(place.key)
    const written = Map.groupBy(
      [...runs].filter(([, run]) => run.place.root === root),
      ([, run]) => run.place.key,
    )
    for (const [key, writes] of written) {
      const items = writes.flatMap(([struct]) => (struct instanceof Y.Item ? [struct] : []))
      const stands = standing(this.options.doc, { root, key }, items)
      const run = stands === null ? undefined : runs.get(stands)
      // Undefined where what was here before stands.
      if (stands === null || run === undefined) continue
      if (run.live === 0) values.delete(key)
      else values.set(key, recordIn(stands, run.place, message.bytes))
    }
    return values
  }
}

/** Each place once. */
const placesOf = (steps: readonly Step[]): Iterable<Place> => {
  const [first] = steps
  if (steps.length === 1 && first !== undefined) return [first.place]
  return new Map(steps.map(({ place }) => [idOf(place), place])).values()
}

/** The plain value that a struct puts into a map. */
const recordIn = (struct: object, place: Place, bytes: Uint8Array): unknown => {
  const content = struct instanceof Y.Item ? struct.content : null
  if (content instanceof Y.ContentType || content instanceof Y.ContentDoc) throw new Stop('nested', place)
  if (!(content instanceof Y.ContentAny)) throw new Stop('invalid-record', place)
  if (content.arr.length !== 1) throw new Stop('list', place)
  const record: unknown = content.arr[0]
  // No record is longer than the message it came in; only long messages are worth the second look.
  if (bytes.length > limits.recordBytes && JSON.stringify(record).length > limits.recordBytes) throw new Stop('too-big', place)
  // Yjs gives no value and a value of undefined the same answer.
  if (record === undefined) throw new Stop('invalid-record', place)
  return record
}
