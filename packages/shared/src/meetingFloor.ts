/**
 * Who leads a meeting, what is being discussed, for how long, and who is there: records of the meeting's document.
 *
 *   meeting     'meeting'   whether it is planned, live or ended; written by the server
 *   floor       'floor'     the facilitator and the item all are at; moved by the facilitator alone
 *   clock       item        the time box of an item and what was spent of it; the facilitator's
 *   door        'guests'    since when guests may come in by the link, and who let them; written by the server
 *   attendance  memberId    when somebody came and went; written by the server, from who is connected
 *
 * All times are ms since 1970 by the server's clock: a facilitator's window knows how far its own is off.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Id } from './ids.ts'
import { limits } from './limits.ts'
import { type Actor, type Circumstances, records, type Verdict } from './room.ts'
import { all, meetingGoesOn, notInFuture, refuse, serverOnly } from './rules.ts'

const Time = z.int().min(0)

/** What a meeting can be at: a paper, by its id, or what comes before and after the papers. */
export const MeetingItem = z.union([Id, z.literal('lobby'), z.literal('closing')])
export type MeetingItem = z.infer<typeof MeetingItem>

export const Meeting = z.strictObject({ state: z.enum(['planned', 'live', 'ended']), startedAt: Time.nullable(), endedAt: Time.nullable() })
export type Meeting = z.infer<typeof Meeting>

export const Floor = z.strictObject({ facilitator: Id, item: MeetingItem, at: Time })
export type Floor = z.infer<typeof Floor>

export const Clock = z.strictObject({
  /** ms that the item may take; 0 where nobody set a bound. */
  box: z
    .int()
    .min(0)
    .max(limits.boxMinutes * 60_000),
  /** ms that were spent on it before `since`. */
  spent: z.int().min(0),
  /** Since when it runs; null while it stands. */
  since: Time.nullable(),
})
export type Clock = z.infer<typeof Clock>

/** A link is open by which guests come in. */
export const Door = z.strictObject({ by: Id, at: Time })
export type Door = z.infer<typeof Door>

/** Spans of being there, oldest first: when somebody came, and when they went (null: they are here). */
export const Attendance = z.strictObject({ spans: z.array(z.tuple([Time, Time.nullable()])).max(limits.attendanceSpans) })
export type Attendance = z.infer<typeof Attendance>

const only = (name: string) => (key: string) => (key === name ? [key] : null)
/** The parts of a key that is an item. */
export const itemKey = (key: string) => (MeetingItem.safeParse(key).success ? [key] : null)

/** The facilitator of a meeting alone moves all of it; who that is, is the server's to change. */
export const facilitatesNow = (actor: Actor, at: Circumstances): Verdict =>
  refuse(actor.role !== 'server' && Floor.safeParse(at.record('floor', 'floor')).data?.facilitator !== actor.id, 'not-facilitator')

export const floorRecords = {
  meeting: records({ key: only('meeting'), record: Meeting, may: (_, actor) => serverOnly(actor) }),
  floor: records({
    key: only('floor'),
    record: Floor,
    may: (c, actor, at) => {
      if (actor.role === 'server') return null
      const before = c.before()
      return all(
        meetingGoesOn(at),
        () => refuse(before?.facilitator !== actor.id, 'not-facilitator'),
        () => refuse(c.after?.facilitator !== before?.facilitator, 'not-allowed'),
        () => notInFuture(c.after?.at, at),
      )
    },
  }),
  clock: records({
    key: itemKey,
    record: Clock,
    may: (c, actor, at) =>
      all(
        actor.role === 'server' ? null : meetingGoesOn(at),
        () => facilitatesNow(actor, at),
        () => notInFuture(c.after?.since ?? undefined, at),
      ),
  }),
  door: records({ key: only('guests'), record: Door, may: (_, actor) => serverOnly(actor) }),
  attendance: records({ key: key => (Id.safeParse(key).success ? [key] : null), record: Attendance, may: (_, actor) => serverOnly(actor) }),
} as const

const meeting = (doc: Y.Doc) => doc.getMap<Meeting>('meeting')
const floor = (doc: Y.Doc) => doc.getMap<Floor>('floor')
const clocks = (doc: Y.Doc) => doc.getMap<Clock>('clock')
const door = (doc: Y.Doc) => doc.getMap<Door>('door')
const attendance = (doc: Y.Doc) => doc.getMap<Attendance>('attendance')

/** What a meeting is before the server has said anything of it. */
const unsaid: Meeting = { state: 'planned', startedAt: null, endedAt: null }

export const meetingOf = (doc: Y.Doc): Meeting => meeting(doc).get('meeting') ?? unsaid
export const hasEnded = (doc: Y.Doc): boolean => meetingOf(doc).state === 'ended'
/** Null before anybody leads. */
export const floorOf = (doc: Y.Doc): Floor | null => floor(doc).get('floor') ?? null
/** Where all are: in the lobby before anybody leads, then where the facilitator is, and at the closing once the meeting has ended. */
export const whereAllAre = (doc: Y.Doc): MeetingItem => (hasEnded(doc) ? 'closing' : (floorOf(doc)?.item ?? 'lobby'))
export const clockOf = (doc: Y.Doc, item: MeetingItem): Clock | null => clocks(doc).get(item) ?? null
/** Null while no guests may come in. */
export const doorOf = (doc: Y.Doc): Door | null => door(doc).get('guests') ?? null
export const attendanceOf = (doc: Y.Doc): Map<string, Attendance> => new Map(attendance(doc).entries())

