/**
 * Members on raw sockets: a `Peer` speaks y-websocket's protocol honestly with a Y.Doc of its own, and can be made to
 * send anything else.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { inflateSync } from 'node:zlib'
import { addPapers, board } from '@paperboard/shared/board'
import { group } from '@paperboard/shared/group'
import { meetingKind } from '@paperboard/shared/meeting'
import { messages, syncMessages, syncPath } from '@paperboard/shared/protocol'
import { boardRoom, parseRoomName } from '@paperboard/shared/room'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Client, TestServer } from './server.ts'
import { todayAt } from './server.ts'

const turnMs = 5
/**
 * Turns that a condition may take, some 5 s. Counted rather than timed: where others leave this process a tenth of a processor,
 * its turns are as late as all that is waited for. Each is cheap, since sixty peers that wait for each other share one thread.
 */
const patience = 1000

export interface Closed {
  code: number
  reason: string
}

/** What a peer needs of a server: where it is. */
const kindOf = { board, group, meeting: meetingKind }
type At = Pick<TestServer, 'url'>

export class Peer {
  readonly doc: Y.Doc
  readonly socket: WebSocket
  /** Set when the server closed the socket. */
  closed: Closed | null = null
  /** Document messages sent, and those that the server said are durable. */
  sent = 0
  acknowledged = 0
  synced = false
  /** How often the server said that what stands for the agenda has changed. */
  standings = 0
  /** Bytes of the states that came packed. */
  packed = 0
  /** Client id → the last awareness state heard of. */
  readonly heard = new Map<number, unknown>()
  /** While false, local changes are not sent: an attacker sends its own versions. */
  sending = true
  /** While false, what arrives is not applied. */
  listening = true
  private answered = false

  constructor(server: At, options: { cookie: string; room: string; doc?: Y.Doc; origin?: string | null; query?: string }) {
    this.doc = options.doc ?? new Y.Doc()
    for (const root of Object.keys(kindOf[parseRoomName(options.room)?.kind ?? 'board'].roots)) this.doc.getMap(root)
    const origin = options.origin === undefined ? server.url : options.origin
    const headers = { ...(options.cookie === '' ? {} : { cookie: options.cookie }), ...(origin === null ? {} : { origin }) }
    this.socket = new WebSocket(`${server.url.replace('http', 'ws')}${syncPath}/${options.room}${options.query ?? '?ack=1'}`, { headers })
    this.socket.binaryType = 'arraybuffer'
    const send = (update: Uint8Array, from: unknown) => {
      if (from !== this && this.sending && this.answered) this.sendUpdate(update)
    }
    this.socket.on('open', () => this.send(this.sync('step1', Y.encodeStateVector(this.doc))))
    this.socket.on('message', data => this.receive(new Uint8Array(data as ArrayBuffer)))
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
      this.doc.off('update', send)
    })
    // The reason is in `closed`, or for a refused handshake in `refused`.
    this.socket.on('error', () => undefined)
    this.doc.on('update', send)
  }

  send(message: Uint8Array) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(message)
  }

  sync(type: keyof typeof syncMessages, body: Uint8Array): Uint8Array {
    return encoding.encode(encoder => {
      encoding.writeVarUint(encoder, messages.sync)
      encoding.writeVarUint(encoder, syncMessages[type])
      encoding.writeVarUint8Array(encoder, body)
    })
  }

  sendUpdate(update: Uint8Array, type: 'update' | 'step2' = 'update') {
    this.sent += 1
    this.send(this.sync(type, update))
  }

  sendAwareness(client: number, clock: number, state: unknown) {
    const body = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, typeof state === 'string' ? state : JSON.stringify(state))
    })
    this.send(
      encoding.encode(encoder => {
        encoding.writeVarUint(encoder, messages.awareness)
        encoding.writeVarUint8Array(encoder, body)
      }),
    )
  }

  private receive(bytes: Uint8Array) {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === messages.ack) this.acknowledged = decoding.readVarUint(decoder)
    if (type === messages.standing) this.standings += 1
    if (type === messages.awareness) this.hear(decoding.createDecoder(decoding.readVarUint8Array(decoder)))
    if (type === messages.sync) this.receiveSync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder))
    if (type === messages.packed) {
      this.packed += bytes.length
      this.receiveSync(decoding.readVarUint(decoder), inflateSync(decoding.readVarUint8Array(decoder)))
    }
  }

  private receiveSync(type: number, body: Uint8Array) {
    if (type === syncMessages.step1) {
      this.answered = true
      if (this.sending) this.sendUpdate(Y.encodeStateAsUpdate(this.doc, body), 'step2')
      return
    }
    if (this.listening) Y.applyUpdate(this.doc, body, this)
    if (type === syncMessages.step2) this.synced = true
  }

  private hear(decoder: decoding.Decoder) {
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
      this.heard.set(client, JSON.parse(decoding.readVarString(decoder)))
    }
  }

  /** Waits until a condition holds. */
  async until(condition: () => boolean): Promise<void> {
    for (let turn = 0; !condition(); turn++) {
      if (turn === patience) throw new Error(`Still waiting; closed: ${JSON.stringify(this.closed)}`)
      await wait(turnMs)
    }
  }

  /** Waits until everything sent is durable. */
  async saved(): Promise<void> {
    await this.until(() => this.acknowledged === this.sent)
  }

  async whenClosed(): Promise<Closed> {
    await this.until(() => this.closed !== null)
    return this.closed ?? { code: 0, reason: '' }
  }

  leave() {
    this.socket.terminate()
  }
}

/** Connects a person to a room and waits until both sides have everything. Disconnects when the test ends. */
export const connect = async (server: At, person: Pick<Client, 'cookie'>, room: string, doc?: Y.Doc): Promise<Peer> => {
  const peer = new Peer(server, { cookie: person.cookie, room, doc })
  onTestFinished(() => peer.leave())
  await peer.until(() => peer.synced && peer.acknowledged === peer.sent && peer.sent > 0)
  return peer
}

/** Ids that look like the product's. */
export const paperId = (n: number) => `paper${String(n).padStart(7, '0')}`

/** Today's board of a group with `count` papers on it. */
export const boardWith = async (server: Pick<TestServer, 'rooms' | 'clock'>, options: { group: string; by: string; count?: number }): Promise<string> => {
  const day = todayAt(server.clock.now)
  const room = boardRoom(options.group, day)
  const ids = Array.from({ length: options.count ?? 3 }, (_, n) => paperId(n + 1))
  await server.rooms.edit(room, doc => addPapers(doc, ids, { member: options.by, now: server.clock.now, source: 'hand' }))
  return room
}

/** The document as a fresh member would get it from the store, as plain JSON. */
export const storedState = async (server: Pick<TestServer, 'rooms'>, room: string): Promise<Record<string, unknown>> =>
  server.rooms.read(room, doc =>
    Object.fromEntries([...doc.share.keys()].sort().map(name => [name, name.includes('/') ? doc.getText(name).toString() : doc.getMap(name).toJSON()])),
  )
