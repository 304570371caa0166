/**
 * Recurring sessions, in the live document of the group.
 *
 *   schedules   nonce:memberId       a rule (RFC 5545), from when, at what time; the key names who made it
 *   exceptions  schedule:day         a day of a schedule on which it does not meet (EXDATE), or meets besides (RDATE)
 *   holidays    day                  a day on which the group never meets
 *
 * The server plans the sessions of the coming half year from them, as records like any other: what is changed, moved,
 * cancelled or taken out by hand stays so. A schedule itself does not change, but for its end: another rule is another
 * schedule.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Day } from './days.ts'
import { Id, idPattern, newId } from './ids.ts'
import { limits } from './limits.ts'
import { TimeOfDay } from './reminders.ts'
import { idKey, records } from './room.ts'
import { all, mayPlan, notInFuture, ownOnly, refuse } from './rules.ts'

const Time = z.int().min(0)

const every = '(;INTERVAL=[1-9][0-9]?)?'
const weekdayPattern = '(MO|TU|WE|TH|FR|SA|SU)'
/**
 * The rules (RRULE, without its name) that are taken: by days, weeks or months, without an end of their own, which `until`
 * says. Each of them comes round again, so that nobody can keep the server looking for a day that never comes.
 */
const rulePattern = new RegExp(
  `^(FREQ=DAILY${every}|FREQ=WEEKLY${every};BYDAY=${weekdayPattern}(,${weekdayPattern})*|FREQ=MONTHLY${every};(BYDAY=([1-5]|-1)${weekdayPattern}|BYMONTHDAY=(-1|[1-9]|1[0-9]|2[0-8])))$`,
)

export const Schedule = z.strictObject({
  rule: z.string().max(limits.ruleLength).regex(rulePattern),
  /** From which day on; the rule counts from it (DTSTART). */
  from: Day.refine(day => day >= limits.firstBoardDay, 'A schedule begins later'),
  /** The last day; null for no end. */
  until: Day.nullable(),
  time: TimeOfDay.nullable(),
  minutes: z.int().min(5).max(limits.sessionMinutes),
  title: z.string().max(limits.titleLength),
  place: z.string().max(limits.placeLength),
  at: Time,
})
export type Schedule = z.infer<typeof Schedule>

/** `out` as EXDATE, `also` as RDATE. */
export const ScheduleException = z.strictObject({ kind: z.enum(['out', 'also']), by: Id, at: Time })
export type ScheduleException = z.infer<typeof ScheduleException>

export const Holiday = z.strictObject({ name: z.string().max(limits.nameLength), by: Id, at: Time })
export type Holiday = z.infer<typeof Holiday>

/** All but the end: sessions that were planned by a rule must not come to belong to another. */
const isSameRule = (a: Schedule, b: Schedule) => JSON.stringify({ ...a, until: null, at: 0 }) === JSON.stringify({ ...b, until: null, at: 0 })

export const scheduleRecords = records({
  key: idKey(2),
  record: Schedule,
  may: (c, actor, at) =>
    all(
      mayPlan(actor),
      () => {
        const before = c.before()
        if (before === undefined) return ownOnly(c, actor)
        return refuse(c.after !== undefined && !isSameRule(before, c.after), 'invalid-record')
      },
      () => notInFuture(c.after?.at, at),
    ),
})

const exceptionKey = (key: string): readonly string[] | null => {
  const [nonce = '', by = '', day = '', ...rest] = key.split(':')
  return rest.length === 0 && idPattern.test(nonce) && idPattern.test(by) && Day.safeParse(day).success ? [nonce, by, day] : null
}
const holidayKey = (key: string): readonly string[] | null => (Day.safeParse(key).success ? [key] : null)

const signed = <T extends { by: string; at: number }>(record: z.ZodType<T>, key: (key: string) => readonly string[] | null) =>
  records({
    key,
    record,
    may: (c, actor, at) =>
      all(
        mayPlan(actor),
        () => refuse(c.after !== undefined && c.after.by !== actor.id, 'not-yours'),
        () => notInFuture(c.after?.at, at),
      ),
  })
export const exceptionRecords = signed(ScheduleException, exceptionKey)
export const holidayRecords = signed(Holiday, holidayKey)

