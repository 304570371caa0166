import type { StoredRoom } from '../db/rooms.ts'

/** A tail of so many times `after` updates is due, however small it is: they are read one by one when the room is loaded. */
const longest = 10
/**
 * A snapshot of so many bytes is large: while it is made and written all else waits some tenths of a second, so it is due after
 * so many times as much. It is made anyway when all have left; a longer tail is read after a crash alone.
 */
const large = { bytes: 1024 * 1024, times: 4 }

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

  /** About as much as the document has, or more. */
  get wholeBytes(): number {
    return Math.min(this.snapshot + this.bytes, Math.max(large.bytes, this.snapshot * 2))
  }

  /**
   * Whether a new snapshot is worth writing, after `after` updates at the earliest: once they weigh as much as the snapshot that
   * they would be written with, or are many. So a room writes its log twice at most, be it ever so large.
   */
  isDue(after: number): boolean {
    const times = this.snapshot < large.bytes ? 1 : large.times
    return this.updates >= after && (this.bytes >= this.snapshot * times || this.updates >= after * longest * times)
  }
}
