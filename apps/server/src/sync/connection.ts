import type { Duplex } from 'node:stream'
import { type CloseCode, closeCodes } from '@paperboard/shared/closeCodes'
import { limits } from '@paperboard/shared/limits'
import type { Actor } from '@paperboard/shared/room'
import type { WebSocket } from 'ws'
import { Budget } from './budget.ts'
import { ackMessage, awarenessMessage, type Frame, type Piece } from './messages.ts'
import type { Meters } from './meters.ts'

/** A reader with this much (bytes) unread gets nothing more until it has read that, and then one difference instead of a queue. */
const maxUnread = 1024 * 1024
/** A ping of RFC 6455, which browsers answer by themselves. */
const pingFrame = Buffer.from([0x89, 0x00])
/** A reader that has not read for this long (ms) is as good as gone. */
const maxBehind = 120_000
export interface ConnectionOptions {
  socket: WebSocket
  /** What the socket writes to. Frames go there directly: ws would build each anew for each socket. */
  stream: Duplex
  actor: Actor
  session: string
  group: string
  /** Of the request that opened the socket, for the log. */
  request: string
  wantsAcks: boolean
  /** The client can unpack what is packed. */
  unpacks: boolean
  updatesPerSecond: number
  now: () => number
  meters: Meters
}

/** How far a reader has got: the state vector, and the bytes that its room had told of until then. */
export interface Told {
  vector: Uint8Array
  bytes: number
}

/** What the room has to know of a slow reader. */
export interface Reader {
  /** It is behind from now on. */
  fellBehind(connection: Connection): void
  /** It has read all that was written. */
  drained(connection: Connection): void
}

/** One socket in one room: who is behind it, and how far it has got. */
export class Connection {
  readonly actor: Actor
  readonly session: string
  readonly group: string
  readonly request: string
  readonly unpacks: boolean
  /** The client's full state has arrived; from then on a gap is a fault. */
  complete = false
  /** A change of the client was passed over because its full state, yet to come, holds it: until that is stored, nothing is acknowledged. */
  owed = false
  /** It has the document, so changes to it make sense. */
  joined = false
  /** The state vectors it was sent and has not answered. */
  asked = 0
  /** How often it was asked again. */
  questions = 0
  /** Something that it holds could not be taken yet, and can be when others have brought back theirs. */
  left = false
  /** The server has closed it. */
  dismissed = false
  /** It reads too slowly. `told` is what was written to it; null while a commit is under way, of which it is still told. */
  behind: { since: number; told: Told | null } | null = null
  private readonly socket: WebSocket
  private readonly stream: Duplex
  private readonly wantsAcks: boolean
  private readonly now: () => number
  private readonly meters: Meters
  private reader: Reader | null = null
  /** Null until it is felt for the first time. */
  private pulse: 'asked' | 'answered' | null = null
  private received = 0
  private durable = 0
  private acknowledged = 0
  private lastSent = 0
  readonly updatesPerSecond: number
  private readonly budgets: Record<'document' | 'awareness', Budget>

  constructor(options: ConnectionOptions) {
    this.socket = options.socket
    this.stream = options.stream
    this.actor = options.actor
    this.session = options.session
    this.group = options.group
    this.request = options.request
    this.meters = options.meters
    this.wantsAcks = options.wantsAcks
    this.unpacks = options.unpacks
    this.now = options.now
    this.updatesPerSecond = options.updatesPerSecond
    this.budgets = { document: new Budget(options.updatesPerSecond, options.now), awareness: new Budget(limits.awarenessPerSecond, options.now) }
  }

  get member(): string {
    return this.actor.id
  }

  /** False from the moment either side begins to close. */
  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  /** Bytes that wait for the client to read. */
  get unread(): number {
    return this.stream.writableLength
  }

  /** From now on `reader` hears when this connection falls behind. */
  readBy(reader: Reader) {
    this.reader = reader
  }

  /** Says something that can be said anew later, and is not said to a reader that is behind. */
  send(...frames: Frame[]) {
    if (this.behind === null) this.write(frames)
  }

  /** Tells of changes. They are left out for a reader that is behind: it gets the difference once it has caught up. */
  tell(pieces: readonly Piece[]) {
    if (this.behind === null || this.behind.told === null) this.write(pieces)
  }

