/**
 * The guard's table of refusals, each forged over a raw WebSocket as an attacker would. For every one: the attacker is
 * shut out with the reason, nothing of it is stored, nobody else saw it, and the honest members go on.
 */
import { addComment, addPapers, castVote, setClosed, setResolved } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { assignReading, setProgress } from '@paperboard/shared/group'
import { nameGuest, planSession, putPaper } from '@paperboard/shared/groupSessions'
import { newId } from '@paperboard/shared/ids'
import { limits } from '@paperboard/shared/limits'
import type { GroupSettings } from '@paperboard/shared/members'
import { groupRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import * as Y from 'yjs'
import { boardWith, connect, type Peer, paperId, storedState } from '../support/peer.ts'
import { type Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)

interface Scene {
  server: TestServer
  group: string
  /** Owner, honest. Has voted for the first paper and commented on it; the comment's key is `comment`. */
  alice: Person
  /** Member, the attacker. */
  bob: Person
  victim: Peer
  attacker: Peer
  comment: string
  now: number
}

/** The update that a change to a copy of the attacker's document makes, written under `client`. */
const forged = (scene: Scene, change: (doc: Y.Doc) => void, client?: number): Uint8Array => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(scene.attacker.doc))
  // Only now: Yjs takes another id when it sees its own in use.
  if (client !== undefined) copy.clientID = client
  const updates: Uint8Array[] = []
  copy.on('update', (update: Uint8Array) => updates.push(update))
  copy.transact(() => change(copy))
  return Y.mergeUpdates(updates)
}

const vote = (value: unknown, now: number) => ({ value, at: now })
const setIn = (root: string, key: string, value: unknown) => (doc: Y.Doc) => doc.getMap(root).set(key, value)

interface Forgery {
  title: string
  /** What the server answers: the refusal at the start of the close reason. */
  refusal: string
  attack: (scene: Scene) => Uint8Array
  settings?: Partial<GroupSettings>
  type?: 'update' | 'step2'
}

