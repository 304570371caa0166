import Client from 'better-sqlite3'
import { appender, connect } from './sqliteAppend.ts'
import type { Append, Appended } from './sqliteMessages.ts'
import { type Run, statementsOn } from './sqliteStatements.ts'

/** Updates that are committed on the event loop, at most: for more, the thread's work beside it is worth waking it. */
const small = 32
/**
 * A commit on the event loop may take this long (ms), and so may a read. After a longer one it is the thread's work for as
 * many times as long as it took.
 */
const slow = { above: 5, rest: 50 }
/** Of so many reads one may be slow without that: on a busy machine it was another program's turn, and a slow disk is slow again soon. */
const readsForgiven = 50
/** Commits, or bytes, after which the thread is asked to move what they wrote from the journal into the database: some 1,000 pages. */
const betweenCheckpoints = { commits: 250, bytes: 4 * 1024 * 1024 }

/**
 * A second connection, on the event loop, for small appends while the thread has nothing to do, and for reads by key at any
 * time. To wake a thread and to be woken by it takes longer than either on a disk that is quick; where the disk is slow, the
 * event loop is spared.
 */
export class Direct {
  private readonly client: Client.Database
  private readonly commit: (append: Append) => Appended
  private readonly statement: Run
  /** SQLite's number of the state that others have committed. */
  private readonly version: Client.Statement<[], number>
  private readonly checkpoint: () => void
  private readonly restsUntil = { append: 0, read: 0 }
  /** Slow reads of late, each weighing less with every quick one since. */
  private slowReads = 0
  /** Since the last checkpoint. */
  private written = { commits: 0, bytes: 0 }

  /** `checkpoint` asks the thread for one. */
  constructor(file: string, checkpoint: () => void) {
    this.client = connect(file, 0)
    // That would keep everybody waiting.
    this.client.pragma('wal_autocheckpoint = 0')
    this.commit = appender(this.client)
    this.statement = statementsOn(this.client, 'reading')
    this.version = this.client.prepare<[], number>('PRAGMA data_version').pluck()
    this.checkpoint = checkpoint
  }

  /** Null when it is better left to the thread. Throws what a failed commit throws: then nothing was stored. */
  append(append: Append): Appended | null {
    if (append.count > small) return null
    const appended = this.unlessSlow('append', () => this.commit(append))
    if (appended !== null) this.note(append.bytes.length)
    return appended
  }

  private note(bytes: number) {
    this.written.commits += 1
    this.written.bytes += bytes
    if (this.written.commits < betweenCheckpoints.commits && this.written.bytes < betweenCheckpoints.bytes) return
    this.written = { commits: 0, bytes: 0 }
    this.checkpoint()
  }

  /** What is committed at this moment; null when it is better left to the thread. */
  read(...statement: Parameters<Run>): unknown[] | null {
    return this.client.open ? this.unlessSlow('read', () => this.statement(...statement)) : null
  }

  /** Another number once anybody else has committed; null when that is better left to the thread. */
  committed(): number | null {
    return this.client.open ? this.unlessSlow('read', () => this.version.get() ?? null) : null
  }

  private unlessSlow<T>(what: 'append' | 'read', work: () => T): T | null {
    const begun = performance.now()
    if (begun < this.restsUntil[what]) return null
    try {
      return work()
    } catch (error) {
      // Another process writes, such as a shell. The thread waits for it.
      if (error instanceof Client.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
      throw error
    } finally {
      const took = performance.now() - begun
      if (this.isSlow(what, took)) this.restsUntil[what] = begun + took * slow.rest
    }
  }

  private isSlow(what: 'append' | 'read', took: number): boolean {
    if (what === 'append') return took > slow.above
    this.slowReads = took > slow.above ? this.slowReads + 1 : Math.max(0, this.slowReads - 1 / readsForgiven)
    return took > slow.above && this.slowReads > 1
  }

  close() {
    this.client.close()
  }
}
