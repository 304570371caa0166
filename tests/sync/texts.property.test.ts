/** Random histories of texts that several write at once, in a kind of room with a few records beside them: the guard against the shadow. */
import { board, castVote } from '@paperboard/shared/board'
import { defaultSettings } from '@paperboard/shared/members'
import { noteTexts } from '@paperboard/shared/notes'
import type { Actor } from '@paperboard/shared/room'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { LiveDocument } from '../../apps/server/src/sync/document.ts'
import type { ServedKind } from '../../apps/server/src/sync/kinds.ts'
import { paperId } from '../support/peer.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { applyToShadow } from './shadow.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const rounds = Number(process.env.GUARD_ROUNDS ?? 15)
const stepsPerRound = 100
/** Short, so that it is reached. */
const longest = 120

const actors: Actor[] = [
  { id: 'AliceAliceAl', role: 'organizer' },
  { id: 'BobBobBobBob', role: 'member' },
  { id: 'GuestGuestGu', role: 'guest' },
]
const keys = ['meeting', paperId(1), paperId(2)]
const knows = (key: string) => key !== paperId(3)

const served: ServedKind = {
  kind: { version: 1, steps: {}, roots: { votes: board.roots.votes ?? expect.unreachable() }, texts: { notes: { ...noteTexts, longest } } },
  closed: () => false,
  closedAt: () => null,
  closedBy: null,
  knows: (_, key) => knows(key),
  presumes: true,
  writerOf: () => null,
}

interface Window {
  actor: Actor
  doc: Y.Doc
  online: boolean
  outbox: Uint8Array[]
}
interface World {
  random: Random
  server: LiveDocument
  truth: Y.Doc
  windows: Window[]
  at: { now: number; settings: typeof defaultSettings; closed: boolean; knows: (key: string) => boolean }
  counts: Record<string, number>
}

const textOf = (doc: Y.Doc, key: string) => doc.getText(`notes/${key}`)
const newDoc = (random: Random): Y.Doc => {
  const doc = new Y.Doc()
  doc.clientID = random.below(2 ** 31)
  return doc
}

const openWindow = (world: Pick<World, 'truth' | 'random'>, actor: Actor): Window => {
  const doc = newDoc(world.random)
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(world.truth), 'server')
  const window: Window = { actor, doc, online: true, outbox: [] }
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') window.outbox.push(update)
  })
  return window
}

const newWorld = (random: Random): World => {
  const server = new LiveDocument({ kind: served, stored: null, inUseBy: () => undefined })
  const world = { random, server, truth: new Y.Doc(), windows: [] as Window[], counts: {}, at: { now, settings: defaultSettings, closed: false, knows } }
  world.windows = [...actors, ...actors].map(actor => openWindow(world, actor))
  return world
}

const words = ['a', 'is it\n', '**so**', '$x^2$', 'ü', '😀', '- [ ] ', '# ']

const honestAct = (random: Random, { doc, actor }: Window) => {
  const text = textOf(doc, random.pick(keys))
  const at = random.below(text.length + 1)
  random.pick([
    () => text.length < longest / 3 && text.insert(at, random.pick(words)),
    () => text.length < longest / 3 && text.insert(text.length, random.pick(words)),
    () => text.length > 0 && text.delete(Math.min(at, text.length - 1), 1 + random.below(text.length - Math.min(at, text.length - 1))),
    () => castVote(doc, { paper: paperId(1), me: actor.id, value: random.pick([1, -1, null]), now }),
  ])()
}

const tamper = (random: Random, doc: Y.Doc) => {
  const key = random.chance(0.65) ? random.pick(keys) : random.pick([paperId(3), 'minutes', '', 'a/b'])
  const name = `${random.chance(0.9) ? 'notes' : random.pick(['votes', 'takes'])}/${key}`
  const text = doc.getText(name)
  const at = random.below(text.length + 1)
  random.pick([
    () => text.insert(at, 'x'.repeat(1 + random.below(longest))),
    () => text.insert(at, random.pick(words)),
    () => text.insert(at, 'bold', { bold: true }),
    () => text.insertEmbed(at, { image: 'x' }),
    () => text.insertEmbed(at, new Y.Map()),
    () => text.setAttribute('a', 'b'),
    () => text.length > 0 && text.delete(0, 1 + random.below(text.length)),
    () => doc.getMap('votes').set(`${paperId(1)}:${random.pick(actors).id}`, { value: 1, at: now }),
    () => doc.getArray(`list/${key}`).push([1]),
    () => doc.getMap('notes').set(key, { value: 1, at: now }),
  ])()
}

