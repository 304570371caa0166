import type { Frame } from './messages.ts'

/** The tail (bytes) after which making the state anew is worth more than sending it piece by piece. */
const longestTail = 64 * 1024

/**
 * The answer to whoever has nothing yet, kept for the next one: in a join storm everybody asks for the same. It stays
 * true by a tail of the changes told since.
 */
export class Whole {
  private state: Frame | null = null
  private tail: Frame[] = []
  private tailBytes = 0

  /** The frames that answer a state vector. `make` gives the frame of what it lacks. */
  answer(stateVector: Uint8Array, make: () => Frame): Frame {
    // The empty state vector is its number of clients, none.
    if (stateVector.length !== 1 || stateVector[0] !== 0) return make()
    this.state ??= make()
    if (this.tail.length > 0) {
      this.state = Buffer.concat([this.state, ...this.tail])
      this.tail = []
    }
    return this.state
  }

  /** These changes have been told. */
  follow(frames: Frame) {
    if (this.state === null) return
    this.tail.push(frames)
    this.tailBytes += frames.length
    if (this.tailBytes > longestTail) this.forget()
  }

  forget() {
    this.state = null
    this.tail = []
    this.tailBytes = 0
  }
}
