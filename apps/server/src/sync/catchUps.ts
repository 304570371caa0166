import type { Told } from './connection.ts'
import { lengthOf, type Piece, syncPieces } from './messages.ts'

/** Of what a reader has missed, this part may be told twice, where it is then one and the same for several. */
const share = 1 / 4
/** The tail after which a difference is made anew: bytes, or this part of it. */
const longestTail = { bytes: 64 * 1024, part: 1 / 4 }

/** A difference from a moment on, and what was told since it was made. */
interface Difference {
  from: Told
  pieces: Piece[]
  bytes: number
  tail: Piece[]
  tailBytes: number
}

/**
 * What brings slow readers up to date. Those who fell behind at about the same time get the same bytes, from where the first of
 * them fell: a difference of megabytes takes long to make, and would be in memory once for each.
 */
export class CatchUps {
  private known: Difference[] = []

  /** `missed` bytes were told since `told`. `behind` are the moments from which others are behind, and `make` gives the difference from a state vector. */
  since(told: Told, missed: number, behind: readonly Told[], make: (vector: Uint8Array) => Uint8Array): Piece[] {
    const serves = (from: Told) => from.bytes <= told.bytes && told.bytes - from.bytes <= missed * share
    const { pieces, tail } = this.known.find(({ from }) => serves(from)) ?? this.make(told, behind.filter(serves), make)
    return [...pieces, ...tail]
  }

  private make(told: Told, others: readonly Told[], make: (vector: Uint8Array) => Uint8Array): Difference {
    const from = others.reduce((first, one) => (one.bytes < first.bytes ? one : first), told)
    const pieces = syncPieces('update', make(from.vector))
    const made = { from, pieces, bytes: lengthOf(pieces), tail: [], tailBytes: 0 }
    this.known.push(made)
    return made
  }

  /** These changes have been told. `wanted`: somebody is behind. */
  follow(pieces: readonly Piece[], wanted: () => boolean) {
    if (this.known.length === 0) return
    if (!wanted()) {
      this.known = []
      return
    }
    const bytes = lengthOf(pieces)
    for (const difference of this.known) {
      difference.tail.push(...pieces)
      difference.tailBytes += bytes
    }
    this.known = this.known.filter(({ bytes, tailBytes }) => tailBytes <= Math.max(longestTail.bytes, bytes * longestTail.part))
  }
}
