import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { project } from '../db/projections.ts'
import type { RecordNow, Written } from '../db/recordRows.ts'
import { PlaceSet } from './document.ts'
import type { Room, StoredChange } from './room.ts'
import { idOf } from './structs.ts'

/**
 * How long changes gather before they go to their rows (ms): the first after a pause, those that follow on others, and before
 * a failed attempt is repeated. After one that was large, so long for each of its records and each character of its texts, but
 * no longer than `most`: a busy room has better things to do, and of a record that changes again and again one row is written.
 */
const gather = { first: 150, more: 500, each: 2, eachCharacter: 0.02, most: 3_000, again: 5_000 }

/** What is to be written: all records, or those that have changed, as they were at `seq` in the log. */
interface Taken {
  records: RecordNow[]
  whole: boolean
  seq: number
  changed: PlaceSet
  writers: Map<string, Written>
}

/** A text is written whole, and indexed whole, whatever changed in it. */
const charactersIn = (records: readonly RecordNow[]) => records.reduce((sum, { record }) => sum + (typeof record === 'string' ? record.length : 0), 0)

type OnWritten = (roots: ReadonlySet<string>) => void

/** Keeps the SQL rows of one room behind its document: in the background, never on the way of a change. */
export class Projector {
  private readonly room: Room
  private readonly db: Database
  private readonly log: Logger
  private changed = new PlaceSet()
  private whole: boolean
  private timer: NodeJS.Timeout | null = null
  private work: Promise<void> = Promise.resolve()
  /** By a clock that no one sets. */
  private wroteAt = Number.NEGATIVE_INFINITY
  private more = gather.more
  private closed = false

  private readonly onWritten: OnWritten
  private readonly now: () => number
  /** Who changed the records last, and when; of the rooms whose history is kept. */
  private writers = new Map<string, Written>()
  private readonly keepsHistory: boolean

  /** `behind`: what is stored was not projected to its end, so everything is projected anew. `onWritten` hears which root maps were. */
  constructor({ room, db, log, behind, onWritten, now }: { room: Room; db: Database; log: Logger; behind: boolean; onWritten: OnWritten; now: () => number }) {
    this.room = room
    this.db = db
    this.log = log
    this.onWritten = onWritten
    this.now = now
    this.keepsHistory = room.name.kind === 'group'
    this.whole = behind
    if (behind) this.schedule(0)
  }

  note(changes: readonly StoredChange[]) {
    // One time for all: what was one step is told as one.
    const at = this.now()
    for (const { places, by } of changes) {
      this.changed.addAll(places)
      if (this.keepsHistory) for (const place of places) this.writers.set(idOf(place), { by, at })
    }
    this.schedule(performance.now() - this.wroteAt < this.more ? this.more : gather.first)
  }

  /** Resolves when the rows are as the document was when this was called, or the attempt has failed. */
  flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.work = this.work.then(() => this.bringUp())
    return this.work
  }

  /** One after another: what an attempt could not write is in the next, since rows that are as of a later place are not written again. */
  private async bringUp() {
    if (!this.behind) return
    // Between commits: rows must not run ahead of the log.
    const taken = await new Promise<Taken | null>(resolve =>
      this.room.afterStored(
        () => resolve(this.take()),
        () => resolve(null),
      ),
    )
    if (taken !== null) await this.write(taken)
  }

  private take(): Taken {
    const { whole, changed, writers } = this
    this.whole = false
    this.changed = new PlaceSet()
    this.writers = new Map()
    return { whole, changed, writers, records: this.room.document.records(whole ? undefined : changed.values()), seq: this.room.seq }
  }

  private async write({ records, whole, seq, changed, writers }: Taken) {
    const { id } = this.room.row
    if (id === null) return
    this.wroteAt = performance.now()
    try {
      await project(this.db, { room: id, name: this.room.name, seq, whole, records, history: { writers, now: this.now() } })
      this.more = Math.min(gather.most, Math.max(gather.more, records.length * gather.each + charactersIn(records) * gather.eachCharacter))
      this.onWritten(new Set(records.map(({ root }) => root)))
    } catch (error) {
      this.log.error({ err: error, room: this.room.row.name }, 'a projection failed and will be repeated')
      this.whole ||= whole
      this.changed.addAll(changed.values())
      this.writers = new Map([...writers, ...this.writers])
      this.schedule(gather.again)
    }
  }

  get behind(): boolean {
    return this.whole || this.changed.size > 0
  }

  private schedule(ms: number) {
    if (!this.closed) this.timer ??= setTimeout(() => void this.flush(), ms)
  }

  /** Begins no more of itself. */
  close() {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
