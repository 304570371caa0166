import {
  addComment,
  addPapers,
  board,
  castVote,
  closedOf,
  deleteComment,
  editComment,
  emojis,
  everOnBoard,
  removePaper,
  setClosed,
  setOffer,
  setResolved,
  toggleReaction,
} from '@paperboard/shared/board'
import { defaultSettings } from '@paperboard/shared/members'
import type { Actor } from '@paperboard/shared/room'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { LiveDocument } from '../../apps/server/src/sync/document.ts'
import { kinds } from '../../apps/server/src/sync/kinds.ts'
import { paperId } from '../support/peer.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { applyToShadow } from './shadow.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const rounds = Number(process.env.GUARD_ROUNDS ?? 40)
const stepsPerRound = 120

const actors: Actor[] = [
  { id: 'AliceAliceAl', role: 'organizer' },
  { id: 'BobBobBobBob', role: 'member' },
  { id: 'CarolCarolCa', role: 'member' },
]

/** A member with a document, perhaps offline: what they have not sent yet goes out as one difference later. */
interface Window {
  actor: Actor
  doc: Y.Doc
  online: boolean
  outbox: Uint8Array[]
}

interface World {
  random: Random
  server: LiveDocument
  /** What the server holds, as plain Yjs applies it. */
  truth: Y.Doc
  windows: Window[]
  at: { now: number; settings: typeof defaultSettings; readonly closed: boolean; knows: (paper: string) => boolean }
  counts: Record<string, number>
}

/** Of two writes at once the one of the higher client id stands, so a seed must give these, too. */
const newDoc = (random: Random): Y.Doc => {
  const doc = new Y.Doc()
  doc.clientID = random.below(2 ** 31)
  return doc
}

const openWindow = (world: Pick<World, 'truth' | 'random'>, actor: Actor): Window => {
  const doc = newDoc(world.random)
  for (const root of Object.keys(board.roots)) doc.getMap(root)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(world.truth), 'server')
  const window: Window = { actor, doc, online: true, outbox: [] }
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') window.outbox.push(update)
  })
  return window
}

const newWorld = (random: Random): World => {
  const server = new LiveDocument({ kind: kinds.board, stored: null, inUseBy: () => undefined })
  const truth = new Y.Doc()
  const { data } = server.change(doc => addPapers(doc, [1, 2, 3, 4].map(paperId), { member: actors[0]?.id ?? '', now, source: 'hand' }))
  if (data !== null) Y.applyUpdate(truth, data)
  const settings = { ...defaultSettings, voteBudget: random.chance(0.5) ? 2 : null }
  const world = {
    random,
    server,
    truth,
    windows: [] as Window[],
    counts: {},
    at: {
      now,
      settings,
      get closed() {
        return closedOf(truth) !== null
      },
      knows: (paper: string) => everOnBoard(truth, paper),
    },
  }
  world.windows = [...actors, ...actors.slice(1)].map(actor => openWindow(world, actor))
  return world
}

/** Something that the interface would let this member do. */
const honestAct = ({ random, at }: World, { doc, actor }: Window) => {
  const me = actor.id
  const paper = paperId(1 + random.below(4))
  const own = [...doc.getMap('comments').keys()].filter(key => key.endsWith(me))
  const all = [...doc.getMap('comments').keys()]
  const ups = [...doc.getMap<{ value: number }>('votes').entries()].filter(
    ([key, vote]) => key.endsWith(me) && vote.value === 1 && !key.startsWith(paper),
  ).length
  const mayVoteUp = at.settings.voteBudget === null || ups < at.settings.voteBudget
  const acts = [
    () => castVote(doc, { paper, me, value: mayVoteUp ? 1 : -1, now }),
    () => castVote(doc, { paper, me, value: -1, now }),
    () => castVote(doc, { paper, me, value: null, now }),
    () => setOffer(doc, { paper, me, offered: random.chance(0.5), now }),
    () => addComment(doc, { paper, me, parent: all.length > 0 && random.chance(0.3) ? random.pick(all) : null, text: `Note ${random.below(1000)}`, now }),
    () => own.length > 0 && editComment(doc, random.pick(own), `Edited ${random.below(1000)}`, now),
    () => own.length > 0 && deleteComment(doc, random.pick(own)),
    () => all.length > 0 && toggleReaction(doc, { comment: random.pick(all), emoji: random.pick(emojis), me, now }),
    () => all.length > 0 && setResolved(doc, { comment: random.pick(all), me, resolved: random.chance(0.6), now }),
    () => actor.role === 'organizer' && all.length > 0 && deleteComment(doc, random.pick(all)),
    () => actor.role === 'organizer' && random.chance(0.1) && removePaper(doc, paper),
  ]
  // A forger who may close the board does so now and then.
  if (closedOf(doc) !== null && actor.role === 'organizer') acts.splice(0, acts.length, () => setClosed(doc, { me, closed: false, now }))
  random.pick(acts)()
}

