/** Holds a room against its log: see docs/operations.md. */
import { parseRoomName } from '@paperboard/shared/room'
import * as Y from 'yjs'
import { allPeople, allRooms, type CheckedRoom, danglingRows, type LogRow, projectionFaults, rowsOf } from '../db/check.ts'
import type { Database } from '../db/database.ts'
import { restoredAt } from '../db/meta.ts'
import type { Projection } from '../db/projections.ts'
import { findRoom, type StoredRoom } from '../db/rooms.ts'
import { LiveDocument, serverId } from './document.ts'
import { kinds } from './kinds.ts'
import { firstGap, whyBroken } from './stored.ts'

/** What was found. `rows` are of rooms whose rows alone are wrong, and what they should be made of. */
export interface Findings {
  rooms: number
  updates: number
  /** Rooms whose rows a server will bring up to date when it starts: no fault. */
  behind: number
  faults: string[]
  rows: Projection[]
}

/** Checks every room of a database that nobody writes to meanwhile. `scratch` is an empty one. */
export async function checkRooms(db: Database, scratch: Database): Promise<Findings> {
  const found: Findings = { rooms: 0, updates: 0, behind: 0, faults: await danglingRows(db), rows: [] }
  const known = { people: await allPeople(db), restored: await restoredAt(db) }
  for (const room of await allRooms(db)) {
    const stored = await findRoom(db, room.name)
    if (stored === null) continue
    const log = await rowsOf(db, room.id)
    found.rooms += 1
    found.updates += log.length
    const faults = [...documentFaults(stored, log), ...ownerFaults(stored, log, known)]
    const rows = faults.length === 0 ? await rowFaults(db, scratch, room, stored) : { faults: [], projection: null }
    if (rows === 'behind') found.behind += 1
    else if (rows.projection !== null) found.rows.push(rows.projection)
    found.faults.push(...[...faults, ...(rows === 'behind' ? [] : rows.faults)].map(fault => `${room.name}: ${fault}`))
  }
  return found
}

/** Bytes that have changed, gaps, and a snapshot that is not what the log makes. */
function documentFaults(stored: StoredRoom, log: readonly LogRow[]): string[] {
  const { snapshot, droppedSeq } = stored
  const broken = log.flatMap(row => {
    const why = whyBroken(row)
    return why === null ? [] : [`update ${row.seq}: ${why}`]
  })
  const torn = snapshot === null ? null : whyBroken(snapshot)
  const faults = torn === null ? broken : [...broken, `snapshot at ${snapshot?.seq}: ${torn}`]
  if (faults.length > 0) return faults
  const gap = firstGap(snapshot, stored.updates)
  if (gap !== null) return [`update ${gap} builds on something that is not there`]
  if (snapshot === null || droppedSeq > 0) return []
  const covered = log.filter(row => row.seq <= snapshot.seq)
  const early = firstGap(null, covered)
  if (early !== null) return [`update ${early} builds on something that is not in the log`]
  return isSame(documentOf([snapshot]), documentOf(covered)) ? [] : [`the snapshot at ${snapshot.seq} is not what the log makes`]
}

function documentOf(parts: readonly { data: Uint8Array }[]): Y.Doc {
  const doc = new Y.Doc()
  for (const { data } of parts) Y.applyUpdate(doc, data)
  return doc
}

const isSame = (a: Y.Doc, b: Y.Doc): boolean => Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) && contentOf(a) === contentOf(b)

const contentOf = (doc: Y.Doc): string =>
  JSON.stringify([...doc.share.keys()].sort().map(root => [root, [...doc.getMap(root).entries()].sort(([a], [b]) => (a < b ? -1 : 1))]))

/** Everything was written by somebody there is, under client ids of their own. */
function ownerFaults({ owners }: StoredRoom, log: readonly LogRow[], { people, restored }: { people: Set<string>; restored: number | null }): string[] {
  const faults = new Set<string>()
  for (const row of log) {
    if (whyBroken(row) !== null) continue
    if (row.actor !== serverId && !people.has(row.actor)) faults.add(`update ${row.seq} is by ${row.actor}, whom nobody knows`)
    for (const { id } of Y.decodeUpdate(row.data).structs) {
      const owner = owners.get(id.client)
      if (owner === undefined) faults.add(`update ${row.seq} is under the client id ${id.client}, which belongs to nobody`)
      // After a restore members bring back what others wrote, too.
      else if (owner !== row.actor && (restored === null || row.at < restored))
        faults.add(`update ${row.seq} by ${row.actor} is under the client id ${id.client} of ${owner}`)
    }
  }
  return [...faults]
}

async function rowFaults(
  db: Database,
  scratch: Database,
  room: CheckedRoom,
  stored: StoredRoom,
): Promise<'behind' | { faults: string[]; projection: Projection | null }> {
  const name = parseRoomName(room.name)
  if (name === null) return { faults: ['its name is none'], projection: null }
  // What a step is to bring up has other rows by then.
  if (stored.projectedSeq < stored.head || stored.version < kinds[name.kind].kind.version) return 'behind'
  const document = new LiveDocument({ kind: kinds[name.kind], stored, inUseBy: () => undefined })
  const projection = { room: room.id, name, seq: stored.head, whole: true, records: document.records() }
  document.destroy()
  const faults = await projectionFaults(db, scratch, projection)
  return { faults, projection: faults.length === 0 ? null : projection }
}