const onBoard: Forgery[] = [
  { title: "a vote under another member's name", refusal: 'not-yours', attack: s => forged(s, setIn('votes', `${paperId(2)}:${s.alice.id}`, vote(1, s.now))) },
  { title: "another member's vote overwritten", refusal: 'not-yours', attack: s => forged(s, setIn('votes', `${paper}:${s.alice.id}`, vote(-1, s.now))) },
  {
    title: "another member's vote overwritten through sync step 2",
    refusal: 'not-yours',
    type: 'step2',
    attack: s => forged(s, setIn('votes', `${paper}:${s.alice.id}`, vote(-1, s.now))),
  },
  { title: "another member's vote deleted", refusal: 'not-yours', attack: s => forged(s, doc => doc.getMap('votes').delete(`${paper}:${s.alice.id}`)) },
  {
    title: "another member's comment rewritten",
    refusal: 'not-yours',
    attack: s => forged(s, doc => doc.getMap('comments').set(s.comment, { ...Object(doc.getMap('comments').get(s.comment)), text: 'I was wrong' })),
  },
  { title: "another member's comment deleted", refusal: 'not-yours', attack: s => forged(s, doc => doc.getMap('comments').delete(s.comment)) },
  {
    title: "a comment in another member's name",
    refusal: 'not-yours',
    attack: s => forged(s, doc => void addComment(doc, { paper, me: s.alice.id, text: 'Not me', now: s.now })),
  },
  { title: 'an offer to present by another member', refusal: 'not-yours', attack: s => forged(s, setIn('offers', `${paper}:${s.alice.id}`, { at: s.now })) },
  { title: 'a reaction by another member', refusal: 'not-yours', attack: s => forged(s, setIn('reactions', `${s.comment}:👍:${s.alice.id}`, { at: s.now })) },
  {
    title: "a thread settled in another member's name",
    refusal: 'not-yours',
    attack: s => forged(s, doc => setResolved(doc, { comment: s.comment, me: s.alice.id, resolved: true, now: s.now })),
  },
  { title: 'a record written so that it loses at once', refusal: 'not-yours', attack: losingWrite },
  {
    title: 'a record written and deleted in one message',
    refusal: 'not-yours',
    attack: s =>
      forged(s, doc => {
        doc.getMap('votes').set(`${paper}:${s.alice.id}`, vote(-1, s.now))
        doc.getMap('votes').delete(`${paper}:${s.alice.id}`)
      }),
  },
  { title: 'neighbours in two records, to land in the other one', refusal: 'malformed', attack: twoNeighbours },
  {
    title: 'a vote of a value that does not exist',
    refusal: 'invalid-record',
    attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, vote(100, s.now))),
  },
  { title: 'a vote that is no record', refusal: 'invalid-record', attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, 1)) },
  {
    title: 'a record with a field too many',
    refusal: 'invalid-record',
    attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, { ...vote(1, s.now), weight: 9 })),
  },
  { title: 'a record with a field missing', refusal: 'invalid-record', attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, { value: 1 })) },
  { title: 'a comment that moves to another paper when edited', refusal: 'invalid-record', attack: ownCommentMoved },
  { title: 'bytes where a record belongs', refusal: 'invalid-record', attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, new Uint8Array(4))) },
  { title: 'a root map that does not exist', refusal: 'unknown-root', attack: s => forged(s, setIn('admins', s.bob.id, { at: s.now })) },
  { title: 'a root map named like a property of every object', refusal: 'unknown-root', attack: s => forged(s, setIn('constructor', s.bob.id, { at: s.now })) },
  { title: 'a key of another form', refusal: 'unknown-key', attack: s => forged(s, setIn('votes', `${paper}:x:${s.bob.id}`, vote(1, s.now))) },
  {
    title: 'a shared map where a record belongs',
    refusal: 'nested',
    attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, new Y.Map([['value', 1]]))),
  },
  {
    title: 'a shared text where a record belongs',
    refusal: 'nested',
    attack: s => forged(s, setIn('comments', `${newId()}:${s.bob.id}`, new Y.Text('hello'))),
  },
  { title: 'a sub-document where a record belongs', refusal: 'nested', attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, new Y.Doc())) },
  { title: 'list content in a map', refusal: 'list', attack: listContent },
  { title: 'text in a map', refusal: 'list', attack: s => written(s, doc => doc.getText('votes').insert(0, 'hello')) },
  {
    title: 'a comment longer than the limit',
    refusal: 'invalid-record',
    attack: s => forged(s, doc => void addComment(doc, { paper, me: s.bob.id, text: 'x'.repeat(limits.commentLength + 1), now: s.now })),
  },
  {
    title: 'a record beyond its size',
    refusal: 'too-big',
    attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, { ...vote(1, s.now), pad: 'x'.repeat(limits.recordBytes) })),
  },
  {
    title: 'a vote from the future',
    refusal: 'wrong-time',
    attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, vote(1, s.now + limits.clockSkew + 60_000))),
  },
  {
    title: 'a vote on a paper that was never on the board',
    refusal: 'not-here',
    attack: s => forged(s, setIn('votes', `${paperId(99)}:${s.bob.id}`, vote(1, s.now))),
  },
  {
    title: 'a comment on a paper that was never on the board',
    refusal: 'not-here',
    attack: s => forged(s, doc => void addComment(doc, { paper: paperId(99), me: s.bob.id, text: 'Hello', now: s.now })),
  },
  {
    title: 'a paper put on the board past the catalogue',
    refusal: 'not-allowed',
    attack: s => forged(s, doc => void addPapers(doc, [paperId(50)], { member: s.bob.id, now: s.now, source: 'hand' })),
  },
  { title: "another member's paper taken off by a member", refusal: 'not-yours', attack: s => forged(s, doc => doc.getMap('papers').delete(paper)) },
  { title: 'a board closed by a member', refusal: 'not-allowed', attack: s => forged(s, doc => setClosed(doc, { me: s.bob.id, closed: true, now: s.now })) },
  {
    title: "more votes than the group's budget, in one message",
    refusal: 'over-budget',
    settings: { voteBudget: 2 },
    attack: s => forged(s, doc => [1, 2, 3].map(n => castVote(doc, { paper: paperId(n), me: s.bob.id, value: 1, now: s.now }))),
  },
  { title: 'an update with a gap', refusal: 'gap', attack: withGap },
  { title: 'a deletion of what nobody has seen', refusal: 'gap', attack: s => deletionOf(s.attacker.doc.clientID + 7, 0) },
  { title: 'records that refer to each other in a circle', refusal: 'gap', attack: circle },
  { title: 'a record that refers to itself', refusal: 'gap', attack: selfReference },
  {
    title: "a record under another member's client id",
    refusal: 'foreign-client',
    attack: s => forged(s, setIn('votes', `${paper}:${s.bob.id}`, vote(1, s.now)), s.victim.doc.clientID),
  },
  { title: 'bytes that are no update', refusal: 'malformed', attack: () => Uint8Array.of(1, 2, 3, 250, 250) },
]

