import type { Logger } from 'pino'
import { type Database, type NewUpdate, withoutParameters } from '../db/database.ts'
import { appendShared, findRoom, type LoggedUpdate, updatesAfter } from '../db/rooms.ts'
import type { Meters } from './meters.ts'

/** A room, as the log sees it. */
export interface Writer {
  readonly row: NewUpdate['room']
  /** The place in the log of the last update that it knows. */
  readonly seq: number
  /** Whether something waits for its turn, */
  readonly waits: boolean
  /** and whether as much as it takes for one commit. */
  readonly waitsFull: boolean
  /** Whether what waits may change the document. */
  readonly wantsStore: boolean
  /** Takes in what other servers have stored. */
  adopt(missed: LoggedUpdate[]): void
  /** Judges what waits, and gives what of it is to be stored. It is under way until one of the next two. */
  judge(): NewUpdate[]
  /** `seqs` are those of what `judge` gave, in order. */
  stored(seqs: readonly number[]): void
  /** Nothing of it was stored, or nobody knows. */
  fail(): void
}

/** The way to the store. Whatever arrives while a commit is under way shares the next one. */
export interface UpdateLog {
  /** Something waits in this room. */
  wake(room: Writer): void
  /** Other servers have stored something in this room, up to `head`: takes in what of it the room lacks. */
  reconcile(room: Writer, head: number): void
  /** Resolves when everything has been stored or has failed. */
  idle(): Promise<void>
  /** Whether the last commit failed. */
  readonly failing: boolean
  /** Whether other servers write to the store: then a room learns with each turn what they have stored. */
  readonly shared: boolean
}

interface LogOptions {
  db: Database
  log: Logger
  meters: Meters
  /** These were stored by this server, directly after `before`. */
  onAppended: (room: Writer, before: number, updates: LoggedUpdate[]) => void
}

export const createLog = (options: LogOptions): UpdateLog => (options.db.shared ? new SharedLog(options) : new SoleLog(options))

/** One turn of the event loop: what came in one read of the sockets goes into one commit. */
const oneTurn = () => new Promise(setImmediate)

/**
 * After a batch the event loop has as many times as long for all else, and for more to gather, at most so many ms: a room
 * of a hundred costs a hundred writes for each batch, be it of one change or of ten. For less than `least` it is not worth
 * a timer. Where a room has a full batch waiting already, there is nothing to gather: then all else has one turn.
 */
const rest = { times: 5, least: 1, most: 8 }

/** Nobody else writes to this store: one commit, and one fsync, for all rooms. A lone update waits for nobody. */
class SoleLog implements UpdateLog {
  readonly shared = false
  failing = false
  private readonly db: Database
  private readonly log: Logger
  private readonly meters: Meters
  private readonly woken = new Set<Writer>()
  private writing: Promise<void> | null = null

  constructor({ db, log, meters }: LogOptions) {
    this.db = db
    this.log = log
    this.meters = meters
  }

  wake(room: Writer) {
    this.woken.add(room)
    this.writing ??= this.drain()
  }

  reconcile() {}

  async idle(): Promise<void> {
    while (this.writing !== null) await this.writing
  }

  private async drain() {
    await oneTurn()
    while (this.woken.size > 0) {
      const rooms = [...this.woken]
      this.woken.clear()
      await this.rest((await this.commit(rooms)) * rest.times)
    }
    this.writing = null
  }

  private async rest(ms: number) {
    if (ms < rest.least || this.woken.values().some(room => room.waitsFull)) await oneTurn()
    else await new Promise(resolve => setTimeout(resolve, Math.min(rest.most, ms)))
  }

  /** Gives the ms for which the event loop was busy with it. */
  private async commit(rooms: readonly Writer[]): Promise<number> {
    const begun = performance.now()
    const batches = rooms.map(room => ({ room, updates: this.orLetGo(room, () => room.judge()) ?? [] }))
    const judged = performance.now()
    const seqs = await this.store(batches.flatMap(batch => batch.updates))
    const stored = performance.now()
    let begin = 0
    for (const { room, updates } of batches) {
      const own = seqs?.slice(begin, begin + updates.length)
      this.orLetGo(room, () => (own === undefined ? room.fail() : room.stored(own)))
      begin += updates.length
      // What a turn left over comes with the next commit, after everybody else's.
      if (room.waits) this.woken.add(room)
    }
    return performance.now() - stored + (judged - begun)
  }

