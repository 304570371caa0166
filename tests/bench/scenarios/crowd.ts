import { Arrivals } from '../load/arrivals.ts'
import type { Client } from '../load/client.ts'
import { drive, until } from '../load/drive.ts'
import { recordKinds, Times } from '../load/records.ts'
import { Writer } from '../load/writer.ts'
import { valid } from '../scenario.ts'
import type { Stage } from '../stage.ts'

export interface CrowdOptions {
  clients: number
  writers: number
  kind: keyof typeof recordKinds
  present?: boolean
  /** One in so many clients is listened to closely. All read all. */
  listened?: number
  /** So many of the last clients are not listened to at all. */
  deaf?: number
  /** Whether the last client keeps what it is told. */
  looks?: boolean
}

/** Many in one busy room, of whom some write. */
export class Crowd {
  readonly stage: Stage
  readonly clients: Client[]
  readonly writers: Writer[]
  readonly arrivals: Arrivals
  private readonly room: string
  /** Those listened to: what one record amounts to in `arrivals`, less one if its writer is among them. */
  private readonly listeners: readonly { writer: number | null }[]

  private constructor(stage: Stage, clients: Client[], { writers, kind, listened = 1, deaf = 0 }: CrowdOptions) {
    this.stage = stage
    this.room = stage.world.busy
    this.clients = clients
    const times = new Times()
    this.arrivals = new Arrivals({ kind: recordKinds[kind], times, writers })
    const options = { kind: recordKinds[kind], times, arrivals: this.arrivals, papers: stage.world.papers, of: writers }
    this.writers = clients.slice(0, writers).map((client, number) => new Writer(client, { ...options, number }))
    this.listeners = clients.flatMap((client, n) => {
      if (n % listened !== 0 || n >= clients.length - deaf) return []
      const writer = n < writers ? n : null
      this.arrivals.watch(client, writer)
      return [{ writer }]
    })
  }

  static async gather(stage: Stage, options: CrowdOptions): Promise<Crowd> {
    const room = stage.world.busy
    const keepers = await stage.fill([room])
    const looks = (n: number) => options.looks === true && n === options.clients - 1
    const clients = await stage.clients(room, options.clients, { present: options.present, looks })
    for (const keeper of keepers) keeper.socket.close()
    return new Crowd(stage, clients, options)
  }

  /** Records written so far. */
  get written(): number {
    return this.writers.reduce((sum, { count }) => sum + count, 0)
  }

  /** What all clients together must hear of `written` records, by what those listened to must. */
  private expected(before: readonly number[]): number {
    const own = this.listeners.reduce((sum, { writer }) => sum + (writer === null ? 0 : (this.writers[writer]?.count ?? 0) - (before[writer] ?? 0)), 0)
    return (this.written - before.reduce((sum, count) => sum + count, 0)) * this.listeners.length - own
  }

  /** Writes at a rate and waits until everything has arrived, as long as more does. */
  async write(rate: { perSecond: number; seconds: number }, patience = 5_000) {
    const share = Math.min(5_000, Math.ceil((rate.perSecond * rate.seconds) / this.writers.length))
    for (const writer of this.writers) writer.prepare(share)
    this.arrivals.clear()
    const before = this.writers.map(({ count }) => count)
    const begun = performance.now()
    const { sent, seconds } = await drive(this.writers, rate)
    const expected = this.expected(before)
    const all = await until(
      () => this.arrivals.delivered >= expected,
      patience,
      () => this.arrivals.delivered,
    )
    const arrived = this.arrivals.delivered / expected
    return {
      sent,
      /** Records a second as they were really sent. */
      rate: sent / seconds,
      all,
      arrived,
      /** Deliveries to all clients, by those to the ones listened to. */
      delivered: arrived * sent * (this.clients.length - 1),
      perMessage: this.arrivals.delivered / Math.max(1, this.arrivals.messages),
      p50: this.arrivals.latency.quantile(0.5),
      p99: this.arrivals.latency.quantile(0.99),
      seconds: (this.arrivals.lastAt - begun) / 1_000,
    }
  }

  /** The run is void unless everybody is still here, and the server has the last record of each writer. */
  async check() {
    const gone = this.clients.find(client => client.closedWith !== null)
    valid(gone === undefined, `a client was closed with ${gone?.closedWith}`)
    if (!this.stage.target.keeps) return
    const { doc } = await this.stage.read(this.room)
    valid(
      this.writers.every(writer => writer.isIn(doc)),
      'the server lacks what was written last',
    )
    const last = this.clients.at(-1)
    if (last?.looking) valid(await this.stage.agrees(this.room, last), 'a client has another document than the server')
  }

  leave() {
    for (const client of this.clients) client.socket.destroy()
  }
}
