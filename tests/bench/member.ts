import type { Presence } from '@paperboard/shared/awareness'
import { messages, syncMessages, syncPath } from '@paperboard/shared/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

/** A member with a whole document, as a browser has one. */
export class Member {
  readonly doc = new Y.Doc()
  readonly socket: WebSocket
  private acknowledged = 0
  private sent = 0
  private said = 0
  private readonly begun = Promise.withResolvers<void>()
  private listeners: (() => void)[] = []

  constructor(url: string, { cookie, room }: { cookie: string; room: string }) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}${syncPath}/${room}?ack=1`, { headers: { cookie, origin: url } })
    this.socket.binaryType = 'nodebuffer'
    this.socket.on('open', () => this.send('step1', Y.encodeStateVector(this.doc)))
    this.socket.on('message', (data: Buffer) => this.receive(data))
    this.socket.on('close', (code, reason) => this.begun.reject(new Error(`Closed with ${code} ${reason}`)))
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.send('update', update)
    })
  }

  /** Resolves when the document is here. */
  get ready(): Promise<void> {
    return this.begun.promise
  }

  private send(type: keyof typeof syncMessages, body: Uint8Array) {
    if (type !== 'step1') this.sent += 1
    this.socket.send(
      encoding.encode(encoder => {
        encoding.writeVarUint(encoder, messages.sync)
        encoding.writeVarUint(encoder, syncMessages[type])
        encoding.writeVarUint8Array(encoder, body)
      }),
    )
  }

  /** Says something of oneself to all who are here. */
  say(state: Presence) {
    const { clientID } = this.doc
    this.said += 1
    const states = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, clientID)
      encoding.writeVarUint(encoder, this.said)
      encoding.writeVarString(encoder, JSON.stringify(state))
    })
    this.socket.send(
      encoding.encode(encoder => {
        encoding.writeVarUint(encoder, messages.awareness)
        encoding.writeVarUint8Array(encoder, states)
      }),
    )
  }

  private receive(data: Buffer) {
    const decoder = decoding.createDecoder(data)
    const type = decoding.readVarUint(decoder)
    if (type === messages.ack) this.acknowledged = decoding.readVarUint(decoder)
    if (type === messages.sync) this.sync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder))
    const told = this.listeners
    this.listeners = []
    for (const listener of told) listener()
  }

  private sync(type: number, body: Uint8Array) {
    if (type === syncMessages.step1) this.send('step2', Y.encodeStateAsUpdate(this.doc, body))
    else Y.applyUpdate(this.doc, body, this)
    if (type === syncMessages.step2) this.begun.resolve()
  }

  /** Resolves with the message after which a condition holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>(resolve => this.listeners.push(resolve))
  }

  /** Resolves when all that was sent is durable. */
  saved(): Promise<void> {
    return this.until(() => this.acknowledged === this.sent)
  }

  leave(): Promise<void> {
    return new Promise(resolve => {
      this.socket.once('close', () => resolve())
      this.socket.close()
    })
  }
}
