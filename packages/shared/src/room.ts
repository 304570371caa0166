import type * as Y from 'yjs'
import type { z } from 'zod'
import { type Day, isDay } from './days.ts'
import { idPattern } from './ids.ts'
import type { GroupSettings, Role } from './members.ts'
import type { Refusal } from './refusals.ts'

/** Who wants to change a document. The server acts as `server`: it writes what HTTP routes have already authorized. */
export interface Actor {
  id: string
  role: Role | 'server'
}

/** What a rule may look at besides the change itself. */
export interface Circumstances {
  /** ms since 1970, the server's clock. */
  now: number
  settings: GroupSettings
  /** Whether the board is closed, or the meeting has ended; false in rooms that cannot be. */
  closed: boolean
  /** Whether a paper is, or ever was, on this board, or a reading, session or presenter in this group: an offline vote on a paper taken off meanwhile is no offence. */
  knows: (key: string) => boolean
  /** One record as it would stand after the whole message that the change is part of. */
  record: (root: string, key: string) => unknown
  /** One record as it stood before the message. */
  earlier: (root: string, key: string) => unknown
  /** All records of a root map, as they would stand. May cost the server the application of waiting updates: ask only when needed. */
  records: (root: string) => Iterable<[key: string, record: unknown]>
}

/** One record as it would be after a change; `after` is undefined when the change removes it. */
export interface Change<T> {
  /** The parts of the record's key. */
  key: readonly string[]
  after: T | undefined
  before: () => T | undefined
}

/** Null when allowed. */
export type Verdict = Refusal | null

/** What a change asks for, not yet known to be of any form. */
export interface RawChange {
  key: string
  after: unknown
  before: () => unknown
}

/** One root map of a room: it judges what may become of its records. */
export interface Records {
  check: (change: RawChange, actor: Actor, at: Circumstances) => Verdict
}

/**
 * Plain texts that several people write at once, each a `Y.Text` of its own at the root of the document, named
 * `<name of these>/<key>`. Characters are nobody's own: a change is judged by who may write here, and by how long the text gets.
 */
export interface Texts {
  isKey: (key: string) => boolean
  /** UTF-16 units. What makes a text shorter is never too long. */
  longest: number
  may: (key: string, actor: Actor, at: Circumstances) => Verdict
}

/** A kind of live document. */
export interface RoomKind {
  /** Raised with each change of shape; a room that was stored under an older one is migrated when it loads. */
  version: number
  /** What brings a document to a version from the one before, by the version. Running one again changes nothing. */
  steps: Readonly<Record<number, (doc: Y.Doc) => void>>
  /** Their names hold no slash, and are none of `texts`. */
  roots: Readonly<Record<string, Records>>
  texts?: Readonly<Record<string, Texts>>
}

/**
 * A root map from the form of its keys, the form of its records, and who may change them. `key` gives a key's parts
 * (`paperId:memberId` has two), or null if it is not one of this map's; `may` decides on records of the right form.
 */
export const records = <T>(of: {
  key: (key: string) => readonly string[] | null
  record: z.ZodType<T>
  may: (change: Change<T>, actor: Actor, at: Circumstances) => Verdict
}): Records => ({
  check: ({ key, after, before }, actor, at) => {
    const parts = of.key(key)
    if (parts === null) return 'unknown-key'
    const read = (value: unknown) => (value === undefined ? undefined : of.record.safeParse(value).data)
    const record = read(after)
    if (after !== undefined && record === undefined) return 'invalid-record'
    return of.may({ key: parts, after: record, before: () => read(before()) }, actor, at)
  },
})

/** A key of `parts` ids joined by colons. The last one names the owner wherever a record has one. */
export const idKey = (parts: number) => (key: string) => {
  const split = key.split(':')
  return split.length === parts && split.every(part => idPattern.test(part)) ? split : null
}

/** The name of a room, parsed. */
export type RoomName = { kind: 'board'; group: string; day: Day } | { kind: 'group'; group: string } | { kind: 'meeting'; group: string; meeting: string }

/** The circumstances as a client sees them, to grey out what the server would refuse. */
export const circumstancesIn = (doc: Y.Doc, known: Pick<Circumstances, 'now' | 'settings' | 'closed' | 'knows'>): Circumstances => ({
  ...known,
  record: (root, key) => doc.getMap(root).get(key),
  earlier: (root, key) => doc.getMap(root).get(key),
  records: root => doc.getMap(root).entries(),
})

export const boardRoom = (group: string, day: Day) => `board/${group}/${day}`
export const groupRoom = (group: string) => `group/${group}`
/** The name holds the group, so that access to it is a question of membership. */
export const meetingRoom = (group: string, meeting: string) => `meeting/${group}/${meeting}`

/** Null if the name has no such form; whether the room may exist is the server's to say. */
export const parseRoomName = (name: string): RoomName | null => {
  const [kind, group, of, ...rest] = name.split('/')
  if (group === undefined || !idPattern.test(group) || rest.length > 0) return null
  if (kind === 'group' && of === undefined) return { kind, group }
  if (kind === 'board' && of !== undefined && isDay(of)) return { kind, group, day: of }
  if (kind === 'meeting' && of !== undefined && idPattern.test(of)) return { kind, group, meeting: of }
  return null
}
