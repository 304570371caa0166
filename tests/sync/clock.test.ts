/** The server's clock is set while members write: back by an hour, and on by a day. */
import { addComment, castVote } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { limits } from '@paperboard/shared/limits'
import { expect, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { boardWith, connect, type Peer, paperId, storedState } from '../support/peer.ts'
import { withServer } from '../support/server.ts'

const hour = 3_600_000
const day = 24 * hour
const upkeep = { idle: 30_000, every: 20, snapshotAfter: 20, recheck: 20 }
const test = withServer({ upkeep })
const paper = paperId(1)

/** Writes `count` comments, some under way at each time, each dated by a clock that is right. */
async function write(peer: Peer, me: string, { count, now, text }: { count: number; now: number; text: string }) {
  for (let n = 0; n < count; n++) {
    addComment(peer.doc, { paper, me, text: `${text} ${n}`, now })
    if (n % 8 === 7) await peer.until(() => peer.sent - peer.acknowledged < 4 || peer.closed !== null)
  }
}

const textsIn = (state: Record<string, unknown>) => Object.values(state.comments as Record<string, { text: string }>).map(({ text }) => text)

test('[K8] a clock that is set back an hour and on a day while members write loses nothing, locks nobody out and wedges no room', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const room = await boardWith(server, { group, by: alice.id })
  const [a, b] = [await connect(server, alice, room), await connect(server, bob, room)]
  const right = server.clock.now
  const written: string[] = []
  for (const [step, set] of [right, right - hour, right + day, right, right - hour, right + 2 * day].entries()) {
    server.clock.now = set
    // The clocks of members go with the server's, as far as a record's time must not lie ahead of it.
    const now = Math.min(right, set)
    await Promise.all([write(a, alice.id, { count: 40, now, text: `alice ${step}` }), write(b, bob.id, { count: 40, now, text: `bob ${step}` })])
    for (const who of ['alice', 'bob']) for (let n = 0; n < 40; n++) written.push(`${who} ${step} ${n}`)
    for (const peer of [a, b]) await peer.saved()
    const fresh = await connect(server, bob, room)
    expect(textsIn({ comments: fresh.doc.getMap('comments').toJSON() }).sort()).toEqual([...written].sort())
    fresh.leave()
  }
  expect([a.closed, b.closed]).toEqual([null, null])
  expect(textsIn(await storedState(server, room)).sort()).toEqual([...written].sort())
  await expect.poll(async () => (await server.db.sql.select().from(server.db.t.comments)).length).toBe(written.length)
})

test('[K9] a clock that is set back neither uses up the budget of messages nor gives a new one, and goes on refilling it', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const room = await boardWith(server, { group, by: alice.id })
  const peer = await connect(server, bob, room)
  const right = server.clock.now
  const spend = async (most: number) => {
    for (let n = 0; n < most && peer.closed === null; n++) castVote(peer.doc, { paper, me: bob.id, value: n % 2 === 0 ? 1 : -1, now: right - hour })
    await peer.until(() => peer.closed !== null || peer.acknowledged === peer.sent)
  }
  const burst = limits.updatesPerSecond * 10
  await spend(burst / 2)
  server.clock.now = right - hour
  await spend(burst / 4)
  expect(peer.closed).toBeNull()
  // Ten seconds by the clock that was set fill it again.
  server.clock.now += 10_000
  await spend(burst - 10)
  expect(peer.closed).toBeNull()
  await spend(burst)
  expect(peer.closed?.code).toBe(closeCodes.tooFast)
})

test('[K10] a clock that is set back keeps sessions, and one that is set on ends those that have run out by it; whoever signs in again brings their changes', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const room = await boardWith(server, { group, by: alice.id })
  const doc = new Y.Doc()
  const peer = await connect(server, bob, room, doc)
  const right = server.clock.now
  server.clock.now = right - hour
  expect((await bob.me()).person?.id).toBe(bob.id)
  castVote(doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await peer.saved()
  server.clock.now = right + day
  expect((await bob.me()).person?.id).toBe(bob.id)
  server.clock.now = right + 200 * day
  expect((await peer.whenClosed()).code).toBe(closeCodes.signedOut)
  castVote(doc, { paper, me: bob.id, value: -1, now: right })
  server.clock.now = right
  bob.cookie = ''
  const back = await connect(server, await bob.signIn(), room, doc)
  onTestFinished(() => back.leave())
  await back.saved()
  expect((await storedState(server, room)).votes).toMatchObject({ [`${paper}:${bob.id}`]: { value: -1 } })
})

test('[K18] after the clock was set back, whoever is silent still hears from the server before taking the connection for dead', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const peer = await connect(server, bob, await boardWith(server, { group, by: alice.id }))
  const heard = new Promise(resolve => peer.socket.once('message', resolve))
  server.clock.now -= hour
  await heard
  expect(peer.closed).toBeNull()
})
