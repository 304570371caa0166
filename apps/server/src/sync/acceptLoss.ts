import { parseRoomName } from '@paperboard/shared/room'
import type { Logger } from 'pino'
import * as Y from 'yjs'
import { projectAnew } from '../db/check.ts'
import type { Database } from '../db/database.ts'
import { noteRestore } from '../db/meta.ts'
import { saveSnapshot } from '../db/rooms.ts'
import { LiveDocument } from './document.ts'
import { kinds } from './kinds.ts'
import { loadStored } from './stored.ts'

/**
 * Makes what can be read of a damaged room all there is: it can be changed again. For members it is as after a restore: they
 * may bring back what they hold and the server has lost. The log stays as it is. Gives the number of records, null where
 * there is no such room or nothing is lost of it. No server may have it open.
 */
export async function acceptLoss(db: Database, name: string, { now, log }: { now: number; log: Logger }): Promise<number | null> {
  const parsed = parseRoomName(name)
  const { stored, damaged } = await loadStored(db, name, log)
  if (parsed === null || stored === null || !damaged) return null
  const data = withoutWaiting([...(stored.snapshot === null ? [] : [stored.snapshot]), ...stored.updates])
  await noteRestore(db, now)
  await saveSnapshot(db, {
    room: stored.id,
    seq: stored.head,
    data,
    vector: Y.encodeStateVectorFromUpdate(data),
    version: stored.version,
    at: now,
    keepAfter: 0,
  })
  const document = new LiveDocument({
    kind: kinds[parsed.kind],
    stored: { ...stored, snapshot: { seq: stored.head, data, sum: null, vector: null }, updates: [] },
    inUseBy: () => undefined,
  })
  const records = document.records()
  document.destroy()
  await projectAnew(db, { room: stored.id, name: parsed, seq: stored.head, whole: true, records })
  return records.length
}

/** The document of these updates, less what waits for something that is lost. */
function withoutWaiting(parts: readonly { data: Uint8Array }[]): Uint8Array {
  const doc = new Y.Doc()
  for (const { data } of parts) Y.applyUpdate(doc, data)
  doc.store.pendingStructs = null
  doc.store.pendingDs = null
  return Y.encodeStateAsUpdate(doc)
}
