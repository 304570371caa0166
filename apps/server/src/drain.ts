/** How the server ends when it is told to: nobody loses anything, and those who were connected do not all come back in one moment. */
import type { Server } from 'node:http'
import type { Logger } from 'pino'
import type { WebSocketServer } from 'ws'
import type { Readiness } from './readiness.ts'
import type { Rooms } from './sync/rooms.ts'

/**
 * Times in ms. y-websocket's client comes back 100 ms after a close, without chance in it: as sockets are closed, so they
 * return. One a millisecond is what a server opens with ease. Together they are less than the 10 s that Docker waits.
 */
const times = { eachSocket: 1, allSockets: 2_000, requests: 2_000, rooms: 4_000, goodbye: 500 }

/** The process ends within this time (ms) after the delay of DRAIN_SECONDS, come what may. */
export const longestDrain = 9_500

interface Options {
  server: Server
  sockets: WebSocketServer
  rooms: Rooms
  readiness: Readiness
  log: Logger
  /** Requests that are being answered. */
  underWay: () => number
  /** How long people are still taken in while /readyz says that they should not be sent, s. */
  delay: number
}

/** Resolves when all is stored and everybody has gone. The database is still open then. */
export async function drain({ server, sockets, rooms, readiness, log, underWay, delay }: Options): Promise<void> {
  readiness.drain()
  log.info({ sockets: sockets.clients.size, delay }, 'the server is stopping')
  if (delay > 0) await new Promise(resolve => setTimeout(resolve, delay * 1000))
  server.close()
  // Until they are sent away, members go on, and what they write is stored.
  const spread = Math.min(times.allSockets, sockets.clients.size * times.eachSocket)
  await Promise.all([rooms.sendAway(spread), waitFor(times.requests, () => underWay() === 0)])
  await rooms.close(times.rooms)
  await waitFor(times.goodbye, () => sockets.clients.size === 0)
  for (const socket of sockets.clients) socket.terminate()
  server.closeAllConnections()
  log.info('the server has stopped')
}

async function waitFor(ms: number, condition: () => boolean): Promise<void> {
  const until = performance.now() + ms
  while (!condition() && performance.now() < until) await new Promise(resolve => setTimeout(resolve, 20))
}