describe('[S11] the guard refuses', () => {
  for (const { title, settings, ...forgery } of onBoard) {
    test(title, async ({ server, group, alice, bob }) => {
      if (settings !== undefined) await alice.patch(`/api/groups/${group}`, { settings })
      const room = await boardWith(server, { group, by: alice.id })
      const victim = await connect(server, alice, room)
      const now = server.clock.now
      castVote(victim.doc, { paper, me: alice.id, value: 1, now })
      const comment = addComment(victim.doc, { paper, me: alice.id, text: 'I like this', now })
      await victim.saved()
      const attacker = await connect(server, bob, room)
      const witness = await connect(server, bob, room)
      await expectRefused({ server, group, alice, bob, victim, attacker, comment, now }, { room, witness, ...forgery })
    })
  }
})

/** Sends the forgery and checks all that must hold. */
async function expectRefused(
  scene: Scene,
  { room, witness, refusal, attack, type }: Pick<Forgery, 'refusal' | 'attack' | 'type'> & { room: string; witness: Peer },
) {
  const { server, alice, victim, attacker } = scene
  const update = attack(scene)
  // An attack may begin with an honest change.
  await attacker.saved()
  const before = await storedState(server, room)
  const rows = async () => (await server.db.sql.select().from(server.db.t.updates)).length
  const count = await rows()
  attacker.sendUpdate(update, type)
  const closed = await attacker.whenClosed()
  expect(closed.reason.split(' ')[0]).toBe(refusal)
  expect(closed.code).toBe(refusal === 'malformed' ? closeCodes.malformed : closeCodes.refused)
  expect(await rows()).toBe(count)
  expect(await storedState(server, room)).toEqual(before)
  // The honest go on, and what they hear next is all they hear.
  castVote(victim.doc, { paper: paperId(3), me: alice.id, value: -1, now: scene.now })
  await victim.saved()
  await witness.until(() => witness.doc.getMap('votes').has(`${paperId(3)}:${alice.id}`))
  expect(witness.doc.store.pendingStructs).toBeNull()
  expect(witness.doc.toJSON()).toEqual(victim.doc.toJSON())
  expect(await storedState(server, room)).toMatchObject({ votes: victim.doc.getMap('votes').toJSON(), comments: victim.doc.getMap('comments').toJSON() })
}

/** An update written on an empty document: its items have no neighbours. */
function written(_: Scene, change: (doc: Y.Doc) => void, client?: number): Uint8Array {
  const doc = new Y.Doc()
  if (client !== undefined) doc.clientID = client
  change(doc)
  return Y.encodeStateAsUpdate(doc)
}

/** With client id 1 it loses against every other writer of the key, and would be marked deleted on arrival. */
function losingWrite(s: Scene): Uint8Array {
  return written(s, setIn('votes', `${paper}:${s.alice.id}`, vote(-1, s.now)), 1)
}

function listContent(s: Scene): Uint8Array {
  return written(s, doc => doc.getArray('votes').push([vote(1, s.now)]))
}

function ownCommentMoved(s: Scene): Uint8Array {
  const key = addComment(s.attacker.doc, { paper, me: s.bob.id, text: 'Mine', now: s.now })
  return forged(s, doc => doc.getMap('comments').set(key, { ...Object(doc.getMap('comments').get(key)), paper: paperId(2) }))
}

function withGap(s: Scene): Uint8Array {
  const doc = new Y.Doc()
  castVote(doc, { paper, me: s.bob.id, value: 1, now: s.now })
  const first = Y.encodeStateVector(doc)
  castVote(doc, { paper: paperId(2), me: s.bob.id, value: 1, now: s.now })
  return Y.encodeStateAsUpdate(doc, first)
}

