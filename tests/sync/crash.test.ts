/**
 * The server as a process, killed and stopped while members write. Everything is drawn from one seed, printed at the
 * start; CRASH_SEED=… draws the same again, though the moment of a kill also depends on the machine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { addComment, castVote, deleteComment, editComment, emojis, setOffer, setResolved, toggleReaction } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { boardRoom } from '@paperboard/shared/room'
import { afterAll, test as base, beforeAll, describe, expect, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { findRoom } from '../../apps/server/src/db/rooms.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { Ledger } from '../support/ledger.ts'
import { Peer } from '../support/peer.ts'
import { Person } from '../support/server.ts'
import { bundle, type ServerProcess, startServerProcess } from '../support/serverProcess.ts'

const seed = Number(process.env.CRASH_SEED ?? Date.now() % 2 ** 31)
const rounds = 20
/** Each writer keeps this many changes under way. */
const window = 8

let file = ''
beforeAll(async () => {
  console.info(`crashes: CRASH_SEED=${seed}`)
  file = await bundle()
}, 120_000)
afterAll(() => {
  if (process.env.PAPERBOARD_DIST !== '1') rmSync(dirname(file), { recursive: true })
})

/** A reading group in a data folder that servers come and go on. */
interface World {
  dataDir: string
  group: string
  room: string
  members: Person[]
  start: () => Promise<ServerProcess>
}

const test = base.extend<{ world: World; random: (below: number) => number }>({
  world: async ({ task: _ }, use) => {
    const dataDir = mkdtempSync(resolve(tmpdir(), 'paperboard-crash-'))
    const start = async () => {
      const server = await startServerProcess({ dataDir, file })
      onTestFinished(() => server.kill())
      return server
    }
    const server = await start()
    const alice = await new Person(server, 'Alice').signUp()
    const group = await alice.createGroup()
    const { token } = await alice.invite(group)
    const others: Person[] = []
    for (const name of ['Bob', 'Carol', 'Dan']) others.push(await new Person(server, name).signUp(token))
    const { today } = (await alice.get<{ today: string }>(`/api/groups/${group}`)).body
    expect((await alice.post(`/api/groups/${group}/boards/${today}/papers`, { source: { from: 'sample' } })).status).toBe(200)
    await server.stop()
    await use({ dataDir, group, room: boardRoom(group, today), members: [alice, ...others], start })
    rmSync(dataDir, { recursive: true })
  },
  random: async ({ task: _ }, use) => use(randomFrom(seed)),
})

/** Whole numbers from 0 to less than `below`: xorshift, for the same seed the same. */
function randomFrom(start: number): (below: number) => number {
  let state = start || 1
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** Joins with a document, and waits until both sides have everything. */
async function join(server: ServerProcess, member: Person, room: string, doc = new Y.Doc()): Promise<Peer> {
  const peer = new Peer(server, { cookie: member.cookie, room, doc })
  onTestFinished(() => peer.leave())
  await peer.until(() => peer.synced && peer.sent > 0 && peer.acknowledged === peer.sent)
  return peer
}

let clock = Date.now() - 3_600_000
/** One of the things that members do, on a record that is theirs alone. No two carry the same time. */
function act(doc: Y.Doc, me: string, random: (below: number) => number) {
  const now = clock++
  const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length)]
  const paper = pick([...doc.getMap('papers').keys()]) ?? ''
  const comment = pick([...doc.getMap('comments').keys()].filter(key => key.endsWith(me)))
  const kind = random(8)
  if (kind <= 2) castVote(doc, { paper, me, value: pick([1, -1, null] as const) ?? null, now })
  else if (kind === 3) setOffer(doc, { paper, me, offered: random(2) === 0, now })
  else if (kind === 4 || comment === undefined) addComment(doc, { paper, me, text: 'What about the ablation? '.repeat(1 + random(80)), now })
  else if (kind === 5) editComment(doc, comment, `Answered in the appendix, table ${now}.`, now)
  else if (kind === 6) toggleReaction(doc, { comment, emoji: pick(emojis) ?? '👍', me, now })
  else if (random(3) === 0) deleteComment(doc, comment)
  else setResolved(doc, { comment, me, resolved: random(2) === 0, now })
}

interface Load {
  /** Resolves as soon as this many messages are acknowledged. */
  acknowledged: (count: number) => Promise<void>
  stop: () => void
}

/** Writers keep `window` changes under way, until their connection or the load ends. */
function load(writers: { peer: Peer; member: Person }[], random: (below: number) => number): Load {
  let stopped = false
  const before = writers.reduce((sum, { peer }) => sum + peer.acknowledged, 0)
  const done = () => writers.reduce((sum, { peer }) => sum + peer.acknowledged, 0) - before
  const reached = Promise.withResolvers<void>()
  let goal = Number.POSITIVE_INFINITY
  const go = () => {
    if (done() >= goal) reached.resolve()
    for (const { peer, member } of writers) {
      while (!stopped && peer.closed === null && peer.sent - peer.acknowledged < window) act(peer.doc, member.id, random)
    }
  }
  for (const { peer } of writers) peer.socket.on('message', go)
  go()
  return {
    acknowledged: count => {
      goal = count
      return reached.promise
    },
    stop: () => {
      stopped = true
    },
  }
}

/** What the members do on one server until `end` takes it away: gives the book of it. */
async function untilTheEnd(world: World, docs: Y.Doc[], { random, end }: { random: (below: number) => number; end: (server: ServerProcess) => Promise<void> }) {
  const server = await world.start()
  const peers = await Promise.all(world.members.map((member, n) => join(server, member, world.room, docs[n])))
  await peers[0]?.until(() => peers.every(peer => same(peer.doc, docs[0])))
  const ledger = new Ledger(peers[0]?.doc ?? new Y.Doc())
  for (const peer of peers) ledger.watch(peer)
  // The last member only listens.
  const writing = load(
    peers.slice(0, -1).map((peer, n) => ({ peer, member: world.members[n] ?? world.members[0]! })),
    random,
  )
  await writing.acknowledged(1 + random(120))
  await end(server)
  writing.stop()
  for (const peer of peers) await peer.whenClosed()
  return { ledger, peers }
}

const same = (a: Y.Doc, b: Y.Doc | undefined) => JSON.stringify(sorted(a)) === JSON.stringify(b && sorted(b))
const sorted = (doc: Y.Doc) => [...doc.share.keys()].sort().map(root => [root, [...doc.getMap(root).entries()].sort(([x], [y]) => (x < y ? -1 : 1))])

/** The document as somebody gets it who was never there. */
async function fresh(world: World, server: ServerProcess): Promise<Peer> {
  const [member] = world.members
  if (member === undefined) throw new Error('A world has members')
  return join(server, member, world.room)
}
