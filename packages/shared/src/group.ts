/**
 * The live document of a group, `group/<group>`: who reads what, and how far they are.
 *
 *   readings       nonce:memberId      a paper handed to a member; the key names who handed it out
 *   progress       readingKey:memberId how far the reader is; only they change it
 *   tags           paperId:tag         what the group files a paper under: see tags.ts
 *   sessions       nonce:memberId      when the group meets: see groupSessions.ts
 *   sessionPapers  sessionKey:paperId  over what
 *   sessionGuests  sessionKey:nonce    with whom from outside
 *   absences       nonce:memberId      days on which a member cannot present: see absences.ts
 *
 * Who presents when: presenters.ts, swaps.ts, standingOffers.ts, shares.ts; and how it goes on: schedule.ts, templates.ts.
 *
 * Its awareness carries who of the group is here, and what they look at.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { absenceRecords } from './absences.ts'
import { Day } from './days.ts'
import { everPlanned, type PlannedSession, SessionKey, sessionGuestRecords, sessionPaperRecords, sessionRecords, sessionsOf } from './groupSessions.ts'
import { groupSteps } from './groupSteps.ts'
import { Id, newId } from './ids.ts'
import { limits } from './limits.ts'
import { everPresenting, presenterRecords, presentsAt, setPresenter, skipRecords, takeOffWithPaper } from './presenters.ts'
import { type ReadingRole, RoleName, RoleTask, readingRoles } from './readingRoles.ts'
import { type Actor, type Circumstances, idKey, type RoomKind, records } from './room.ts'
import { all, mayAssign, mayChangeReading, mayCreateOrPutBack, mayRemoveReading, notInFuture, ownOnly, refuse } from './rules.ts'
import { exceptionRecords, holidayRecords, scheduleRecords } from './schedule.ts'
import { hiddenRecords, shareRecords } from './shares.ts'
import { standingOfferRecords } from './standingOffers.ts'
import { swapAnswerRecords, swapRecords } from './swaps.ts'
import { tagRecords } from './tags.ts'
import { templateRecords } from './templates.ts'

const Time = z.int().min(0)

export const Reading = z
  .strictObject({
    /** Null while it is open which paper of the session it will be. */
    paper: Id.nullable(),
    /** The board it was handed out from, to find the discussion again. */
    board: Day,
    member: Id,
    role: z.enum(readingRoles),
    /** How a template calls it, and what is to be done; neither where it was handed out without one. */
    roleName: RoleName.optional(),
    task: RoleTask.optional(),
    /** "Sec. 3", "Fig. 2"; empty for the whole paper. */
    part: z.string().trim().max(limits.partLength),
    /** The session that it is for, which it is due for unless a date is set. */
    session: SessionKey.optional(),
    due: Day.nullable(),
    at: Time,
  })
  .refine(({ paper, session }) => paper !== null || session !== undefined, 'A reading is of a paper, or for a session')
export type Reading = z.infer<typeof Reading>

export const progressStates = ['unread', 'reading', 'read', 'ready'] as const
export type ProgressState = (typeof progressStates)[number]
export const Progress = z.strictObject({ state: z.enum(progressStates), at: Time })
export type Progress = z.infer<typeof Progress>

export const group: RoomKind = {
  version: 3,
  steps: groupSteps,
  roots: {
    readings: records({
      key: idKey(2),
      record: Reading,
      may: (c, actor, at) => {
        const before = c.before()
        if (c.after === undefined) return mayRemoveReading(c, before, actor)
        const allowed =
          before === undefined ? all(mayCreateOrPutBack(c, actor, at), () => mayAssign(actor, c.after?.member, at)) : mayChangeReading(c, before, actor)
        return all(allowed, () => notInFuture(c.after?.at, at))
      },
    }),
    progress: records({
      key: idKey(3),
      record: Progress,
      may: (c, actor, at) =>
        all(
          ownOnly(c, actor),
          () => notInFuture(c.after?.at, at),
          () => refuse(c.after !== undefined && !isOwnReading(c.key.slice(0, 2).join(':'), actor, at), 'not-here'),
        ),
    }),
    tags: tagRecords,
    sessions: sessionRecords,
    sessionPapers: sessionPaperRecords,
    sessionGuests: sessionGuestRecords,
    absences: absenceRecords,
    presenters: presenterRecords,
    skips: skipRecords,
    swaps: swapRecords,
    swapAnswers: swapAnswerRecords,
    standingOffers: standingOfferRecords,
    shares: shareRecords,
    ledgerHidden: hiddenRecords,
    templates: templateRecords,
    schedules: scheduleRecords,
    exceptions: exceptionRecords,
    holidays: holidayRecords,
  },
}

/** A reading that is gone was taken back while its reader noted offline how far they were, or by themselves in the same message: no offence. */
const isOwnReading = (key: string, actor: Actor, at: Circumstances) => {
  const reading = at.record('readings', key)
  return reading === undefined ? key.endsWith(`:${actor.id}`) || at.knows(key) : Reading.safeParse(reading).data?.member === actor.id
}

/** Whether a reading, a session or a presenter is there or was before it was taken back: Yjs keeps the key of a deleted record. */
export const everInGroup = (doc: Y.Doc, key: string): boolean => readings(doc)._map.has(key) || everPlanned(doc, key) || everPresenting(doc, key)

const readings = (doc: Y.Doc) => doc.getMap<Reading>('readings')
const progress = (doc: Y.Doc) => doc.getMap<Progress>('progress')

