import { type Frame, syncMessage } from './messages.ts'

/** The tail (bytes) after which making the state anew is worth more than sending it piece by piece. */
const longestTail = 64 * 1024

/** An update without anything in it: of no clients, with no deletions. */
const nothing = Uint8Array.of(0, 0)

/**
 * The answer to whoever has nothing yet, kept for the next one: in a join storm everybody asks for the same. It stays
 * true by a tail of the changes told since; "that was all" comes last, so that nobody takes an older state for the whole.
 */
export class Whole {
  private state: Uint8Array | null = null
  private tail: Frame[] = []
  private tailBytes = 0
  private answered: Frame | null = null

  /** Answers an empty state vector. `make` gives the whole document. */
  answer(make: () => Uint8Array): Frame {
    this.state ??= make()
    this.answered ??=
      this.tail.length === 0
        ? syncMessage('step2', this.state)
        : Buffer.concat([syncMessage('update', this.state), ...this.tail, syncMessage('step2', nothing)])
    return this.answered
  }

  /** These changes have been told. */
  follow(frames: Frame) {
    this.answered = null
    if (this.state === null) return
    this.tail.push(frames)
    this.tailBytes += frames.length
    if (this.tailBytes <= longestTail) return
    this.state = null
    this.tail = []
    this.tailBytes = 0
  }
}
