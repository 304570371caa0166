/** What is stored of a room, as far as it can be trusted: bytes change on disks, and writes are torn. */
import type { Logger } from 'pino'
import * as Y from 'yjs'
import type { Database } from '../db/database.ts'
import { findRoom, logOf, type StoredBytes, type StoredRoom, sumOf } from '../db/rooms.ts'

/** The room is damaged, so it cannot be changed. The message is for people. */
export class RoomDamaged extends Error {
  constructor(room: string) {
    super(`A part of ${room} cannot be read any more, so it cannot be changed until whoever runs the server has seen to it.`)
  }
}

interface Loaded {
  /** Without what cannot be trusted. */
  stored: StoredRoom | null
  /** Something is lost: the room can be read, and must not be changed. */
  damaged: boolean
}

/** Reads a room. What is wrong with it is logged. A snapshot that is torn harms nothing where the log goes back to the beginning. */
export async function loadStored(db: Database, name: string, log: Logger): Promise<Loaded> {
  const stored = await findRoom(db, name)
  if (stored === null) return { stored, damaged: false }
  const isTorn = stored.snapshot !== null && whyBroken(stored.snapshot) !== null
  const updates = isTorn ? await logOf(db, stored.id, 0) : stored.updates
  const broken = updates.filter(update => whyBroken(update) !== null)
  if (!isTorn && broken.length === 0) return { stored, damaged: false }
  const intact = { ...stored, snapshot: isTorn ? null : stored.snapshot, updates: updates.filter(update => !broken.includes(update)) }
  const damaged = broken.length > 0 || stored.droppedSeq > 0 || firstGap(intact.snapshot, intact.updates) !== null
  const about = { room: name, snapshot: isTorn ? stored.snapshot?.seq : undefined, updates: broken.map(update => update.seq) }
  if (damaged) log.error(about, 'a room is damaged: it can be read and not changed. See docs/operations.md')
  else log.error(about, 'the snapshot of a room is damaged: the room was read from its log, and nothing is lost')
  return { stored: intact, damaged }
}

/** Why bytes cannot be trusted; null when they can. Those of old have no sum, and are only seen to be readable. */
export function whyBroken({ data, sum }: Pick<StoredBytes, 'data' | 'sum'>): string | null {
  if (sum !== null) return sumOf(data) === sum ? null : 'its bytes have changed since they were stored'
  try {
    Y.decodeUpdate(data)
    return null
  } catch {
    return 'its bytes cannot be read'
  }
}

/** The first update that builds on something that is not there; null if there is none. */
export function firstGap(snapshot: Pick<StoredBytes, 'seq' | 'data'> | null, updates: readonly Pick<StoredBytes, 'seq' | 'data'>[]): number | null {
  const doc = new Y.Doc()
  for (const { seq, data } of snapshot === null ? updates : [snapshot, ...updates]) {
    Y.applyUpdate(doc, data)
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return seq
  }
  return null
}

/** Whether a document holds all of an update already. */
export function holds(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update)
  const state = (client: number) => Y.getState(doc.store, client)
  if (structs.some(struct => struct.id.clock + struct.length > state(struct.id.client))) return false
  for (const [client, deletions] of ds.clients) {
    const there = doc.store.clients.get(client) ?? []
    for (const { clock, len } of deletions) {
      if (clock + len > state(client)) return false
      if (there.some(struct => struct.id.clock < clock + len && struct.id.clock + struct.length > clock && !struct.deleted)) return false
    }
  }
  return true
}
