/** The server went back to an older backup: members hold what it has lost, and bring it back, each their own. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addComment, castVote, deleteComment, editComment, setClosed, setOffer, setResolved, toggleReaction } from '@paperboard/shared/board'
import { assignReading, changeReading, setProgress } from '@paperboard/shared/group'
import { groupRoom } from '@paperboard/shared/room'
import { test as base, describe, expect } from 'vitest'
import * as Y from 'yjs'
import { noteRestore } from '../../apps/server/src/db/meta.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { boardWith, connect, Peer, paperId } from '../support/peer.ts'
import { createDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts'
import { Person, type ServerOptions, startServer, type TestServer } from '../support/server.ts'
import { postgresTitle } from '../support/stores.ts'

const [p1, p2, p3] = [paperId(1), paperId(2), paperId(3)]

interface World {
  group: string
  room: string
  /** Alice owns the group, the others are members. With two servers, Bob is on the second. */
  people: [Person, Person, Person]
  server: () => TestServer
  /** Stops the servers, keeps a copy of what they have stored, and starts them. */
  backUp: () => Promise<void>
  /** Stops the servers, puts the copy in place, and starts them. */
  restore: () => Promise<void>
}

/** A store with a copy of it, while no server runs. */
interface Kept {
  options(): ServerOptions
  keep(): Promise<void>
  /** `at`: when the restore was, ms since 1970. */
  putBack(at: number): Promise<void>
  remove(): Promise<void>
}

async function onSqlite(): Promise<Kept> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-restored-'))
  const [file, copy] = [join(folder, 'paperboard.sqlite'), join(folder, 'copy.sqlite')]
  return {
    options: () => ({ file }),
    keep: async () => copyFileSync(file, copy),
    putBack: async at => {
      for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true })
      copyFileSync(copy, file)
      const db = await openSqlite(file)
      await noteRestore(db, at)
      await db.close()
    },
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

async function onPostgres(): Promise<Kept> {
  let used = await createDatabase()
  let copy: TestDatabase | null = null
  return {
    options: () => ({ postgres: used.url }),
    keep: async () => {
      copy = await createDatabase(used)
    },
    putBack: async at => {
      if (copy === null) throw new Error('There is no copy')
      await used.drop()
      used = copy
      copy = null
      const db = await openPostgres(used.url)
      await noteRestore(db, at)
      await db.close()
    },
    remove: async () => {
      await used.drop()
      await copy?.drop()
    },
  }
}

const stores = [
  { title: 'SQLite', here: true, create: onSqlite, servers: 1 },
  { title: postgresTitle, here: hasPostgres, create: onPostgres, servers: 1 },
  { title: `two servers on ${postgresTitle}`, here: hasPostgres, create: onPostgres, servers: 2 },
] as const

const testOn = ({ create, servers: count }: (typeof stores)[number]) =>
  base.extend<{ world: World }>({
    world: async ({ task: _ }, use) => {
      const store = await create()
      const start = async () => {
        const servers: TestServer[] = []
        // One after another: the first migrates.
        for (let n = 0; n < count; n++) servers.push(await startServer(store.options()))
        return servers
      }
      let servers = await start()
      const serverOf = (n: number): TestServer => servers[n % servers.length] ?? server()
      const server = (): TestServer => {
        const [first] = servers
        if (first === undefined) throw new Error('No server runs')
        return first
      }
      const people: World['people'] = [new Person(server(), 'Alice'), new Person(server(), 'Bob'), new Person(server(), 'Carol')]
      const [alice, ...others] = people
      const group = await (await alice.signUp()).createGroup()
      const { token } = await alice.invite(group)
      for (const other of others) await other.signUp(token)
      const room = await boardWith(server(), { group, by: alice.id })
      // Clocks go on by a second: the restore was after all that was stored before, and before all that is stored then.
      const again = async (work: (at: number) => Promise<void>) => {
        const { clock } = server()
        for (const each of servers) await each.close()
        await work(clock.now + 500)
        servers = await start()
        for (const each of servers) each.clock.now = Math.max(each.clock.now, clock.now + 1_000)
        for (const [n, person] of people.entries()) person.server = serverOf(n)
      }
      await use({ group, room, people, server, backUp: () => again(store.keep), restore: () => again(store.putBack) })
      for (const each of servers) await each.close()
      await store.remove()
    },
  })

