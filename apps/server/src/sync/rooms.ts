import type { CloseCode } from '@paperboard/shared/closeCodes'
import { closeCodes } from '@paperboard/shared/closeCodes'
import type { RoomName } from '@paperboard/shared/room'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { Database } from '../db/database.ts'
import { findGroup } from '../db/groups.ts'
import { roomsBefore, roomsBehind } from '../db/rooms.ts'
import { compact } from './compact.ts'
import { type Fanout, isMeant, type ServerMessage, type Whom } from './fanout.ts'
import { kinds } from './kinds.ts'
import { type Built, bringUpToDate, createLoading } from './loading.ts'
import { createLog, type UpdateLog } from './log.ts'
import { type Meters, unmetered } from './meters.ts'
import { inMessages, type News, tellNews } from './news.ts'
import type { Projector } from './projector.ts'
import { startRecheck } from './recheck.ts'
import type { Room } from './room.ts'
import { followServers } from './servers.ts'
import { type RoomsStatus, statusOf } from './status.ts'
import { startUpkeep, type Upkeep, usualUpkeep } from './upkeep.ts'

/** How long whoever opens a room waits, at most and ms, where its changes cannot be stored; and how long a failure counts. */
const trouble = { pause: 2_500, lasts: 10_000 }

const stopping = 'the server is stopping'
/** Rooms that are stored at once when the server stops. */
const sideBySide = 8

/** All live documents that are in use. Other parts of the server change and read them through this. */
export interface Rooms {
  /** A change by the server, already authorized: stored and told as any other. Resolves once stored. The group must exist. */
  edit<T>(room: string, change: (doc: Y.Doc) => T): Promise<T>
  /** Reads the current document. */
  read<T>(room: string, view: (doc: Y.Doc) => T): Promise<T>
  /** For how long (ms) a member has not had the room open, here or on another server: none while they have. */
  awayFor(room: string, member: string): Promise<number>
  /** The rooms of meetings that are in use on this server, and who has each open, here or elsewhere. Screens that only show do not count. */
  meetingsHere(): { room: string; here: Set<string> }[]
  /** Resolves when the rows of the boards of a group are as its documents were when this was called, on this server. */
  boardsWritten(group: string): Promise<void>
  /** Closes the sockets of a session, of a person (in one group or in all), or of a whole group. */
  disconnect(who: Whom, code: CloseCode): void
  /** The group's settings have changed: resolves when its rooms go by the new ones. */
  refresh(group: string): Promise<void>
  /** Tells news to those whom it is for, here and on other servers. */
  tell(news: News): void
  /** Calls back when the rows of a room have been brought up to date, with the root maps whose records they were. On this server. Gives how to stop. */
  onWritten(listener: Written): () => void
  /** The room, loaded. */
  open(name: string): Promise<Room>
  /** How they are now, for whoever watches the server. */
  status(): RoomsStatus
  readonly meters: Meters
  /** Counts the disconnections: access that was decided before one must be decided again. */
  readonly epoch: number
  /** Brings the projections of all rooms up to date that a crash left behind, and rooms of an older shape to that of today. */
  catchUp(): Promise<void>
  /** Sends everybody away, one after another within `ms`. Meanwhile the others go on. */
  sendAway(ms: number): Promise<void>
  /** Sends everybody away, and resolves when all is stored, projected and compacted. After `within` ms the last two are left to the next start. */
  close(within?: number): Promise<void>
}

type Written = (room: RoomName, roots: ReadonlySet<string>) => void

interface Loaded {
  room: Room
  projector: Projector
  usedAt: number
  /** Counts uses: two in the same millisecond are two. */
  uses: number
}

export interface RoomsOptions {
  db: Database
  log: Logger
  now: () => number
  /** How servers on one database hear of each other; null for one alone. */
  fanout?: Fanout | null | undefined
  upkeep?: Partial<Upkeep> | undefined
  /** Who counts what happens; nobody unless named. */
  meters?: Meters | undefined
}

export const createRooms = (options: RoomsOptions): Rooms => new LoadedRooms(options)

class LoadedRooms implements Rooms {
  epoch = 0
  readonly meters: Meters
  private readonly db: Database
  private readonly log: Logger
  private readonly now: () => number
  private readonly upkeep: Upkeep
  private readonly updates: UpdateLog
  private readonly rooms = new Map<string, Promise<Loaded>>()
  private readonly loaded = new Map<string, Loaded>()
  private readonly build: (name: string) => Promise<Built>
  private readonly stopUpkeep: () => void
  private readonly stopRecheck: () => Promise<void>
  private readonly stopFollowing: () => Promise<void>
  private readonly fanout: Fanout | null
  private readonly written = new Set<Written>()
  private closing = false
  private failedAt = Number.NEGATIVE_INFINITY