/** Forgeries that no Yjs client writes are put together struct by struct. */
const handWritten = (
  client: number,
  structs: ((encoder: Y.UpdateEncoderV1) => void)[],
  deletions: [client: number, clock: number, len: number][] = [],
): Uint8Array => {
  const encoder = new Y.UpdateEncoderV1()
  const varUint = (n: number) => {
    for (let rest = n; ; rest = Math.floor(rest / 128)) {
      encoder.restEncoder.cbuf[encoder.restEncoder.cpos++] = rest > 127 ? 128 | (rest % 128) : rest
      if (rest <= 127) return
    }
  }
  varUint(structs.length === 0 ? 0 : 1)
  if (structs.length > 0) {
    varUint(structs.length)
    varUint(client)
    varUint(0)
    for (const write of structs) write(encoder)
  }
  varUint(deletions.length)
  for (const [of, clock, len] of deletions) for (const n of [of, 1, clock, len]) varUint(n)
  return encoder.toUint8Array()
}

function deletionOf(client: number, clock: number): Uint8Array {
  return handWritten(0, [], [[client, clock, 1]])
}

/** An item with plain content whose neighbours are given as ids. */
const itemBetween = (content: unknown, origin: Y.ID | null, rightOrigin: Y.ID | null) => (encoder: Y.UpdateEncoderV1) => {
  const anyContent = 8
  encoder.writeInfo(anyContent | (origin === null ? 0 : 128) | (rightOrigin === null ? 0 : 64))
  if (origin !== null) encoder.writeLeftID(origin)
  if (rightOrigin !== null) encoder.writeRightID(rightOrigin)
  encoder.writeLen(1)
  encoder.writeAny(content)
}

/** The id of the item that holds a record now. */
const itemId = (doc: Y.Doc, root: string, key: string): Y.ID => {
  const item = doc.getMap(root)._map.get(key)
  if (item === undefined) throw new Error(`No item at ${root}/${key}`)
  return item.id
}

/** Left of it the attacker's own vote, right of it Alice's: Yjs takes the parent from one, a careless guard from the other. */
function twoNeighbours(s: Scene): Uint8Array {
  castVote(s.attacker.doc, { paper, me: s.bob.id, value: 1, now: s.now })
  const own = itemId(s.attacker.doc, 'votes', `${paper}:${s.bob.id}`)
  const other = itemId(s.attacker.doc, 'votes', `${paper}:${s.alice.id}`)
  return handWritten(4711, [itemBetween(vote(-1, s.now), own, other)])
}

function circle(s: Scene): Uint8Array {
  const [one, two] = [4711, 4712].map((client, index) => handWritten(client, [itemBetween(vote(1, s.now), Y.createID(index === 0 ? 4712 : 4711, 0), null)]))
  return joined(one ?? new Uint8Array(), two ?? new Uint8Array())
}

/** Two updates of one client each as one, without the sorting that `mergeUpdates` does by resolving. */
const joined = (a: Uint8Array, b: Uint8Array) => Uint8Array.from([2, ...a.subarray(1, -1), ...b.subarray(1, -1), 0])

function selfReference(s: Scene): Uint8Array {
  return handWritten(4711, [itemBetween(vote(1, s.now), Y.createID(4711, 0), null)])
}

