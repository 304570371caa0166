import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { covering, merged, type Place, type Range } from './structs.ts'

export type Struct = Y.Item | Y.GC | Y.Skip

/** A decoded update: its structs by client in the order of their clocks, its deletions, and the places found so far. */
export class Incoming {
  readonly bytes: Uint8Array
  readonly byClient = new Map<number, Struct[]>()
  /** In order, each clock once. */
  readonly deletions: readonly Range[]
  readonly places = new Map<Struct, Place>()

  /** Throws when the bytes are no update, or more than one. */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    const { structs, ds } = decodeWhole(bytes)
    for (const struct of structs) {
      const list = this.byClient.get(struct.id.client)
      if (list === undefined) this.byClient.set(struct.id.client, [struct])
      else list.push(struct)
    }
    const deletions: Range[] = []
    for (const [client, ranges] of ds.clients) for (const { clock, len } of ranges) deletions.push({ client, clock, len })
    this.deletions = deletions.length > 1 ? merged(deletions) : deletions
  }

  /** The struct of this update that covers an id. */
  at(client: number, clock: number): Struct | undefined {
    const list = this.byClient.get(client)
    return list === undefined ? undefined : covering(list, clock, clockOf, lengthOf)
  }

  /** The first clock of a client after its structs here; undefined if there are none. */
  endOf(client: number): number | undefined {
    const last = this.byClient.get(client)?.at(-1)
    return last === undefined ? undefined : last.id.clock + last.length
  }

  /** A struct of this update that must have its place before `item` can: the one before it, or a neighbour. */
  unplacedBefore(item: Struct): Struct | undefined {
    const before = this.unplaced(item.id.client, item.id.clock - 1)
    if (before !== undefined || !(item instanceof Y.Item)) return before
    const { origin, rightOrigin } = item
    const left = origin === null ? undefined : this.unplaced(origin.client, origin.clock)
    return left ?? (rightOrigin === null ? undefined : this.unplaced(rightOrigin.client, rightOrigin.clock))
  }

  private unplaced(client: number, clock: number): Struct | undefined {
    const struct = this.at(client, clock)
    return struct === undefined || this.places.has(struct) ? undefined : struct
  }
}

const clockOf = (struct: Struct) => struct.id.clock
const lengthOf = (struct: Struct) => struct.length

/** Yjs makes its decoder itself, from a class: this one hands out what it reads from. One class for all, or each decoding would begin cold. */
class Whole extends Y.UpdateDecoderV1 {
  static input: decoding.Decoder | null = null
  constructor(input: decoding.Decoder) {
    super(input)
    Whole.input = input
  }
}

/** Yjs's own `decodeUpdate` passes over what follows an update; it would be stored and sent to everybody. */
const decodeWhole = (bytes: Uint8Array) => {
  const decoded = Y.decodeUpdateV2(bytes, Whole)
  if (Whole.input !== null && decoding.hasContent(Whole.input)) throw new Error('Bytes follow the update')
  return decoded
}