/** Keys in order, whoever wrote first. */
const sorted = (record: Record<string, unknown>) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
const json = (doc: Y.Doc) => sorted(Object.fromEntries([...doc.share.keys()].map(root => [root, sorted(doc.getMap(root).toJSON())])))

/** Everybody in a room with a document of their own. */
const all = (world: World, room: string, docs: readonly Y.Doc[] = []) =>
  Promise.all(world.people.map((person, n) => connect(person.server, person, room, docs[n])))

const same = (peers: readonly Peer[]) => expect.poll(() => new Set(peers.map(peer => JSON.stringify(json(peer.doc)))).size).toBe(1)

/** What somebody gets who was never there. */
async function fresh(world: World, room: string): Promise<Record<string, unknown>> {
  const peer = await connect(world.server(), world.people[0], room)
  return json(peer.doc)
}

async function leave(peers: readonly Peer[]) {
  for (const peer of peers) peer.leave()
  for (const peer of peers) await peer.whenClosed()
}

/** Everybody comes back, one after another, and each is taken in; what they wait for comes with the others. */
async function comeBack(world: World, room: string, { docs, order }: { docs: readonly Y.Doc[]; order: readonly number[] }): Promise<Peer[]> {
  const peers: Peer[] = []
  for (const n of order) {
    const person = world.people[n]
    const peer = new Peer(person?.server ?? world.server(), { cookie: person?.cookie ?? '', room, doc: docs[n] })
    peers.push(peer)
    await peer.until(() => peer.synced && peer.sent > 0)
  }
  for (const peer of peers) await peer.until(() => peer.acknowledged === peer.sent || peer.closed !== null)
  expect(peers.map(peer => peer.closed)).toEqual(peers.map(() => null))
  return peers
}

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

/** Changes of all kinds by all three, that build on one another. */
async function before(peers: readonly Peer[], { people, server }: World) {
  const now = server().clock.now
  for (const [n, { doc }] of peers.entries()) {
    const me = people[n]?.id ?? ''
    castVote(doc, { paper: p1, me, value: 1, now })
    addComment(doc, { paper: p1, me, text: `To be edited by ${me}`, now })
    addComment(doc, { paper: p2, me, text: `To be deleted by ${me}`, now })
  }
  for (const peer of peers) await peer.saved()
  await same(peers)
}

async function after(peers: readonly Peer[], { people, server }: World) {
  const now = server().clock.now
  const [alice] = peers
  const keyOf = (doc: Y.Doc, text: string) => [...doc.getMap<{ text: string }>('comments').entries()].find(([, comment]) => comment.text === text)?.[0] ?? ''
  for (const [n, { doc }] of peers.entries()) {
    const me = people[n]?.id ?? ''
    castVote(doc, { paper: p1, me, value: n === 1 ? null : -1, now })
    castVote(doc, { paper: p2, me, value: 1, now })
    editComment(doc, keyOf(doc, `To be edited by ${me}`), `Edited by ${me}`, now)
    deleteComment(doc, keyOf(doc, `To be deleted by ${me}`))
    addComment(doc, { paper: p3, me, text: `New by ${me}`, now })
    setOffer(doc, { paper: p3, me, offered: true, now })
  }
  for (const peer of peers) await peer.saved()
  await same(peers)
  // In turns on one record, so that each builds on the one before.
  for (let round = 0; round < 2; round++)
    for (const [n, peer] of peers.entries()) {
      const me = people[n]?.id ?? ''
      const thread = keyOf(peer.doc, `New by ${people[0].id}`)
      setResolved(peer.doc, { comment: thread, me, resolved: true, now: now + round })
      toggleReaction(peer.doc, { comment: thread, emoji: '🎉', me, now })
      await peer.saved()
      await same(peers)
    }
  // The owner moderates.
  if (alice !== undefined) deleteComment(alice.doc, keyOf(alice.doc, `New by ${people[1].id}`))
  await alice?.saved()
  await same(peers)
}

