import { Presence as State } from '@paperboard/shared/awareness'
import { limits } from '@paperboard/shared/limits'
import type { Refusal } from '@paperboard/shared/refusals'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { awarenessMessage, type Frame } from './messages.ts'

/** A socket as presence sees it. */
export interface Present {
  readonly member: string
  send(message: Frame): void
}

/** Somebody on another server. */
interface Elsewhere {
  readonly member: string
  readonly server: string
  /** When that server last spoke of them, ms. */
  readonly heardAt: number
}

interface Entry {
  clock: number
  /** Id, clock and JSON as they travel. */
  bytes: Uint8Array
  /** It shows, and nobody sits before it. */
  isScreen: boolean
  /** Null once the client has gone; the entry stays until that has been told. */
  of: Present | Elsewhere | null
}

/** In the JSON of a state that was found to be one. */
const screenMark = '"screen":true'

/** No state is replaced this often. Counted on from the largest number there is, a clock could not be read by anybody. */
const lastClock = 2 ** 31

/** How long presence changes gather before they are told together, ms: people do not see less. */
const gather = 30
/** … and longer for each who is here (ms), since everybody is told of everybody. */
const gatherEach = 0.1

/**
 * Who is in a room. Speaks the awareness protocol of y-protocols, but a state is its sender's: it names the signed-in
 * member, and a client id belongs to one socket. y-websocket's client repeats what it hears of others; such echoes are
 * older than or equal to what is known, and pass by in silence. Anything newer about somebody else is a forgery.
 */
export class Presence {
  private readonly entries = new Map<number, Entry>()
  /** A socket has one client at a time. */
  private readonly clients = new Map<Present, number>()
  /** Those who are here, as one message. Who comes or changes later is told to all at the next time, so it holds until then. */
  private everybody: Frame | null = null
  private readonly changed = new Set<number>()
  /** Of those, what other servers do not know yet. */
  private readonly news = new Set<number>()
  private readonly listeners: () => Iterable<Present>
  private readonly tellServers: (states: Uint8Array) => void
  private timer: NodeJS.Timeout | null = null

  private readonly now: () => number
  private readonly opened: number
  /** When members went who are not here any more. */
  private readonly left = new Map<string, number>()

  /** `tellServers` gets the body of an awareness message about those who are here; `now` is ms since 1970. */
  constructor(listeners: () => Iterable<Present>, tellServers: (states: Uint8Array) => void, now: () => number) {
    this.listeners = listeners
    this.tellServers = tellServers
    this.now = now
    this.opened = now()
  }

  /** The member whose window uses a document client id. */
  memberOf(client: number): string | undefined {
    return this.entries.get(client)?.of?.member
  }

  /** Whether a member has a window open here, or on another server. Screens that only show do not count. */
  isHere(member: string): boolean {
    for (const { of, isScreen } of this.entries.values()) if (of?.member === member && !isScreen) return true
    return false
  }

  /** For how long (ms) a member has not been here: none while they are. Of those who have not come since the room was loaded it counts from then. */
  awayFor(member: string): number {
    return this.isHere(member) ? 0 : this.now() - (this.left.get(member) ?? this.opened)
  }

  /** All members who have a window open, as `isHere` says. */
  members(): Set<string> {
    return new Set([...this.entries.values()].flatMap(({ of, isScreen }) => (of === null || isScreen ? [] : of.member)))
  }

  /** Takes in an awareness message's body. `owner` tells to whom a client id belongs by what it wrote. Gives why it is refused, or null. */
  receive(body: Uint8Array, from: Present, owner: (client: number) => string | undefined): Refusal | null {
    const decoder = decoding.createDecoder(body)
    try {
      for (let left = decoding.readVarUint(decoder); left > 0; left--) {
        const client = decoding.readVarUint(decoder)
        const clock = decoding.readVarUint(decoder)
        const json = decoding.readVarString(decoder)
        const refusal = this.take({ client, clock, json }, from, owner)
        if (refusal !== null) return refusal
      }
    } catch {
      return 'malformed'
    }
    return decoding.hasContent(decoder) ? 'malformed' : null
  }