/** Hands a paper to a member; who is to present it is put down for its session. Returns the reading's key. */
export const assignReading = (doc: Y.Doc, me: string, reading: Reading): string =>
  doc.transact(() => {
    const key = `${newId()}:${me}`
    const tied = atItsSession(doc, reading)
    readings(doc).set(key, tied)
    presentWith(doc, tied, { me, now: reading.at })
    return key
  })

/** What is presented on the day of the one session of that day is for that session. */
function atItsSession(doc: Y.Doc, reading: Reading): Reading {
  if (reading.role !== 'presenter' || reading.session !== undefined || reading.due === null) return reading
  const [session, ...others] = sessionsOf(doc).filter(({ day, cancelled }) => day === reading.due && !cancelled)
  return session === undefined || others.length > 0 ? reading : { ...reading, session: session.key, due: null }
}

/** Puts whoever presents a paper at a session down there, unless they are. */
function presentWith(doc: Y.Doc, { role, session, member }: Reading, { me, now }: { me: string; now: number }) {
  if (role !== 'presenter' || session === undefined || presentsAt(doc, session, member)) return
  setPresenter(doc, { session, member, way: 'paper', asked: false, offer: null, me, now })
}

/** Whoever was put down with this paper, and presents no other there, does not present there any more. */
function presentNoMore(doc: Y.Doc, key: string, { role, session, member }: Reading) {
  if (role !== 'presenter' || session === undefined) return
  const isOther = ([of, reading]: [string, Reading]) => of !== key && reading.role === role && reading.session === session && reading.member === member
  if (![...readings(doc).entries()].some(isOther)) takeOffWithPaper(doc, { session, member, by: [member, key.split(':')[1] ?? ''] })
}

/** What may change about a reading; who reads never does. A paper is chosen where there was none. */
export type ReadingChange = Partial<Pick<Reading, 'paper' | 'board' | 'role' | 'part' | 'session' | 'due'>>

/** Hands out a reading under a key that it always has, so that it is handed out once. False where it was before, even if it was taken back. */
export const handOutOnce = (doc: Y.Doc, key: string, reading: Reading): boolean => {
  if (everInGroup(doc, key)) return false
  readings(doc).set(key, reading)
  return true
}

export const changeReading = (doc: Y.Doc, key: string, change: ReadingChange, by: { me: string; now: number }) =>
  doc.transact(() => {
    const before = readings(doc).get(key)
    if (before === undefined) return
    const after = { ...before, ...change }
    const moves = after.session !== before.session
    if (after.role !== before.role || moves) presentNoMore(doc, key, before)
    readings(doc).set(key, after)
    // Said again, the role of a presenter puts down who had skipped.
    if (change.role !== undefined || moves) presentWith(doc, after, by)
  })

/** Takes a reading back; its reader may do the same to decline it. */
export const removeReading = (doc: Y.Doc, key: string) =>
  doc.transact(() => {
    const before = readings(doc).get(key)
    if (before === undefined) return
    presentNoMore(doc, key, before)
    readings(doc).delete(key)
  })

export const setProgress = (doc: Y.Doc, step: { reading: string; me: string; state: ProgressState; now: number }) =>
  progress(doc).set(`${step.reading}:${step.me}`, { state: step.state, at: step.now })

/** A reading as people see it. */
export interface AssignedReading extends Reading {
  key: string
  by: string
  state: ProgressState
  /** Whoever does not present at its session reads. */
  role: ReadingRole
  /** As what it was handed out. */
  setRole: ReadingRole
  /** The date set for it, else the day of its session if that takes place. */
  due: Day | null
  /** The date set for it alone. */
  setDue: Day | null
}

/** All readings, by due date (those without last), then in the order of handing out. */
export const readingsOf = (doc: Y.Doc): AssignedReading[] => {
  const sessions = new Map(sessionsOf(doc).map(session => [session.key, session]))
  return [...readings(doc).entries()]
    .map(([key, reading]) => ({
      ...reading,
      key,
      by: key.split(':')[1] ?? '',
      state: progress(doc).get(`${key}:${reading.member}`)?.state ?? 'unread',
      role: roleOf(doc, reading),
      setRole: reading.role,
      due: dueOf(reading, sessions),
      setDue: reading.due,
    }))
    .sort((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999') || a.at - b.at)
}

const roleOf = (doc: Y.Doc, { role, session, member }: Reading): ReadingRole =>
  role === 'presenter' && session !== undefined && !presentsAt(doc, session, member) ? 'reader' : role

/** A reading follows its session, also when that is moved; nothing is due for one that does not take place. */
const dueOf = ({ due, session }: Reading, sessions: ReadonlyMap<string, Pick<PlannedSession, 'day' | 'cancelled'>>): Day | null => {
  const of = session === undefined ? undefined : sessions.get(session)
  return due ?? (of === undefined || of.cancelled ? null : of.day)
}

/** Readings by paper, each list as in `readingsOf`. */
export const readingsByPaper = (doc: Y.Doc): Map<string, AssignedReading[]> => {
  const byPaper = new Map<string, AssignedReading[]>()
  for (const reading of readingsOf(doc)) {
    if (reading.paper === null) continue
    const of = byPaper.get(reading.paper)
    if (of === undefined) byPaper.set(reading.paper, [reading])
    else of.push(reading)
  }
  return byPaper
}

/** Readings by the session they are for. */
export const readingsBySession = (all: readonly AssignedReading[]): Map<string, AssignedReading[]> => {
  const bySession = new Map<string, AssignedReading[]>()
  for (const reading of all) if (reading.session !== undefined) bySession.set(reading.session, [...(bySession.get(reading.session) ?? []), reading])
  return bySession
}
