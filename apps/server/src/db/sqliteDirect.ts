import Client from 'better-sqlite3'
import { appender, connect } from './sqliteAppend.ts'
import type { Append, Appended } from './sqliteMessages.ts'

/** Updates that are committed on the event loop, at most: for more, the thread's work beside it is worth waking it. */
const small = 32
/** A commit on the event loop may take this long (ms). After a longer one the thread commits for as many times as long as it took. */
const slow = { above: 2, rest: 50 }
/** Commits after which the thread is asked to move what they wrote from the journal into the database: some 1,000 pages. */
const betweenCheckpoints = 250

/**
 * A second connection, on the event loop, for small appends while the thread has nothing to do. To wake a thread and to be
 * woken by it takes longer than such a commit on a disk that is quick; where the disk is slow, the event loop is spared.
 */
export class DirectAppends {
  private readonly client: Client.Database
  private readonly commit: (append: Append) => Appended
  private readonly checkpoint: () => void
  private restsUntil = 0
  private commits = 0

  /** `checkpoint` asks the thread for one. */
  constructor(file: string, checkpoint: () => void) {
    this.client = connect(file, 0)
    // That would keep everybody waiting.
    this.client.pragma('wal_autocheckpoint = 0')
    this.commit = appender(this.client)
    this.checkpoint = checkpoint
  }

  /** Null when it is better left to the thread. Throws what a failed commit throws: then nothing was stored. */
  append(append: Append): Appended | null {
    const begun = performance.now()
    if (append.updates.length > small || begun < this.restsUntil) return null
    try {
      const appended = this.commit(append)
      this.commits += 1
      if (this.commits % betweenCheckpoints === 0) this.checkpoint()
      return appended
    } catch (error) {
      // Another process writes, such as a shell. The thread waits for it.
      if (error instanceof Client.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
      throw error
    } finally {
      const took = performance.now() - begun
      if (took > slow.above) this.restsUntil = begun + took * slow.rest
    }
  }

  close() {
    this.client.close()
  }
}