  private take(
    { client, clock, json }: { client: number; clock: number; json: string },
    from: Present,
    owner: (client: number) => string | undefined,
  ): Refusal | null {
    const known = this.entries.get(client)
    const stale = known !== undefined && (clock < known.clock || (clock === known.clock && json !== 'null'))
    const others = known?.of !== undefined && known.of !== null && known.of !== from
    if (json === 'null') {
      if (known?.of === from && !stale) this.set(client, clock, json, null)
      return null
    }
    if (stale) return null
    // The same window on a new socket, before the old one was seen to be dead.
    if (others && known.of?.member !== from.member) return 'not-yours'
    const writer = owner(client)
    if (clock > lastClock) return 'malformed'
    if (json.length > limits.awarenessBytes) return 'too-big'
    const state = State.safeParse(JSON.parse(json)).data
    if (state === undefined) return 'invalid-record'
    if (state.member !== from.member || (writer !== undefined && writer !== from.member)) return 'not-yours'
    if (known === undefined && this.clients.has(from)) return 'not-yours'
    this.set(client, clock, json, from)
    return null
  }

  private set(client: number, clock: number, json: string, of: Present | null) {
    if (of !== null) this.clients.set(of, client)
    this.put(client, { clock, json, of })
    this.news.add(client)
  }

  private put(client: number, { clock, json, of }: { clock: number; json: string; of: Entry['of'] }) {
    const bytes = encoding.encode(encoder => {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, json)
    })
    const known = this.entries.get(client)
    const before = known?.of
    if (before && !('server' in before) && before !== of) this.clients.delete(before)
    this.entries.set(client, { clock, bytes, of, isScreen: json.includes(screenMark) })
    // A screen that says again that it is there has nothing to do with when its member went.
    if (before && known?.isScreen === false && !this.isHere(before.member)) this.left.set(before.member, this.now())
    this.changed.add(client)
    this.timer ??= setTimeout(() => this.tell(), gather + this.entries.size * gatherEach)
  }

  /** Takes in what another server says about those who are there. It has checked that. */
  hear(states: Uint8Array, server: string, heardAt: number) {
    const decoder = decoding.createDecoder(states)
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const json = decoding.readVarString(decoder)
      const known = this.entries.get(client)
      const gone = json === 'null'
      // Only where somebody is can they go away from: a window that came here from there has not gone.
      if (gone ? serverOf(known) !== server : known !== undefined && clock <= known.clock) continue
      this.put(client, { clock, json, of: gone ? null : { member: State.parse(JSON.parse(json)).member, server, heardAt } })
    }
  }

  /** Those on other servers of whom nothing was heard since `before` (ms) are gone: their server may be. */
  forgetSilent(before: number) {
    for (const [client, { clock, of }] of this.entries)
      if (of !== null && 'heardAt' in of && of.heardAt < before) this.put(client, { clock: clock + 1, json: 'null', of: null })
  }

  /** Tells other servers who is here. */
  answerServers() {
    const here = [...this.entries].filter(([, { of }]) => of !== null && !('server' in of))
    if (here.length > 0) this.tellServers(bodyOf(here.map(([, { bytes }]) => bytes)))
  }

  /** One frame for everyone, the sender too: y-websocket's client takes 30 s of silence for a dead connection. */
  private tell() {
    this.timer = null
    const message = awarenessMessage(this.bytesOf(this.changed))
    if (this.news.size > 0) this.tellServers(bodyOf(this.bytesOf(this.news)))
    const gone = [...this.changed].filter(client => this.entries.get(client)?.of === null)
    this.changed.clear()
    this.news.clear()
    this.everybody = null
    for (const socket of this.listeners()) socket.send(message)
    for (const client of gone) this.entries.delete(client)
  }

  private bytesOf(clients: Iterable<number>): Uint8Array[] {
    return [...clients].flatMap(client => this.entries.get(client)?.bytes ?? [])
  }

  /** Everybody who is here, as one message. */
  all(): Frame {
    this.everybody ??= awarenessMessage(this.bytesOf(this.entries.keys()))
    return this.everybody
  }

  get empty(): boolean {
    return this.entries.size === 0
  }

  /** The socket has closed: whoever came in by it is gone. */
  leave(socket: Present) {
    const client = this.clients.get(socket)
    if (client !== undefined) this.set(client, (this.entries.get(client)?.clock ?? 0) + 1, 'null', null)
  }

  close() {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}

const serverOf = (entry: Entry | undefined): string | null => (entry?.of && 'server' in entry.of ? entry.of.server : null)

/** The body of an awareness message. */
const bodyOf = (states: readonly Uint8Array[]): Uint8Array =>
  encoding.encode(encoder => {
    encoding.writeVarUint(encoder, states.length)
    for (const state of states) encoding.writeUint8Array(encoder, state)
  })