  /** The next `bytes`, and what else is written while this piece of the network is read, go in one call of the system. */
  gather(bytes: number) {
    // More than that may be too much for a slow reader, and what the system has not taken yet counts as unread.
    if (this.unread + bytes > maxUnread) return
    this.stream.cork()
    process.nextTick(() => this.stream.uncork())
  }

  private write(pieces: readonly Piece[]) {
    if (pieces.length === 0 || !this.open) return
    this.lastSent = this.now()
    // In one call of the system.
    if (pieces.length > 1) this.stream.cork()
    for (const piece of pieces) this.stream.write(piece)
    if (pieces.length > 1) this.stream.uncork()
    if (this.behind !== null || this.unread <= maxUnread) return
    this.behind = { since: this.lastSent, told: null }
    this.meters.fellBehind()
    this.stream.once('drain', () => this.reader?.drained(this))
    this.reader?.fellBehind(this)
  }

  /** Closes the socket. `reason` is cut to the 123 bytes that a close frame holds. What waits of this client is not looked at any more. */
  close(code: CloseCode, reason = '') {
    if (!this.dismissed) this.meters.closed(code)
    this.dismissed = true
    // Its answer to the close must be read.
    this.hear()
    this.socket.close(
      code,
      Buffer.from(reason)
        .subarray(0, 120)
        .toString()
        .replace(/\ufffd$/, ''),
    )
  }

  /** Says something when nothing was said for a while: clients take silence for a dead connection. Cuts off who does not read, and says so. */
  keepAlive(quietMs: number): 'cut off' | 'kept' {
    if (this.behind !== null) {
      if (this.now() - this.behind.since < maxBehind) return 'kept'
      this.socket.terminate()
      this.meters.cutOff()
      return 'cut off'
    }
    // In either direction: where the clock was set back, it would be quiet until that time comes again.
    if (Math.abs(this.now() - this.lastSent) >= quietMs) this.send(awarenessMessage([]))
    return 'kept'
  }

  /**
   * Asks the network of the client, not its page, whether anybody is there: a connection that was lost without a word looks
   * like one that has nothing to say. Cuts off who has not answered the last time, and says so.
   */
  feelPulse(): 'cut off' | 'asked' {
    if (this.pulse === null) this.socket.on('pong', () => this.answers())
    // What is held back, on either side, holds back answers as well.
    else if (this.pulse === 'asked' && this.behind === null && !this.socket.isPaused) {
      this.socket.terminate()
      this.meters.cutOff()
      return 'cut off'
    }
    this.pulse = 'asked'
    this.write([pingFrame])
    return 'asked'
  }

  private answers() {
    this.pulse = 'answered'
  }

  /** Numbers a document message of this client, for its acknowledgement. */
  count(): number {
    this.received += 1
    return this.received
  }

  /** The client's document messages up to `number` are durable. Said by `sayAcknowledged`, once for all that one commit stored. */
  acknowledge(number: number) {
    if (!this.owed) this.durable = number
  }

  sayAcknowledged() {
    this.send(...this.acknowledgement())
  }

  /** The acknowledgement that is due, as a frame to be sent with others; nothing where none is. */
  acknowledgement(): Frame[] {
    if (!this.wantsAcks || this.durable === this.acknowledged || this.behind !== null) return []
    this.acknowledged = this.durable
    return [ackMessage(this.durable)]
  }

  /** Reads nothing more of this client until `hear`: its network holds it back. */
  deafen() {
    if (this.open) this.socket.pause()
  }

  hear() {
    this.socket.resume()
  }

  /** Says, in one frame for all, that something has changed which is asked for by HTTP. Who reads too slowly asks by themselves. */
  tellNews(frame: Frame) {
    if (this.wantsAcks && this.behind === null) this.send(frame)
  }

  /** Takes one from a budget that refills with time. False, and the socket is closed, when it is used up. */
  spend(on: 'document' | 'awareness'): boolean {
    if (this.budgets[on].take()) return true
    this.close(closeCodes.tooFast, 'too many messages')
    return false
  }

  /** Whether it is one of those to whom it is due that its room has too much to do. */
  get isBusy(): boolean {
    return this.budgets.document.heavilyUsed
  }
}