  constructor({ db, log, now, fanout = null, upkeep, meters = unmetered }: RoomsOptions) {
    this.meters = meters
    this.db = db
    this.fanout = fanout
    this.log = log
    this.now = now
    this.upkeep = { ...usualUpkeep, ...upkeep }
    this.updates = createLog({
      db,
      log,
      meters,
      onAppended: ({ row }, before, updates) => fanout?.tellRoom(row.name, { kind: 'stored', before, updates }),
    })
    this.build = createLoading({
      db,
      log,
      now,
      fanout,
      updates: this.updates,
      meters,
      onWritten: (room, roots) => {
        for (const listener of this.written) listener(room, roots)
      },
      onFailure: name => {
        this.failedAt = performance.now()
        this.drop(name)
      },
    })
    this.stopUpkeep = startUpkeep({
      log,
      now,
      upkeep: this.upkeep,
      loaded: () => this.loaded.values(),
      unload: loaded => this.unload(loaded),
      compact: room => this.compact(room),
    })
    this.stopRecheck = startRecheck({ db, log, now, every: this.upkeep.recheck, connections: () => this.connections() })
    this.stopFollowing = db.shared ? this.follow() : async () => {}
  }

  onWritten(listener: Written) {
    this.written.add(listener)
    return () => void this.written.delete(listener)
  }

  private follow() {
    return followServers({
      db: this.db,
      fanout: this.fanout,
      log: this.log,
      now: this.now,
      updates: this.updates,
      loaded: () => this.inUse(),
      roomOf: name => this.loaded.get(name)?.room,
      onServerMessage: message => this.hear(message),
    })
  }

  private hear(message: ServerMessage) {
    if (message.kind === 'disconnect') this.disconnectHere(message.who, message.code)
    else if (message.kind === 'refresh') void this.refreshHere(message.group).catch(error => this.log.error({ err: error }, 'settings could not be read again'))
    else if (message.kind !== 'beat') tellNews(message, this.inUse())
  }

  private *inUse() {
    for (const { room } of this.loaded.values()) yield room
  }

  private *connections() {
    for (const room of this.inUse()) yield* room.connections
  }

  async open(name: string): Promise<Room> {
    const { room } = await this.use(name)
    // y-websocket's client is back 100 ms after each close: those whose changes cannot be stored now must not spend the server.
    if (room.damaged || (this.updates.failing && performance.now() - this.failedAt < trouble.lasts))
      await new Promise(resolve => setTimeout(resolve, trouble.pause * (0.2 + 0.8 * Math.random())))
    return room
  }

  async edit<T>(name: string, change: (doc: Y.Doc) => T): Promise<T> {
    return (await this.use(name)).room.edit(change)
  }

  async read<T>(name: string, view: (doc: Y.Doc) => T): Promise<T> {
    return (await this.use(name)).room.document.read(view)
  }

  async awayFor(name: string, member: string) {
    return (await this.use(name)).room.presence.awayFor(member)
  }

  meetingsHere() {
    // Looking is no use: a room that everybody has left is let go.
    return [...this.loaded].flatMap(([name, { room }]) => (room.name.kind === 'meeting' ? [{ room: name, here: room.presence.members() }] : []))
  }

  async boardsWritten(group: string) {
    const boards = [...this.loaded.values()].filter(({ room }) => room.name.kind === 'board' && room.name.group === group)
    await inTurns(boards, ({ projector }) => projector.flush())
  }

  status() {
    return statusOf([...this.loaded.values()], { storeFailing: this.updates.failing, fanoutConnected: this.fanout?.connected ?? null })
  }

  disconnect(who: Whom, code: CloseCode) {
    this.fanout?.tellServers({ kind: 'disconnect', who, code })
    this.disconnectHere(who, code)
  }

  private disconnectHere(who: Whom, code: CloseCode) {
    this.epoch += 1
    for (const connection of this.connections()) if (isMeant(who, connection)) connection.close(code)
  }

  async refresh(group: string) {
    this.fanout?.tellServers({ kind: 'refresh', group })
    await this.refreshHere(group)
  }

