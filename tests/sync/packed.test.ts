/** How the whole document goes to whoever joins. */
import { addComment, castVote, voteOf } from '@paperboard/shared/board'
import { syncPath } from '@paperboard/shared/protocol'
import { expect, onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { State } from '../../apps/server/src/sync/state.ts'
import { boardWith, connect, Peer, paperId } from '../support/peer.ts'
import { type Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)
const unpacks = '?ack=1&packed=deflate'

/** A board with comments enough to be worth packing. */
const longBoard = async (server: TestServer, { group, by }: { group: string; by: Person }) => {
  const room = await boardWith(server, { group, by: by.id, count: 40 })
  await server.rooms.edit(room, doc => {
    for (let n = 0; n < 60; n++) addComment(doc, { paper: paperId(n % 40), me: by.id, text: `What does table ${n} compare?`, now: server.clock.now })
  })
  return room
}

const join = async (server: TestServer, person: Person, room: string, query: string) => {
  const peer = new Peer(server, { cookie: person.cookie, room, query })
  onTestFinished(() => peer.leave())
  await peer.until(() => peer.synced)
  return peer
}

/** Joins until the state comes packed. */
const joinPacked = async (server: TestServer, person: Person, room: string): Promise<Peer> => {
  for (;;) {
    const peer = await join(server, person, room, unpacks)
    if (peer.packed > 0) return peer
  }
}

const recordsOf = (doc: Y.Doc) => Object.fromEntries(['papers', 'comments', 'votes'].map(root => [root, doc.getMap(root).toJSON()]))

test('[S60] whoever can unpack gets a large document packed, in less than half the bytes; it is the same document', async ({ server, group, alice, bob }) => {
  const room = await longBoard(server, { group, by: alice })
  const packed = await joinPacked(server, bob, room)
  const plain = await join(server, alice, room, '?ack=1')
  expect(recordsOf(packed.doc)).toEqual(recordsOf(plain.doc))
  expect(packed.doc.getMap('comments').size).toBe(60)
  expect(packed.packed).toBeLessThan(Y.encodeStateAsUpdate(plain.doc).length / 2)
  expect(plain.packed).toBe(0)
})

test('[S61] what was told since a document was packed comes with it, and what is told later after it', async ({ server, group, alice, bob }) => {
  const room = await longBoard(server, { group, by: alice })
  const first = await joinPacked(server, bob, room)
  const writer = await connect(server, alice, room)
  castVote(writer.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  await writer.saved()
  const second = await join(server, bob, room, unpacks)
  expect(second.packed).toBeGreaterThan(0)
  expect(voteOf(second.doc, paper, alice.id)).toBe(1)
  castVote(writer.doc, { paper, me: alice.id, value: null, now: server.clock.now })
  for (const peer of [first, second]) await peer.until(() => voteOf(peer.doc, paper, alice.id) === 0)
  expect(recordsOf(second.doc)).toEqual(recordsOf(writer.doc))
})

test("[S62] y-websocket's own client, which asks for nothing, hears nothing that it does not know", async ({ server, group, alice, bob }) => {
  const room = await longBoard(server, { group, by: alice })
  await joinPacked(server, bob, room)
  // By which it tells of messages that it does not know.
  const complaint = vi.spyOn(console, 'error')
  onTestFinished(() => complaint.mockRestore())
  const doc = new Y.Doc()
  const socket = class extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie: bob.cookie, origin: server.url } })
    }
  }
  const provider = new WebsocketProvider(server.url.replace('http', 'ws') + syncPath, room, doc, {
    WebSocketPolyfill: socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    connect: false,
  })
  onTestFinished(() => provider.destroy())
  // An empty state, which it would announce, is nobody's.
  provider.awareness.setLocalState(null)
  provider.connect()
  await expect.poll(() => provider.synced, { timeout: 8_000 }).toBe(true)
  expect(doc.getMap('comments').size).toBe(60)
  const other = await connect(server, alice, room)
  castVote(doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await other.until(() => voteOf(other.doc, paper, bob.id) === 1)
  expect(complaint).not.toHaveBeenCalled()
})

test('[S63] a state is packed once somebody else asks for it, for all in one piece, and goes as it is until it is packed', async () => {
  const update = new Uint8Array(100_000)
  const small = new State(update.subarray(0, 1_000))
  for (let n = 0; n < 4; n++) small.as('update', { unpacks: true })
  const state = new State(update)
  const [can, cannot] = [{ unpacks: true }, { unpacks: false }]
  const isPlain = (pieces: Uint8Array[]) => pieces.at(-1) === update
  expect(isPlain(state.as('step2', cannot))).toBe(true)
  expect(isPlain(state.as('step2', can))).toBe(true)
  // Whoever comes alone is not packed for.
  await new Promise(resolve => setImmediate(resolve))
  expect(isPlain(state.as('step2', can))).toBe(true)
  await expect.poll(() => isPlain(state.as('step2', can))).toBe(false)
  const [packed] = state.as('step2', can)
  expect(packed?.length).toBeLessThan(1_000)
  expect(state.as('step2', can)).toEqual([packed])
  expect(state.as('step2', can)[0]).toBe(packed)
  expect(isPlain(state.as('step2', cannot))).toBe(true)
  // What is small has not been packed meanwhile.
  expect(small.as('update', can).at(-1)).toHaveLength(1_000)
})
