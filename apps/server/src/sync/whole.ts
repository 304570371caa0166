import { type Frame, lengthOf, type Piece, syncMessage } from './messages.ts'
import { State } from './state.ts'

/** The tail after which making the state anew is worth more than sending it piece by piece: bytes, or this part of the state. */
const longestTail = { bytes: 64 * 1024, part: 1 / 4 }

/** "This was all": an update without anything in it, of no clients, with no deletions. */
const end: Frame = syncMessage('step2', Uint8Array.of(0, 0))

/** Whoever cannot unpack is told everything as it is. */
const plain = { unpacks: false }

/**
 * The whole document, kept as it is told for whoever comes next: in a join storm everybody asks for the same. It stays
 * true by a tail of the changes told since. What is told is in few pieces that all share.
 */
export class Whole {
  private state: State | null = null
  private readonly tail: Piece[] = []
  private tailBytes = 0

  /** Answers an empty state vector. `make` gives the whole document. "This was all" comes last, so that nobody takes an older state for the whole. */
  answer(make: () => Uint8Array, client: { unpacks: boolean } = plain): Piece[] {
    this.state ??= new State(make())
    return this.tail.length === 0 ? this.state.as('step2', client) : [...this.told(this.state, client), end]
  }

  /** Brings whoever has an older state up to date. */
  update(make: () => Uint8Array): Piece[] {
    this.state ??= new State(make())
    return this.told(this.state, plain)
  }

  private told(state: State, client: { unpacks: boolean }): Piece[] {
    return [...state.as('update', client), ...this.tail]
  }

  /** These changes have been told. */
  follow(pieces: readonly Piece[]) {
    if (this.state === null) return
    this.tail.push(...pieces)
    this.tailBytes += lengthOf(pieces)
    if (this.tailBytes <= Math.max(longestTail.bytes, this.state.length * longestTail.part)) return
    this.state = null
    this.tail.length = 0
    this.tailBytes = 0
  }
}
