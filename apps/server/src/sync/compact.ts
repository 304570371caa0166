import type { Logger } from 'pino'
import { type Database, withoutParameters } from '../db/database.ts'
import { handOver } from '../db/handedOver.ts'
import { saveSnapshot } from '../db/rooms.ts'
import type { Room } from './room.ts'

interface Options {
  db: Database
  log: Logger
  /** ms */
  now: number
  /** Updates that a snapshot stands for are kept for this long, ms. */
  history: number
}

/** Stores a snapshot of a room in place of the updates so far. Where that fails, the log is as it was. */
export async function compact(room: Room, { db, log, now, history }: Options): Promise<void> {
  const whole = await new Promise<ReturnType<typeof take> | null>(resolve =>
    room.afterStored(
      () => resolve(take(room)),
      () => resolve(null),
    ),
  )
  const { id, version } = room.row
  if (id === null || whole === null) return
  const { data, vector, tail, seq } = whole
  const bytes = data.length
  try {
    await saveSnapshot(db, { room: id, seq, data: handOver(data), vector, version, at: now, keepAfter: now - history })
    room.tail.cut(tail, bytes)
  } catch (error) {
    log.error({ err: withoutParameters(error), room: room.row.name }, 'a snapshot could not be stored')
  }
}

const take = ({ document, seq, tail: { updates, bytes } }: Room) => ({
  data: document.whole(),
  vector: document.stateVector(),
  tail: { updates, bytes },
  seq,
})