for (const engine of stores)
  describe.skipIf(!engine.here)(engine.title, () => {
    const test = testOn(engine)

    for (const order of engine.servers === 1 && engine.create === onSqlite ? orders : orders.slice(1, 3))
      test(`[K11] after the restore of an older backup members bring everything back, and nobody is refused, in the order ${order.join(', ')}`, async ({
        world,
      }) => {
        const first = await all(world, world.room)
        await before(first, world)
        await leave(first)
        await world.backUp()
        const peers = await all(
          world,
          world.room,
          first.map(peer => peer.doc),
        )
        await after(peers, world)
        const expected = json(peers[0]?.doc ?? new Y.Doc())
        await leave(peers)
        await world.restore()
        expect(await fresh(world, world.room)).not.toEqual(expected)
        const back = await comeBack(world, world.room, { docs: peers.map(peer => peer.doc), order })
        await expect.poll(() => fresh(world, world.room)).toEqual(expected)
        await same(back)
        // Life goes on, under the same client ids.
        for (const [n, { doc }] of back.entries())
          castVote(doc, { paper: p3, me: world.people[order[n] ?? 0]?.id ?? '', value: 1, now: world.server().clock.now })
        for (const peer of back) await peer.saved()
        await same(back)
        expect(back.map(peer => peer.closed)).toEqual([null, null, null])
      })

    test('[K12] after a restore an organizer who comes back first does not delete what others have only edited', async ({ world }) => {
      const { people, room } = world
      const now = world.server().clock.now
      const [alice, bob] = await all(world, room)
      if (alice === undefined || bob === undefined) throw new Error('Nobody is here')
      const key = addComment(bob.doc, { paper: p1, me: people[1].id, text: 'First', now })
      await bob.saved()
      await same([alice, bob])
      await leave([alice, bob])
      await world.backUp()
      const [a, b] = [await connect(world.server(), people[0], room, alice.doc), await connect(people[1].server, people[1], room, bob.doc)]
      editComment(b.doc, key, 'Second', now)
      await b.saved()
      await same([a, b])
      await leave([a, b])
      await world.restore()
      await comeBack(world, room, { docs: [a.doc], order: [0] })
      expect(await fresh(world, room)).toMatchObject({ comments: { [key]: { text: 'First' } } })
      await comeBack(world, room, { docs: [a.doc, b.doc], order: [1] })
      expect(await fresh(world, room)).toMatchObject({ comments: { [key]: { text: 'Second' } } })
    })

    test('[K13] a board that was closed after the backup takes what was written before that, from whoever comes back after it was closed again', async ({
      world,
    }) => {
      const { people, room } = world
      await world.backUp()
      const peers = await all(world, room)
      const [alice, bob, carol] = peers
      if (alice === undefined || bob === undefined || carol === undefined) throw new Error('Nobody is here')
      const now = world.server().clock.now
      addComment(bob.doc, { paper: p1, me: people[1].id, text: 'In time', now })
      await bob.saved()
      await same(peers)
      setClosed(alice.doc, { me: people[0].id, closed: true, now: now + 1_000 })
      await alice.saved()
      await same(peers)
      const expected = json(alice.doc)
      await leave(peers)
      await world.restore()
      const back = await comeBack(world, room, { docs: peers.map(peer => peer.doc), order: [0, 2, 1] })
      expect(await fresh(world, room)).toEqual(expected)
      await same(back)
      // What is written now is late.
      const late = new Peer(people[2].server, { cookie: people[2].cookie, room, doc: new Y.Doc() })
      Y.applyUpdate(late.doc, Y.encodeStateAsUpdate(carol.doc))
      addComment(late.doc, { paper: p1, me: people[2].id, text: 'Too late', now: now + 2_000 })
      await late.until(() => late.closed !== null)
      expect(late.closed).toMatchObject({ code: 4409, reason: expect.stringMatching(/^board-closed/) })
      expect(await fresh(world, room)).toEqual(expected)
    })

    // What somebody vouches for is known to the server alone that they come back to: see docs/operations.md.
    test.runIf(engine.servers === 1)(
      '[K14] readings and progress come back whoever is first, and progress waits for its reading unacknowledged',
      async ({ world }) => {
        const { people, group } = world
        const room = groupRoom(group)
        await world.backUp()
        const peers = await all(world, room)
        const [alice, bob, carol] = peers
        if (alice === undefined || bob === undefined || carol === undefined) throw new Error('Nobody is here')
        const now = world.server().clock.now
        const reading = { paper: p1, board: '2026-11-24', member: people[2].id, role: 'reader', part: '', due: null, at: now } as const
        const key = assignReading(bob.doc, people[1].id, reading)
        await bob.saved()
        await same(peers)
        setProgress(carol.doc, { reading: key, me: people[2].id, state: 'read', now })
        changeReading(alice.doc, key, { part: 'Sec. 3' }, { me: people[0].id, now })
        for (const peer of [alice, carol]) await peer.saved()
        await same(peers)
        const expected = json(alice.doc)
        await leave(peers)
        await world.restore()
        const first = [0, 2].map(
          n => new Peer(people[n]?.server ?? world.server(), { cookie: people[n]?.cookie ?? '', room, doc: peers[n]?.doc ?? new Y.Doc() }),
        )
        // As browsers do: that a window is hers is all that says so of a change to another's reading.
        for (const [n, peer] of first.entries()) peer.socket.on('open', () => peer.sendAwareness(peer.doc.clientID, 1, { member: people[n === 0 ? 0 : 2].id }))
        for (const peer of first) await peer.until(() => peer.synced && peer.sent > 0)
        // They go on meanwhile.
        setProgress(carol.doc, { reading: key, me: people[2].id, state: 'ready', now })
        expect(await fresh(world, room)).toMatchObject({ progress: {}, readings: {} })
        expect(first.map(peer => peer.acknowledged)).toEqual([0, 0])
        await comeBack(world, room, { docs: [alice.doc, bob.doc], order: [1] })
        for (const peer of first) await peer.saved()
        expect(first.map(peer => peer.closed)).toEqual([null, null])
        expect(await fresh(world, room)).toEqual({ ...expected, progress: { [`${key}:${people[2].id}`]: { state: 'ready', at: now } } })
      },
    )

    test('[K15] votes and comments on papers that were put on the board after the backup are taken, and nobody is refused for showing those papers', async ({
      world,
    }) => {
      const { people, room, group } = world
      await world.backUp()
      const day = room.split('/').at(-1)
      const answer = await people[0].post<{ added: string[] }>(`/api/groups/${group}/boards/${day}/papers`, { source: { from: 'sample' } })
      const [paper = ''] = answer.body.added
      const peers = await all(world, room)
      for (const [n, peer] of peers.entries()) castVote(peer.doc, { paper, me: people[n]?.id ?? '', value: 1, now: world.server().clock.now })
      for (const peer of peers) await peer.saved()
      await same(peers)
      await leave(peers)
      await world.restore()
      await comeBack(world, room, { docs: peers.map(peer => peer.doc), order: [2, 1, 0] })
      const { votes, papers } = (await fresh(world, room)) as Record<'votes' | 'papers', Record<string, unknown>>
      expect(Object.keys(votes).sort()).toEqual(people.map(person => `${paper}:${person.id}`).sort())
      expect(Object.keys(papers).sort()).toEqual([p1, p2, p3])
    })
  })
