import type { CloseCode } from '@paperboard/shared/closeCodes'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { parseRoomName, type RoomName } from '@paperboard/shared/room'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { Database } from '../db/database.ts'
import { findGroup } from '../db/groups.ts'
import { restoredAt } from '../db/meta.ts'
import { lastStoredBefore, raiseVersion, roomsBefore, roomsBehind, type StoredRoom } from '../db/rooms.ts'
import { compact } from './compact.ts'
import type { Connection } from './connection.ts'
import type { Fanout, ServerMessage, Whom } from './fanout.ts'
import { kinds } from './kinds.ts'
import { createLog, type UpdateLog } from './log.ts'
import { type Meters, type RoomsStatus, unmetered } from './meters.ts'
import { inMessages, type News, tellNews } from './news.ts'
import { Projector } from './projector.ts'
import { startRecheck } from './recheck.ts'
import { Room, type RoomOptions } from './room.ts'
import { followServers } from './servers.ts'
import { loadStored } from './stored.ts'

const dayMs = 86_400_000

/** When rooms are let go and compacted. Times in ms. */
export interface Upkeep {
  /** A room that nobody uses for this long is unloaded. */
  idle: number
  /** How often rooms are looked after. */
  every: number
  /** Updates after which a room gets a new snapshot, if that is worth it: see `Tail`. */
  snapshotAfter: number
  /** Compacted updates stay as history for this long. */
  history: number
  /** How often those in meetings are asked for a sign of life: others wait for whoever leads. */
  pulse: number
  /** How often the access of open sockets is looked at again. */
  recheck: number
}
const defaults: Upkeep = { idle: 30_000, every: 10_000, snapshotAfter: 200, history: 365 * dayMs, pulse: 5_000, recheck: 30_000 }

/** Somebody on another server of whom nothing was heard for this long (ms) is gone. Clients speak every 15 s. */
const silent = 45_000

/** y-websocket's client takes 30 s without a message for a dead connection. */
const quiet = 20_000

/** How long whoever opens a room waits, at most and ms, where its changes cannot be stored; and how long a failure counts. */
const trouble = { pause: 2_500, lasts: 10_000 }

