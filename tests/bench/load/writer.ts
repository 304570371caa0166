import * as Y from 'yjs'
import type { Arrivals } from './arrivals.ts'
import type { Client } from './client.ts'
import { frame } from './frames.ts'
import type { Author, RecordKind, Times } from './records.ts'

/** Records encoded at a time when none were prepared. */
const few = 8

/** A client that writes: its updates are real ones, made by Yjs, but made before they are due. */
export class Writer {
  readonly client: Client
  /** Records sent so far. */
  count = 0
  private made = 0
  private readonly author: Author
  private readonly doc = new Y.Doc()
  private readonly options: { kind: RecordKind; times: Times; arrivals: Arrivals; number: number; of: number }
  private last: Uint8Array = new Uint8Array()
  /** Frames in a row, and where each ends. */
  private frames = Buffer.alloc(0)
  private ends: number[] = []
  private next = 0

  /** `number` counts the writers from 0, `of` is how many there are. */
  constructor(client: Client, options: { kind: RecordKind; times: Times; arrivals: Arrivals; papers: readonly string[]; number: number; of: number }) {
    this.client = client
    this.options = options
    this.author = { member: client.member, papers: options.papers }
    this.doc.clientID = client.id
    this.doc.on('update', (update: Uint8Array) => {
      this.last = update
    })
  }

  /** Encodes until `count` records wait to be sent. None is left out: what comes after a gap would have to wait for it. */
  prepare(count: number) {
    const waiting = this.ends.length - this.next
    if (waiting >= count) return
    const start = this.next === 0 ? 0 : (this.ends[this.next - 1] ?? 0)
    const frames: Uint8Array[] = [this.frames.subarray(start)]
    const ends = this.ends.slice(this.next).map(end => end - start)
    let length = this.frames.length - start
    for (let n = waiting; n < count; n++) {
      this.options.kind.write(this.doc, this.author, this.made, this.options.times.of(this.number(this.made)))
      this.made += 1
      const bytes = frame(this.client.wire.update(this.last))
      frames.push(bytes)
      length += bytes.length
      ends.push(length)
    }
    this.frames = Buffer.concat(frames, length)
    this.ends = ends
    this.next = 0
  }

  /** Sends the next records in one write. `now` is `performance.now()`. */
  send(count: number, now: number) {
    if (this.ends.length - this.next < count) this.prepare(Math.max(count, few))
    const from = this.next === 0 ? 0 : (this.ends[this.next - 1] ?? 0)
    this.next += count
    for (let n = 0; n < count; n++) this.options.arrivals.sent(this.number(this.count + n), now)
    this.count += count
    this.client.socket.write(this.frames.subarray(from, this.ends[this.next - 1]))
  }

  /** The number of its k-th record among those of all writers. */
  number(k: number): number {
    return k * this.options.of + this.options.number
  }

  /** Whether a document holds its k-th record, and not a later one in its place. */
  isIn(doc: Y.Doc, k: number = this.count - 1): boolean {
    const { kind, times } = this.options
    return k < 0 || kind.timeIn(doc, this.author, k) === times.of(this.number(k))
  }
}
