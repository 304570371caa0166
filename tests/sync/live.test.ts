import { addComment, castVote, deleteComment, removePaper, setClosed, talliesOf, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { groupRoom } from '@paperboard/shared/room'
import { pino } from 'pino'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { createRooms } from '../../apps/server/src/sync/rooms.ts'
import { boardWith, connect, Peer, paperId, storedState } from '../support/peer.ts'
import { withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)

test("[S1] a vote reaches the other member's document", async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  const b = await connect(server, bob, room)
  castVote(a.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  await b.until(() => voteOf(b.doc, paper, alice.id) === 1)
  castVote(b.doc, { paper, me: bob.id, value: -1, now: server.clock.now })
  await a.until(() => voteOf(a.doc, paper, bob.id) === -1)
  expect(talliesOf(a.doc).get(paper)).toMatchObject({ net: 0, up: [alice.id], down: [bob.id] })
})

test('[S2] what was acknowledged is in the store', async ({ server, group, alice }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  castVote(a.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  await a.saved()
  const rows = await server.db.sql.select().from(server.db.t.updates)
  const stored = new Y.Doc()
  for (const { data } of rows) Y.applyUpdate(stored, data)
  expect(voteOf(stored, paper, alice.id)).toBe(1)
})

test('[S3] changes made offline by two members merge when they come back', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  const b = await connect(server, bob, room)
  a.leave()
  b.leave()
  castVote(a.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  castVote(a.doc, { paper, me: alice.id, value: -1, now: server.clock.now })
  castVote(a.doc, { paper: paperId(2), me: alice.id, value: 1, now: server.clock.now })
  castVote(a.doc, { paper: paperId(2), me: alice.id, value: null, now: server.clock.now })
  addComment(b.doc, { paper, me: bob.id, text: 'Read on the train', now: server.clock.now })
  const a2 = await connect(server, alice, room, a.doc)
  const b2 = await connect(server, bob, room, b.doc)
  await a2.until(() => a2.doc.getMap('comments').size === 1)
  await b2.until(() => voteOf(b2.doc, paper, alice.id) === -1)
  expect(a2.doc.toJSON()).toEqual(b2.doc.toJSON())
  expect(a2.closed).toBeNull()
})

test('[S4] a change sent before the offline work that it builds on waits for that work and is not refused', async ({ server, group, alice }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const doc = new Y.Doc()
  castVote(doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  let later: Uint8Array = new Uint8Array()
  doc.once('update', (update: Uint8Array) => {
    later = update
  })
  castVote(doc, { paper, me: alice.id, value: -1, now: server.clock.now })
  const peer = new Peer(server, { cookie: alice.cookie, room, doc })
  peer.socket.on('open', () => peer.sendUpdate(later))
  await peer.until(() => peer.synced)
  await peer.saved()
  expect(peer.closed).toBeNull()
  expect((await storedState(server, room)).votes).toMatchObject({ [`${paper}:${alice.id}`]: { value: -1 } })
  peer.leave()
})

test('[S5] a document survives being unloaded, compacted and loaded again', async ({ server, group, alice }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  for (let round = 0; round < 30; round++) castVote(a.doc, { paper: paperId(1 + (round % 3)), me: alice.id, value: round % 2 ? 1 : -1, now: server.clock.now })
  await a.saved()
  const before = await storedState(server, room)
  a.leave()
  await server.rooms.close()
  const again = createRooms({ db: server.db, log: pino({ level: 'silent' }), now: () => server.clock.now })
  expect(await storedState({ rooms: again }, room)).toEqual(before)
  expect((await server.db.sql.select().from(server.db.t.snapshots)).length).toBe(1)
  await again.close()
})

test('[S6] who is here is told to all, and untold when they leave', async ({ server, group, alice, bob }) => {
  const room = groupRoom(group)
  const a = await connect(server, alice, room)
  const b = await connect(server, bob, room)
  a.sendAwareness(a.doc.clientID, 1, { member: alice.id, paper })
  await b.until(() => b.heard.get(a.doc.clientID) !== undefined)
  expect(b.heard.get(a.doc.clientID)).toEqual({ member: alice.id, paper })
  a.leave()
  await b.until(() => b.heard.get(a.doc.clientID) === null)
})

test('[S7] who joins later hears who is here', async ({ server, group, alice, bob }) => {
  const a = await connect(server, alice, groupRoom(group))
  a.sendAwareness(a.doc.clientID, 1, { member: alice.id })
  await a.until(() => a.heard.has(a.doc.clientID))
  const b = await connect(server, bob, groupRoom(group))
  await b.until(() => b.heard.has(a.doc.clientID))
})

test('[S8] a closed board takes no more changes, and opens again', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  const b = await connect(server, bob, room)
  setClosed(a.doc, { me: alice.id, closed: true, now: server.clock.now })
  await b.until(() => b.doc.getMap('status').has('closed'))
  castVote(b.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  expect(await b.whenClosed()).toEqual({ code: closeCodes.refused, reason: `board-closed votes/${paper}:${bob.id}` })
  setClosed(a.doc, { me: alice.id, closed: false, now: server.clock.now })
  await a.saved()
  const b2 = await connect(server, bob, room)
  castVote(b2.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await b2.saved()
})

test('[S9] a vote on a paper that was taken off meanwhile is no offence', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  const b = await connect(server, bob, room)
  b.leave()
  castVote(b.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  removePaper(a.doc, paper)
  await a.saved()
  const b2 = await connect(server, bob, room, b.doc)
  expect(b2.closed).toBeNull()
  expect(b2.doc.getMap('papers').has(paper)).toBe(false)
})

test('[S10] votes, comments and papers are in their rows soon after', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const b = await connect(server, bob, room)
  castVote(b.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  const key = addComment(b.doc, { paper, me: bob.id, text: 'See eq. 3', now: server.clock.now })
  await b.saved()
  const { votes, comments, boardPapers } = server.db.t
  await expect.poll(async () => (await server.db.sql.select().from(votes)).length).toBe(1)
  expect(await server.db.sql.select().from(comments)).toMatchObject([{ key, author: bob.id, text: 'See eq. 3', paper }])
  expect((await server.db.sql.select().from(boardPapers)).length).toBe(3)
  castVote(b.doc, { paper, me: bob.id, value: null, now: server.clock.now })
  await expect.poll(async () => (await server.db.sql.select().from(votes)).length).toBe(0)
})

test('[S19] who relays a deletion that the server has accepted and not yet applied is not refused', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  const key = addComment(a.doc, { paper, me: alice.id, text: 'Never mind', now: server.clock.now })
  await a.saved()
  await storedState(server, room)
  const b = await connect(server, bob, room)
  deleteComment(a.doc, key)
  await b.until(() => !b.doc.getMap('comments').has(key))
  castVote(b.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  b.sendUpdate(Y.encodeStateAsUpdate(b.doc))
  await b.saved()
  expect(b.closed).toBeNull()
})
