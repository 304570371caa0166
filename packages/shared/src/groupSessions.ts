/**
 * Sessions of a group, in its live document: when it meets, over what, and with whom from outside.
 *
 *   sessions       nonce:memberId         when and where; the key names who planned it
 *   sessionPapers  sessionKey:paperId     a paper of the session, and its place among the others
 *   sessionGuests  sessionKey:nonce       somebody from outside, by name
 *
 * Each paper and each guest is a record of its own, so that two organizers who plan one session at once keep what both
 * did. Members who present, discuss or read for a session are readings that name it: see group.ts.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Day } from './days.ts'
import { Id, idPattern, newId } from './ids.ts'
import { limits } from './limits.ts'
import { readingRoles } from './readingRoles.ts'
import { TimeOfDay } from './reminders.ts'
import { type Circumstances, idKey, records } from './room.ts'
import { all, mayCreateOrPutBack, mayPlan, notInFuture, refuse } from './rules.ts'

const Time = z.int().min(0)

export const GroupSession = z.strictObject({
  day: Day,
  /** By the clock of the group; null where only the day is known. */
  time: TimeOfDay.nullable(),
  minutes: z.int().min(5).max(limits.sessionMinutes),
  /** What it is about beside its papers; may be empty. */
  title: z.string().max(limits.titleLength),
  place: z.string().max(limits.placeLength),
  /** It stays in the plan, so that everybody sees that nothing takes place. */
  cancelled: z.boolean(),
  at: Time,
})
export type GroupSession = z.infer<typeof GroupSession>

export const SessionPaper = z.strictObject({
  /** Papers stand from the lowest to the highest; of equals, the earlier added. */
  order: z.number().min(-1e9).max(1e9),
  /** What of it this session is about, "Ch. 3"; empty for the whole paper. */
  part: z.string().trim().max(limits.partLength),
  at: Time,
})
export type SessionPaper = z.infer<typeof SessionPaper>

export const SessionGuest = z.strictObject({
  name: z.string().trim().min(1).max(limits.nameLength),
  role: z.enum(readingRoles),
  /** Null for the session as a whole. */
  paper: Id.nullable(),
  at: Time,
})
export type SessionGuest = z.infer<typeof SessionGuest>

/** The key of a session as other records name it. */
export const SessionKey = z.string().refine(key => key.length === 25 && key.split(':').every(part => idPattern.test(part)))

export const sessionRecords = records({
  key: idKey(2),
  record: GroupSession,
  may: (c, actor, at) =>
    all(
      mayPlan(actor),
      () => mayCreateOrPutBack(c, actor, at),
      () => notInFuture(c.after?.at, at),
    ),
})

/** A record of a session is any organizer's to write, whoever planned the session. That the session is gone by then is no offence. */
const ofSession = <T extends { at: number }>(root: string, record: z.ZodType<T>, most: number) =>
  records({
    key: idKey(3),
    record,
    may: (c, actor, at) =>
      all(
        mayPlan(actor),
        () => notInFuture(c.after?.at, at),
        () => refuse(c.after !== undefined && c.before() === undefined && countIn(root, c.key, at) > most, 'session-full'),
      ),
  })

export const sessionPaperRecords = ofSession('sessionPapers', SessionPaper, limits.sessionPapers)
export const sessionGuestRecords = ofSession('sessionGuests', SessionGuest, limits.sessionGuests)

/** How many records of its session a root has, the one asked about with them. */
const countIn = (root: string, [nonce, by, last]: readonly string[], at: Circumstances): number => {
  let count = 1
  for (const [key] of at.records(root)) if (key.startsWith(`${nonce}:${by}:`) && key !== `${nonce}:${by}:${last}`) count++
  return count
}

const sessions = (doc: Y.Doc) => doc.getMap<GroupSession>('sessions')
const sessionPapers = (doc: Y.Doc) => doc.getMap<SessionPaper>('sessionPapers')
const sessionGuests = (doc: Y.Doc) => doc.getMap<SessionGuest>('sessionGuests')

/** Plans a session. Returns its key. */
export const planSession = (doc: Y.Doc, me: string, session: GroupSession): string => {
  const key = `${newId()}:${me}`
  sessions(doc).set(key, session)
  return key
}

/** Plans sessions under keys that are given, those of recurring ones; none that is there, or was and was taken out. Gives how many. */
export const addMissing = (doc: Y.Doc, wanted: readonly { key: string; session: GroupSession }[]): number =>
  doc.transact(() => {
    const missing = wanted.filter(({ key }) => !everPlanned(doc, key))
    for (const { key, session } of missing) sessions(doc).set(key, session)
    return missing.length
  })

/** Changes when or where a session is, or whether it takes place. */
export const changeSession = (doc: Y.Doc, key: string, change: Partial<Omit<GroupSession, 'at'>>) => {
  const before = sessions(doc).get(key)
  if (before !== undefined) sessions(doc).set(key, { ...before, ...change })
}

