/** Nobody is held up by somebody else's slow reader, second window, or sheer number. */
import { addComment, castVote, talliesOf, voteOf } from '@paperboard/shared/board'
import { limits } from '@paperboard/shared/limits'
import { expect } from 'vitest'
import { boardWith, connect, type Peer, paperId, storedState } from '../support/peer.ts'
import { Person, withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)
/** What the server holds for a reader, and the systems' buffers on the way, bytes. */
const bound = 8 * 1024 * 1024 + 10 * 1024 * 1024

test('[S32] a reader that stops reading is cut off at a bound, the others keep getting changes, and it comes back whole', async ({
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
  const isServed = async () => [...(await server.rooms.open(room)).connections].some(connection => connection.member === bob.id)
  const text = '☕'.repeat(limits.commentLength)
  let unread = 0
  while ((await isServed()) && unread < 2 * bound) {
    for (let n = 0; n < 10; n++) addComment(writer.doc, { paper, me: alice.id, text, now: server.clock.now })
    await writer.saved()
    unread += 10 * Buffer.byteLength(text)
    // As time goes by, so that the writer is not too fast.
    server.clock.now += 1_000
  }
  expect(unread).toBeLessThan(2 * bound)
  const { size } = writer.doc.getMap('comments')
  await reader.until(() => reader.doc.getMap('comments').size === size)
  stuck.leave()
  const back = await connect(server, bob, room, stuck.doc)
  expect(back.doc.getMap('comments').size).toBe(size)
}, 60_000)

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