const forge = ({ random, truth }: World, { doc }: Window): Uint8Array => {
  const copy = newDoc(random)
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(random.chance(0.7) ? doc : truth))
  const clients = [...truth.store.clients.keys()]
  if (random.chance(0.2) && clients.length > 0) copy.clientID = random.pick(clients)
  const before = Y.encodeStateVector(copy)
  for (let n = 1 + random.below(3); n > 0; n--) copy.transact(() => tamper(random, copy))
  const whole = Y.encodeStateAsUpdate(copy, before)
  if (!random.chance(0.15)) return whole
  const bytes = Uint8Array.from(whole)
  for (let n = 1 + random.below(3); n > 0; n--) bytes[random.below(bytes.length)] = random.below(256)
  return bytes
}

const clientsIn = (update: Uint8Array) => new Set(Y.decodeUpdate(update).structs.map(struct => struct.id.client))

const offer = (world: World, window: Window, update: Uint8Array, honest: boolean): boolean => {
  const judged = world.server.accept(update, window.actor, world.at)
  const told = 'refusal' in judged ? update : (judged.data ?? update)
  const effect = applyToShadow(world.truth, told, { kind: served.kind, actor: window.actor, at: world.at })
  const verdict = 'refusal' in judged ? judged.refusal : judged.data === null ? 'nothing new' : 'accepted'
  const name = `${honest ? 'honest' : 'forged'}: ${verdict}`
  world.counts[name] = (world.counts[name] ?? 0) + 1
  if ('refusal' in judged) {
    // All together may write more than fits.
    if (judged.refusal === 'too-big' && honest) expect(effect.fault).toBe('too-big')
    // Of several faults of a forged change, the two may name different ones; and the guard looks at what is not here yet alone.
    else if (judged.refusal === 'too-big') {
      const rest = Y.diffUpdate(update, Y.encodeStateVector(world.truth))
      const fault = effect.fault ?? applyToShadow(world.truth, rest, { kind: served.kind, actor: window.actor, at: world.at }).fault
      expect(fault, 'the guard found too much where nothing is wrong').not.toBeNull()
    } else expect(honest, `an honest change was refused: ${verdict} ${JSON.stringify(judged.place)}`).toBe(false)
    return false
  }
  expect(judged.data === null && effect.visible, 'the guard took a visible change for nothing new').toBe(false)
  if (judged.data === null) return true
  expect(effect.fault, 'the guard let through what the oracle refuses').toBeNull()
  Y.applyUpdate(world.truth, judged.data)
  for (const other of world.windows) if (other.online && other !== window) Y.applyUpdate(other.doc, judged.data, 'server')
  if (!honest)
    for (const client of clientsIn(judged.data))
      world.windows = world.windows.map(other => (other.doc.clientID === client ? openWindow(world, other.actor) : other))
  return true
}

const step = (world: World) => {
  const { random } = world
  const window = random.pick(world.windows)
  if (random.chance(0.3)) return void offer(world, window, forge(world, window), false)
  if (random.chance(0.15)) window.online = !window.online
  honestAct(random, window)
  if (!window.online) return
  Y.applyUpdate(window.doc, Y.encodeStateAsUpdate(world.truth, Y.encodeStateVector(window.doc)), 'server')
  const updates = window.outbox.splice(0)
  const messages = random.chance(0.6) && updates.length <= 1 ? updates : [Y.encodeStateAsUpdate(window.doc, Y.encodeStateVector(world.truth))]
  for (const update of messages) {
    if (offer(world, window, update, true)) continue
    world.windows[world.windows.indexOf(window)] = openWindow(world, window.actor)
    return
  }
}

const stateOf = (doc: Y.Doc) => ({ votes: doc.getMap('votes').toJSON(), notes: keys.map(key => textOf(doc, key).toString()) })

test('[Z1] of texts the guard accepts every honest change, and nothing that applying it to a shadow shows to be wrong', () => {
  const random = randomFrom()
  console.info(`texts property test: FUZZ_SEED=${random.seed}, ${rounds} rounds of ${stepsPerRound} steps`)
  const counts: Record<string, number> = {}
  for (let round = 0; round < rounds; round++) {
    const world = newWorld(random)
    for (let n = 0; n < stepsPerRound; n++) step(world)
    expect(world.server.read(stateOf)).toEqual(stateOf(world.truth))
    for (const [name, n] of Object.entries(world.counts)) counts[name] = (counts[name] ?? 0) + n
    world.server.destroy()
  }
  console.info(JSON.stringify(counts))
  expect(counts['honest: accepted']).toBeGreaterThan(rounds * 20)
  expect(counts['forged: accepted']).toBeGreaterThan(rounds / 4)
  for (const refusal of ['not-text', 'unknown-root', 'unknown-key', 'list', 'foreign-client']) expect(counts[`forged: ${refusal}`], refusal).toBeGreaterThan(0)
})

