import { type CloseCode, closeCodes } from '@paperboard/shared/closeCodes'
import type { WebSocket } from 'ws'
import type { Database } from '../db/database.ts'
import type { Env } from '../env.ts'
import type { Session } from '../sessions.ts'
import { accessTo } from './access.ts'
import { Connection } from './connection.ts'
import { readMessage } from './messages.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import type { Opened } from './upgrade.ts'

interface SyncOptions {
  db: Database
  rooms: Rooms
  now: () => number
  env: Pick<Env, 'updatesPerSecond'>
}

/** Who asks for a room, and how they want it told. */
interface Asked {
  room: string
  session: Session
  /** Names the request in the log. */
  request: string
  /** `Rooms.epoch` from before the session was looked for. */
  epoch: number
  wantsAcks: boolean
  unpacks: boolean
}

/**
 * What becomes of a socket that speaks y-websocket's protocol (docs/protocol.md). Who may not is told by a close code after the
 * upgrade: a browser shows no other answer to its script.
 */
export async function openSocket(asked: Asked, { db, rooms, now, env: { updatesPerSecond } }: SyncOptions): Promise<Opened> {
  const { session, request, epoch, wantsAcks, unpacks } = asked
  const access = await accessTo(db, { room: asked.room, person: session.person.id, now: now() })
  if (typeof access === 'number') return turnAway(rooms, access)
  const room = await rooms.open(access.room)
  return (socket, stream) => {
    const who = { actor: access.actor, session: session.id, group: access.group, request }
    const connection = new Connection({ socket, stream, ...who, wantsAcks, unpacks, updatesPerSecond, now, meters: rooms.meters })
    // Something was taken from somebody while we decided; ask again.
    if (rooms.epoch !== epoch) connection.close(closeCodes.accessChanged)
    else if (room.gone) connection.close(closeCodes.unavailable)
    else serve(socket, room, connection)
  }
}

/** The socket is opened to be closed. */
export function turnAway(rooms: Rooms, code: CloseCode): Opened {
  rooms.meters.closed(code)
  return socket => socket.close(code)
}

const serve = (socket: WebSocket, room: Room, connection: Connection) => {
  room.join(connection)
  socket.on('message', (data, isBinary) => {
    if (connection.open) take(room, connection, isBinary && data instanceof Uint8Array ? data : null)
  })
  socket.on('close', () => room.leave(connection))
  // What ws cannot read; it closes the socket with a code of its own.
  socket.on('error', () => {})
}

/** One message of a client. After the first that is refused, the rest of what it sent is not looked at. */
const take = (room: Room, connection: Connection, data: Uint8Array | null) => {
  const message = data === null ? null : readMessage(data)
  if (message === null) {
    connection.close(closeCodes.malformed, 'not a message of the protocol')
    return
  }
  const presence = message.type === 'awareness' || message.type === 'queryAwareness'
  if (!connection.spend(presence ? 'awareness' : 'document')) return
  if (!presence && !room.spend(connection)) return
  if (message.type === 'step1') room.answer(connection, message.stateVector)
  else if (message.type === 'awareness') room.greet(connection, message.states)
  else if (message.type === 'queryAwareness') room.tellPresence(connection)
  else room.receive(connection, message.update, message.type === 'step2')
}