/** Whether a session is there or was before it was taken out: Yjs keeps the key of a deleted record. */
export const everPlanned = (doc: Y.Doc, key: string): boolean => sessions(doc)._map.has(key)

/** Puts a paper into a session, at its end where no order is given. What is in it already is as given from then on. */
export const putPaper = (doc: Y.Doc, put: { session: string; paper: string; order?: number; part?: string; now: number }): void => {
  const key = `${put.session}:${put.paper}`
  const before = sessionPapers(doc).get(key)
  const order = put.order ?? before?.order ?? nextOrder(doc, put.session)
  sessionPapers(doc).set(key, { order, part: put.part ?? before?.part ?? '', at: before?.at ?? put.now })
}

const nextOrder = (doc: Y.Doc, session: string) => Math.max(0, ...[...entriesOf(sessionPapers(doc), session)].map(([, { order }]) => order)) + 1

export const takePaper = (doc: Y.Doc, session: string, paper: string): void => sessionPapers(doc).delete(`${session}:${paper}`)

/** Names somebody from outside. Returns the key. */
export const nameGuest = (doc: Y.Doc, session: string, guest: SessionGuest): string => {
  const key = `${session}:${newId()}`
  sessionGuests(doc).set(key, guest)
  return key
}

export const takeGuest = (doc: Y.Doc, key: string): void => sessionGuests(doc).delete(key)

/** A paper and a guest of a session as people see them. */
export interface PlannedPaper extends SessionPaper {
  paper: string
}
export interface PlannedGuest extends SessionGuest {
  key: string
}

/** A session as people see it. */
export interface PlannedSession extends GroupSession {
  key: string
  by: string
  papers: PlannedPaper[]
  guests: PlannedGuest[]
}

/** All sessions by day and time. */
export const sessionsOf = (doc: Y.Doc): PlannedSession[] => {
  const papers = Map.groupBy(sessionPapers(doc).entries(), ([key]) => sessionIn(key))
  const guests = Map.groupBy(sessionGuests(doc).entries(), ([key]) => sessionIn(key))
  return [...sessions(doc).entries()]
    .map(([key, session]) => ({
      ...session,
      key,
      by: key.split(':')[1] ?? '',
      papers: (papers.get(key) ?? []).map(([of, paper]) => ({ ...paper, paper: lastIn(of) })).sort(inPlace),
      guests: (guests.get(key) ?? []).map(([of, guest]) => ({ ...guest, key: of })).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1)),
    }))
    .sort((a, b) => a.day.localeCompare(b.day) || (a.time ?? '').localeCompare(b.time ?? '') || a.at - b.at)
}

const inPlace = (a: PlannedPaper, b: PlannedPaper) => a.order - b.order || a.at - b.at || (a.paper < b.paper ? -1 : 1)
const sessionIn = (key: string) => key.slice(0, key.lastIndexOf(':'))
const lastIn = (key: string) => key.slice(key.lastIndexOf(':') + 1)

function* entriesOf<T>(map: Y.Map<T>, session: string): Generator<[string, T]> {
  for (const [key, record] of map.entries()) if (sessionIn(key) === session) yield [key, record]
}

/** Adds to a session what it lacks of these; all else is as given. */
export const extendSession = (
  doc: Y.Doc,
  key: string,
  more: { papers: readonly string[]; guests: readonly string[]; time: GroupSession['time']; now: number },
): void => {
  const before = sessions(doc).get(key)
  if (before === undefined) return
  if (before.time === null && more.time !== null) changeSession(doc, key, { time: more.time })
  const papers = [...entriesOf(sessionPapers(doc), key)].map(([of]) => lastIn(of))
  const guests = [...entriesOf(sessionGuests(doc), key)].map(([, { name }]) => name)
  for (const paper of roomFor(more.papers, papers, limits.sessionPapers)) putPaper(doc, { session: key, paper, now: more.now })
  // Guests stand by when they were named: a millisecond apart, they keep the order in which they are given.
  for (const [n, name] of roomFor(more.guests, guests, limits.sessionGuests).entries()) {
    nameGuest(doc, key, { name, role: 'presenter', paper: null, at: more.now + n })
  }
}

/** What is new, as far as there is room. */
const roomFor = (wished: readonly string[], there: readonly string[], most: number): string[] =>
  [...new Set(wished)].filter(each => !there.includes(each)).slice(0, Math.max(0, most - there.length))

/** Takes a session out, with its papers and guests. */
export const removeSession = (doc: Y.Doc, key: string): void => {
  for (const [of] of [...entriesOf(sessionPapers(doc), key)]) sessionPapers(doc).delete(of)
  for (const [of] of [...entriesOf(sessionGuests(doc), key)]) sessionGuests(doc).delete(of)
  sessions(doc).delete(key)
}
