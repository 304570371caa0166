/** Makes a room of what is stored of it, in the shape of today. */
import { parseRoomName, type RoomName } from '@paperboard/shared/room'
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { findGroup } from '../db/groups.ts'
import { restoredAt } from '../db/meta.ts'
import { lastStoredBefore, raiseVersion, type StoredRoom } from '../db/rooms.ts'
import type { Fanout } from './fanout.ts'
import { kinds } from './kinds.ts'
import type { UpdateLog } from './log.ts'
import type { Meters } from './meters.ts'
import { Projector } from './projector.ts'
import { Room, type RoomOptions } from './room.ts'
import { loadStored } from './stored.ts'

/** For so long (ms) after a restore members who were away bring back what the server has lost. */
const recovery = 90 * 86_400_000

interface Options {
  db: Database
  log: Logger
  now: () => number
  fanout: Fanout | null
  updates: UpdateLog
  meters: Meters
  /** The rows of a room are up to date with these root maps. */
  onWritten: (room: RoomName, roots: ReadonlySet<string>) => void
  /** The store did not take a change of this room: it must not be used again. */
  onFailure: (name: string) => void
}

/** A room, what keeps its rows up to date, and the version that it was stored under: see `bringUpToDate`. */
export interface Built {
  room: Room
  projector: Projector
  version: number
}

/** How to make rooms. Rejects for a name that no room has. */
export function createLoading({ db, log, now, fanout, updates, meters, onWritten, onFailure }: Options): (name: string) => Promise<Built> {
  const restoredFor = createRestoredFor(db, now)
  return async name => {
    const parsed = parseRoomName(name)
    const group = parsed === null ? null : await findGroup(db, parsed.group)
    if (parsed === null || group === null) throw new Error(`There is no room ${name}`)
    // Before it is read: what is stored from then on is heard of.
    await fanout?.enter(name)
    const { stored, damaged } = await loadStored(db, name, log)
    const room = new Room({
      row: { id: stored?.id ?? null, name, group: parsed.group, version: kinds[parsed.kind].kind.version },
      name: parsed,
      settings: group.settings,
      stored,
      damaged,
      restored: await restoredFor(stored),
      log,
      updates,
      meters,
      now,
      onPresence: states => fanout?.tellRoom(name, { kind: 'present', states }),
      onStored: changes => projector.note(changes),
      onFailure: () => onFailure(name),
    })
    const behind = !damaged && stored !== null && stored.projectedSeq < room.seq
    const projector = new Projector({ room, db, log, behind, onWritten: roots => onWritten(parsed, roots), now })
    return { room, projector, version: stored?.version ?? room.row.version }
  }
}

/** What tells of a room whether the server has gone back to an older backup since, lately: null when it has not. */
function createRestoredFor(db: Database, now: () => number): (stored: StoredRoom | null) => Promise<RoomOptions['restored']> {
  /** When a backup was restored last. A server is not running then. */
  let restored: Promise<number | null> | null = null
  return async stored => {
    restored ??= restoredAt(db).catch(error => {
      restored = null
      throw error
    })
    const at = await restored
    if (at === null || now() - at > recovery) return null
    if (stored === null) return { lastStored: 0 }
    // Of a log that was dropped nobody knows: what is closed was closed before.
    return { lastStored: (await lastStoredBefore(db, stored.id, at)) ?? Number.POSITIVE_INFINITY }
  }
}

/** Takes the steps from the version that a room was stored under to that of today. */
export async function bringUpToDate({ room, version: from }: Built, { db, log }: { db: Database; log: Logger }): Promise<void> {
  const { steps, version } = kinds[room.name.kind].kind
  // What is lost of a damaged room may be what a step would have changed; it is taken when the room is whole again.
  if (from >= version || room.damaged) return
  await room.edit(doc => {
    for (let next = from + 1; next <= version; next++) steps[next]?.(doc)
  })
  if (room.row.id !== null) await raiseVersion(db, room.row.id, version)
  log.info({ room: room.row.name, from, version }, 'a room was brought to its present shape')
}
