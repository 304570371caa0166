import { inflateSync } from 'node:zlib'
import { messages, syncMessages } from '@paperboard/shared/protocol'
import * as Y from 'yjs'
import { type Address, RawSocket } from './socket.ts'
import { auth, Cursor, type Protocol, syncReply, syncStatus, Wire } from './wire.ts'

/** How long a client may take to get the document, ms. */
const patience = 120_000

export interface ClientOptions {
  address: Address
  protocol: Protocol
  room: string
  /** Whose socket it is. */
  member: string
  /** Says who it is on opening, as every browser does. */
  present?: boolean
  /** Keeps all updates, to have the document at the end. */
  looks?: boolean
}

const cursor = new Cursor()

/** A member's connection without a document: it says what a browser would say, and hears what it is told. */
export class Client {
  readonly member: string
  /** Its Yjs client id. */
  readonly id = 1 + Math.floor(Math.random() * 0xffff_fffe)
  readonly wire: Wire
  readonly socket: RawSocket
  /** Called with each update told after the first state; the bytes are valid during the call only. */
  onUpdate: ((bytes: Buffer, from: number, to: number) => void) | null = null
  /** ms from connecting to the document; null until then. */
  syncedAfter: number | null = null
  /** The document as it came first, if it came packed. A browser unpacks it beside its page; here it waits until it is asked for. */
  private packed: Buffer | null = null
  private plainBytes = 0
  awarenessHeard = 0
  /** Document messages that the server says are saved, the client's step 2 included. */
  acknowledged = 0
  /** How the server closed it; null while open. */
  closedWith: number | null = null
  private readonly begun = performance.now()
  private readonly synced = Promise.withResolvers<void>()
  private readonly present: boolean
  private clock = 0
  private readonly kept: Buffer[] = []
  private looks: boolean
  private readonly waiting: (() => void)[] = []

  constructor({ address, protocol, room, member, present = false, looks = false }: ClientOptions) {
    this.member = member
    this.present = present
    this.looks = looks
    this.wire = new Wire(protocol, room)
    const late = setTimeout(() => this.synced.reject(new Error(`No document within ${patience} ms`)), patience)
    this.synced.promise.then(
      () => clearTimeout(late),
      () => clearTimeout(late),
    )
    this.socket = new RawSocket(address, {
      onOpen: () => (protocol === 'hocuspocus' ? this.socket.send(this.wire.token()) : this.start()),
      onMessage: (bytes, from, to) => this.receive(bytes, from, to),
      onClose: code => {
        this.closedWith = code
        this.wake()
        this.synced.reject(new Error(`Closed with ${code} before the document came`))
      },
    })
  }

  /** Bytes of the document as it came first. */
  get stateBytes(): number {
    if (this.packed !== null) this.plainBytes = inflateSync(this.packed).length
    this.packed = null
    return this.plainBytes
  }

  /** Resolves when the document is here. */
  get ready(): Promise<void> {
    return this.synced.promise
  }

  /** Says that it is here, or again. */
  renew() {
    this.clock += 1
    this.socket.send(this.wire.awareness({ client: this.id, clock: this.clock, state: { member: this.member, paper: null } }))
  }

  /** Resolves with the message after which a condition holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.closedWith !== null) throw new Error(`Closed with ${this.closedWith}`)
      await new Promise<void>(resolve => this.waiting.push(resolve))
    }
  }

  /** All that came so far, as one document. */
  document(): Y.Doc {
    const doc = new Y.Doc()
    doc.transact(() => {
      for (const update of this.kept) Y.applyUpdate(doc, update)
    })
    return doc
  }

  /** Whether it keeps what it is told. */
  get looking(): boolean {
    return this.looks
  }

  /** Keeps no more updates. */
  forget() {
    this.looks = false
    this.kept.length = 0
  }

  private start() {
    if (this.wire.protocol === 'broadcast') this.begin()
    else this.socket.send(this.wire.step1())
    if (this.present) this.renew()
  }

  private begin() {
    if (this.syncedAfter !== null) return
    this.syncedAfter = performance.now() - this.begun
    this.synced.resolve()
  }

  private receive(bytes: Buffer, from: number, to: number) {
    cursor.begin(bytes, from)
    if (this.wire.protocol === 'hocuspocus') {
      const length = cursor.number()
      cursor.at += length
    }
    const type = cursor.number()
    if (type === messages.sync || (type === syncReply && this.wire.protocol === 'hocuspocus')) this.sync(bytes, to)
    else if (type === messages.awareness) this.awarenessHeard += 1
    else if (type === messages.packed && this.wire.protocol === 'y-websocket') this.unpack(bytes, to)
    else if (type === messages.ack) this.acknowledged = cursor.number()
    else if (type === syncStatus && this.wire.protocol === 'hocuspocus') this.acknowledged += cursor.number()
    else if (type === messages.auth) this.admit(cursor.number())
    this.wake()
  }

  private wake() {
    if (this.waiting.length > 0) for (const go of this.waiting.splice(0)) go()
  }

  private admit(verdict: number) {
    if (verdict === auth.granted) this.start()
    if (verdict === auth.denied) this.socket.destroy()
  }

  private sync(bytes: Buffer, to: number) {
    const type = cursor.number()
    if (type === syncMessages.step1) {
      this.socket.send(this.wire.step2())
      return
    }
    const length = cursor.number()
    const from = cursor.at
    if (this.looks) this.kept.push(Buffer.from(bytes.subarray(from, to)))
    if (this.syncedAfter === null && type === syncMessages.step2) {
      this.plainBytes = length
      this.begin()
    } else this.onUpdate?.(bytes, from, to)
  }

  private unpack(bytes: Buffer, to: number) {
    const type = cursor.number()
    cursor.number()
    const packed = Buffer.from(bytes.subarray(cursor.at, to))
    const update = this.looks || this.syncedAfter !== null || type !== syncMessages.step2 ? inflateSync(packed) : null
    if (update !== null && this.looks) this.kept.push(update)
    if (this.syncedAfter === null && type === syncMessages.step2) {
      this.packed = packed
      this.begin()
    } else if (update !== null) this.onUpdate?.(update, 0, update.length)
  }
}

/** Opens sockets some at a time and resolves when all have the document. */
export async function connectAll(open: readonly (() => Client)[], atOnce = 50): Promise<Client[]> {
  const clients: Client[] = []
  for (let n = 0; n < open.length; n += atOnce) {
    const some = open.slice(n, n + atOnce).map(each => each())
    clients.push(...some)
    await Promise.all(some.map(client => client.ready))
  }
  return clients
}
