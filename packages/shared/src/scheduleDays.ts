/**
 * The coming days of a schedule, and what changes them: a day left out, one added, a holiday, the end. The server plans
 * what comes to be; what is planned already is called off here, in the same step.
 */
import type * as Y from 'yjs'
import { addDays, addMonths, type Day, monthOf, weekday, weekOf } from './days.ts'
import { changeSession, type PlannedSession, removeSession, sessionsOf } from './groupSessions.ts'
import { endSchedule, holidaysOf, type PlannedSchedule, setException, setHoliday } from './schedule.ts'

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
/** How many turns of a rule are looked at for the days that it has left: two years of weeks. */
const turns = 104

type Ruled = Pick<PlannedSchedule, 'rule' | 'from' | 'until' | 'out' | 'also'>

/**
 * The first days from a day on: of rules as the forms make them, every so many weeks on a weekday or on one weekday of
 * each month; null of others, whose days the server alone works out.
 */
export function comingDays({ rule, from: start, until, out, also }: Ruled, from: Day, most: number): Day[] | null {
  const ruled = ruledDays(rule, start, from > start ? from : start)
  if (ruled === null) return null
  const days = ruled.filter(day => !out.includes(day) && (until === null || day <= until))
  return [...new Set([...days, ...also.filter(day => day >= from)])].sort().slice(0, most)
}

function ruledDays(rule: string, start: Day, from: Day): Day[] | null {
  const [, weeks, on] = /^FREQ=WEEKLY;INTERVAL=(\d+);BYDAY=([A-Z]{2})$/.exec(rule) ?? []
  if (weeks !== undefined && on !== undefined) return weekly(start, { weeks: Number(weeks), on: weekdays.indexOf(on) }, from)
  const [, which, day] = /^FREQ=MONTHLY;BYDAY=(-1|[1-4])([A-Z]{2})$/.exec(rule) ?? []
  if (which === undefined || day === undefined) return null
  return Array.from({ length: turns }, (_, n) => weekdayOfMonth(addMonths(from, n), { which: Number(which), on: weekdays.indexOf(day) })).filter(
    each => each >= from,
  )
}

/** Weeks are counted from the one of the first day, and begin on Mondays. */
function weekly(start: Day, { weeks, on }: { weeks: number; on: number }, from: Day): Day[] {
  const first = addDays(weekOf(start).from, on)
  const days: Day[] = []
  for (let day = first; days.length < turns; day = addDays(day, 7 * weeks)) if (day >= from) days.push(day)
  return days
}

function weekdayOfMonth(within: Day, { which, on }: { which: number; on: number }): Day {
  const { from, to } = monthOf(within)
  return which === -1 ? addDays(to, -((weekday(to) - on + 7) % 7)) : addDays(from, ((on - weekday(from) + 7) % 7) + 7 * (which - 1))
}

/** Who changes it, and when. */
interface By {
  me: string
  now: number
}

/** The session that a schedule has on a day, as it was planned: one that was moved or changed by hand is none of it any more. */
export const plannedOn = (sessions: readonly PlannedSession[], { key, time, title }: PlannedSchedule, day: Day): PlannedSession | undefined =>
  sessions.find(session => session.day === day && session.time === time && session.title === title && session.by === key.split(':')[1])

/** A day on which it does not meet: its session stays in the plan, so that everybody sees that nothing takes place. */
export const leaveOut = (doc: Y.Doc, schedule: PlannedSchedule, day: Day, by: By) =>
  doc.transact(() => {
    const session = plannedOn(sessionsOf(doc), schedule, day)
    if (schedule.also.includes(day)) setException(doc, { schedule: schedule.key, day, kind: null, ...by })
    else setException(doc, { schedule: schedule.key, day, kind: 'out', ...by })
    if (session !== undefined) changeSession(doc, session.key, { cancelled: true })
  })

/** It meets after all. */
export const takeIn = (doc: Y.Doc, schedule: PlannedSchedule, day: Day, by: By) =>
  doc.transact(() => {
    setException(doc, { schedule: schedule.key, day, kind: null, ...by })
    const session = plannedOn(sessionsOf(doc), schedule, day)
    if (session?.cancelled) changeSession(doc, session.key, { cancelled: false })
  })

/** It meets on a day besides. The server plans the session, or a session that was called off takes place. */
export const meetAlso = (doc: Y.Doc, schedule: PlannedSchedule, day: Day, by: By) =>
  doc.transact(() => {
    takeIn(doc, schedule, day, by)
    setException(doc, { schedule: schedule.key, day, kind: 'also', ...by })
  })

/** The group never meets on that day: its sessions are off. */
export const declareHoliday = (doc: Y.Doc, holiday: { day: Day; name: string }, by: By) =>
  doc.transact(() => {
    setHoliday(doc, { ...holiday, ...by })
    for (const { key, day, cancelled } of sessionsOf(doc)) if (day === holiday.day && !cancelled) changeSession(doc, key, { cancelled: true })
  })

/** The day is one like any other; its sessions take place. */
export const dropHoliday = (doc: Y.Doc, day: Day, by: By) =>
  doc.transact(() => {
    setHoliday(doc, { day, name: null, ...by })
    for (const session of sessionsOf(doc)) if (session.day === day && session.cancelled) changeSession(doc, session.key, { cancelled: false })
  })

/** It meets on a day for the last time. Later sessions that have nothing yet are taken out, others are off. */
export const endAfter = (doc: Y.Doc, schedule: PlannedSchedule, until: Day, { now }: By) =>
  doc.transact(() => {
    endSchedule(doc, schedule.key, { until, now })
    const sessions = sessionsOf(doc)
    const off = new Set(holidaysOf(doc).map(({ day }) => day))
    const later = (comingDays({ ...schedule, out: [] }, addDays(until, 1), turns) ?? []).filter(day => !off.has(day))
    const busy = new Set([...doc.getMap('presenters').keys()].map(key => key.slice(0, key.lastIndexOf(':'))))
    for (const day of later) {
      const session = plannedOn(sessions, schedule, day)
      if (session === undefined) continue
      if (session.papers.length === 0 && session.guests.length === 0 && !busy.has(session.key)) removeSession(doc, session.key)
      else changeSession(doc, session.key, { cancelled: true })
    }
  })
