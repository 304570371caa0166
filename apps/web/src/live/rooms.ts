/**
 * The live documents that are open in this window, each once however many components ask for it, and what is known of
 * those that are not: which of them hold changes that are not saved.
 */
import { syncPath } from '@paperboard/shared/protocol'
import { LiveRoom } from './LiveRoom.ts'
import { deleteLocalCopies } from './localCopy.ts'
import { dismissAside, findAside, forgetAside } from './setAside.ts'
import { itemKeys, onItem, readItem, writeItem } from './storage.ts'

/** A room stays open this long (ms) after its last user: going to another page and back must not cost a connection. */
const grace = 5_000

interface Entry {
  room: LiveRoom
  users: number
  started: boolean
  closing: ReturnType<typeof setTimeout> | undefined
}
const entries = new Map<string, Entry>()
const signedOut = new Set<() => void>()

const unsavedKey = (member: string, room = '') => `paperboard:unsaved:${member}:${room}`

const syncUrl = () => `${location.origin.replace(/^http/, 'ws')}${syncPath}`

const entryOf = (name: string, member: string): Entry => {
  const key = `${member} ${name}`
  let entry = entries.get(key)
  if (entry === undefined) {
    const room = new LiveRoom({
      name,
      member,
      url: syncUrl(),
      onUnsaved: count => {
        const kept = count === 0 ? null : String(count)
        if (kept !== readItem(unsavedKey(member, name))) writeItem(unsavedKey(member, name), kept)
      },
      onSignedOut: () => {
        for (const listener of signedOut) listener()
      },
    })
    entry = { room, users: 0, started: false, closing: undefined }
    entries.set(key, entry)
    closeWhenUnused(key, entry)
  }
  return entry
}

/** Closes a room that nobody has used for a while, unless something in it waits to be saved and would be lost or late. */
const closeWhenUnused = (key: string, entry: Entry) => {
  clearTimeout(entry.closing)
  entry.closing = setTimeout(() => {
    if (entry.users > 0) return
    const { unsaved, status } = entry.room.state()
    if (unsaved > 0 && !(status === 'closed' && entry.room.durable)) return closeWhenUnused(key, entry)
    entries.delete(key)
    void entry.room.close()
  }, grace)
}

/** The room, which connects with the first `holdRoom`. Free of effects that a render must not have. */
export const roomFor = (name: string, member: string): LiveRoom => entryOf(name, member).room

/** Opens a room, or joins those who have it open. Returns how to let go. */
export const holdRoom = (name: string, member: string): (() => void) => {
  const entry = entryOf(name, member)
  entry.users++
  if (!entry.started) {
    entry.started = true
    listen()
    void entry.room.open()
  }
  return () => {
    entry.users--
    closeWhenUnused(`${member} ${name}`, entry)
  }
}

const everyRoom = (does: (room: LiveRoom) => void) => {
  for (const { room } of entries.values()) does(room)
}

let forgetting: BroadcastChannel | undefined

/** Listens to the browser, once, from the first room on. */
const listen = () => {
  if (forgetting !== undefined || typeof window === 'undefined') return
  window.addEventListener('online', () => everyRoom(room => room.reconnect()))
  // y-websocket takes half a minute to notice on its own.
  window.addEventListener('offline', () => everyRoom(room => room.disconnect()))
  forgetting = new BroadcastChannel('paperboard:forget')
  forgetting.onmessage = ({ data }) => void forgetHere(String(data))
}

/** Called when the server says that the session has ended. Returns how to stop. */
export const onSignedOut = (listener: () => void): (() => void) => {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

/** Rooms with changes of this member that are not saved, those not open included. */
export interface UnsavedRoom {
  room: string
  count: number
}
export const unsavedOf = (member: string): UnsavedRoom[] =>
  itemKeys(unsavedKey(member))
    .map(key => ({ room: key.slice(unsavedKey(member).length), count: Number(readItem(key) ?? 0) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => (a.room < b.room ? -1 : 1))

export const onUnsaved = (member: string, listener: () => void): (() => void) => onItem(key => (key === '' || key.startsWith(unsavedKey(member))) && listener())

/**
 * Opens rooms that hold unsaved changes, in the background, until they are saved. For a member who has just signed in:
 * rooms that were closed for want of a session connect again, too. Returns how to stop.
 */
export const keepSaving = (member: string): (() => void) => {
  everyRoom(room => {
    if (room.member === member) room.reconnect()
  })
  const held = new Map<string, () => void>()
  const look = () => {
    const waiting = new Set(unsavedOf(member).map(({ room }) => room))
    for (const name of waiting) if (!held.has(name)) held.set(name, holdRoom(name, member))
    for (const [name, letGo] of held) {
      if (waiting.has(name)) continue
      held.delete(name)
      letGo()
    }
  }
  look()
  const stop = onUnsaved(member, look)
  return () => {
    stop()
    for (const letGo of held.values()) letGo()
  }
}

/** Resolves when the room has content, or (false) never will. */
const whenKnown = (room: LiveRoom) =>
  new Promise<boolean>(resolve => {
    const look = () => {
      const { known, status } = room.state()
      if (!known && status !== 'closed') return
      stop()
      resolve(known && status !== 'closed')
    }
    const stop = room.subscribe(look)
    look()
  })

/**
 * Performs again what was set aside, on the document as it is now. It counts as unsaved from then on; refused again, it
 * is set aside again. False when there is no such entry or its room is closed.
 */
export const retryAside = async (member: string, id: string): Promise<boolean> => {
  const entry = findAside(member, id)
  if (entry === undefined) return false
  const letGo = holdRoom(entry.room, member)
  try {
    const room = roomFor(entry.room, member)
    if (!(await whenKnown(room))) return false
    room.perform(entry.records)
    dismissAside(member, id)
    return true
  } finally {
    letGo()
  }
}

const forgetHere = async (member: string) => {
  const leaving = [...entries].filter(([, { room }]) => room.member === member)
  for (const [key, { closing }] of leaving) {
    clearTimeout(closing)
    entries.delete(key)
  }
  await Promise.all(leaving.map(([, { room }]) => room.close()))
  await deleteLocalCopies(member)
}

/** After sign-out: closes this member's rooms and deletes their local copies and what was set aside, in all tabs. Ask `unsavedOf` first. */
export const forgetMember = async (member: string): Promise<void> => {
  forgetting?.postMessage(member)
  await forgetHere(member)
  forgetAside(member)
  for (const key of itemKeys(unsavedKey(member))) writeItem(key, null)
}