  /** What goes wrong in one room ends that room, for everybody to start again from what is stored, and no other. */
  private orLetGo<T>(room: Writer, work: () => T): T | null {
    try {
      return work()
    } catch (error) {
      this.log.error({ err: error, room: room.row.name }, 'a room could not go on, and is loaded anew')
      room.fail()
      return null
    }
  }

  private async store(updates: NewUpdate[]): Promise<number[] | null> {
    if (updates.length === 0) return []
    const begun = performance.now()
    try {
      const { seqs, ids } = await this.db.append(updates)
      this.failing = false
      this.meters.stored(updates.length, performance.now() - begun)
      for (const { room } of updates) room.id ??= ids.get(room.name) ?? null
      return seqs
    } catch (error) {
      this.failing = true
      this.meters.storeFailed()
      this.log.error({ err: withoutParameters(error), updates: updates.length }, 'updates could not be stored')
      return null
    }
  }
}

/**
 * Other servers write to the same rooms. What waits in a room is judged while the room's row is locked, on top of all
 * that anybody has stored: what one server accepts, no other could have made wrong meanwhile. Rooms do not wait for one
 * another.
 */
class SharedLog implements UpdateLog {
  readonly shared = true
  failing = false
  private readonly options: LogOptions
  private readonly writing = new Map<Writer, Promise<void>>()
  /** How far rooms must get, that others have got further. */
  private readonly heads = new Map<Writer, number>()

  constructor(options: LogOptions) {
    this.options = options
  }

  wake(room: Writer) {
    if (!this.writing.has(room)) this.writing.set(room, this.drain(room))
  }

  reconcile(room: Writer, head: number) {
    if (head <= room.seq) return
    this.heads.set(room, Math.max(head, this.heads.get(room) ?? 0))
    this.wake(room)
  }

  async idle(): Promise<void> {
    while (this.writing.size > 0) await Promise.all(this.writing.values())
  }

  private async drain(room: Writer) {
    await oneTurn()
    try {
      while (room.waits || this.isBehind(room)) await (room.wantsStore ? this.append(room) : this.follow(room))
    } catch (error) {
      this.failing = true
      this.options.meters.storeFailed()
      this.options.log.error({ err: withoutParameters(error), room: room.row.name }, 'a room could not go on from the store')
      room.fail()
    }
    this.heads.delete(room)
    this.writing.delete(room)
  }

  private isBehind(room: Writer): boolean {
    return (this.heads.get(room) ?? 0) > room.seq
  }

  /** Nothing is to be stored. */
  private async follow(room: Writer) {
    if (this.isBehind(room)) {
      room.row.id ??= (await findRoom(this.options.db, room.row.name))?.id ?? null
      if (room.row.id !== null) room.adopt(await updatesAfter(this.options.db, room.row.id, room.seq))
      // However far the others have got, this is all there is.
      this.heads.delete(room)
    }
    room.judge()
    room.stored([])
  }

  private async append(room: Writer) {
    let before: number | null = null
    let updates: NewUpdate[] = []
    const begun = performance.now()
    const { id, seqs } = await appendShared(this.options.db, room.row, room.seq, missed => {
      // What waited is gone with the first time; whoever sent it sends it again, to a room that is loaded anew.
      if (before !== null) throw new Error('The transaction of an append was repeated')
      room.adopt(missed)
      before = room.seq
      updates = room.judge()
      return updates
    })
    this.failing = false
    if (seqs.length > 0) this.options.meters.stored(seqs.length, performance.now() - begun)
    room.row.id ??= id
    room.stored(seqs)
    if (before !== null && updates.length > 0)
      this.options.onAppended(
        room,
        before,
        updates.map((update, n) => ({ ...update, seq: seqs[n] ?? 0 })),
      )
  }
}
