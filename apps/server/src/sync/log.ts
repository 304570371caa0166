import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { appendUpdates, type NewUpdate } from '../db/rooms.ts'

/** Something that waits for its turn behind everything accepted before it. */
export interface Turn {
  /** Null for what has nothing to store itself: an answer that may be given once everything before it is durable. */
  update: NewUpdate | null
  /** In the order of `append`. `seq` is the update's place in the log, 0 for a turn without one. */
  done: (seq: number) => void
  /** Nothing of the commit was stored. */
  failed: () => void
  /** False once something before it in its room was not stored: this must not be stored either, it may build on that. */
  stands: () => boolean
}

/**
 * The way to the store. Whatever arrives while a commit is under way shares the next one, over all rooms: under load
 * one fsync covers many updates, and a lone update waits for nobody.
 */
export class UpdateLog {
  private readonly db: Database
  private readonly log: Logger
  private queue: Turn[] = []
  private writing: Promise<void> | null = null

  constructor({ db, log }: { db: Database; log: Logger }) {
    this.db = db
    this.log = log
  }

  append(turn: Turn) {
    this.queue.push(turn)
    this.writing ??= this.drain()
  }

  /** Resolves when everything appended so far has been stored or has failed. */
  async idle(): Promise<void> {
    while (this.writing !== null) await this.writing
  }

  private async drain() {
    // One turn of the event loop: what came in one read of the sockets goes into one commit.
    await new Promise(setImmediate)
    while (this.queue.length > 0) {
      const turns = this.queue
      this.queue = []
      await this.commit(turns)
    }
    this.writing = null
  }

  private async commit(queued: Turn[]) {
    for (const turn of queued) if (!turn.stands()) turn.failed()
    const turns = queued.filter(turn => turn.stands())
    const updates = turns.flatMap(turn => (turn.update === null ? [] : [turn.update]))
    const seqs = await this.store(updates)
    if (seqs === null) {
      for (const turn of turns) turn.failed()
      return
    }
    let next = 0
    for (const turn of turns) turn.done(turn.update === null ? 0 : (seqs[next++] ?? 0))
  }

  private async store(updates: NewUpdate[]): Promise<number[] | null> {
    if (updates.length === 0) return []
    try {
      const { seqs, ids } = await appendUpdates(this.db, updates)
      for (const { room } of updates) room.id ??= ids.get(room.name) ?? null
      return seqs
    } catch (error) {
      this.log.error({ err: error, updates: updates.length }, 'updates could not be stored')
      return null
    }
  }
}
