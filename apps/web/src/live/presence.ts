import { type NoteCursor, Presence, present } from '@paperboard/shared/awareness'
import type { WebsocketProvider } from 'y-websocket'

type Awareness = WebsocketProvider['awareness']
export type Here = ReturnType<typeof present>

/** Who is in a room and what they look at, over all of its connections; and what we say of ourselves. */
export class RoomPresence {
  #awareness: Awareness | null = null
  #own: Presence | null = null
  #cursor: NoteCursor | null = null
  /** What this connection was told last. */
  #told: string | null = null
  #here: { text: string; map: Here } = { text: '[]', map: new Map() }
  #stale = false
  #listeners = new Set<() => void>()

  /** Takes part through a new connection; null for none. */
  attach(awareness: Awareness | null) {
    this.#awareness = awareness
    this.#told = null
    this.#tell()
    awareness?.on('change', () => awareness === this.#awareness && this.#changed())
    this.#changed()
  }

  say(own: Presence | null) {
    this.#own = own
    this.#tell()
  }

  /** Says where one writes; null for nowhere. Told only while one is here at all. */
  point(cursor: NoteCursor | null) {
    this.#cursor = cursor
    this.#tell()
  }

  /** Told again, the same would go to everybody again: while others write, cursors stay in their places. */
  #tell() {
    const state = this.#own === null || this.#cursor === null ? this.#own : { ...this.#own, cursor: this.#cursor }
    const text = JSON.stringify(state)
    if (this.#awareness === null || text === this.#told) return
    this.#told = text
    this.#awareness.setLocalState(state)
  }

  /** Where others write in a note, by their connections. */
  cursors(note: string): Map<number, { member: string; cursor: NoteCursor }> {
    const cursors = new Map<number, { member: string; cursor: NoteCursor }>()
    for (const [client, state] of this.#awareness?.getStates() ?? []) {
      if (client === this.#awareness?.clientID) continue
      const { data } = Presence.safeParse(state)
      if (data?.cursor?.note === note) cursors.set(client, { member: data.member, cursor: data.cursor })
    }
    return cursors
  }

  /** The same object while nobody comes, goes or looks elsewhere. */
  readonly here = (): Here => {
    if (!this.#stale) return this.#here.map
    this.#stale = false
    const map = present(this.#awareness?.getStates().values() ?? [])
    const text = JSON.stringify([...map])
    if (text !== this.#here.text) this.#here = { text, map }
    return this.#here.map
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #changed() {
    this.#stale = true
    for (const listener of this.#listeners) listener()
  }
}
