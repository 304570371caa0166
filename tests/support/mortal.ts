/** A group whose server is a process that is killed and started again on what it has stored, on either store, while members do all that members do. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ImportResult } from '@paperboard/shared/api'
import { removePaper } from '@paperboard/shared/board'
import { addDays } from '@paperboard/shared/days'
import { boardRoom, groupRoom } from '@paperboard/shared/room'
import { afterAll, beforeAll, expect } from 'vitest'
import * as Y from 'yjs'
import type { Database } from '../../apps/server/src/db/database.ts'
import { openPostgres } from '../../apps/server/src/db/postgres.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { Ledger } from './ledger.ts'
import { act, actInGroup, type Writer, writeUntil } from './load.ts'
import { connect, Peer } from './peer.ts'
import { canStartPostgres, psql, startPostgres } from './postgres.ts'
import type { Random } from './random.ts'
import { Person } from './server.ts'
import { type ServerProcess, startServerProcess } from './serverProcess.ts'

/** Where servers of one installation keep what they store. */
export interface Place {
  env: Record<string, string>
  open(): Promise<Database>
}

export interface Engine {
  title: string
  name: 'sqlite' | 'postgres'
  here: boolean
  /** Gives how to make places, and how to end. */
  start(): Promise<{ place: (dataDir: string) => Promise<Place>; stop: () => Promise<void> }>
}

const sqlite: Engine = {
  title: 'SQLite',
  name: 'sqlite',
  here: true,
  start: async () => ({ place: async dataDir => ({ env: {}, open: () => openSqlite(resolve(dataDir, 'paperboard.sqlite')) }), stop: async () => {} }),
}

/** One that waits for the disk, as in earnest. */
const postgres: Engine = {
  title: canStartPostgres ? 'PostgreSQL' : 'PostgreSQL (skipped: it is not installed here)',
  name: 'postgres',
  here: canStartPostgres,
  start: async () => {
    const server = await startPostgres({ fsync: true })
    const place = async () => {
      const url = new URL(server.url)
      url.pathname = `/mortal_${randomBytes(6).toString('hex')}`
      await psql(server.url, `CREATE DATABASE ${url.pathname.slice(1)} TEMPLATE template0`)
      return { env: { DATABASE_URL: url.href }, open: () => openPostgres(url.href) }
    }
    return { place, stop: server.close }
  },
}

export const engines = [sqlite, postgres]

/** The store of the tests of a `describe`: started before them, stopped after them. Gives places on it. */
export function placesOn(engine: Engine): (dataDir: string) => Promise<Place> {
  let started: Awaited<ReturnType<Engine['start']>> | undefined
  beforeAll(async () => {
    started = await engine.start()
  })
  afterAll(() => started?.stop())
  return dataDir => {
    if (started === undefined) throw new Error('The store is started before the tests')
    return started.place(dataDir)
  }
}

export interface World extends Place {
  group: string
  today: string
  /** The first owns the group; the last only listens. */
  members: Person[]
  start: () => Promise<ServerProcess>
  end: () => Promise<void>
}

/** A group of four on a server that is not running. `file` is what is run. */
export async function createWorld(place: (dataDir: string) => Promise<Place>, file: string): Promise<World> {
  const dataDir = mkdtempSync(resolve(tmpdir(), 'paperboard-crash-'))
  const where = await place(dataDir)
  const servers = new Set<ServerProcess>()
  const start = async () => {
    const server = await startServerProcess({ dataDir, file, env: where.env })
    servers.add(server)
    return server
  }
  const server = await start()
  const alice = await new Person(server, 'Alice').signUp()
  const group = await alice.createGroup()
  const { token } = await alice.invite(group)
  const members = [alice]
  for (const name of ['Bob', 'Carol', 'Dan']) members.push(await new Person(server, name).signUp(token))
  const { today } = (await alice.get<{ today: string }>(`/api/groups/${group}`)).body
  await server.stop()
  const end = async () => {
    for (const each of servers) await each.kill()
    rmSync(dataDir, { recursive: true })
  }
  return { ...where, group, today, members, start, end }
}

/** Who is in the two rooms, in the order of the members. */
export interface Gathered {
  board: Peer[]
  group: Peer[]
}

/** The room of a board `ahead` days from today, with the sample's papers on it. */
export async function openBoard({ members: [alice], group, today }: World, server: ServerProcess, ahead = 0): Promise<string> {
  const day = addDays(today, ahead)
  if (alice === undefined) throw new Error('Nobody is in the group')
  alice.server = server
  expect((await alice.post(`/api/groups/${group}/boards/${day}/papers`, { source: { from: 'sample' } })).status).toBe(200)
  return boardRoom(group, day)
}

/** Everybody joins, with the documents they had, and waits until all are the same. */
export async function gather(world: World, at: { server: ServerProcess; board: string }, before?: Gathered): Promise<Gathered> {
  const join = async (room: string, docs: readonly Y.Doc[]) => {
    const peers = await Promise.all(world.members.map((member, n) => connect(at.server, member, room, docs[n])))
    const parted = () => peers.slice(1).flatMap((peer, n) => (contentOf(peer.doc) === contentOf(peers[0]?.doc ?? new Y.Doc()) ? [] : [n + 1]))
    // Compared rarely: these are long.
    await expect.poll(parted, { timeout: 20_000, interval: 50, message: `members whose documents of ${room} are not the first one's` }).toEqual([])
    return peers
  }
  const docs = (peers: readonly Peer[] = []) => peers.map(peer => peer.doc)
  const [board, group] = await Promise.all([join(at.board, docs(before?.board)), join(groupRoom(world.group), docs(before?.group))])
  return { board, group }
}

