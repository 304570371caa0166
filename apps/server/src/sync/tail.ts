import type { StoredRoom } from '../db/rooms.ts'

/** A tail of so many times `after` updates is due, however small it is: they are read one by one when the room is loaded. */
const longest = 10

/** What is in the log of a room behind its last snapshot. Bytes are near enough. */
export class Tail {
  updates = 0
  bytes = 0
  /** Of the snapshot. */
  private snapshot: number

  constructor(stored: Pick<StoredRoom, 'snapshot' | 'updates'> | null) {
    this.snapshot = stored?.snapshot?.data.length ?? 0
    for (const { data } of stored?.updates ?? []) this.add(1, data.length)
  }

  add(updates: number, bytes: number) {
    this.updates += updates
    this.bytes += bytes
  }

  /** A snapshot of `snapshot` bytes stands for what was the tail at the time. */
  cut(was: Pick<Tail, 'updates' | 'bytes'>, snapshot: number) {
    this.updates -= was.updates
    this.bytes -= was.bytes
    this.snapshot = snapshot
  }

  /** More than the document has. */
  get wholeBytes(): number {
    return this.snapshot + this.bytes
  }

  /**
   * Whether a new snapshot is worth writing, after `after` updates at the earliest: once they weigh as much as the snapshot that
   * they would be written with, or are many. So a room writes its log twice at most, be it ever so large.
   */
  isDue(after: number): boolean {
    return this.updates >= after && (this.bytes >= this.snapshot || this.updates >= after * longest)
  }
}