/** ms spent on an item until `now`. */
export const spentAt = (clock: Clock | null, now: number): number =>
  clock === null ? 0 : clock.spent + (clock.since === null ? 0 : Math.max(0, now - clock.since))

/** ms left of the time box, negative once it is over; null where there is none. */
export const leftAt = (clock: Clock | null, now: number): number | null => (clock === null || clock.box === 0 ? null : clock.box - spentAt(clock, now))

// What the facilitator does. `now` is ms by the server's clock.

/** Moves all to an item. The clock of the one they leave stands from then on; that of a paper starts, with a box of `minutes` unless it has one. */
export const moveTo = (doc: Y.Doc, to: { item: MeetingItem; now: number; minutes?: number }): void => {
  const before = floorOf(doc)
  if (before === null || before.item === to.item) return
  doc.transact(() => {
    pauseClock(doc, before.item, to.now)
    floor(doc).set('floor', { ...before, item: to.item, at: to.now })
    if (to.item !== 'lobby' && to.item !== 'closing' && meetingOf(doc).state === 'live') startClock(doc, to.item, to)
  })
}

/** Lets the clock of an item run. */
export const startClock = (doc: Y.Doc, item: MeetingItem, { now, minutes = 0 }: { now: number; minutes?: number }): void => {
  const clock = clockOf(doc, item) ?? { box: Math.min(minutes, limits.boxMinutes) * 60_000, spent: 0, since: null }
  if (clock.since === null) clocks(doc).set(item, { ...clock, since: now })
}

export const pauseClock = (doc: Y.Doc, item: MeetingItem, now: number): void => {
  const clock = clockOf(doc, item)
  if (clock !== null && clock.since !== null) clocks(doc).set(item, { ...clock, spent: spentAt(clock, now), since: null })
}

/** Bounds an item to so many minutes from its beginning; 0 for no bound. */
export const setBox = (doc: Y.Doc, item: MeetingItem, minutes: number): void => {
  const clock = clockOf(doc, item) ?? { box: 0, spent: 0, since: null }
  clocks(doc).set(item, { ...clock, box: Math.min(Math.max(0, minutes), limits.boxMinutes) * 60_000 })
}

/** Gives an item `ms` more, or fewer. A box that was over is counted from now on. */
export const addTime = (doc: Y.Doc, item: MeetingItem, { ms, now }: { ms: number; now: number }): void => {
  const clock = clockOf(doc, item) ?? { box: 0, spent: 0, since: null }
  const from = clock.box === 0 ? spentAt(clock, now) : Math.max(clock.box, ms > 0 ? spentAt(clock, now) : 0)
  clocks(doc).set(item, { ...clock, box: Math.min(Math.max(0, from + ms), limits.boxMinutes * 60_000) })
}

// What the server does.

/** Says that somebody leads from now on; before the first word the meeting is in its lobby. */
export const giveFloor = (doc: Y.Doc, { facilitator, now }: { facilitator: string; now: number }): void => {
  floor(doc).set('floor', { ...(floorOf(doc) ?? { item: 'lobby', at: now }), facilitator })
}

/** Says that guests may come in by the link from now on, or, with null, no more. */
export const setDoor = (doc: Y.Doc, open: Door | null): void => {
  if (open === null) door(doc).delete('guests')
  else door(doc).set('guests', open)
}

/** Starts the meeting; once it has ended, nothing does. */
export const startMeeting = (doc: Y.Doc, { facilitator, now }: { facilitator: string; now: number }): void => {
  if (meetingOf(doc).state !== 'planned') return
  meeting(doc).set('meeting', { state: 'live', startedAt: now, endedAt: null })
  giveFloor(doc, { facilitator, now })
}

/** Ends the meeting: clocks stand, and whoever is here was here until now. */
export const endMeeting = (doc: Y.Doc, now: number): void => {
  const before = meetingOf(doc)
  if (before.state === 'ended') return
  for (const item of clocks(doc).keys()) if (MeetingItem.safeParse(item).success) pauseClock(doc, item, now)
  noteAttendance(doc, { here: new Set(), now })
  setDoor(doc, null)
  meeting(doc).set('meeting', { ...before, state: 'ended', endedAt: now })
}

/** Notes who is here: spans begin for those who have come, and end for those who have gone. True when it wrote anything. */
export const noteAttendance = (doc: Y.Doc, { here, now }: { here: ReadonlySet<string>; now: number }): boolean => {
  if (hasEnded(doc)) return false
  let wrote = false
  const write = (member: string, spans: Attendance['spans']) => {
    attendance(doc).set(member, { spans })
    wrote = true
  }
  for (const [member, { spans }] of attendanceOf(doc)) {
    const last = spans.at(-1)
    if (last !== undefined && last[1] === null && !here.has(member)) write(member, [...spans.slice(0, -1), [last[0], Math.max(last[0], now)]])
  }
  for (const member of here) {
    const spans = attendance(doc).get(member)?.spans ?? []
    const last = spans.at(-1)
    if (last !== undefined && last[1] === null) continue
    // A connection that was away for a moment was not away, and who comes and goes without end has been here.
    const isSame = last !== undefined && (now - (last[1] ?? now) < limits.attendanceGap || spans.length >= limits.attendanceSpans)
    write(member, isSame ? [...spans.slice(0, -1), [last[0], null]] : [...spans, [now, null]])
  }
  return wrote
}
