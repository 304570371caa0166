import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays } from '@paperboard/shared/days'
import { packing, syncPath } from '@paperboard/shared/protocol'
import { boardRoom } from '@paperboard/shared/room'
import * as Y from 'yjs'
import { makeBoard, type Part } from './board.ts'
import { type Account, type Group, makeGroup, makePair, putPapers } from './group.ts'
import { Client, connectAll } from './load/client.ts'
import type { Address } from './load/socket.ts'
import { type ServerUnderTest, startUnderTest } from './process.ts'

/** People, papers and boards that every target is measured with. */
export interface World {
  /** A data folder of ours that holds all of it, to be copied. */
  folder: string
  members: Account[]
  papers: string[]
  /** A busy board. */
  busy: string
  /** Boards like it, which nobody has open. */
  cold: string[]
  /** Boards of small groups, on which nothing was put yet, each with two who may open it. */
  quiet: { room: string; members: Account[] }[]
  /** The busy board as one update. */
  board: Uint8Array
}

const sizes = { members: 100, authors: 60, papers: 80, cold: 24, pairs: 200, daysEach: 10 }

/** How a member opens a room of ours: as our pages do. */
export const addressAt = (port: number, room: string, { cookie }: Account): Address => ({
  port,
  path: `${syncPath}/${room}?ack=1&packed=${packing}`,
  headers: { cookie },
})

/** The rooms that are made only where a scenario needs them: they take most of the time. */
export type Rooms = 'cold' | 'quiet'

/** Makes the world in a folder, by a server of ours and by nothing that members cannot do: accounts, imports, and sockets of their own. */
export async function makeWorld(folder: string, { file, rooms }: { file: string; rooms: ReadonlySet<Rooms> }): Promise<World> {
  const data = join(folder, 'data')
  mkdirSync(data, { recursive: true })
  const server = await startUnderTest({ file, env: { DATA_DIR: data, LOG_LEVEL: 'warn' }, log: join(folder, 'world.log'), execArgv: [] })
  try {
    const url = `http://127.0.0.1:${server.port}`
    const group = await makeGroup(url, { count: sizes.members, papers: sizes.papers })
    const papers = [...(await read(server, group.room, group.members)).getMap('papers').keys()]
    // The last ones, so that the first have no records yet.
    const authors = group.members.slice(-sizes.authors)
    const parts = makeBoard({ members: authors.map(({ id }) => id), papers, now: Date.now() })
    const cold = rooms.has('cold') ? await coldRooms(url, group, papers) : []
    for (const room of [group.room, ...cold]) await fill(server, { room, authors, parts })
    const quiet = rooms.has('quiet') ? await quietRooms(url, group.members) : []
    const board = Y.encodeStateAsUpdate(await read(server, group.room, group.members))
    return { folder: data, members: group.members, papers, busy: group.room, cold, quiet, board }
  } finally {
    await server.stop()
  }
}

/** Boards of earlier days with the same papers. */
async function coldRooms(url: string, { id, today, members }: Group, papers: readonly string[]): Promise<string[]> {
  const [owner] = members
  if (owner === undefined) throw new Error('A group has an owner')
  const days = Array.from({ length: sizes.cold }, (_, n) => addDays(today, -n - 1))
  for (const day of days) await putPapers(url, owner, { group: id, day, papers })
  return days.map(day => boardRoom(id, day))
}

/** Each author sends their part, and is told that it is durable. */
async function fill(server: ServerUnderTest, { room, authors, parts }: { room: string; authors: readonly Account[]; parts: readonly Part[] }) {
  const clients = await connectAll(
    authors.map(author => () => new Client({ address: addressAt(server.port, room, author), protocol: 'y-websocket', room, member: author.id })),
  )
  for (const [n, client] of clients.entries()) {
    const part = parts[n]
    if (part === undefined) continue
    client.socket.send(client.wire.update(part.update))
    // Its step 2, and this.
    await client.until(() => client.acknowledged === 2)
  }
  for (const client of clients) client.socket.close()
}

async function read(server: ServerUnderTest, room: string, [member]: readonly Account[]): Promise<Y.Doc> {
  if (member === undefined) throw new Error('Nobody is there to look')
  const client = new Client({ address: addressAt(server.port, room, member), protocol: 'y-websocket', room, member: member.id, looks: true })
  await client.ready
  client.socket.close()
  return client.document()
}

async function quietRooms(url: string, members: readonly Account[]): Promise<World['quiet']> {
  const rooms: World['quiet'] = []
  for (let n = 0; n < sizes.pairs; n++) {
    const [owner, other] = [members[n % members.length], members[(n * 7 + 1) % members.length]]
    if (owner === undefined || other === undefined) continue
    const { id, today } = await makePair(url, [owner, other])
    for (let day = 0; day < sizes.daysEach; day++) rooms.push({ room: boardRoom(id, addDays(today, -day)), members: [owner, other] })
  }
  return rooms
}

/** Leaves a world for runs in processes of their own. */
export function saveWorld(file: string, world: World) {
  writeFileSync(file, JSON.stringify({ ...world, board: Buffer.from(world.board).toString('base64') }))
}

export function loadWorld(file: string): World {
  const { board, ...world } = JSON.parse(readFileSync(file, 'utf8'))
  return { ...world, board: new Uint8Array(Buffer.from(board, 'base64')) }
}
