/** Looks after the rooms that are in use: cuts off connections that are dead, compacts logs, and lets rooms go that nobody uses. */
import type { Logger } from 'pino'
import type { Connection } from './connection.ts'
import type { Room } from './room.ts'

/** When rooms are let go and compacted. Times in ms. */
export interface Upkeep {
  /** A room that nobody uses for this long is unloaded. */
  idle: number
  /** How often rooms are looked after. */
  every: number
  /** Updates after which a room gets a new snapshot, if that is worth it: see `Tail`. */
  snapshotAfter: number
  /** Compacted updates stay as history for this long. */
  history: number
  /** How often those in meetings are asked for a sign of life: others wait for whoever leads. */
  pulse: number
  /** How often the access of open sockets is looked at again. */
  recheck: number
}
export const usualUpkeep: Upkeep = { idle: 30_000, every: 10_000, snapshotAfter: 200, history: 365 * 86_400_000, pulse: 5_000, recheck: 30_000 }

/** Somebody on another server of whom nothing was heard for this long (ms) is gone. Clients speak every 15 s. */
const silent = 45_000

/** y-websocket's client takes 30 s without a message for a dead connection. */
const quiet = 20_000

/** A room, and when it was used last. */
interface InUse {
  readonly room: Room
  usedAt: number
}

interface Options<T extends InUse> {
  log: Logger
  now: () => number
  upkeep: Upkeep
  /** The rooms there are at that moment. */
  loaded: () => Iterable<T>
  unload: (loaded: T) => Promise<void>
  compact: (room: Room) => Promise<void>
}

/** Begins; returns how to stop. */
export function startUpkeep<T extends InUse>({ log, now, upkeep, loaded, unload, compact }: Options<T>): () => void {
  const about = (room: Room, { request, member }: Connection) => ({ id: request, room: room.row.name, member })
  const lookAfter = async () => {
    for (const one of loaded()) {
      const { room } = one
      for (const connection of room.connections)
        if (connection.keepAlive(quiet) === 'cut off') log.warn(about(room, connection), 'a reader that did not read was cut off')
      room.presence.forgetSilent(now() - silent)
      if (!room.idle) one.usedAt = now()
      if (now() - one.usedAt >= upkeep.idle) await unload(one)
      else if (room.tail.isDue(upkeep.snapshotAfter)) await compact(room)
    }
  }
  const feelPulses = () => {
    for (const { room } of loaded()) {
      if (room.name.kind !== 'meeting') continue
      for (const connection of room.connections)
        if (connection.feelPulse() === 'cut off') log.debug(about(room, connection), 'a connection that gave no sign of life was cut off')
    }
  }
  const timers = [setInterval(() => void lookAfter(), upkeep.every).unref(), setInterval(feelPulses, upkeep.pulse).unref()]
  return () => timers.forEach(clearInterval)
}
