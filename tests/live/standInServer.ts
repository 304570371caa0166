import type { AddressInfo } from 'node:net'
import { deflateSync } from 'node:zlib'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { messages, syncMessages } from '@paperboard/shared/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'

/** What a test decides about the server: whom it refuses, and when it says that changes are stored. */
interface Behaviour {
  /** The close code and reason for a change of this record, or null to take it. */
  refuse: (record: string) => { code: number; reason: string } | null
  /** The close code for everyone who connects, or null to let them in. */
  turnAway: number | null
  /** While true, changes are taken and not yet confirmed. */
  holdAcks: boolean
  /** While true, clients are not asked for their state. */
  holdGreeting: boolean
  /** How states go to those who can unpack them. */
  packs: 'plain' | 'packed' | 'damaged'
  /** Called with each document message, before it is taken. */
  received: (kind: 'step2' | 'update') => void
}

interface Client {
  doc: Y.Doc
  socket: WebSocket
  count: number
  complete: boolean
  unpacks: boolean
}

const frame = (type: number, body: Uint8Array, message: number = messages.sync) =>
  encoding.encode(encoder => {
    encoding.writeVarUint(encoder, message)
    encoding.writeVarUint(encoder, type)
    encoding.writeVarUint8Array(encoder, body)
  })

/** The records an update would change in a document, or null when it builds on what the document lacks. */
const changedBy = (doc: Y.Doc, update: Uint8Array): string[] | null => {
  const trial = new Y.Doc()
  Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc))
  const records: string[] = []
  trial.on('afterTransaction', transaction => {
    for (const [type, keys] of transaction.changed) for (const key of keys) records.push(`${Y.findRootTypeKey(type)}/${key}`)
  })
  Y.applyUpdate(trial, update)
  return trial.store.pendingStructs === null && trial.store.pendingDs === null ? records : null
}

/**
 * A sync server that speaks the protocol of docs/protocol.md and does as a test says: it can hold back confirmations and
 * refuse at will, which the real one does by its own rules alone.
 */
export class StandInServer {
  readonly behaviour: Behaviour = { refuse: () => null, turnAway: null, holdAcks: false, holdGreeting: false, packs: 'plain', received: () => undefined }
  readonly docs = new Map<string, Y.Doc>()
  /** Every awareness state received, in order. */
  readonly presence: unknown[] = []
  /** What each client asked for with its socket. */
  readonly queries: string[] = []
  #clients = new Set<Client>()
  #server: WebSocketServer | null = null
  #port = 0

  get url() {
    return `ws://127.0.0.1:${this.#port}/sync`
  }

  doc(room: string): Y.Doc {
    const doc = this.docs.get(room) ?? new Y.Doc()
    this.docs.set(room, doc)
    return doc
  }

  /** Listens, on the same port as before if it has run before. */
  async start() {
    const server = new WebSocketServer({ port: this.#port, host: '127.0.0.1' })
    this.#server = server
    server.on('connection', (socket, request) => this.#join(socket, ...(request.url ?? '').slice('/sync/'.length).split('?')))
    await new Promise(resolve => server.once('listening', resolve))
    this.#port = (server.address() as AddressInfo).port
  }

  /** Cuts all connections, as a lost network does. */
  async stop() {
    for (const { socket } of this.#clients) socket.terminate()
    this.#clients.clear()
    await new Promise(resolve => this.#server?.close(resolve) ?? resolve(null))
    this.#server = null
  }

  /** Says now that everything received is stored. */
  releaseAcks() {
    this.behaviour.holdAcks = false
    for (const client of this.#clients) this.#acknowledge(client)
  }

  /** Asks for the state of everyone who was not asked yet. */
  greet() {
    this.behaviour.holdGreeting = false
    for (const client of this.#clients) this.#greet(client)
  }

  #greet({ socket, doc }: Client) {
    socket.send(frame(syncMessages.step1, Y.encodeStateVector(doc)))
  }

  #join(socket: WebSocket, room = '', query = '') {
    this.queries.push(query)
    if (this.behaviour.turnAway !== null) return socket.close(this.behaviour.turnAway)
    const client: Client = { doc: this.doc(room), socket, count: 0, complete: false, unpacks: query.includes('packed=deflate') }
    this.#clients.add(client)
    socket.on('close', () => this.#clients.delete(client))
    const { doc } = client
    socket.on('message', (data: Buffer) => this.#receive(client, doc, new Uint8Array(data)))
    const tell = (update: Uint8Array, origin: unknown) => origin !== client && socket.send(frame(syncMessages.update, update))
    doc.on('update', tell)
    socket.on('close', () => doc.off('update', tell))
    if (!this.behaviour.holdGreeting) this.#greet(client)
  }

  #receive(client: Client, doc: Y.Doc, bytes: Uint8Array) {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === messages.awareness) return this.#tellPresence(client, bytes, decoding.readVarUint8Array(decoder))
    const kind = decoding.readVarUint(decoder)
    const body = decoding.readVarUint8Array(decoder)
    if (kind === syncMessages.step1) return this.#answer(client, Y.encodeStateAsUpdate(doc, body))
    this.behaviour.received(kind === syncMessages.step2 ? 'step2' : 'update')
    client.count++
    client.complete ||= kind === syncMessages.step2
    const records = changedBy(doc, body)
    if (records === null && client.complete) return client.socket.close(closeCodes.refused, 'gap')
    for (const record of records ?? []) {
      const refused = this.behaviour.refuse(record)
      if (refused !== null) return client.socket.close(refused.code, refused.reason)
    }
    if (records !== null) Y.applyUpdate(doc, body, client)
    if (!this.behaviour.holdAcks) this.#acknowledge(client)
  }

  #answer({ socket, unpacks }: Client, state: Uint8Array) {
    const { packs } = this.behaviour
    if (packs === 'plain' || !unpacks) return socket.send(frame(syncMessages.step2, state))
    const bytes = deflateSync(state)
    if (packs === 'damaged') bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    // As the real server does while changes come in: the state, and "this was all" at once behind it.
    socket.send(frame(syncMessages.update, bytes, messages.packed))
    socket.send(frame(syncMessages.step2, Uint8Array.of(0, 0)))
  }

  #acknowledge({ socket, count }: Client) {
    socket.send(
      encoding.encode(encoder => {
        encoding.writeVarUint(encoder, messages.ack)
        encoding.writeVarUint(encoder, count)
      }),
    )
  }

  #tellPresence(from: Client, message: Uint8Array, states: Uint8Array) {
    this.presence.push(...this.#statesIn(states))
    for (const { socket, doc } of this.#clients) if (doc === from.doc && socket !== from.socket) socket.send(message)
  }

  #statesIn(update: Uint8Array): unknown[] {
    const decoder = decoding.createDecoder(update)
    return Array.from({ length: decoding.readVarUint(decoder) }, () => {
      const client = decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
      return { client, state: JSON.parse(decoding.readVarString(decoder)) }
    })
  }
}
