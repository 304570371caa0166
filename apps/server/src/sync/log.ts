import type { Logger } from 'pino'
import { type Database, type NewUpdate, withoutParameters } from '../db/database.ts'
import { appendShared, type LoggedUpdate, updatesAfter } from '../db/rooms.ts'

/** A room, as the log sees it. */
export interface Writer {
  readonly row: NewUpdate['room']
  /** The place in the log of the last update that it knows. */
  readonly seq: number
  /** Whether something waits for its turn, */
  readonly waits: boolean
  /** and whether that may change the document. */
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
  /** Other servers have stored something in this room. */
  reconcile(room: Writer): void
  /** Resolves when everything has been stored or has failed. */
  idle(): Promise<void>
}

export const createLog = (options: { db: Database; log: Logger }): UpdateLog => (options.db.shared ? new SharedLog(options) : new SoleLog(options))

/** One turn of the event loop: what came in one read of the sockets goes into one commit. */
const oneTurn = () => new Promise(setImmediate)

/** Nobody else writes to this store: one commit, and one fsync, for all rooms. A lone update waits for nobody. */
class SoleLog implements UpdateLog {
  private readonly db: Database
  private readonly log: Logger
  private readonly woken = new Set<Writer>()
  private writing: Promise<void> | null = null

  constructor({ db, log }: { db: Database; log: Logger }) {
    this.db = db
    this.log = log
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
      await this.commit(rooms.map(room => ({ room, updates: room.judge() })))
    }
    this.writing = null
  }

  private async commit(batches: { room: Writer; updates: NewUpdate[] }[]) {
    const seqs = await this.store(batches.flatMap(batch => batch.updates))
    let begin = 0
    for (const { room, updates } of batches) {
      if (seqs === null) room.fail()
      else room.stored(seqs.slice(begin, begin + updates.length))
      begin += updates.length
    }
  }

  private async store(updates: NewUpdate[]): Promise<number[] | null> {
    if (updates.length === 0) return []
    try {
      const { seqs, ids } = await this.db.append(updates)
      for (const { room } of updates) room.id ??= ids.get(room.name) ?? null
      return seqs
    } catch (error) {
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
  private readonly db: Database
  private readonly log: Logger
  private readonly writing = new Map<Writer, Promise<void>>()
  private readonly behind = new Set<Writer>()

  constructor({ db, log }: { db: Database; log: Logger }) {
    this.db = db
    this.log = log
  }

  wake(room: Writer) {
    if (!this.writing.has(room)) this.writing.set(room, this.drain(room))
  }

  reconcile(room: Writer) {
    this.behind.add(room)
    this.wake(room)
  }

  async idle(): Promise<void> {
    while (this.writing.size > 0) await Promise.all(this.writing.values())
  }

  private async drain(room: Writer) {
    await oneTurn()
    try {
      while (room.waits || this.behind.has(room)) await this.serve(room)
    } catch (error) {
      this.log.error({ err: withoutParameters(error), room: room.row.name }, 'updates could not be stored')
      room.fail()
    }
    this.behind.delete(room)
    this.writing.delete(room)
  }

  private async serve(room: Writer) {
    if (room.wantsStore) await this.append(room)
    else {
      if (this.behind.delete(room) && room.row.id !== null) room.adopt(await updatesAfter(this.db, room.row.id, room.seq))
      room.judge()
      room.stored([])
    }
  }

  private async append(room: Writer) {
    this.behind.delete(room)
    let asked = false
    const { id, seqs } = await appendShared(this.db, room.row, room.seq, missed => {
      // The turns are gone with the first time; whoever sent them sends them again to a room that is loaded anew.
      if (asked) throw new Error('The transaction of an append was repeated')
      asked = true
      room.adopt(missed)
      return room.judge()
    })
    room.row.id ??= id
    room.stored(seqs)
  }
}
