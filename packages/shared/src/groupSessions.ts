/**
 * Sessions of a group, in its live document: when it meets, and over what.
 *
 *   sessions  nonce:memberId   a session; the key names who planned it
 *
 * Who presents is a reading of the role `presenter` that is due that day. Presenters who are no members are named here.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Day } from './days.ts'
import { Id, newId } from './ids.ts'
import { limits } from './limits.ts'
import { TimeOfDay } from './reminders.ts'
import { idKey, records } from './room.ts'
import { all, mayPlan, notInFuture, ownOnly } from './rules.ts'

export const GroupSession = z.strictObject({
  day: Day,
  /** By the clock of the group; null where only the day is known. */
  time: TimeOfDay.nullable(),
  minutes: z.int().min(5).max(limits.sessionMinutes),
  /** What it is about beside its papers; may be empty. */
  title: z.string().max(limits.titleLength),
  place: z.string().max(limits.placeLength),
  papers: z.array(Id).max(limits.sessionPapers),
  /** Presenters who are no members, by name. */
  guests: z.array(z.string().min(1).max(limits.nameLength)).max(limits.sessionGuests),
  /** It stays in the plan, so that everybody sees that nothing takes place. */
  cancelled: z.boolean(),
  at: z.int().min(0),
})
export type GroupSession = z.infer<typeof GroupSession>

export const sessionRecords = records({
  key: idKey(2),
  record: GroupSession,
  may: (c, actor, at) =>
    all(
      mayPlan(actor),
      () => (c.before() === undefined ? ownOnly(c, actor) : null),
      () => notInFuture(c.after?.at, at),
    ),
})

const sessions = (doc: Y.Doc) => doc.getMap<GroupSession>('sessions')

/** Plans a session. Returns its key. */
export const planSession = (doc: Y.Doc, me: string, session: GroupSession): string => {
  const key = `${newId()}:${me}`
  sessions(doc).set(key, session)
  return key
}

/** A session as people see it. */
export interface PlannedSession extends GroupSession {
  key: string
  by: string
}

/** All sessions by day and time. */
export const sessionsOf = (doc: Y.Doc): PlannedSession[] =>
  [...sessions(doc).entries()]
    .map(([key, session]) => ({ ...session, key, by: key.split(':')[1] ?? '' }))
    .sort((a, b) => a.day.localeCompare(b.day) || (a.time ?? '').localeCompare(b.time ?? '') || a.at - b.at)

/** Changes a session: papers and guests are added to, all else is as given. */
export const extendSession = (doc: Y.Doc, key: string, more: Pick<GroupSession, 'papers' | 'guests'> & { time: GroupSession['time'] }): void => {
  const before = sessions(doc).get(key)
  if (before === undefined) return
  const papers = [...new Set([...before.papers, ...more.papers])].slice(0, limits.sessionPapers)
  const guests = [...new Set([...before.guests, ...more.guests])].slice(0, limits.sessionGuests)
  sessions(doc).set(key, { ...before, papers, guests, time: before.time ?? more.time })
}
