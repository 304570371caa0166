import { upgradeWebSocket } from '@hono/node-server'
import { type CloseCode, closeCodes } from '@paperboard/shared/closeCodes'
import { Hono } from 'hono'
import { WebSocket } from 'ws'
import type { Database } from '../db/database.ts'
import type { Env } from '../env.ts'
import type { Session } from '../sessions.ts'
import { accessTo } from './access.ts'
import { Connection } from './connection.ts'
import { readMessage } from './messages.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

interface SyncOptions {
  db: Database
  rooms: Rooms
  now: () => number
  env: Pick<Env, 'updatesPerSecond'>
}
type SyncEnv = { Variables: { session: Session | null } }

/**
 * GET /sync/<room>?ack=1, upgraded to a WebSocket that speaks y-websocket's protocol (docs/protocol.md). Who may not
 * is told by a close code after the upgrade: a browser shows no other answer to its script.
 */
export const syncRoute = ({ db, rooms, now, env }: SyncOptions) =>
  new Hono<SyncEnv>().get(
    '/:room{.+}',
    upgradeWebSocket(async c => {
      const session: Session | null = c.get('session')
      const epoch = rooms.epoch
      if (session === null) return turnAway(closeCodes.signedOut)
      const access = await accessTo(db, { room: c.req.param('room') ?? '', person: session.person.id, now: now() })
      if (typeof access === 'number') return turnAway(access)
      const room = await rooms.open(access.room)
      const join = (socket: WebSocket) => {
        const { updatesPerSecond } = env
        const wantsAcks = c.req.query('ack') === '1'
        const connection = new Connection({ socket, actor: access.actor, session: session.id, group: access.group, wantsAcks, updatesPerSecond, now })
        // Something was taken from somebody while we decided; ask again.
        if (rooms.epoch !== epoch) connection.close(closeCodes.accessChanged)
        else if (room.gone) connection.close(closeCodes.unavailable)
        else room.join(connection)
        return connection
      }
      return serve(room, join)
    }),
  )

const turnAway = (code: CloseCode) => ({ onOpen: (_: Event, { raw }: { raw?: { close(code: number): void } }) => raw?.close(code) })

const serve = (room: Room, join: (socket: WebSocket) => Connection) => {
  let connection: Connection | null = null
  return {
    onOpen: (_: Event, { raw }: { raw?: unknown }) => {
      if (raw instanceof WebSocket) connection = join(raw)
    },
    onMessage: ({ data }: MessageEvent) => {
      if (connection?.open) take(room, connection, data)
    },
    onClose: () => {
      if (connection !== null) room.leave(connection)
    },
  }
}

/** One message of a client. After the first that is refused, the rest of what it sent is not looked at. */
const take = (room: Room, connection: Connection, data: unknown) => {
  const message = data instanceof ArrayBuffer ? readMessage(new Uint8Array(data)) : null
  if (message === null) {
    connection.close(closeCodes.malformed, 'not a message of the protocol')
    return
  }
  const presence = message.type === 'awareness' || message.type === 'queryAwareness'
  if (!connection.spend(presence ? 'awareness' : 'document')) return
  if (message.type === 'step1') room.answer(connection, message.stateVector)
  else if (message.type === 'awareness') room.greet(connection, message.states)
  else if (message.type === 'queryAwareness') room.tellPresence(connection)
  else room.receive(connection, message.update, message.type === 'step2')
}