  private async refreshHere(group: string) {
    // A room that is just being opened may have read the old ones.
    await Promise.allSettled(this.rooms.values())
    const { settings } = (await findGroup(this.db, group)) ?? {}
    if (settings !== undefined) for (const { room } of this.loaded.values()) if (room.name.group === group) room.settings = settings
  }

  tell(news: News) {
    for (const message of inMessages(news)) {
      this.fanout?.tellServers(message)
      tellNews(message, this.inUse())
    }
  }

  async catchUp() {
    const older = await Promise.all(Object.entries(kinds).map(([kind, of]) => roomsBefore(this.db, kind, of.kind.version)))
    for (const name of new Set([...older.flat(), ...(await roomsBehind(this.db))])) {
      if (this.closing) return
      try {
        await (await this.use(name)).projector.flush()
      } catch (error) {
        this.log.error({ err: error, room: name }, 'a room could not be brought up to date')
      }
    }
  }

  async sendAway(ms: number) {
    const all = [...this.connections()]
    const begun = performance.now()
    for (const [n, connection] of all.entries()) {
      const due = begun + (n / all.length) * ms
      if (due > performance.now()) await new Promise(resolve => setTimeout(resolve, due - performance.now()))
      connection.close(closeCodes.unavailable, stopping)
    }
  }

  async close(within = Number.POSITIVE_INFINITY) {
    this.closing = true
    this.stopUpkeep()
    for (const connection of this.connections()) if (!connection.dismissed) connection.close(closeCodes.unavailable, stopping)
    await this.stopRecheck()
    await this.stopFollowing()
    await this.updates.idle()
    const until = performance.now() + within
    const inTime = () => performance.now() < until
    // Rows first: they are asked for by others. Several at once, since PostgreSQL answers from afar.
    await inTurns([...this.loaded.values()], ({ projector }) => (inTime() ? projector.flush() : Promise.resolve()))
    await inTurns([...this.loaded.values()], async loaded => (inTime() ? this.unload(loaded) : this.drop(loaded.room.row.name)))
    if (!inTime()) this.log.warn('not all rooms were compacted before the end; the next start brings their rows up to date')
    await this.fanout?.close()
  }

  private async use(name: string): Promise<Loaded> {
    if (this.closing) throw new Error('The server is stopping')
    const known = this.loaded.get(name)
    // Without a pause before this line, or the room could be unloaded between being found and being used.
    if (known !== undefined) return this.touch(known)
    const opening = this.rooms.get(name) ?? this.load(name)
    this.rooms.set(name, opening)
    return this.touch(await opening)
  }

  private touch(loaded: Loaded): Loaded {
    loaded.usedAt = this.now()
    loaded.uses += 1
    return loaded
  }

  private async load(name: string): Promise<Loaded> {
    try {
      const built = await this.build(name)
      const loaded = { room: built.room, projector: built.projector, usedAt: this.now(), uses: 0 }
      this.loaded.set(name, loaded)
      // Before anybody else has a turn in it.
      await bringUpToDate(built, { db: this.db, log: this.log })
      this.log.debug({ room: name, seq: built.room.seq }, 'room opened')
      this.fanout?.tellRoom(name, { kind: 'whoIsHere' })
      return loaded
    } catch (error) {
      this.rooms.delete(name)
      throw error
    }
  }

  /** Forgets a room without another word to the store. */
  private drop(name: string) {
    const loaded = this.loaded.get(name)
    this.rooms.delete(name)
    this.loaded.delete(name)
    this.fanout?.leave(name)
    loaded?.projector.close()
    loaded?.room.destroy()
  }

  /** The room stays in the map until its last write has ended, so that nobody can load it from behind that. */
  private async unload(loaded: Loaded) {
    const { room, projector, uses } = loaded
    const { name } = room.row
    await projector.flush()
    if (room.tail.updates > 0) await this.compact(room)
    const usedMeanwhile = !room.idle || loaded.uses !== uses || projector.behind || room.tail.updates > 0
    if (this.loaded.get(name) === loaded && (this.closing || !usedMeanwhile)) {
      this.drop(name)
      this.log.debug({ room: name }, 'room unloaded')
    }
  }

  private compact(room: Room): Promise<void> {
    return compact(room, { db: this.db, log: this.log, now: this.now(), history: this.upkeep.history })
  }
}

async function inTurns<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = all.values()
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (const one of left) await work(one)
    }),
  )
}