/** For so long (ms) after a restore members who were away bring back what the server has lost. */
const recovery = 90 * dayMs

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
  private readonly timer: NodeJS.Timeout
  private readonly pulse: NodeJS.Timeout
  private readonly stopRecheck: () => Promise<void>
  private readonly stopFollowing: () => Promise<void>
  private readonly fanout: Fanout | null
  private readonly written = new Set<Written>()
  private closing = false
  private failedAt = Number.NEGATIVE_INFINITY
  /** When a backup was restored last. A server is not running then. */
  private restored: Promise<number | null> | null = null

  constructor({ db, log, now, fanout = null, upkeep, meters = unmetered }: RoomsOptions) {
    this.meters = meters
    this.db = db
    this.fanout = fanout
    this.log = log
    this.now = now
    this.upkeep = { ...defaults, ...upkeep }
    this.updates = createLog({
      db,
      log,
      meters,
      onAppended: ({ row }, before, updates) => fanout?.tellRoom(row.name, { kind: 'stored', before, updates }),
    })
    this.timer = setInterval(() => void this.lookAfter(), this.upkeep.every)
    this.timer.unref()
    this.pulse = setInterval(() => this.feelPulses(), this.upkeep.pulse).unref()
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

  status(): RoomsStatus {
    const loaded = [...this.loaded.values()]
    const connections = [...this.connections()]
    return {
      rooms: loaded.length,
      connections: connections.length,
      turnsWaiting: loaded.reduce((sum, { room }) => sum + room.turnsWaiting, 0),
      unreadBytes: connections.reduce((sum, connection) => sum + connection.unread, 0),
      readersBehind: connections.filter(connection => connection.behind !== null).length,
      projectionsBehind: loaded.filter(({ projector }) => projector.behind).length,
      damagedRooms: loaded.filter(({ room }) => room.damaged).length,
      storeFailing: this.updates.failing,
      fanoutConnected: this.fanout?.connected ?? null,
    }
  }

  disconnect(who: Whom, code: CloseCode) {
    this.fanout?.tellServers({ kind: 'disconnect', who, code })
    this.disconnectHere(who, code)
  }

  private disconnectHere(who: Whom, code: CloseCode) {
    this.epoch += 1
    for (const connection of this.connections()) if (concerns(who, connection)) connection.close(code)
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
    clearInterval(this.timer)
    clearInterval(this.pulse)
    for (const connection of this.connections()) if (!connection.dismissed) connection.close(closeCodes.unavailable, stopping)
    await this.stopRecheck()
    await this.stopFollowing()
    await this.updates.idle()
    const until = performance.now() + within
    const inTime = () => performance.now() < until
    // Rows first: they are asked for by others. Several at once, since PostgreSQL answers from afar.
    await inTurns([...this.loaded.values()], ({ projector }) => (inTime() ? projector.flush() : Promise.resolve()))
    await inTurns([...this.loaded], async ([name, loaded]) => (inTime() ? this.unload(name, loaded) : this.drop(name)))
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
      const { loaded, version } = await this.build(name)
      this.loaded.set(name, loaded)
      // Before anybody else has a turn in it.
      await this.bringUpToDate(loaded.room, version)
      this.log.debug({ room: name, seq: loaded.room.seq }, 'room opened')
      this.fanout?.tellRoom(name, { kind: 'whoIsHere' })
      return loaded
    } catch (error) {
      this.rooms.delete(name)
      throw error
    }
  }

  /** Takes the steps from the version that a room was stored under to that of today. */
  private async bringUpToDate(room: Room, from: number): Promise<void> {
    const { steps, version } = kinds[room.name.kind].kind
    // What is lost of a damaged room may be what a step would have changed; it is taken when the room is whole again.
    if (from >= version || room.damaged) return
    await room.edit(doc => {
      for (let next = from + 1; next <= version; next++) steps[next]?.(doc)
    })
    if (room.row.id !== null) await raiseVersion(this.db, room.row.id, version)
    this.log.info({ room: room.row.name, from, version }, 'a room was brought to its present shape')
  }

  /** `version`: the one that it was stored under. */
  private async build(name: string): Promise<{ loaded: Loaded; version: number }> {
    const parsed = parseRoomName(name)
    const group = parsed === null ? null : await findGroup(this.db, parsed.group)
    if (parsed === null || group === null) throw new Error(`There is no room ${name}`)
    // Before it is read: what is stored from then on is heard of.
    await this.fanout?.enter(name)
    const { stored, damaged } = await loadStored(this.db, name, this.log)
    const room = this.newRoom(name, parsed, { settings: group.settings, stored, damaged, restored: await this.restoredFor(stored) })
    const projector = new Projector({
      room,
      db: this.db,
      log: this.log,
      behind: !damaged && stored !== null && stored.projectedSeq < room.seq,
      onWritten: roots => {
        for (const listener of this.written) listener(parsed, roots)
      },
      now: this.now,
    })
    return { loaded: { room, projector, usedAt: this.now(), uses: 0 }, version: stored?.version ?? room.row.version }
  }

  private async restoredFor(stored: StoredRoom | null): Promise<RoomOptions['restored']> {
    this.restored ??= restoredAt(this.db).catch(error => {
      this.restored = null
      throw error
    })
    const at = await this.restored
    if (at === null || this.now() - at > recovery) return null
    if (stored === null) return { lastStored: 0 }
    // Of a log that was dropped nobody knows: what is closed was closed before.
    return { lastStored: (await lastStoredBefore(this.db, stored.id, at)) ?? Number.POSITIVE_INFINITY }
  }

  private newRoom(
    name: string,
    parsed: RoomName,
    { settings, stored, damaged, restored }: Pick<RoomOptions, 'settings' | 'stored' | 'damaged' | 'restored'>,
  ): Room {
    return new Room({
      row: { id: stored?.id ?? null, name, group: parsed.group, version: kinds[parsed.kind].kind.version },
      name: parsed,
      settings,
      stored,
      damaged,
      restored,
      log: this.log,
      updates: this.updates,
      meters: this.meters,
      now: this.now,
      onPresence: states => this.fanout?.tellRoom(name, { kind: 'present', states }),
      onStored: changes => this.loaded.get(name)?.projector.note(changes),
      onFailure: () => {
        this.failedAt = performance.now()
        this.drop(name)
      },
    })
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

  private feelPulses() {
    for (const { room } of this.loaded.values()) {
      if (room.name.kind !== 'meeting') continue
      for (const connection of room.connections)
        if (connection.feelPulse() === 'cut off')
          this.log.debug({ id: connection.request, room: room.row.name, member: connection.member }, 'a connection that gave no sign of life was cut off')
    }
  }

  private async lookAfter() {
    for (const [name, loaded] of this.loaded) {
      const { room } = loaded
      for (const connection of room.connections)
        if (connection.keepAlive(quiet) === 'cut off')
          this.log.warn({ id: connection.request, room: name, member: connection.member }, 'a reader that did not read was cut off')
      room.presence.forgetSilent(this.now() - silent)
      if (!room.idle) loaded.usedAt = this.now()
      if (this.now() - loaded.usedAt >= this.upkeep.idle) await this.unload(name, loaded)
      else if (room.tail.isDue(this.upkeep.snapshotAfter)) await this.compact(room)
    }
  }

  /** The room stays in the map until its last write has ended, so that nobody can load it from behind that. */
  private async unload(name: string, loaded: Loaded) {
    const { room, projector } = loaded
    const { uses } = loaded
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

const concerns = (who: Whom, connection: Connection): boolean =>
  (who.session === undefined || who.session === connection.session) &&
  (who.person === undefined || who.person === connection.member) &&
  (who.group === undefined || who.group === connection.group)
