/** The server as a process that is killed and stopped while members write. The kill's moment also depends on the machine: a seed repeats only what is drawn. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { boardRoom } from '@paperboard/shared/room'
import { afterAll, test as base, beforeAll, expect, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { findRoom } from '../../apps/server/src/db/rooms.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { Ledger } from '../support/ledger.ts'
import { writeUntil } from '../support/load.ts'
import { connect, Peer } from '../support/peer.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { Person } from '../support/server.ts'
import { bundle, type ServerProcess, startServerProcess } from '../support/serverProcess.ts'

const kills = 20

let file = ''
beforeAll(async () => {
  file = await bundle()
}, 120_000)
afterAll(() => {
  if (process.env.PAPERBOARD_DIST !== '1') rmSync(dirname(file), { recursive: true })
})

/** A group and its board of today in a data folder, on which servers come and go. */
interface World {
  dataDir: string
  room: string
  /** The last one only listens. */
  members: Person[]
  start: () => Promise<ServerProcess>
}

const test = base.extend<{ world: World; random: Random }>({
  world: async ({ task: _ }, use) => {
    const dataDir = mkdtempSync(resolve(tmpdir(), 'paperboard-crash-'))
    const servers: ServerProcess[] = []
    const start = async () => {
      const server = await startServerProcess({ dataDir, file })
      servers.push(server)
      return server
    }
    await use({ dataDir, start, ...(await found(start)) })
    for (const server of servers) await server.kill()
    rmSync(dataDir, { recursive: true })
  },
  random: async ({ task: _ }, use) => {
    const random = randomFrom()
    console.info(`crash: FUZZ_SEED=${random.seed}`)
    await use(random)
  },
})

async function found(start: World['start']): Promise<Pick<World, 'room' | 'members'>> {
  const server = await start()
  const alice = await new Person(server, 'Alice').signUp()
  const group = await alice.createGroup()
  const { token } = await alice.invite(group)
  const members = [alice]
  for (const name of ['Bob', 'Carol', 'Dan']) members.push(await new Person(server, name).signUp(token))
  const { today } = (await alice.get<{ today: string }>(`/api/groups/${group}`)).body
  expect((await alice.post(`/api/groups/${group}/boards/${today}/papers`, { source: { from: 'sample' } })).status).toBe(200)
  await server.stop()
  return { room: boardRoom(group, today), members }
}

/** Everybody joins, with the documents they had, and waits until all are the same. */
async function gather(world: World, server: ServerProcess, before: readonly Peer[] = []): Promise<Peer[]> {
  const peers = await Promise.all(world.members.map((member, n) => connect(server, member, world.room, before[n]?.doc)))
  const parted = () => peers.slice(1).flatMap((peer, n) => (contentOf(peer.doc) === contentOf(peers[0]?.doc ?? new Y.Doc()) ? [] : [n + 1]))
  // Compared rarely: these are long.
  await expect.poll(parted, { timeout: 20_000, interval: 50, message: "members whose documents are not the first one's" }).toEqual([])
  return peers
}

const contentOf = (doc: Y.Doc) => JSON.stringify([...doc.share.keys()].sort().map(root => [...doc.getMap(root).entries()].sort(([a], [b]) => (a < b ? -1 : 1))))

/** Members write, until after some acknowledged changes `end` takes the server away. Gives the book of it. */
async function writeTo(world: World, peers: readonly Peer[], { random, end }: { random: Random; end: () => Promise<void> }): Promise<Ledger> {
  const ledger = new Ledger(peers[0]?.doc ?? new Y.Doc())
  for (const peer of peers) ledger.watch(peer)
  const writers = peers.slice(0, -1).map((peer, n) => ({ peer, me: world.members[n]?.id ?? '' }))
  await writeUntil(writers, { count: 1 + random.below(150), random, end })
  for (const peer of peers) await peer.whenClosed()
  return ledger
}

/** The document as somebody gets it who was never there. */
async function fresh(world: World, server: ServerProcess): Promise<Y.Doc> {
  const [member] = world.members
  const peer = new Peer(server, { cookie: member?.cookie ?? '', room: world.room })
  await peer.until(() => peer.synced)
  peer.leave()
  return peer.doc
}

test(`[K1] after kill -9 under load, ${kills} times over, everything acknowledged and everything anybody else saw is there`, async ({ world, random }) => {
  let server = await world.start()
  let peers = await gather(world, server)
  const sum = { acknowledged: 0, made: 0 }
  for (let round = 1; round <= kills; round++) {
    const ledger = await writeTo(world, peers, { random, end: server.kill })
    const { acknowledged, made } = ledger.counts
    server = await world.start()
    expect(ledger.lossesIn(await fresh(world, server)), `round ${round}`).toEqual([])
    peers = await gather(world, server, peers)
    sum.acknowledged += acknowledged
    sum.made += made
  }
  // Without changes under way at the kill nothing would have been proved.
  expect(sum.made).toBeGreaterThan(sum.acknowledged)
  expect(contentOf(await fresh(world, server))).toBe(contentOf(peers[0]?.doc ?? new Y.Doc()))
}, 300_000)

test('[K2] a server that is told to stop while members write ends within 5 s without an error, and nothing is lost', async ({ world, random }) => {
  const server = await world.start()
  const peers = await gather(world, server)
  let ended: Awaited<ReturnType<ServerProcess['stop']>> | null = null
  const ledger = await writeTo(world, peers, {
    random,
    end: async () => {
      ended = await server.stop()
    },
  })
  expect(ended).toMatchObject({ code: 0 })
  expect(ended).toSatisfy((end: { ms: number }) => end.ms < 5_000)
  for (const peer of peers) expect(peer.closed?.code).toBe(closeCodes.unavailable)
  const again = await world.start()
  expect(ledger.lossesIn(await fresh(world, again))).toEqual([])
  await gather(world, again, peers)
}, 60_000)

test('[K3] after a crash the rows of a board are brought up to its document without anybody opening it', async ({ world, random }) => {
  const server = await world.start()
  const peers = await gather(world, server)
  await writeTo(world, peers, { random, end: server.kill })
  await world.start()
  const db = await openSqlite(resolve(world.dataDir, 'paperboard.sqlite'))
  onTestFinished(() => db.close())
  const stored = await findRoom(db, world.room)
  const doc = new Y.Doc()
  if (stored?.snapshot) Y.applyUpdate(doc, stored.snapshot.data)
  for (const { data } of stored?.updates ?? []) Y.applyUpdate(doc, data)
  const { votes, offers, comments, boardPapers } = db.t
  const keysIn = (root: string) => [...doc.getMap(root).keys()].sort()
  const timesIn = (root: string) => [...doc.getMap<{ at: number; edited?: number }>(root).values()].map(record => record.edited ?? record.at).sort()
  await expect
    .poll(
      async () => ({
        papers: (await db.sql.select().from(boardPapers)).map(row => row.paper).sort(),
        votes: (await db.sql.select().from(votes)).map(row => row.at).sort(),
        offers: (await db.sql.select().from(offers)).map(row => row.at).sort(),
        comments: (await db.sql.select().from(comments)).map(row => row.edited ?? row.at).sort(),
      }),
      { timeout: 10_000 },
    )
    .toEqual({ papers: keysIn('papers'), votes: timesIn('votes'), offers: timesIn('offers'), comments: timesIn('comments') })
  expect(peers.every(peer => peer.closed !== null)).toBe(true)
}, 60_000)