const bob = actors[1] ?? expect.unreachable()
const group = { now, settings: defaultSettings }
const updateOf = (doc: Y.Doc, change: () => void): Uint8Array => {
  const before = Y.encodeStateVector(doc)
  change()
  return Y.encodeStateAsUpdate(doc, before)
}

test('[Z2] a text gets as long as it may and not longer, however many changes wait, and what makes it shorter is taken', () => {
  const server = new LiveDocument({ kind: served, stored: null, inUseBy: () => undefined })
  const doc = new Y.Doc()
  const text = textOf(doc, 'meeting')
  for (let n = 0; n < 4; n++)
    expect(
      server.accept(
        updateOf(doc, () => text.insert(0, 'x'.repeat(longest / 4))),
        bob,
        group,
      ),
    ).toMatchObject({ places: [{ root: 'notes', key: 'meeting' }] })
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const tooMuch = updateOf(other, () => textOf(other, 'meeting').insert(3, 'y'))
  expect(server.accept(tooMuch, bob, group)).toMatchObject({ refusal: 'too-big', place: { root: 'notes', key: 'meeting' } })
  const swapped = updateOf(doc, () => {
    text.delete(0, 10)
    text.insert(5, 'z'.repeat(10))
  })
  expect(server.accept(swapped, bob, group)).toMatchObject({ newClients: [] })
  expect(
    server.accept(
      updateOf(doc, () => text.delete(0, 50)),
      bob,
      group,
    ),
  ).toHaveProperty('data')
  expect(server.records()).toEqual([{ root: 'notes', key: 'meeting', record: text.toString() }])
  server.destroy()
})

test('[Z3] deleting a character twice, in ranges that overlap, makes no room in a text that is full', () => {
  const server = new LiveDocument({ kind: served, stored: null, inUseBy: () => undefined })
  const doc = new Y.Doc()
  const text = textOf(doc, 'meeting')
  server.accept(
    updateOf(doc, () => text.insert(0, 'x'.repeat(longest))),
    bob,
    group,
  )
  const update = updateOf(doc, () => {
    text.delete(0, 1)
    text.insert(0, 'yy')
  })
  expect(server.accept(update, bob, group)).toMatchObject({ refusal: 'too-big' })
  // The same with the deletion said twice: two ranges of one client.
  const at = update.length - 3
  const twice = Uint8Array.from([...update.subarray(0, at), 2, ...update.subarray(at + 1), ...update.subarray(at + 1)])
  expect(server.accept(twice, bob, group)).toMatchObject({ refusal: 'too-big' })
  server.destroy()
})

test('[Z42] a change that writes too much to one text, and to one that nobody has, is refused as a whole', () => {
  const server = new LiveDocument({ kind: served, stored: null, inUseBy: () => undefined })
  const doc = new Y.Doc()
  const update = updateOf(doc, () => {
    textOf(doc, 'meeting').insert(0, 'x'.repeat(longest + 1))
    textOf(doc, paperId(3)).insert(0, 'y')
  })
  expect(server.accept(update, bob, group)).toHaveProperty('refusal')
  expect(applyToShadow(new Y.Doc(), update, { kind: served.kind, actor: bob, at: { ...group, closed: false, knows } }).fault).not.toBeNull()
  expect(server.records()).toEqual([])
  server.destroy()
})

test('[Z43] a change that begins with what is here already, in other words and another text, is judged and taken by its rest, where that belongs', () => {
  const server = new LiveDocument({ kind: served, stored: null, inUseBy: () => undefined })
  const writes = (key: string, text: string) => {
    const doc = new Y.Doc()
    doc.clientID = 7
    return updateOf(doc, () => textOf(doc, key).insert(0, text))
  }
  server.accept(writes('meeting', 'x'.repeat(longest - 20)), bob, group)
  expect(server.accept(writes(paperId(1), 'y'.repeat(longest + 1)), bob, group)).toMatchObject({ refusal: 'too-big', place: { root: 'notes', key: 'meeting' } })
  expect(server.accept(writes(paperId(1), 'y'.repeat(longest)), bob, group)).toMatchObject({ places: [{ root: 'notes', key: 'meeting' }] })
  expect(server.records()).toEqual([{ root: 'notes', key: 'meeting', record: 'x'.repeat(longest - 20) + 'y'.repeat(20) }])
  server.destroy()
})
