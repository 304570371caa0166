/** Nobody is held up by somebody else's slow reader, second window, or sheer number. */
import { addComment, castVote, editComment, talliesOf, voteOf } from '@paperboard/shared/board'
import { limits } from '@paperboard/shared/limits'
import { expect } from 'vitest'
import { boardWith, connect, type Peer, paperId, storedState } from '../support/peer.ts'
import { Person, withServer } from '../support/server.ts'

const test = withServer()
const compacting = withServer({ upkeep: { every: 20, snapshotAfter: 5 } })
const paper = paperId(1)
test('[S32] what waits for a reader that has stopped reading is bounded, and once it reads it gets the difference', async ({
  server,
  group,
  alice,
  bob,
  join,
}) => {
  const carol = await join('Carol')
  const room = await boardWith(server, { group, by: alice.id })
  const writer = await connect(server, alice, room)
  const reader = await connect(server, carol, room)
  const stuck = await connect(server, bob, room)
  stuck.socket.pause()
  const served = [...(await server.rooms.open(room)).connections].find(connection => connection.member === bob.id)
  const text = '☕'.repeat(limits.commentLength)
  const comment = async () => {
    for (let n = 0; n < 10; n++) addComment(writer.doc, { paper, me: alice.id, text, now: server.clock.now })
    await writer.saved()
    // As time goes by, so that the writer is not too fast.
    server.clock.now += 1_000
  }
  for (let n = 0; n < 100 && !served?.behind; n++) await comment()
  expect(served?.behind ?? null).not.toBeNull()
  const before = served?.unread ?? 0
  for (let n = 0; n < 10; n++) await comment()
  expect(served?.unread).toBe(before)
  const { size } = writer.doc.getMap('comments')
  await reader.until(() => reader.doc.getMap('comments').size === size)
  stuck.socket.resume()
  await stuck.until(() => stuck.doc.getMap('comments').size === size)
  await comment()
  await stuck.until(() => stuck.doc.getMap('comments').size === size + 10)
}, 60_000)

test('[S37] a reader that does not read for minutes is let go, and comes back whole', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const writer = await connect(server, alice, room)
  const stuck = await connect(server, bob, room)
  stuck.socket.pause()
  const opened = await server.rooms.open(room)
  const served = [...opened.connections].find(connection => connection.member === bob.id)
  const text = '☕'.repeat(limits.commentLength)
  for (let n = 0; n < 100 && !served?.behind; n++) {
    for (let m = 0; m < 10; m++) addComment(writer.doc, { paper, me: alice.id, text, now: server.clock.now })
    await writer.saved()
    server.clock.now += 1_000
  }
  server.clock.now += 3 * 60_000
  served?.keepAlive(20_000)
  await writer.until(() => served !== undefined && !opened.connections.has(served))
  stuck.leave()
  const back = await connect(server, bob, room, stuck.doc)
  expect(back.doc.getMap('comments').size).toBe(writer.doc.getMap('comments').size)
}, 60_000)

compacting(
  '[S49] slow readers who have missed more than the board holds get all of it, whenever each of them reads again',
  async ({ server, group, alice, bob }) => {
    const room = await boardWith(server, { group, by: alice.id })
    const writer = await connect(server, alice, room)
    const stuck = [await connect(server, bob, room), await connect(server, bob, room)]
    for (const { socket } of stuck) socket.pause()
    const opened = await server.rooms.open(room)
    const readers = [...opened.connections].filter(connection => connection.member === bob.id)
    const own = addComment(writer.doc, { paper, me: alice.id, text: 'first', now: server.clock.now })
    const edit = async (text: string) => {
      editComment(writer.doc, own, text, server.clock.now)
      await writer.saved()
      server.clock.now += 1_000
    }
    const long = '☕'.repeat(limits.commentLength)
    for (let n = 0; n < 2_000 && readers.some(reader => !reader.behind?.told); n++) await edit(`${n} ${long}`.slice(0, limits.commentLength))
    // The document is compacted, so it is smaller than what they miss.
    for (let n = 0; n < 40; n++) await edit(`${n} ${long}`.slice(0, limits.commentLength))
    await writer.until(() => readers.every(reader => opened.missed(reader) > opened.tail.wholeBytes))
    const same = (peer: Peer) => JSON.stringify(peer.doc.getMap('comments').toJSON()) === JSON.stringify(writer.doc.getMap('comments').toJSON())
    for (const [n, peer] of stuck.entries()) {
      peer.socket.resume()
      await peer.until(() => same(peer))
      await edit(`the first ${n} of them read again`)
    }
    for (const peer of stuck) await peer.until(() => same(peer))
  },
  60_000,
)

test('[S33] two windows of one member are two writers of one vote: both show the same, and so does everybody else', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const [phone, laptop, other] = [await connect(server, bob, room), await connect(server, bob, room), await connect(server, alice, room)]
  castVote(phone.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await laptop.until(() => voteOf(laptop.doc, paper, bob.id) === 1)
  // At once, without having heard of each other.
  castVote(phone.doc, { paper, me: bob.id, value: -1, now: server.clock.now })
  castVote(laptop.doc, { paper, me: bob.id, value: null, now: server.clock.now })
  await phone.saved()
  await laptop.saved()
  const state = await storedState(server, room)
  for (const { doc } of [phone, laptop, other]) await other.until(() => JSON.stringify(doc.getMap('votes').toJSON()) === JSON.stringify(state.votes))
  phone.leave()
  castVote(laptop.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await other.until(() => voteOf(other.doc, paper, bob.id) === 1)
  expect(talliesOf(other.doc).get(paper)).toMatchObject({ net: 1, up: [bob.id] })
})

test('[S34] sixty members who vote and comment at once all see the same board', async ({ server, group, alice }) => {
  const count = 60
  const room = await boardWith(server, { group, by: alice.id, count: 10 })
  const { token } = await alice.invite(group, { uses: count })
  const members: Person[] = []
  for (let n = 0; n < count; n++) members.push(await new Person(server, `Member${n}`).signUp(token))
  const peers = await Promise.all(members.map(member => connect(server, member, room)))
  for (let round = 0; round < 3; round++) {
    for (const [n, peer] of peers.entries()) {
      const me = members[n]?.id ?? ''
      castVote(peer.doc, { paper: paperId(1 + ((n + round) % 10)), me, value: n % 3 === 0 ? -1 : 1, now: server.clock.now + round })
      if (n % 10 === round) addComment(peer.doc, { paper, me, text: `Round ${round}`, now: server.clock.now })
    }
  }
  for (const peer of peers) await peer.saved()
  const size = (peer: Peer) => [peer.doc.getMap('votes').size, peer.doc.getMap('comments').size].join()
  await peers[0]?.until(() => peers.every(peer => size(peer) === `${count * 3},18`))
  const state = await storedState(server, room)
  for (const peer of peers) expect(peer.doc.toJSON()).toEqual(state)
}, 60_000)
