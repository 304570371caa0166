import { newId } from '@paperboard/shared/ids'
import { boardRoom } from '@paperboard/shared/room'
import 'fake-indexeddb/auto'
import { afterEach, expect } from 'vitest'
import { LiveRoom, type RoomState } from '../../apps/web/src/live/LiveRoom.ts'
import { StandInServer } from './standInServer.ts'

/** Ids of one group, its members and papers; new for each call, so that tests share nothing. */
export const cast = () => ({ name: boardRoom(newId(), '2026-11-24'), alice: newId(), bob: newId(), paper: newId(), other: newId() })

/** What a browser offers as localStorage. */
export class Storage {
  #items = new Map<string, string>()
  get length() {
    return this.#items.size
  }
  key = (index: number) => [...this.#items.keys()][index] ?? null
  getItem = (key: string) => this.#items.get(key) ?? null
  setItem = (key: string, value: string) => void this.#items.set(key, value)
  removeItem = (key: string) => void this.#items.delete(key)
}

const open = new Set<LiveRoom>()
const servers = new Set<StandInServer>()

export const startServer = async () => {
  const server = new StandInServer()
  servers.add(server)
  await server.start()
  return server
}

/** A member's window on a room. Closing it and opening another is a reload. */
export const openRoom = (server: StandInServer, name: string, member: string, also: Partial<ConstructorParameters<typeof LiveRoom>[0]> = {}) => {
  const room = new LiveRoom({ name, member, url: server.url, ...also })
  open.add(room)
  void room.open()
  return room
}

/** Waits until the room's state is as given. */
export const untilState = (room: LiveRoom, state: Partial<RoomState>) => expect.poll(room.state).toMatchObject(state)

export const saved = { status: 'live', unsaved: 0 } as const

afterEach(async () => {
  await Promise.all([...open].map(room => room.close()))
  await Promise.all([...servers].map(server => server.stop()))
  open.clear()
  servers.clear()
})
