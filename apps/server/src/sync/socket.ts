import { type CloseCode, closeCodes } from '@paperboard/shared/closeCodes'
import { Hono } from 'hono'
import type { WebSocket } from 'ws'
import type { Database } from '../db/database.ts'
import type { Env } from '../env.ts'
import type { Session } from '../sessions.ts'
import { accessTo } from './access.ts'
import { Connection } from './connection.ts'
import { readMessage } from './messages.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import type { UpgradeBindings } from './upgrade.ts'

interface SyncOptions {
  db: Database
  rooms: Rooms
  now: () => number
  env: Pick<Env, 'updatesPerSecond'>
}
type SyncEnv = { Bindings: UpgradeBindings; Variables: { session: Session | null; requestId: string } }

/**
 * GET /sync/<room>?ack=1, upgraded to a WebSocket that speaks y-websocket's protocol (docs/protocol.md). Who may not
 * is told by a close code after the upgrade: a browser shows no other answer to its script.
 */
export const syncRoute = ({ db, rooms, now, env: { updatesPerSecond } }: SyncOptions) =>
  new Hono<SyncEnv>().get('/:room{.+}', async (c, next) => {
    const { upgrade } = c.env
    if (upgrade === undefined) return next()
    const session: Session | null = c.get('session')
    const { epoch } = rooms
    const turnAway = (code: CloseCode) => {
      rooms.meters.closed(code)
      upgrade(socket => socket.close(code))
      return c.body(null)
    }
    if (session === null) return turnAway(closeCodes.signedOut)
    const access = await accessTo(db, { room: c.req.param('room'), person: session.person.id, now: now() })
    if (typeof access === 'number') return turnAway(access)
    const room = await rooms.open(access.room)
    const wantsAcks = c.req.query('ack') === '1'
    upgrade((socket, stream) => {
      const who = { actor: access.actor, session: session.id, group: access.group, request: c.get('requestId') }
      const connection = new Connection({ socket, stream, ...who, wantsAcks, updatesPerSecond, now, meters: rooms.meters })
      // Something was taken from somebody while we decided; ask again.
      if (rooms.epoch !== epoch) connection.close(closeCodes.accessChanged)
      else if (room.gone) connection.close(closeCodes.unavailable)
      else serve(socket, room, connection)
    })
    return c.body(null)
  })

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