/** A document like the attacker's, in which anything may be written, under any client id. */
const forge = (world: World, { doc }: Window): Uint8Array => {
  const { random, truth } = world
  const copy = newDoc(random)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(random.chance(0.7) ? doc : truth))
  const clients = [...truth.store.clients.keys()]
  if (random.chance(0.3) && clients.length > 0) copy.clientID = random.pick(clients)
  if (random.chance(0.1)) copy.clientID = 1 + random.below(3)
  const base = random.chance(0.8) ? copy : newDoc(random)
  const before = Y.encodeStateVector(base)
  const parts: Uint8Array[] = []
  base.on('update', (update: Uint8Array) => parts.push(update))
  for (let n = 1 + random.below(3); n > 0; n--) base.transact(() => tamper(random, base))
  if (parts.length === 0) return Uint8Array.of(0, 0)
  const whole = random.chance(0.5) ? Y.mergeUpdates(parts) : Y.encodeStateAsUpdate(base, before)
  if (parts.length > 1 && random.chance(0.2)) return parts.at(-1) ?? whole
  return random.chance(0.1) ? scratched(random, whole) : whole
}

const tamper = (random: Random, doc: Y.Doc) => {
  const root = random.pick([...Object.keys(board.roots), 'votes', 'comments', 'votes', 'nonsense'])
  if (random.chance(0.05)) {
    doc.getArray(`${root}-list`).push([1])
    return
  }
  const map = doc.getMap(root)
  const keys = [...map.keys()]
  if (keys.length > 0 && random.chance(0.3)) {
    map.delete(random.pick(keys))
    return
  }
  const fresh = `${paperId(1 + random.below(5))}:${random.pick(actors).id}`
  const key = keys.length > 0 && random.chance(0.6) ? random.pick(keys) : random.pick([fresh, random.pick(actors).id, 'closed'])
  map.set(
    key,
    random.pick<() => unknown>([
      () => ({ value: random.pick([1, -1, 0, 2]), at: now }),
      () => ({ value: 1, at: now }),
      () => ({ at: now }),
      () => 7,
      () => new Y.Map(),
      () => ({ by: random.pick(actors).id, at: now }),
      () => ({ value: 1, at: now * 2 }),
    ])(),
  )
}

const scratched = (random: Random, update: Uint8Array): Uint8Array => {
  const bytes = Uint8Array.from(update)
  for (let n = 1 + random.below(3); n > 0; n--) bytes[random.below(bytes.length)] = random.below(256)
  return random.chance(0.3) ? bytes.subarray(0, random.below(bytes.length)) : bytes
}

const clientsIn = (update: Uint8Array) => new Set(Y.decodeUpdate(update).structs.map(struct => struct.id.client))

/** The server's answer, held against the oracle. Gives whether it was accepted. */
const offer = (world: World, window: Window, update: Uint8Array, honest: boolean): boolean => {
  const judged = world.server.accept(update, window.actor, world.at)
  // What is stored and told: less than was sent when some of that was here already.
  const told = 'refusal' in judged ? update : (judged.data ?? update)
  const effect = applyToShadow(world.truth, told, { kind: board, actor: window.actor, at: world.at })
  const verdict = 'refusal' in judged ? judged.refusal : judged.data === null ? 'nothing new' : 'accepted'
  const name = `${honest ? 'honest' : 'forged'}: ${verdict}`
  world.counts[name] = (world.counts[name] ?? 0) + 1
  if ('refusal' in judged) {
    if (judged.refusal === 'over-budget' && world.windows.filter(other => other.actor === window.actor).length > 1) return false
    expect(honest, `an honest change was refused: ${verdict} ${JSON.stringify(judged.place)}`).toBe(false)
    return false
  }
  // What the guard lets through does nothing that the oracle objects to.
  expect(judged.data === null && effect.visible, 'the guard took a visible change for nothing new').toBe(false)
  if (judged.data !== null) {
    expect(effect.fault, 'the guard let through what the oracle refuses').toBeNull()
    Y.applyUpdate(world.truth, judged.data)
    for (const other of world.windows) if (other.online && other !== window) Y.applyUpdate(other.doc, judged.data, 'server')
    // Whose client id was forged under by their own member has another history than everybody else, and can't go on.
    if (!honest)
      for (const client of clientsIn(judged.data))
        world.windows = world.windows.map(other => (other.doc.clientID === client ? openWindow(world, other.actor) : other))
  }
  return true
}

