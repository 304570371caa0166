/**
 * Changes the server did not take. Yjs cannot undo them, so the document is opened afresh without them; what they held
 * is set aside here, per member and across reloads, to be read, copied or tried again. Nothing a person typed is lost.
 */
import { Comment, Vote } from '@paperboard/shared/board'
import { Reading } from '@paperboard/shared/group'
import { newId } from '@paperboard/shared/ids'
import { meetingNote } from '@paperboard/shared/notes'
import { type Refusal, refusals } from '@paperboard/shared/refusals'
import type * as Y from 'yjs'
import { z } from 'zod'
import { closeReasons } from './closing.ts'
import { onItem, readItem, writeItem } from './storage.ts'
import { UnsavedRecord } from './unsaved.ts'
import { UnsavedText, wordsOf, writeAgain } from './unsavedText.ts'

const codes = Object.keys(refusals) as Refusal[]

const Aside = z.object({
  id: z.string(),
  room: z.string(),
  at: z.number(),
  why: z.enum(closeReasons),
  /** The rule that was broken, where the server named one. */
  refusal: z.enum(codes).nullable(),
  /** The record it was about: root map and key. */
  about: z.string().nullable(),
  records: z.array(UnsavedRecord),
  /** Not at fault, only sent together with what was: performed again as soon as the room is open. */
  resume: z.boolean(),
  /** Somebody else has done the same meanwhile: it is told, and there is nothing to try again. */
  settled: z.boolean().default(false),
})
export type Aside = z.infer<typeof Aside>

const keyOf = (member: string) => `paperboard:aside:${member}`
const cache = new Map<string, { text: string; entries: readonly Aside[] }>()
const none: readonly Aside[] = []

const all = (member: string): readonly Aside[] => {
  const text = readItem(keyOf(member))
  if (text === null) return none
  const cached = cache.get(member)
  if (cached?.text === text) return cached.entries
  const entries = parse(text)
  cache.set(member, { text, entries })
  return entries
}

const parse = (text: string): readonly Aside[] => {
  try {
    return z.array(Aside).parse(JSON.parse(text))
  } catch {
    return none
  }
}

const write = (member: string, entries: readonly Aside[]) => writeItem(keyOf(member), entries.length === 0 ? null : JSON.stringify(entries))

const shown = new WeakMap<readonly Aside[], readonly Aside[]>()

/** What to show, newest first; the same array until something changes. */
export const asideOf = (member: string): readonly Aside[] => {
  const entries = all(member)
  let list = shown.get(entries)
  if (list === undefined) {
    list = entries.filter(entry => !entry.resume).reverse()
    shown.set(entries, list)
  }
  return list
}

export const onAside = (member: string, listener: () => void): (() => void) => onItem(key => (key === keyOf(member) || key === '') && listener())

/** Two tabs that hold the same change are refused both: it is set aside once. */
const sameRecords = (a: readonly UnsavedRecord[], b: readonly UnsavedRecord[]) => JSON.stringify(a) === JSON.stringify(b)

export const setAside = (member: string, entry: Omit<Aside, 'id' | 'settled'>) => {
  const others = all(member).filter(other => other.room !== entry.room || !sameRecords(other.records, entry.records))
  if (entry.records.length > 0) write(member, [...others, { ...entry, id: newId(), settled: false }])
}

/** Whether the document says already what a record was to say: whom two put down to present at once, the first has put down. */
const isSo = (doc: Y.Doc, { root, key, value }: UnsavedRecord) => root === 'presenters' && value !== null && doc.getMap(root).has(key)

/** Notes what of a room was refused only because somebody else had done the same. */
export const settleAside = (member: string, room: string, doc: Y.Doc) => {
  const entries = all(member)
  const isSettled = (entry: Aside) =>
    entry.room === room && !entry.resume && !entry.settled && entry.refusal === 'not-yours' && entry.records.every(record => isSo(doc, record))
  if (entries.some(isSettled))
    write(
      member,
      entries.map(entry => (isSettled(entry) ? { ...entry, settled: true } : entry)),
    )
}

