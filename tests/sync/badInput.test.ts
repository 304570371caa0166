/** What hostile or broken clients send over a raw socket. They are shut out with a clear code, nothing of it is stored, and nobody else notices. */
import { castVote, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { limits } from '@paperboard/shared/limits'
import { messages, syncMessages } from '@paperboard/shared/protocol'
import { describe, expect } from 'vitest'
import * as Y from 'yjs'
import { boardWith, type Closed, connect, Peer, paperId, storedState } from '../support/peer.ts'
import { randomFrom } from '../support/random.ts'
import { type Person, type TestServer, withServer } from '../support/server.ts'
import { awarenessBody, bytes, content, endlessNumber, inRoot, presenceMessage, step1Message, updateMessage, updateOf } from '../support/wire.ts'

const test = withServer()
const paper = paperId(1)
/** No document and no clock gets this far. */
const huge = 2 ** 53 - 1
const client = 4711

/** An update that votes for a member: the honest one that others are made from. */
const honestUpdate = (me: string, now: number, of = paper): Uint8Array => {
  const doc = new Y.Doc()
  castVote(doc, { paper: of, me, value: 1, now })
  return Y.encodeStateAsUpdate(doc)
}

interface Case {
  title: string
  message: (me: string, now: number) => Uint8Array | string
  code?: number
  /** How the close reason begins. */
  reason?: string
}
const own = (me: string) => inRoot('votes', `${paper}:${me}`)

const cases: Case[] = [
  { title: 'a text frame', message: () => 'hello' },
  { title: 'an empty frame', message: () => bytes() },
  { title: 'a message type that does not exist', message: () => bytes(9, 1, 2, 3) },
  { title: 'a message that only the server sends', message: () => bytes(messages.ack, 1) },
  { title: 'a message about permissions', message: () => bytes(messages.auth, 0, 'denied') },
  { title: 'a sync message of a type that does not exist', message: () => bytes(messages.sync, 3, 0) },
  { title: 'a type that never ends', message: () => endlessNumber },
  { title: 'bytes after a message', message: (me, now) => bytes(updateMessage(honestUpdate(me, now)), 0) },
  { title: 'two messages in one frame', message: (me, now) => bytes(updateMessage(honestUpdate(me, now)), updateMessage(honestUpdate(me, now))) },
  { title: 'a length beyond the frame', message: () => bytes(messages.sync, syncMessages.update, huge, 0) },
  { title: 'a frame of 2 MB', message: () => new Uint8Array(2 * limits.messageBytes), code: 1009, reason: '' },
  { title: 'an update of no bytes', message: () => updateMessage(bytes()), reason: 'malformed' },
  { title: 'bytes after an update', message: (me, now) => updateMessage(bytes(honestUpdate(me, now), new Uint8Array(500_000))), reason: 'malformed' },
  { title: 'more clients than there are bytes', message: () => updateMessage(bytes(huge)), reason: 'malformed' },
  { title: 'more structs than there are bytes', message: () => updateMessage(bytes(1, huge, client, 0)), reason: 'malformed' },
  { title: 'a client id that never ends', message: () => updateMessage(bytes(1, 1, endlessNumber)), reason: 'malformed' },
  {
    title: 'a clock at the end of numbers',
    message: me => updateMessage(bytes(1, 1, client, huge, content.deleted, own(me), 1, 0)),
    code: closeCodes.refused,
    reason: 'gap',
  },
  {
    title: 'a record of more values than there are bytes',
    message: me => updateMessage(updateOf(client, [content.any, own(me), huge, 126])),
    reason: 'malformed',
  },
  { title: 'a string longer than the message', message: me => updateMessage(updateOf(client, [content.string, own(me), huge])), reason: 'malformed' },
  {
    title: 'a deleted struct that takes up all clocks there are',
    message: me => updateMessage(updateOf(client, [content.deleted, own(me), huge])),
    reason: 'malformed',
  },
  {
    title: 'deleted structs that together do',
    message: me => updateMessage(updateOf(client, [content.deleted, own(me), 2 ** 31], [content.deleted, own(me), 1])),
    reason: 'malformed',
  },
  { title: 'a struct that takes up no clock', message: me => updateMessage(updateOf(client, [content.deleted, own(me), 0])), reason: 'malformed' },
  { title: 'a deletion of everything', message: () => updateMessage(bytes(0, 1, client, 1, 0, huge)), code: closeCodes.refused, reason: 'gap' },
  { title: 'more deletions than there are bytes', message: () => updateMessage(bytes(0, 1, client, huge)), reason: 'malformed' },
  {
    title: 'clocks skipped',
    message: me => updateMessage(updateOf(client, [content.skip, 5], [content.deleted, own(me), 1])),
    code: closeCodes.refused,
    reason: 'gap',
  },
  {
    title: 'a record nested 50,000 levels deep',
    message: me => updateMessage(updateOf(client, [content.any, own(me), 1, Array.from({ length: 50_000 }, () => [117, 1]), 126])),
    reason: 'malformed',
  },
  {
    title: 'a record nested 1,000 levels deep',
    message: me => updateMessage(updateOf(client, [content.any, own(me), 1, Array.from({ length: 1_000 }, () => [117, 1]), 126])),
    code: closeCodes.refused,
    reason: 'invalid-record',
  },
  { title: 'a state vector of no bytes', message: () => step1Message(bytes()), reason: 'not a state vector' },
  { title: 'a state vector that is cut off', message: () => step1Message(bytes(3, client, 1)), reason: 'not a state vector' },
  { title: 'a state vector of more clients than there are bytes', message: () => step1Message(bytes(huge, client, 1)), reason: 'not a state vector' },
  { title: 'a state vector with a number that never ends', message: () => step1Message(bytes(1, endlessNumber)), reason: 'not a state vector' },
  { title: 'presence that is cut off', message: () => awarenessBody(bytes(2, client, 1, 'null')), reason: 'malformed' },
  { title: 'presence of more clients than there are bytes', message: () => awarenessBody(bytes(huge)), reason: 'malformed' },
  { title: 'presence followed by more', message: () => awarenessBody(bytes(0, 0)), reason: 'malformed' },
  { title: 'presence that is no JSON', message: () => presenceMessage(client, 1, '{"member'), reason: 'malformed' },
  { title: 'presence at the end of clocks', message: me => presenceMessage(client, huge, JSON.stringify({ member: me })), reason: 'malformed' },
  {
    title: 'presence of another form',
    message: me => presenceMessage(client, 1, JSON.stringify({ member: me, name: 'Alice' })),
    code: closeCodes.refused,
    reason: 'invalid-record',
  },
  {
    title: 'presence that is too long',
    message: me => presenceMessage(client, 1, JSON.stringify({ member: me, paper, pad: 'x'.repeat(limits.awarenessBytes) })),
    code: closeCodes.refused,
    reason: 'too-big',
  },
]

interface Scene {
  server: TestServer
  room: string
  alice: Person
  honest: Peer
  witness: Peer
}
const scene = async (server: TestServer, group: string, alice: Person): Promise<Scene> => {
  const room = await boardWith(server, { group, by: alice.id })
  return { server, room, alice, honest: await connect(server, alice, room), witness: await connect(server, alice, room) }
}

/** Everything that there is in the tables of documents, by number. */
const rowsOf = async ({ db }: TestServer) => {
  const count = async (table: typeof db.t.updates | typeof db.t.docClients | typeof db.t.rooms | typeof db.t.snapshots) =>
    (await db.sql.select().from(table)).length
  return { updates: await count(db.t.updates), clients: await count(db.t.docClients), rooms: await count(db.t.rooms), snapshots: await count(db.t.snapshots) }
}

/** The honest go on: a vote passes from one to the other. */
const expectUnharmed = async ({ server, honest, witness, alice }: Scene) => {
  const last = paperId(3)
  const value = voteOf(witness.doc, last, alice.id) === 1 ? -1 : 1
  castVote(honest.doc, { paper: last, me: alice.id, value, now: server.clock.now })
  await honest.saved()
  await witness.until(() => voteOf(witness.doc, last, alice.id) === value)
  expect([honest.closed, witness.closed]).toEqual([null, null])
  expect(server.logged.filter(line => JSON.parse(line).level >= 50)).toEqual([])
}

/** Waits until the server has dealt with all that was sent: it answers a ping in its turn, or has hung up. */
const settled = (peer: Peer): Promise<void> =>
  new Promise(resolve => {
    if (peer.closed !== null) return resolve()
    peer.socket.once('pong', () => resolve())
    peer.socket.once('close', () => resolve())
    peer.socket.ping()
  })

describe('[S20] a socket is closed over', () => {
  for (const { title, message, code = closeCodes.malformed, reason = 'not a message of the protocol' } of cases) {
    test(title, async ({ server, group, alice, bob }) => {
      const here = await scene(server, group, alice)
      const hostile = await connect(server, bob, here.room)
      const before = { rows: await rowsOf(server), state: await storedState(server, here.room) }
      hostile.socket.send(message(bob.id, server.clock.now))
      const closed: Closed = await hostile.whenClosed()
      expect(closed.code).toBe(code)
      expect(closed.reason.startsWith(reason)).toBe(true)
      expect({ rows: await rowsOf(server), state: await storedState(server, here.room) }).toEqual(before)
      await expectUnharmed(here)
    })
  }
})

test('[S21] a message cut off at any length is no message, and an update cut off at any length is no update', async ({ server, group, alice, bob }) => {
  const here = await scene(server, group, alice)
  const before = await rowsOf(server)
  const update = honestUpdate(bob.id, server.clock.now)
  const whole = updateMessage(update)
  const cutOff = [
    ...Array.from(whole, (_, length) => whole.subarray(0, length)),
    ...Array.from(update, (_, length) => updateMessage(update.subarray(0, length))),
  ]
  for (const message of cutOff) {
    const hostile = new Peer(server, { cookie: bob.cookie, room: here.room })
    await hostile.until(() => hostile.synced)
    hostile.socket.send(message)
    expect((await hostile.whenClosed()).code).toBe(closeCodes.malformed)
  }
  expect(await rowsOf(server)).toEqual(before)
  await expectUnharmed(here)
}, 60_000)

test('[S22] of 500 random and mutilated messages none brings the server down, parts the documents, or touches the records of others', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const random = randomFrom()
  console.info(`bad input: FUZZ_SEED=${random.seed}`)
  const here = await scene(server, group, alice)
  castVote(here.honest.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  await here.honest.saved()
  const join = () => new Peer(server, { cookie: bob.cookie, room: here.room })
  const noise = (length: number) => Uint8Array.from({ length }, () => random.below(256))
  const codes = new Map<number, number>()
  let hostile = join()
  for (let n = 0; n < 500; n++) {
    await hostile.until(() => hostile.synced || hostile.closed !== null)
    if (hostile.closed !== null) hostile = join()
    await hostile.until(() => hostile.synced)
    const mutilated = updateMessage(honestUpdate(bob.id, server.clock.now))
    for (let flips = 1 + random.below(3); flips > 0; flips--) mutilated[random.below(mutilated.length)] = random.below(256)
    const messages = [
      noise(random.below(60)),
      mutilated,
      updateMessage(noise(random.below(60))),
      step1Message(noise(random.below(20))),
      awarenessBody(noise(random.below(40))),
    ]
    hostile.socket.send(random.pick(messages))
    await settled(hostile)
    const code = hostile.closed?.code ?? 0
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  hostile.leave()
  expect([...codes.keys()].filter(code => ![0, closeCodes.malformed, closeCodes.refused, 1009].includes(code))).toEqual([])
  await expectUnharmed(here)
  const state = await storedState(server, here.room)
  expect(state.votes).toMatchObject({ [`${paper}:${alice.id}`]: { value: 1 } })
  for (const { doc } of [here.honest, here.witness])
    expect(Object.fromEntries(Object.keys(state).map(root => [root, doc.getMap(root).toJSON()]))).toEqual(state)
}, 60_000)

test('[S23] two hundred refused messages leave nothing behind in the store', async ({ server, group, alice, bob }) => {
  const here = await scene(server, group, alice)
  const before = await rowsOf(server)
  for (let n = 0; n < 200; n++) {
    const hostile = new Peer(server, { cookie: bob.cookie, room: here.room })
    await hostile.until(() => hostile.synced)
    const forged = honestUpdate(n % 2 === 0 ? alice.id : 'nobodyAtAll0', server.clock.now)
    hostile.sendUpdate(forged)
    expect((await hostile.whenClosed()).code).toBe(closeCodes.refused)
  }
  expect(await rowsOf(server)).toEqual(before)
  await expectUnharmed(here)
}, 60_000)

describe('[S24] a socket that sends more than a person can is cut off', () => {
  const burst = 10
  const floods: { title: string; send: (peer: Peer, me: string, now: number) => void; allowed: number }[] = [
    {
      title: 'document messages',
      send: (peer, me, now) => castVote(peer.doc, { paper, me, value: now % 2 === 0 ? 1 : -1, now }),
      allowed: limits.updatesPerSecond * burst,
    },
    { title: 'requests for the document', send: peer => peer.send(step1Message(bytes(0))), allowed: limits.updatesPerSecond * burst },
    { title: 'presence', send: (peer, me, now) => peer.sendAwareness(peer.doc.clientID, now, { member: me }), allowed: limits.awarenessPerSecond * burst },
    { title: 'requests for presence', send: peer => peer.send(bytes(messages.queryAwareness)), allowed: limits.awarenessPerSecond * burst },
  ]
  for (const { title, send, allowed } of floods) {
    test(title, async ({ server, group, alice, bob }) => {
      const here = await scene(server, group, alice)
      const flooding = await connect(server, bob, here.room)
      // Two document messages were spent on joining.
      for (let n = 0; n < allowed - 2; n++) send(flooding, bob.id, n)
      await settled(flooding)
      expect(flooding.closed).toBeNull()
      for (let n = allowed; n < allowed + 3; n++) send(flooding, bob.id, n)
      expect((await flooding.whenClosed()).code).toBe(closeCodes.tooFast)
      await expectUnharmed(here)
    })
  }
})

test('[S25] before the full state of a client is stored, nothing of it is acknowledged', async ({ server, group, alice, bob }) => {
  const here = await scene(server, group, alice)
  const doc = new Y.Doc()
  castVote(doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  const later: Uint8Array[] = []
  doc.once('update', (update: Uint8Array) => later.push(update))
  castVote(doc, { paper, me: bob.id, value: -1, now: server.clock.now })
  const early = new Peer(server, { cookie: bob.cookie, room: here.room, doc })
  early.sending = false
  early.socket.on('open', () => early.sendUpdate(later[0] ?? bytes()))
  await early.until(() => early.synced)
  await settled(early)
  // A second change stands alone and is stored, yet its acknowledgement would cover the first.
  early.sendUpdate(honestUpdate(bob.id, server.clock.now, paperId(2)))
  await here.witness.until(() => voteOf(here.witness.doc, paperId(2), bob.id) === 1)
  await settled(early)
  expect(early.acknowledged).toBe(0)
  early.sendUpdate(Y.encodeStateAsUpdate(doc), 'step2')
  await early.saved()
  expect((await storedState(server, here.room)).votes).toMatchObject({ [`${paper}:${bob.id}`]: { value: -1 } })
  early.leave()
})
