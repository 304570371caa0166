import type { Logger } from 'pino'
import { type Database, withoutParameters } from '../db/database.ts'
import { headsOf } from '../db/rooms.ts'
import type { Fanout, RoomMessage, ServerMessage } from './fanout.ts'
import type { UpdateLog } from './log.ts'
import type { Room } from './room.ts'

/**
 * How often the log is looked at for what other servers have stored (ms): where nothing else tells of it, and where
 * something does, since it may be another server that is cut off and cannot tell.
 */
const look = { alone: 1_000, told: 5_000 }

interface Options {
  db: Database
  /** Null where servers hear of each other by the database alone. */
  fanout: Fanout | null
  log: Logger
  now: () => number
  updates: UpdateLog
  loaded: () => Iterable<Room>
  roomOf: (name: string) => Room | undefined
  onServerMessage: (message: ServerMessage) => void
}

/**
 * Keeps the rooms of this server in step with those of others on the same database. Returns how to stop, which resolves
 * when nothing more is asked of the database.
 */
export function followServers(options: Options): () => Promise<void> {
  const { fanout, log, now, updates, loaded, roomOf, onServerMessage } = options
  let lookedAt = performance.now()
  let looking: Promise<void> = Promise.resolve()
  const lookNow = () => {
    lookedAt = performance.now()
    looking = looking.then(() => lookForMore(options)).catch(error => log.warn({ err: withoutParameters(error) }, 'the log could not be looked at'))
  }
  fanout?.listen({
    room: (name, message, server) => {
      const room = roomOf(name)
      if (room !== undefined) hear(room, message, { server, updates, now })
    },
    server: onServerMessage,
    restored: () => {
      lookNow()
      for (const room of loaded()) {
        room.presence.answerServers()
        fanout.tellRoom(room.row.name, { kind: 'whoIsHere' })
      }
    },
  })
  const timer = setInterval(() => {
    if (performance.now() - lookedAt >= (fanout?.connected ? look.told : look.alone)) lookNow()
  }, look.alone)
  timer.unref()
  return () => {
    clearInterval(timer)
    return looking
  }
}

function hear(room: Room, message: RoomMessage, { server, updates, now }: { server: string; updates: UpdateLog; now: () => number }) {
  if (message.kind === 'whoIsHere') room.presence.answerServers()
  else if (message.kind === 'present') room.presence.hear(message.states, server, now())
  else if (!room.hear(message.before, message.updates)) updates.reconcile(room, message.updates.at(-1)?.seq ?? 0)
}

async function lookForMore({ db, loaded, updates }: Pick<Options, 'db' | 'loaded' | 'updates'>) {
  const rooms = [...loaded()]
  if (rooms.length === 0) return
  const heads = await headsOf(
    db,
    rooms.map(room => room.row.name),
  )
  for (const room of rooms) updates.reconcile(room, heads.get(room.row.name) ?? 0)
}
