import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { board } from '@paperboard/shared/board'
import type * as Y from 'yjs'
import { Client, connectAll } from './load/client.ts'
import type { Address } from './load/socket.ts'
import { type ServerUnderTest, startUnderTest } from './process.ts'
import type { Target } from './targets.ts'
import { addressAt, type World } from './world.ts'

/** More changes a second than any bench sends by one socket: what one person may send is not what is measured. */
const noLimit = { UPDATES_PER_SECOND: '100000' }

export interface StageOptions {
  target: Target
  world: World
  /** Our server's bundle. */
  file: string
  /** Gets what the server prints. */
  log: string
  /** For node itself, when the server is ours. */
  execArgv: readonly string[]
}

const recordsOf = (doc: Y.Doc) => Object.keys(board.roots).map(root => doc.getMap(root).toJSON())

/** One server, started for one run and on a folder of its own, and the ways to it. */
export class Stage {
  readonly target: Target
  readonly world: World
  private readonly options: StageOptions
  private readonly folder: string
  private readonly stores: boolean
  private running: ServerUnderTest | null = null

  /** `stores`: a peer keeps what it has on disk. Ours always does. */
  constructor(options: StageOptions, { stores = false } = {}) {
    this.options = options
    this.target = options.target
    this.world = options.world
    this.stores = stores
    this.folder = mkdtempSync(join(options.target.folder === 'disk' ? tmpdir() : '/dev/shm', 'paperboard-bench-'))
    if (options.target.role === 'ours') cpSync(options.world.folder, this.folder, { recursive: true })
  }

  get server(): ServerUnderTest {
    if (this.running === null) throw new Error('The server is not running')
    return this.running
  }

  async start(): Promise<void> {
    const { target, file, log, execArgv } = this.options
    const command = target.command({ folder: this.folder, stores: this.stores })
    const ours = target.role === 'ours'
    this.running = await startUnderTest({ file: command.file ?? file, env: { ...command.env, ...noLimit }, log, execArgv: ours ? execArgv : [] })
  }

  /** Stops the server, in order or by kill -9, and starts it again on what it has stored. */
  async restart(how: 'stop' | 'kill'): Promise<void> {
    await this.server[how]()
    await this.start()
  }

  /** Client number n in a room. The world has fewer people than some rooms have sockets: they open several windows. */
  client(room: string, n: number, { present = false, looks = false, member = this.world.members[n % this.world.members.length] } = {}): Client {
    if (member === undefined) throw new Error('The world is empty')
    const { protocol, role } = this.target
    const address: Address = role === 'ours' ? addressAt(this.server.port, room, member) : { port: this.server.port, path: `/${room}`, headers: {} }
    return new Client({ address, protocol, room, member: member.id, present, looks })
  }

  /** `count` clients in a room, all with the document. */
  clients(room: string, count: number, { present, looks = () => false }: { present?: boolean; looks?: (n: number) => boolean } = {}): Promise<Client[]> {
    return connectAll(Array.from({ length: count }, (_, n) => () => this.client(room, n, { present, looks: looks(n) })))
  }

  /** Sees to it that rooms hold the busy board: ours have it from the beginning. Resolves with who must stay so that a peer keeps it. */
  async fill(rooms: readonly string[]): Promise<Client[]> {
    if (this.target.role === 'ours' || !this.target.keeps) return []
    return Promise.all(rooms.map(room => this.fillOne(room)))
  }

  private async fillOne(room: string): Promise<Client> {
    const { board: state } = this.world
    const client = this.client(room, 0)
    await client.ready
    client.socket.send(client.wire.update(state))
    for (let tries = 0; tries < 50; tries++) {
      const { stateBytes } = await this.read(room)
      // One and the same document may take a little more or less space.
      if (stateBytes > 0.9 * state.length) return client
      await pause(100)
    }
    throw new Error(`${this.target.name} did not take the board`)
  }

  /** A room's document as a new client gets it. */
  async read(room: string): Promise<{ doc: Y.Doc; stateBytes: number }> {
    const client = this.client(room, 0, { looks: true })
    await client.ready
    client.socket.close()
    return { doc: client.document(), stateBytes: client.stateBytes }
  }

  /** Whether a client that kept all it was told has what the server has. */
  async agrees(room: string, client: Client): Promise<boolean> {
    return isDeepStrictEqual(recordsOf(client.document()), recordsOf((await this.read(room)).doc))
  }

  async end(): Promise<void> {
    await this.running?.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