describe('[S12] in the room of a group the guard refuses', () => {
  const reading = (s: Scene, member: string) => ({ paper, board: '2026-11-24', member, role: 'reader' as const, part: '', due: null, at: s.now })
  const session = (s: Scene) => ({ day: '2026-12-01', time: null, minutes: 60, title: '', place: '', cancelled: false, at: s.now })
  const inGroup: Forgery[] = [
    {
      title: 'a reading handed out in the name of another',
      refusal: 'not-yours',
      attack: s => forged(s, doc => void assignReading(doc, s.alice.id, reading(s, s.bob.id))),
    },
    {
      title: 'a reading for another where only organizers assign',
      refusal: 'not-allowed',
      settings: { whoAssigns: 'organizers' },
      attack: s => forged(s, doc => void assignReading(doc, s.bob.id, reading(s, s.alice.id))),
    },
    {
      title: 'a reading changed by its reader',
      refusal: 'not-yours',
      attack: s => forged(s, doc => doc.getMap('readings').set(s.comment, { ...Object(doc.getMap('readings').get(s.comment)), due: '2027-01-01' })),
    },
    {
      title: 'the progress of another member',
      refusal: 'not-yours',
      attack: s => forged(s, doc => void setProgress(doc, { reading: s.comment, me: s.alice.id, state: 'read', now: s.now })),
    },
    {
      title: 'progress on a reading that is not there',
      refusal: 'not-here',
      attack: s => forged(s, doc => void setProgress(doc, { reading: `${newId()}:${s.alice.id}`, me: s.bob.id, state: 'read', now: s.now })),
    },
    {
      title: 'a session planned by a member',
      refusal: 'not-allowed',
      attack: s => forged(s, doc => void planSession(doc, s.bob.id, session(s))),
    },
    {
      title: 'a paper that a member puts into a session',
      refusal: 'not-allowed',
      attack: s => forged(s, doc => putPaper(doc, { session: `${newId()}:${s.alice.id}`, paper, now: s.now })),
    },
    {
      title: 'a guest whom a member names',
      refusal: 'not-allowed',
      attack: s => forged(s, doc => void nameGuest(doc, `${newId()}:${s.alice.id}`, { name: 'Grace Hopper', role: 'presenter', paper: null, at: s.now })),
    },
    {
      title: 'a list of papers in a session, as they once were',
      refusal: 'invalid-record',
      attack: s => forged(s, setIn('sessions', `${newId()}:${s.bob.id}`, { ...session(s), papers: [paper], guests: [] })),
    },
    {
      title: 'a reading of no paper, for no session',
      refusal: 'invalid-record',
      attack: s => forged(s, doc => void assignReading(doc, s.bob.id, { ...reading(s, s.bob.id), paper: null })),
    },
    {
      title: 'a reading that its reader ties to a session',
      refusal: 'not-yours',
      attack: s =>
        forged(s, doc => doc.getMap('readings').set(s.comment, { ...Object(doc.getMap('readings').get(s.comment)), session: `${newId()}:${s.alice.id}` })),
    },
  ]
  for (const { title, refusal, attack, settings } of inGroup) {
    test(title, async ({ server, group, alice, bob }) => {
      if (settings !== undefined) await alice.patch(`/api/groups/${group}`, { settings })
      const room = groupRoom(group)
      const now = server.clock.now
      const victim = await connect(server, alice, room)
      const comment = assignReading(victim.doc, alice.id, { paper, board: '2026-11-24', member: bob.id, role: 'reader', part: '', due: null, at: now })
      await victim.saved()
      const attacker = await connect(server, bob, room)
      const scene = { server, group, alice, bob, victim, attacker, comment, now }
      const before = await storedState(server, room)
      attacker.sendUpdate(attack(scene))
      expect((await attacker.whenClosed()).reason.split(' ')[0]).toBe(refusal)
      expect(await storedState(server, room)).toEqual(before)
    })
  }
})

describe("[S13] presence is its sender's", () => {
  const forgeries: { title: string; attack: (scene: { alice: Person; bob: Person; victim: Peer; attacker: Peer }) => void }[] = [
    { title: 'nobody presents themselves as another', attack: s => s.attacker.sendAwareness(s.attacker.doc.clientID, 1, { member: s.alice.id }) },
    { title: "nobody replaces another's state", attack: s => s.attacker.sendAwareness(s.victim.doc.clientID, 99, { member: s.alice.id, paper: paperId(2) }) },
    { title: "nobody takes over another's client id", attack: s => s.attacker.sendAwareness(s.victim.doc.clientID, 99, { member: s.bob.id }) },
    { title: 'nobody adds fields', attack: s => s.attacker.sendAwareness(s.attacker.doc.clientID, 1, { member: s.bob.id, name: 'Alice' }) },
    { title: 'nobody sends a long state', attack: s => s.attacker.sendAwareness(s.attacker.doc.clientID, 1, { member: s.bob.id, paper: 'x'.repeat(5_000) }) },
    {
      title: 'one socket is one client',
      attack: s => {
        s.attacker.sendAwareness(s.attacker.doc.clientID, 1, { member: s.bob.id })
        s.attacker.sendAwareness(s.attacker.doc.clientID + 1, 1, { member: s.bob.id })
      },
    },
  ]
  for (const { title, attack } of forgeries) {
    test(title, async ({ server, group, alice, bob }) => {
      const victim = await connect(server, alice, groupRoom(group))
      victim.sendAwareness(victim.doc.clientID, 1, { member: alice.id, paper })
      const attacker = await connect(server, bob, groupRoom(group))
      const witness = await connect(server, bob, groupRoom(group))
      await witness.until(() => witness.heard.has(victim.doc.clientID))
      attack({ alice, bob, victim, attacker })
      expect((await attacker.whenClosed()).code).toBe(closeCodes.refused)
      // A later change of the honest member comes after whatever the attacker might have caused.
      victim.sendAwareness(victim.doc.clientID, 2, { member: alice.id, paper: paperId(3) })
      await witness.until(() => JSON.stringify(witness.heard.get(victim.doc.clientID)) === JSON.stringify({ member: alice.id, paper: paperId(3) }))
      const states = [...witness.heard.values()].filter(state => state !== null)
      expect(states.filter(state => JSON.stringify(state).includes(alice.id))).toHaveLength(1)
    })
  }

  test("an echo of another's state passes by in silence", async ({ server, group, alice, bob }) => {
    const a = await connect(server, alice, groupRoom(group))
    const b = await connect(server, bob, groupRoom(group))
    a.sendAwareness(a.doc.clientID, 5, { member: alice.id })
    await b.until(() => b.heard.has(a.doc.clientID))
    b.sendAwareness(a.doc.clientID, 5, { member: alice.id })
    b.sendAwareness(a.doc.clientID, 4, { member: alice.id, paper })
    b.sendAwareness(a.doc.clientID, 5, 'null')
    b.sendAwareness(b.doc.clientID, 1, { member: bob.id })
    await a.until(() => a.heard.has(b.doc.clientID))
    expect(b.closed).toBeNull()
    expect(a.heard.get(a.doc.clientID)).toEqual({ member: alice.id })
  })
})

