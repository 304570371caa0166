/** How the live rooms are, for whoever watches the server. */
import type { Projector } from './projector.ts'
import type { Room } from './room.ts'

/** How the live rooms are at one moment. */
export interface RoomsStatus {
  rooms: number
  connections: number
  /** Changes and questions that wait for their turn in a room. */
  turnsWaiting: number
  /** Bytes that clients have not read yet. */
  unreadBytes: number
  /** Readers that get nothing until they have read what was sent. */
  readersBehind: number
  /** Rooms whose rows are not up to date. */
  projectionsBehind: number
  /** Rooms that can only be read, since what is stored of them is damaged. */
  damagedRooms: number
  /** The last commit has failed. */
  storeFailing: boolean
  /** Whether other servers are heard; null where there is one. */
  fanoutConnected: boolean | null
}

/** Counts what rooms and their connections say of themselves. */
export function statusOf(
  loaded: readonly { room: Room; projector: Projector }[],
  { storeFailing, fanoutConnected }: Pick<RoomsStatus, 'storeFailing' | 'fanoutConnected'>,
): RoomsStatus {
  const connections = loaded.flatMap(({ room }) => [...room.connections])
  return {
    rooms: loaded.length,
    connections: connections.length,
    turnsWaiting: loaded.reduce((sum, { room }) => sum + room.turnsWaiting, 0),
    unreadBytes: connections.reduce((sum, connection) => sum + connection.unread, 0),
    readersBehind: connections.filter(connection => connection.behind !== null).length,
    projectionsBehind: loaded.filter(({ projector }) => projector.behind).length,
    damagedRooms: loaded.filter(({ room }) => room.damaged).length,
    storeFailing,
    fanoutConnected,
  }
}