export const dismissAside = (member: string, id: string) =>
  write(
    member,
    all(member).filter(entry => entry.id !== id),
  )

export const forgetAside = (member: string) => write(member, [])

export const findAside = (member: string, id: string): Aside | undefined => all(member).find(entry => entry.id === id)

/** What was sent together with a refused change of this room and waits to be performed again. */
export const toResume = (member: string, room: string): readonly Aside[] => all(member).filter(entry => entry.resume && entry.room === room)

const Timed = z.object({ at: z.number(), edited: z.number().nullish() })
const timeOf = (value: unknown) => {
  const { data } = Timed.safeParse(value)
  return data === undefined ? 0 : (data.edited ?? data.at)
}

/** Performs records again as changes of the present document, except where it has moved on since. */
export const performAgain = (doc: Y.Doc, records: readonly UnsavedRecord[]) =>
  doc.transact(() => {
    for (const { root, key, value, at } of records) {
      const text = UnsavedText.safeParse(value).data
      if (text !== undefined) {
        writeAgain(doc.getText(`${root}/${key}`), text)
        continue
      }
      const map = doc.getMap(root)
      const current = map.get(key)
      if (timeOf(current) > (value === null ? at : timeOf(value)) || JSON.stringify(current) === JSON.stringify(value)) continue
      if (value !== null) map.set(key, value)
      else if (current !== undefined) map.delete(key)
    }
  })

interface Naming {
  titleOf?: (paper: string) => string | undefined
  nameOf?: (member: string) => string
}

/** What an entry holds, as text to copy: what was written first, then the rest in words. */
export const asideText = (entry: Aside, { titleOf = () => undefined, nameOf = () => 'somebody' }: Naming = {}): string => {
  const title = (paper: string) => titleOf(paper) ?? `paper ${paper}`
  const written: string[] = []
  const rest: string[] = []
  for (const record of entry.records) {
    const comment = record.root === 'comments' ? Comment.safeParse(record.value).data : undefined
    const note = UnsavedText.safeParse(record.value).data
    if (comment !== undefined) written.push(`On ${title(comment.paper)}:\n${comment.text}`)
    else if (note !== undefined && note.passages.length > 0) written.push(`In the notes on ${noteTitle(record.key, title)}:\n${wordsOf(note)}`)
    else rest.push(inWords(record, title, nameOf))
  }
  return [...written, rest.join('\n')].filter(part => part !== '').join('\n\n')
}

const lastOf = (key: string) => key.slice(key.lastIndexOf(':') + 1)
const noteTitle = (key: string, title: (paper: string) => string) => (key === meetingNote ? 'the meeting' : title(key))

const inWords = ({ root, key, value }: UnsavedRecord, title: (paper: string) => string, nameOf: (member: string) => string) => {
  const [first = ''] = key.split(':')
  if (root === 'votes') {
    const vote = Vote.safeParse(value).data
    return vote === undefined ? `Vote withdrawn from ${title(first)}` : `Vote ${vote.value > 0 ? 'up' : 'down'} on ${title(first)}`
  }
  if (root === 'offers') return `${value === null ? 'No longer offering' : 'Offering'} to present ${title(first)}`
  if (root === 'notes') return `Words removed from the notes on ${noteTitle(key, title)}`
  const reading = root === 'readings' ? Reading.safeParse(value).data : undefined
  if (reading !== undefined) return `${nameOf(reading.member)} as ${reading.role}${reading.paper === null ? '' : ` of ${title(reading.paper)}`}`
  if (root === 'presenters') return `${nameOf(lastOf(key))} ${value === null ? 'no longer down' : 'down'} to present`
  if (root === 'sessionPapers') return `${title(lastOf(key))} ${value === null ? 'out of' : 'in'} a session`
  const what = root === 'comments' ? 'comment' : root === 'papers' ? title(first) : root
  return value === null ? `Removed: ${what}` : `Changed: ${what} ${JSON.stringify(value)}`
}