const schedules = (doc: Y.Doc) => doc.getMap<Schedule>('schedules')
const exceptions = (doc: Y.Doc) => doc.getMap<ScheduleException>('exceptions')
const holidays = (doc: Y.Doc) => doc.getMap<Holiday>('holidays')

/** Makes a schedule. Returns its key. */
export const addSchedule = (doc: Y.Doc, me: string, schedule: Schedule): string => {
  const key = `${newId()}:${me}`
  schedules(doc).set(key, schedule)
  return key
}

/** Ends a schedule with a day. */
export const endSchedule = (doc: Y.Doc, key: string, { until, now }: { until: Day; now: number }) => {
  const before = schedules(doc).get(key)
  if (before !== undefined) schedules(doc).set(key, { ...before, until, at: now })
}

export const setException = (
  doc: Y.Doc,
  { schedule, day, kind, me, now }: { schedule: string; day: Day; kind: 'out' | 'also' | null; me: string; now: number },
) => {
  if (kind === null) exceptions(doc).delete(`${schedule}:${day}`)
  else exceptions(doc).set(`${schedule}:${day}`, { kind, by: me, at: now })
}

export const setHoliday = (doc: Y.Doc, { day, name, me, now }: { day: Day; name: string | null; me: string; now: number }) => {
  if (name === null) holidays(doc).delete(day)
  else holidays(doc).set(day, { name, by: me, at: now })
}

/** A schedule as people see it. */
export interface PlannedSchedule extends Schedule {
  key: string
  /** Days on which it does not meet though the rule says so, and meets besides. */
  out: Day[]
  also: Day[]
}

/** All schedules, the earliest first. */
export const schedulesOf = (doc: Y.Doc): PlannedSchedule[] => {
  const days = (key: string, kind: 'out' | 'also') =>
    [...exceptions(doc).entries()].flatMap(([at, exception]) => (at.startsWith(`${key}:`) && exception.kind === kind ? at.slice(key.length + 1) : [])).sort()
  return [...schedules(doc).entries()]
    .map(([key, schedule]) => ({ ...schedule, key, out: days(key, 'out'), also: days(key, 'also') }))
    .sort((a, b) => a.from.localeCompare(b.from) || (a.key < b.key ? -1 : 1))
}

/** Holidays by day. */
export const holidaysOf = (doc: Y.Doc): { day: Day; name: string }[] =>
  [...holidays(doc).entries()].map(([day, { name }]) => ({ day, name })).sort((a, b) => a.day.localeCompare(b.day))

/** As a form asks for it: every so many weeks on a weekday, or on one weekday of each month. */
export type SimpleRule = { every: 'week'; weeks: number; weekday: number } | { every: 'month'; which: 1 | 2 | 3 | 4 | -1; weekday: number }

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const ordinals: Record<string, string> = { '1': 'first', '2': 'second', '3': 'third', '4': 'fourth', '-1': 'last' }

export const ruleFrom = (simple: SimpleRule): string =>
  simple.every === 'week'
    ? `FREQ=WEEKLY;INTERVAL=${simple.weeks};BYDAY=${weekdays[simple.weekday]}`
    : `FREQ=MONTHLY;BYDAY=${simple.which}${weekdays[simple.weekday]}`

/** "Every second Tuesday", "The first Monday of each month"; a rule of another form as it stands. */
export function ruleWords(rule: string): string {
  const weekly = /^FREQ=WEEKLY;INTERVAL=(\d+);BYDAY=([A-Z]{2})$/.exec(rule)
  if (weekly !== null) {
    const [, weeks = '1', day = ''] = weekly
    const name = nameOf(day)
    return weeks === '1' ? `Every ${name}` : weeks === '2' ? `Every second ${name}` : `Every ${weeks} weeks on ${name}`
  }
  const monthly = /^FREQ=MONTHLY;BYDAY=(-?\d)([A-Z]{2})$/.exec(rule)
  const ordinal = monthly === null ? undefined : ordinals[monthly[1] ?? '']
  return ordinal === undefined ? rule : `The ${ordinal} ${nameOf(monthly?.[2] ?? '')} of each month`
}
const nameOf = (day: string): string => weekdayNames[weekdays.indexOf(day)] ?? day
