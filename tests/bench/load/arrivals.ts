import type { Client } from './client.ts'
import { Histogram } from './histogram.ts'
import type { RecordKind, Times } from './records.ts'

/** When each record was sent, and how long it took to whom. Records are numbered; writer w of W wrote w, w + W, w + 2W … */
export class Arrivals {
  readonly latency = new Histogram()
  /** Records that came to somebody else than their writer. */
  delivered = 0
  /** Messages that brought them. */
  messages = 0
  /** When a record last came, by `performance.now()`. */
  lastAt = 0
  private sentAt = new Float64Array(1 << 16)
  private readonly kind: RecordKind
  private readonly times: Times
  private readonly writers: number

  constructor({ kind, times, writers }: { kind: RecordKind; times: Times; writers: number }) {
    this.kind = kind
    this.times = times
    this.writers = writers
  }

  sent(n: number, at: number) {
    if (n >= this.sentAt.length) {
      const larger = new Float64Array(2 * n)
      larger.set(this.sentAt)
      this.sentAt = larger
    }
    this.sentAt[n] = at
  }

  /** Counts what a client hears from now on. `writer` is its number if it is one. */
  watch(client: Client, writer: number | null) {
    client.onUpdate = (bytes, from, to) => this.count(writer, bytes.subarray(from, to))
  }

  /** Calls with the number of every record in some bytes. */
  each(bytes: Buffer, found: (n: number, sentAt: number) => void) {
    const { marker } = this.kind
    for (let at = bytes.indexOf(marker); at >= 0; at = bytes.indexOf(marker, at)) {
      at += marker.length
      if (at + 8 > bytes.length) return
      const n = this.times.numberOf(bytes.readDoubleBE(at))
      const sentAt = n >= 0 ? this.sentAt[n] : undefined
      if (sentAt) found(n, sentAt)
    }
  }

  private count(writer: number | null, bytes: Buffer) {
    const now = performance.now()
    const before = this.delivered
    this.each(bytes, (n, sentAt) => {
      // Some servers send a change back to its writer.
      if (n % this.writers === writer) return
      this.latency.add(now - sentAt)
      this.delivered += 1
    })
    if (this.delivered === before) return
    this.messages += 1
    this.lastAt = now
  }

  /** Begins to count anew; what was sent before still counts when it comes. */
  clear() {
    this.latency.clear()
    this.delivered = 0
    this.messages = 0
  }
}
