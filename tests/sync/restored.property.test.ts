/** Random histories of a board, of which the server has lost the end: what members bring back, and what an attacker among them can do. */
import {
  addComment,
  addPapers,
  board,
  castVote,
  deleteComment,
  editComment,
  emojis,
  removePaper,
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
const rounds = Number(process.env.RESTORE_ROUNDS ?? 60)
const roots = Object.keys(board.roots)
const group = { now, settings: defaultSettings }
const restored = { lastStored: 0 }

const alice: Actor = { id: 'AliceAliceAl', role: 'organizer' }
const others: Actor[] = [
  { id: 'BobBobBobBob', role: 'member' },
  { id: 'CarolCarolCa', role: 'member' },
]
const actors = [alice, ...others]

interface Window {
  actor: Actor
  doc: Y.Doc
}

/** A server that went back to `old`, and the windows of members who hold all that was there. */
interface World {
  old: Y.Doc
  all: Y.Doc
  owners: Map<number, string>
  windows: Window[]
}

const newDoc = (from?: Y.Doc): Y.Doc => {
  const doc = new Y.Doc()
  for (const root of roots) doc.getMap(root)
  if (from !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  return doc
}

const jsonOf = (doc: Y.Doc) => JSON.parse(JSON.stringify(Object.fromEntries(roots.map(root => [root, doc.getMap(root).toJSON()]))))

function act({ doc, actor }: Window, random: Random) {
  const me = actor.id
  const paper = paperId(1 + random.below(4))
  const all = [...doc.getMap('comments').keys()]
  const own = all.filter(key => key.endsWith(me))
  const some = all.length > 0 ? random.pick(all) : null
  random.pick([
    () => castVote(doc, { paper, me, value: random.pick([1, -1, null]), now }),
    () => setOffer(doc, { paper, me, offered: random.chance(0.6), now }),
    () => addComment(doc, { paper, me, text: `Note ${random.below(1000)}`, now }),
    () => own.length > 0 && editComment(doc, random.pick(own), `Edited ${random.below(1000)}`, now),
    () => own.length > 0 && deleteComment(doc, random.pick(own)),
    () => some !== null && toggleReaction(doc, { comment: some, emoji: random.pick(emojis), me, now }),
    () => some !== null && setResolved(doc, { comment: some, me, resolved: random.chance(0.7), now }),
    () => actor === alice && some !== null && deleteComment(doc, some),
    () => actor === alice && random.chance(0.2) && removePaper(doc, paper),
  ])()
}

/** Everybody acts, with two windows each and new ones after the backup; what one does the others have at once, or later. */
function newWorld(random: Random): World {
  const all = newDoc()
  addPapers(all, [1, 2, 3, 4].map(paperId), { member: alice.id, now, source: 'hand' })
  const owners = new Map([[all.clientID, 'server']])
  let windows = [...actors, ...actors].map(actor => ({ actor, doc: newDoc(all) }))
  const go = (steps: number) => {
    for (let n = 0; n < steps; n++) {
      const window = random.pick(windows)
      if (random.chance(0.8)) Y.applyUpdate(window.doc, Y.encodeStateAsUpdate(all))
      act(window, random)
      Y.applyUpdate(all, Y.encodeStateAsUpdate(window.doc))
    }
  }
  go(30)
  for (const { actor, doc } of windows) if (all.store.clients.has(doc.clientID)) owners.set(doc.clientID, actor.id)
  const old = newDoc(all)
  windows = [...windows, ...actors.map(actor => ({ actor, doc: newDoc(all) }))]
  go(60)
  for (const { doc } of windows) Y.applyUpdate(doc, Y.encodeStateAsUpdate(all))
  return { old, all, owners, windows }
}

const serverOf = ({ old, owners }: World, inUseBy: (client: number) => string | undefined) =>
  new LiveDocument({
    kind: kinds.board,
    stored: {
      id: 1,
      version: 1,
      projectedSeq: 1,
      snapshot: { seq: 1, data: Y.encodeStateAsUpdate(old), sum: null, vector: null },
      updates: [],
      head: 1,
      droppedSeq: 0,
      owners: new Map(owners),
    },
    inUseBy,
  })

const shuffled = <T>(list: readonly T[], random: Random): T[] =>
  list
    .map(each => ({ each, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each)

test('[K16] whatever was done since the backup is there again once everybody has come back, in any order', () => {
  const random = randomFrom()
  console.info(`restored property test: FUZZ_SEED=${random.seed}, ${rounds} rounds`)
  let left = 0
  for (let round = 0; round < rounds; round++) {
    const world = newWorld(random)
    const windowOf = new Map(world.windows.map(({ actor, doc }) => [doc.clientID, actor.id]))
    const server = serverOf(world, client => windowOf.get(client))
    // Twice: those of whom something was left are asked again. Each member brings what all their windows wrote.
    for (const again of [false, true, true])
      for (const { actor, doc } of shuffled(world.windows, random)) {
        const brought = server.bringBack(Y.encodeStateAsUpdate(doc, server.stateVector()), actor, group, restored)
        expect(brought?.refused ?? null, `round ${round}`).toBeNull()
        if (!again && brought?.left) left += 1
      }
    expect(server.read(jsonOf), `round ${round}`).toEqual(jsonOf(world.all))
    server.destroy()
  }
  // Else nobody ever relayed anything.
  expect(left).toBeGreaterThan(rounds)
})

/** The state of somebody who writes what they like, under any client id they know. */
function forge({ all, windows }: World, random: Random): Uint8Array {
  const doc = newDoc(all)
  const clients = [...all.store.clients.keys()]
  const parts: Uint8Array[] = []
  for (let n = 1 + random.below(4); n > 0; n--) {
    const copy = newDoc(random.chance(0.8) ? doc : undefined)
    if (random.chance(0.5)) copy.clientID = random.pick([...clients, random.pick(windows).doc.clientID])
    // A window of another's, written anew from its beginning.
    copy.on('update', (update: Uint8Array) => parts.push(update))
    copy.transact(() => tamper(copy, random))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy))
  }
  const whole = Y.encodeStateAsUpdate(doc)
  return random.chance(0.5) ? Y.mergeUpdates([whole, ...parts]) : random.chance(0.5) ? whole : Y.mergeUpdates(parts.length === 0 ? [whole] : parts)
}

function tamper(doc: Y.Doc, random: Random) {
  for (let n = 1 + random.below(5); n > 0; n--) {
    const root = random.pick(roots)
    const map = doc.getMap(root)
    const keys = [...map.keys()]
    if (keys.length > 0 && random.chance(0.4)) map.delete(random.pick(keys))
    else {
      const who = random.pick(actors).id
      const key =
        keys.length > 0 && random.chance(0.6) ? random.pick(keys) : root === 'votes' || root === 'offers' ? `${paperId(1 + random.below(4))}:${who}` : 'closed'
      const value = random.pick<unknown>([
        { value: 1, at: now },
        { at: now },
        { by: who, at: now },
        { by: who, at: now, order: 1, source: 'hand' },
        map.get(key) ?? 7,
      ])
      map.set(key, value)
    }
  }
}

test('[K17] nobody changes by what they bring back what they might not change otherwise, and nobody is given the client id of another by relaying it', () => {
  const random = randomFrom()
  console.info(`restored attack test: FUZZ_SEED=${random.seed}, ${rounds} rounds`)
  const counts = { taken: 0, visible: 0, left: 0 }
  for (let round = 0; round < rounds; round++) {
    const world = newWorld(random)
    const windowOf = new Map(world.windows.filter(() => random.chance(0.3)).map(({ actor, doc }) => [doc.clientID, actor.id]))
    const server = serverOf(world, client => windowOf.get(client))
    const truth = newDoc(world.old)
    for (let n = 0; n < 20; n++) {
      const actor = random.pick(actors)
      const isHonest = random.chance(0.3)
      const update = isHonest ? Y.encodeStateAsUpdate(random.pick(world.windows).doc) : forge(world, random)
      const brought = server.bringBack(update, actor, group, restored)
      if (brought === null || brought.data === null) continue
      const at = { ...group, closed: false, knows: () => true }
      const effect = applyToShadow(truth, brought.data, { kind: board, actor, at })
      expect(effect.fault, `round ${round}, step ${n}, as ${actor.id}`).toBeNull()
      Y.applyUpdate(truth, brought.data)
      counts.taken += 1
      if (effect.visible) counts.visible += 1
      if (brought.left) counts.left += 1
      // Whoever only passes on what is true gets no id of a window that is not theirs.
      const owner = new Map(world.windows.map(window => [window.doc.clientID, window.actor.id]))
      if (isHonest) for (const client of brought.newClients) if (owner.has(client)) expect(owner.get(client)).toBe(actor.id)
    }
    expect(server.read(jsonOf)).toEqual(jsonOf(truth))
    server.destroy()
  }
  expect(counts.visible).toBeGreaterThan(rounds)
  console.info(JSON.stringify(counts))
})