export const contentOf = (doc: Y.Doc) =>
  JSON.stringify([...doc.share.keys()].sort().map(root => [...doc.getMap(root).entries()].sort(([a], [b]) => (a < b ? -1 : 1))))

export interface Books {
  board: Ledger
  group: Ledger
}

/** Until when members write before the server is taken away: after some acknowledged messages, or ms. */
export type When = { count: number } | { for: number }

interface Work {
  server: ServerProcess
  board: string
  random: Random
  when: When
  /** Takes the server away. */
  end: () => Promise<void>
}

/**
 * Members write in both rooms, come and go, say what they look at, and put papers on the board over HTTP, until the server is
 * gone. Gives the books of it.
 */
export async function work(world: World, peers: Gathered, { server, board, random, when, end }: Work): Promise<Books> {
  const books = { board: new Ledger(peers.board[0]?.doc ?? new Y.Doc()), group: new Ledger(peers.group[0]?.doc ?? new Y.Doc()) }
  for (const peer of peers.board) books.board.watch(peer)
  for (const peer of peers.group) books.group.watch(peer)
  const writers = [...writersOf(world, peers.board, onBoard), ...writersOf(world, peers.group, inGroup)]
  const ending = Promise.withResolvers<void>()
  const visits = comeAndGo(world, { server, board, random, until: ending.promise })
  const imports = importPapers(world, { server, board, book: books.board, until: ending.promise })
  await writeUntil(writers, {
    random,
    ...when,
    end: () => {
      ending.resolve()
      return end()
    },
  })
  await Promise.all([visits, imports])
  for (const peer of [...peers.board, ...peers.group]) await peer.whenClosed()
  return books
}

type Does = (peer: Peer, me: string, random: Random) => void

const writersOf = (world: World, peers: readonly Peer[], does: Does): Writer[] =>
  peers.slice(0, -1).map((peer, n) => ({ peer, me: world.members[n]?.id ?? '', does: (_, me, random) => does(peer, me, random) }))

let awarenessClock = 1
const sayHere = (peer: Peer, me: string) => peer.sendAwareness(peer.doc.clientID, awarenessClock++, { member: me })

const onBoard: Does = (peer, me, random) => {
  if (random.chance(0.05)) sayHere(peer, me)
  const papers = [...peer.doc.getMap('papers').entries()]
  const own = papers.filter(([, paper]) => typeof paper === 'object' && paper !== null && 'by' in paper && paper.by === me)
  // Its votes and comments stay.
  if (own.length > 4 && random.chance(0.03)) removePaper(peer.doc, random.pick(own)[0])
  else act(peer.doc, me, random)
}

const inGroup: Does = (peer, me, random) => {
  if (random.chance(0.05)) sayHere(peer, me)
  actInGroup(peer.doc, me, random)
}

/** One more window after another, on the board, for as long as the server is there. */
async function comeAndGo(world: World, { server, board, random, until }: { server: ServerProcess; board: string; random: Random; until: Promise<void> }) {
  const over = flagOf(until)
  while (!over.raised) {
    const member = random.pick(world.members)
    const visitor = new Peer(server, { cookie: member.cookie, room: board })
    await visitor.until(() => visitor.synced || visitor.closed !== null)
    sayHere(visitor, member.id)
    visitor.leave()
    await visitor.whenClosed()
  }
}

/** Two members put papers on the board, each one after another; what was answered is promised. */
async function importPapers(world: World, { server, board, book, until }: { server: ServerProcess; board: string; book: Ledger; until: Promise<void> }) {
  const over = flagOf(until)
  const day = board.split('/').at(-1)
  const one = async (member: Person) => {
    member.server = server
    while (!over.raised) {
      const paper = { title: `Found in passing ${randomBytes(6).toString('hex')}`, authors: [], url: '', abstract: '' }
      const path = `/api/groups/${world.group}/boards/${day}/papers`
      const answer = await member.post<ImportResult>(path, { source: { from: 'hand', paper } }).catch(() => null)
      if (answer?.status === 200) book.promised(answer.body.added)
      // Somebody types it.
      await Promise.race([wait(60), until])
    }
  }
  await Promise.all(world.members.slice(0, 2).map(one))
}

const flagOf = (until: Promise<void>) => {
  const flag = { raised: false }
  void until.then(() => {
    flag.raised = true
  })
  return flag
}

/** Everybody comes back with what they have, and the server is killed `after` ms. */
export async function killOnReturn(world: World, before: Gathered, { server, board, after }: { server: ServerProcess; board: string; after: number }) {
  const back = (room: string, peers: readonly Peer[]) =>
    world.members.map((member, n) => new Peer(server, { cookie: member.cookie, room, doc: peers[n]?.doc ?? new Y.Doc() }))
  const peers = [...back(board, before.board), ...back(groupRoom(world.group), before.group)]
  await wait(after)
  await server.kill()
  for (const peer of peers) await peer.whenClosed()
}

/** A document as somebody gets it who was never there. */
export async function fresh(world: World, server: ServerProcess, room: string): Promise<Y.Doc> {
  const [member] = world.members
  const peer = new Peer(server, { cookie: member?.cookie ?? '', room })
  await peer.until(() => peer.synced)
  peer.leave()
  return peer.doc
}

/** What must be there by the books and is not. */
export async function lossesOf(world: World, { server, board }: { server: ServerProcess; board: string }, books: Books): Promise<string[]> {
  const losses = books.board.lossesIn(await fresh(world, server, board))
  return [...losses, ...books.group.lossesIn(await fresh(world, server, groupRoom(world.group)))]
}
