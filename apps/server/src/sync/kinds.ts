import { board, closedOf, everOnBoard } from '@paperboard/shared/board'
import { everInGroup, group } from '@paperboard/shared/group'
import { everInMeeting, meetingKind } from '@paperboard/shared/meeting'
import { hasEnded, meetingOf } from '@paperboard/shared/meetingFloor'
import { floorWriter } from '@paperboard/shared/onFloor'
import type { RoomKind, RoomName } from '@paperboard/shared/room'
import type * as Y from 'yjs'
import { z } from 'zod'
import type { Place } from './structs.ts'

/** What the server has to know of a kind of room besides its records. */
export interface ServedKind {
  kind: RoomKind
  closed: (doc: Y.Doc) => boolean
  /** When it was closed, ms since 1970 by the clock of whoever did; null while it is open. */
  closedAt: (doc: Y.Doc) => number | null
  /** A change to this root map may close the room or open it again. */
  closedBy: string | null
  /** Whether a paper, or a reading or session, is there or ever was. */
  knows: (doc: Y.Doc, key: string) => boolean
  /** Whether what an older backup lacks counts as known: papers do, which the server itself has put there; readings come back with whoever handed them out. */
  presumes: boolean
  /** The one member who can have written a struct of a record, by its key or by what it says; null where it could be several. `isFirst`: it built on no other. */
  writerOf: (place: Place, record: unknown, isFirst: boolean) => string | null
}

/** Papers are written by the server in a member's stead, and named by no one else. */
const writersOnBoard: ServedKind['writerOf'] = ({ root, key }, record) =>
  root === 'papers' ? 'server' : root === 'resolved' || root === 'status' ? (Signed.safeParse(record).data?.by ?? null) : ownerIn(key)

/** What an organizer changes that others have made. */
const changedByOthers = new Set(['readings', 'sessions', 'templates', 'schedules'])
/** What says itself who wrote it. */
const signed = new Set(['tags', 'skips', 'shares', 'exceptions', 'holidays'])

/** Organizers change the readings that others hand out, and what others plan; a tag says itself who gave it, a presenter who put them down. */
const writersInGroup: ServedKind['writerOf'] = ({ root, key }, record, isFirst) => {
  if (signed.has(root)) return Signed.safeParse(record).data?.by ?? null
  if (root === 'sessionPapers' || root === 'sessionGuests') return null
  if (root === 'presenters') return isFirst ? (Signed.safeParse(record).data?.by ?? null) : null
  return !changedByOthers.has(root) || isFirst ? ownerIn(key) : null
}

/** What the server alone writes, what a facilitator does (several may have led), notes, which are everybody's, and all else, which is its owner's. */
const writersInMeeting: ServedKind['writerOf'] = (place, record, isFirst) => {
  const by = Signed.safeParse(record).data?.by ?? null
  const writer = floorWriter(place, by, isFirst)
  return writer === undefined ? writersLeading(place, by) : writer
}

const byServer = new Set(['meeting', 'attendance', 'door', 'plan', 'counted', 'standing'])
const writersLeading = ({ root, key }: Place, by: string | null): string | null =>
  root === 'agenda' ? (by ?? 'server') : byServer.has(root) ? 'server' : root === 'floor' || root === 'clock' || root === 'notes' ? null : ownerIn(key)

const Signed = z.object({ by: z.string() })
const ownerIn = (key: string) => key.split(':').at(-1) ?? null

/** A new kind of room is a file in `packages/shared` and a line here. */
export const kinds: Record<RoomName['kind'], ServedKind> = {
  board: {
    kind: board,
    closed: doc => closedOf(doc) !== null,
    closedAt: doc => closedOf(doc)?.at ?? null,
    closedBy: 'status',
    knows: everOnBoard,
    presumes: true,
    writerOf: writersOnBoard,
  },
  group: { kind: group, closed: () => false, closedAt: () => null, closedBy: null, knows: everInGroup, presumes: false, writerOf: writersInGroup },
  meeting: {
    kind: meetingKind,
    closed: hasEnded,
    closedAt: doc => meetingOf(doc).endedAt,
    closedBy: 'meeting',
    knows: everInMeeting,
    presumes: true,
    writerOf: writersInMeeting,
  },
}
