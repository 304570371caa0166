import { board, closedOf, everOnBoard } from '@paperboard/shared/board'
import { group } from '@paperboard/shared/group'
import type { RoomKind, RoomName } from '@paperboard/shared/room'
import type * as Y from 'yjs'

/** What the server has to know of a kind of room besides its records. */
export interface ServedKind {
  kind: RoomKind
  closed: (doc: Y.Doc) => boolean
  /** A change to this root map may close the room or open it again. */
  closedBy: string | null
  knows: (doc: Y.Doc, paper: string) => boolean
}

/** A new kind of room is a file in `packages/shared` and a line here. */
export const kinds: Record<RoomName['kind'], ServedKind> = {
  board: { kind: board, closed: doc => closedOf(doc) !== null, closedBy: 'status', knows: everOnBoard },
  group: { kind: group, closed: () => false, closedBy: null, knows: () => false },
}