test("[S14] a client id that a member's window shows is theirs before they write with it", async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const victim = await connect(server, alice, room)
  victim.sendAwareness(victim.doc.clientID, 1, { member: alice.id })
  const attacker = await connect(server, bob, room)
  await attacker.until(() => attacker.heard.has(victim.doc.clientID))
  const doc = new Y.Doc()
  doc.clientID = victim.doc.clientID
  castVote(doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  attacker.sendUpdate(Y.encodeStateAsUpdate(doc))
  expect((await attacker.whenClosed()).reason).toBe('foreign-client')
  castVote(victim.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  await victim.saved()
})

test("[S15] a client id stays its first writer's, and the store knows whose it is", async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const victim = await connect(server, alice, room)
  castVote(victim.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  await victim.saved()
  const owners = await server.db.sql.select().from(server.db.t.docClients)
  expect(owners).toContainEqual(expect.objectContaining({ client: victim.doc.clientID, actor: alice.id }))
  const attacker = await connect(server, bob, room)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(attacker.doc))
  copy.clientID = victim.doc.clientID
  const before = Y.encodeStateVector(copy)
  castVote(copy, { paper: paperId(2), me: bob.id, value: 1, now: server.clock.now })
  attacker.sendUpdate(Y.encodeStateAsUpdate(copy, before))
  expect((await attacker.whenClosed()).reason).toBe('foreign-client')
  // The victim's next change takes the clock that the attacker was after.
  castVote(victim.doc, { paper: paperId(3), me: alice.id, value: 1, now: server.clock.now })
  await victim.saved()
  expect((await storedState(server, room)).votes).toHaveProperty(`${paperId(3)}:${alice.id}`)
})

test('[S16] who relays what others wrote and the server has is not refused, and stores nothing', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  castVote(a.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  castVote(a.doc, { paper, me: alice.id, value: -1, now: server.clock.now })
  await a.saved()
  const b = await connect(server, bob, room)
  const rows = (await server.db.sql.select().from(server.db.t.updates)).length
  b.sendUpdate(Y.encodeStateAsUpdate(b.doc))
  await b.saved()
  expect(b.closed).toBeNull()
  expect((await server.db.sql.select().from(server.db.t.updates)).length).toBe(rows)
})

test('[S17] nobody is sent a second version of a record that is there: a relay with other content is cut out', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  castVote(a.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  await a.saved()
  const b = await connect(server, bob, room)
  // Alice's struct with a vote turned round, and behind it an honest vote of Bob's.
  const twisted = new Y.Doc()
  twisted.clientID = a.doc.clientID
  castVote(twisted, { paper, me: alice.id, value: -1, now: server.clock.now })
  castVote(b.doc, { paper: paperId(2), me: bob.id, value: 1, now: server.clock.now })
  await b.saved()
  b.sendUpdate(Y.encodeStateAsUpdate(twisted))
  await b.saved()
  const rows = await server.db.sql.select().from(server.db.t.updates)
  for (const { data } of rows) expect(Buffer.from(data).equals(Buffer.from(Y.encodeStateAsUpdate(twisted)))).toBe(false)
  expect((await storedState(server, room)).votes).toMatchObject({ [`${paper}:${alice.id}`]: { value: 1 } })
})
