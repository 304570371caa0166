import { type CloseCode, closeCodes } from '@paperboard/shared/closeCodes'
import { limits } from '@paperboard/shared/limits'
import type { Actor } from '@paperboard/shared/room'
import type { WebSocket } from 'ws'
import { ackMessage, awarenessMessage } from './messages.ts'

/** A reader that leaves this much (bytes) unread is cut off; it comes back and gets one difference instead of a queue. */
const maxUnread = 8 * 1024 * 1024
/** Bursts of ten seconds' worth are fine: an offline day may arrive as single updates. */
const burstSeconds = 10

/** One socket in one room: who is behind it, and how far it has got. */
export class Connection {
  readonly actor: Actor
  readonly session: string
  readonly group: string
  /** The client's full state has arrived; from then on a gap is a fault. */
  complete = false
  /** A change of the client was passed over because its full state, yet to come, holds it: until that is stored, nothing is acknowledged. */
  owed = false
  /** It has the document, so changes to it make sense. */
  joined = false
  private readonly socket: WebSocket
  private readonly wantsAcks: boolean
  private readonly now: () => number
  private received = 0
  private durable = 0
  private ackQueued = false
  private lastSent = 0
  /** Bytes that may stand unread now. */
  private mayWait = maxUnread
  private readonly updatesPerSecond: number
  private readonly budgets: { document: number; awareness: number }
  private refilled: number

  constructor(options: { socket: WebSocket; actor: Actor; session: string; group: string; wantsAcks: boolean; updatesPerSecond: number; now: () => number }) {
    this.socket = options.socket
    this.actor = options.actor
    this.session = options.session
    this.group = options.group
    this.wantsAcks = options.wantsAcks
    this.now = options.now
    this.refilled = options.now()
    this.updatesPerSecond = options.updatesPerSecond
    this.budgets = { document: options.updatesPerSecond * burstSeconds, awareness: limits.awarenessPerSecond * burstSeconds }
  }

  get member(): string {
    return this.actor.id
  }

  /** False from the moment either side begins to close. */
  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }

  send(message: Uint8Array) {
    if (!this.open) return
    if (this.socket.bufferedAmount <= maxUnread) this.mayWait = maxUnread
    if (this.socket.bufferedAmount > this.mayWait) {
      this.socket.terminate()
      return
    }
    this.lastSent = this.now()
    this.socket.send(message)
  }

  /** Sends what the client lacks of the document. However long that is, it does not count against the reader: cut off, it would only ask for it again. */
  sendWhole(message: Uint8Array) {
    this.send(message)
    this.mayWait = this.socket.bufferedAmount + maxUnread
  }

  /** Closes the socket. `reason` is cut to the 123 bytes that a close frame holds. */
  close(code: CloseCode, reason = '') {
    this.socket.close(
      code,
      Buffer.from(reason)
        .subarray(0, 120)
        .toString()
        .replace(/\ufffd$/, ''),
    )
  }

  /** Says something when nothing was said for a while: clients take silence for a dead connection. */
  keepAlive(quietMs: number) {
    if (this.now() - this.lastSent >= quietMs) this.send(awarenessMessage([]))
  }

  /** Numbers a document message of this client, for its acknowledgement. */
  count(): number {
    this.received += 1
    return this.received
  }

  /** The client's document messages up to `number` are durable. Told once for all that one commit stored. */
  acknowledge(number: number) {
    if (this.owed) return
    this.durable = number
    if (!this.wantsAcks || this.ackQueued) return
    this.ackQueued = true
    queueMicrotask(() => {
      this.ackQueued = false
      this.send(ackMessage(this.durable))
    })
  }

  /** Takes one from a budget that refills with time. False, and the socket is closed, when it is used up. */
  spend(on: 'document' | 'awareness'): boolean {
    this.refill()
    this.budgets[on] -= 1
    if (this.budgets[on] >= 0) return true
    this.close(closeCodes.tooFast, 'too many messages')
    return false
  }

  private refill() {
    const seconds = Math.max(0, this.now() - this.refilled) / 1000
    this.refilled = this.now()
    this.budgets.document = Math.min(this.updatesPerSecond * burstSeconds, this.budgets.document + seconds * this.updatesPerSecond)
    this.budgets.awareness = Math.min(limits.awarenessPerSecond * burstSeconds, this.budgets.awareness + seconds * limits.awarenessPerSecond)
  }
}
