import { deflate } from 'node:zlib'
import { type Frame, type Piece, packedMessage, syncPieces } from './messages.ts'

/** Less than this is sent as quickly as it is, bytes. */
const worthPacking = 4 * 1024

/**
 * A state of a document, as it is sent. Packing it takes longer than sending it a dozen times, so it is packed once a second client
 * asks, on another thread; whoever comes before that is done gets it as it is.
 */
export class State {
  readonly length: number
  private readonly update: Uint8Array
  private asked = 0
  private packed: Uint8Array | null = null
  /** Made once, so that each is one write. */
  private readonly frames = new Map<'step2' | 'update', Frame>()

  constructor(update: Uint8Array) {
    this.update = update
    this.length = update.length
  }

  /** As a message of that type, for a client that can unpack or cannot. */
  as(type: 'step2' | 'update', { unpacks }: { unpacks: boolean }): Piece[] {
    if (unpacks && this.packed !== null) return [this.frame(type, this.packed)]
    if (unpacks) this.askedFor()
    return syncPieces(type, this.update)
  }

  private frame(type: 'step2' | 'update', packed: Uint8Array): Frame {
    const known = this.frames.get(type)
    if (known !== undefined) return known
    const made = packedMessage(type, packed)
    this.frames.set(type, made)
    return made
  }

  private askedFor() {
    this.asked += 1
    if (this.asked !== 2 || this.length < worthPacking) return
    deflate(this.update, (error, packed) => {
      if (error === null) this.packed = packed
    })
  }
}
