import { newId } from '@paperboard/shared/ids'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { type Fanout, type Listener, packed, RoomMessage, ServerMessage, unpacked } from './fanout.ts'

/** A server says something this often (ms), if only to hear itself: a cut connection may look like a quiet one. */
const beatEvery = 1_000
/** Having heard nothing for this long (ms), it takes itself to be cut off. */
const deaf = 3_000
/** How long entering a room waits for Redis, ms. */
const patience = 500

const serversChannel = 'paperboard:servers'
const roomChannel = (room: string) => `paperboard:room:${room}`

/**
 * Joins servers by the publish and subscribe of Redis or Valkey, which deliver at most once. `url` is as
 * `redis://:password@host:6379` or `rediss://…`. Works, and says so in the log, whether Redis is there or not.
 */
export const createRedisFanout = ({ url, log }: { url: string; log: Logger }): Fanout => new RedisFanout(url, log)

class RedisFanout implements Fanout {
  private readonly id = newId()
  private readonly log: Logger
  private readonly publisher: Redis
  private readonly subscriber: Redis
  private readonly beat: NodeJS.Timeout
  private listener: Listener | null = null
  private heardAt = Number.NEGATIVE_INFINITY
  private wasConnected = false
  private failing = false

  constructor(url: string, log: Logger) {
    this.log = log
    const open = (enableOfflineQueue: boolean) =>
      new Redis(url, { enableOfflineQueue, maxRetriesPerRequest: null, connectTimeout: 5_000, retryStrategy: attempt => Math.min(50 * 2 ** attempt, 1_000) })
    // What cannot be said now would be old news later. What we want to hear, we want to hear then, too.
    this.publisher = open(false)
    this.subscriber = open(true)
    for (const client of [this.publisher, this.subscriber]) client.on('error', error => this.noteError(error))
    this.subscriber.on('messageBuffer', (channel, bytes) => this.hear(channel.toString(), bytes))
    void this.subscriber.subscribe(serversChannel).catch(error => this.noteError(error))
    this.beat = setInterval(() => this.feelPulse(), beatEvery)
    this.beat.unref()
  }

  /** By a clock that no one sets. */
  get connected(): boolean {
    return performance.now() - this.heardAt < deaf
  }

  listen(listener: Listener) {
    this.listener = listener
  }

  tellRoom(room: string, message: RoomMessage) {
    this.publish(roomChannel(room), message)
  }

  tellServers(message: ServerMessage) {
    this.publish(serversChannel, message)
  }

  private publish(channel: string, message: RoomMessage | ServerMessage) {
    this.publisher.publish(channel, packed(this.id, message)).catch(error => this.noteError(error))
  }

  async enter(room: string) {
    const entered = this.subscriber.subscribe(roomChannel(room)).catch(error => this.noteError(error))
    if (!this.connected) return
    const late = Promise.withResolvers<void>()
    const timer = setTimeout(late.resolve, patience)
    await Promise.race([entered, late.promise])
    clearTimeout(timer)
  }

  leave(room: string) {
    void this.subscriber.unsubscribe(roomChannel(room)).catch(error => this.noteError(error))
  }

  private hear(channel: string, bytes: Buffer) {
    if (channel === serversChannel) {
      const heard = unpacked(bytes, ServerMessage)
      this.noteHeard()
      if (heard !== null && heard.server !== this.id && heard.message.kind !== 'beat') this.listener?.server(heard.message)
      return
    }
    const heard = unpacked(bytes, RoomMessage)
    if (heard !== null && heard.server !== this.id) this.listener?.room(channel.slice(roomChannel('').length), heard.message, heard.server)
  }

  private noteHeard() {
    this.heardAt = performance.now()
    if (this.wasConnected) return
    this.wasConnected = true
    this.failing = false
    this.log.info('Redis is there: other servers are heard')
    this.listener?.restored()
  }

  private feelPulse() {
    if (this.wasConnected && !this.connected) {
      this.wasConnected = false
      this.log.warn('Redis is not there: changes on other servers are looked for in the database')
    }
    this.tellServers({ kind: 'beat' })
  }

  /** Once for each time that it goes away: it is tried again all the time. */
  private noteError(error: unknown) {
    if (this.failing) return
    this.failing = true
    this.log.warn({ err: error instanceof Error ? error.message : String(error) }, 'Redis does not answer')
  }

  async close() {
    clearInterval(this.beat)
    this.listener = null
    for (const client of [this.publisher, this.subscriber]) client.disconnect()
  }
}