const step = (world: World) => {
  const { random } = world
  const window = random.pick(world.windows)
  if (random.chance(0.35)) {
    offer(world, window, forge(world, window), false)
    return
  }
  if (random.chance(0.15)) window.online = !window.online
  honestAct(world, window)
  if (!window.online) return
  // Coming back: first what the server has, then one difference; or, online all along, the updates as they were made.
  Y.applyUpdate(window.doc, Y.encodeStateAsUpdate(world.truth, Y.encodeStateVector(window.doc)), 'server')
  const updates = window.outbox.splice(0)
  const messages = random.chance(0.5) && updates.length <= 1 ? updates : [Y.encodeStateAsUpdate(window.doc, Y.encodeStateVector(world.truth))]
  for (const update of messages) {
    if (offer(world, window, update, !overBudget(world, window) && !world.at.closed)) continue
    // As the browser does: what was refused is set aside, and the document opened afresh.
    world.windows[world.windows.indexOf(window)] = openWindow(world, window.actor)
    return
  }
}

/** Two windows of one member, both offline, can overdraw the budget honestly, also by a vote that the other has taken back; the server refuses that all the same. */
const overBudget = ({ at }: World, { doc, actor }: Window): boolean => {
  if (at.settings.voteBudget === null) return false
  const ups = [...doc.getMap<{ value: number }>('votes').entries()].filter(([key, vote]) => key.endsWith(actor.id) && vote.value === 1).length
  return ups > at.settings.voteBudget
}

test('[S18] the guard accepts every honest change and nothing that applying it to a shadow shows to be wrong', () => {
  const random = randomFrom()
  console.info(`guard property test: FUZZ_SEED=${random.seed}, ${rounds} rounds of ${stepsPerRound} steps`)
  const counts: Record<string, number> = {}
  for (let round = 0; round < rounds; round++) {
    const world = newWorld(random)
    for (let n = 0; n < stepsPerRound; n++) step(world)
    expect(world.server.read(doc => doc.toJSON())).toEqual(JSON.parse(JSON.stringify(mapsOf(world.truth))))
    for (const [name, n] of Object.entries(world.counts)) counts[name] = (counts[name] ?? 0) + n
    world.server.destroy()
  }
  // A generator that never gets through, or always does, proves nothing.
  expect(counts['honest: accepted']).toBeGreaterThan(rounds * 20)
  expect(counts['forged: accepted']).toBeGreaterThan(rounds / 4)
  for (const refusal of ['not-yours', 'foreign-client', 'unknown-root', 'invalid-record', 'gap', 'malformed'])
    expect(counts[`forged: ${refusal}`], refusal).toBeGreaterThan(0)
  console.info(JSON.stringify(counts))
})

test.each([
  { title: 'is not paid for by taking back another, where that loses against a vote cast at the same time', low: 'withdrawn', verdict: 'over-budget' },
  { title: 'is paid for by taking back another, where that wins', low: 'cast', verdict: 'accepted' },
])('[S43] an up-vote $title', ({ low, verdict }) => {
  const world = newWorld(randomFrom(1))
  const settings = { ...defaultSettings, voteBudget: 1 }
  const [, bob] = actors
  if (bob === undefined) throw new Error('Bob is needed')
  const [cast, withdrawn] = [openWindow(world, bob), openWindow(world, bob)]
  cast.doc.clientID = low === 'cast' ? 1_000 : 2_000
  withdrawn.doc.clientID = low === 'cast' ? 2_000 : 1_000
  castVote(cast.doc, { paper: paperId(1), me: bob.id, value: 1, now })
  // In a window that has not heard of that.
  castVote(withdrawn.doc, { paper: paperId(1), me: bob.id, value: -1, now })
  castVote(withdrawn.doc, { paper: paperId(2), me: bob.id, value: 1, now })
  const at = { ...world.at, settings }
  expect(world.server.accept(Y.encodeStateAsUpdate(cast.doc, Y.encodeStateVector(world.truth)), bob, at)).not.toHaveProperty('refusal')
  const judged = world.server.accept(Y.encodeStateAsUpdate(withdrawn.doc, Y.encodeStateVector(world.truth)), bob, at)
  expect('refusal' in judged ? judged.refusal : 'accepted').toBe(verdict)
})

const mapsOf = (doc: Y.Doc) => Object.fromEntries(Object.keys(board.roots).map(root => [root, doc.getMap(root).toJSON()]))
