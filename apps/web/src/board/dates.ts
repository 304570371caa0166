import { type Day, formatDay, type Span } from '@paperboard/shared/days'
import { useSyncExternalStore } from 'react'
import { serverNow } from '../live/clock.ts'

/** The interface speaks English, so its dates do too, whatever the browser prefers. */
const locale = 'en-GB'

/** "Thu, 27 Aug 2026" */
export const dayShort = (day: Day) => formatDay(day, undefined, locale)
/** "Thu 27 Aug" */
export const dayBrief = (day: Day) => formatDay(day, { weekday: 'short', day: 'numeric', month: 'short' }, locale).replace(',', '')
/** "Thu 27 Aug", with its year where that is not this one: for sentences and buttons. */
export const dayNear = (day: Day, today: Day) => (day.slice(0, 4) === today.slice(0, 4) ? dayBrief(day) : dayShort(day))
/** "Thursday, 27 August 2026" */
export const dayLong = (day: Day) => `${weekdayOf(day)}, ${dateOf(day)}`
/** "Thursday" */
export const weekdayOf = (day: Day) => formatDay(day, { weekday: 'long' }, locale)
/** "27 August 2026" */
export const dateOf = (day: Day) => formatDay(day, { day: 'numeric', month: 'long', year: 'numeric' }, locale)
/** "27 August" */
export const monthDayOf = (day: Day) => formatDay(day, { day: 'numeric', month: 'long' }, locale)
/** "2026" */
export const yearOf = (day: Day) => day.slice(0, 4)
/** "August 2026" */
export const monthName = (day: Day) => formatDay(day, { month: 'long', year: 'numeric' }, locale)

/** "24 November 2026", "November 2026" or "2026", as much as is known of the day of a paper. */
export const publishedIn = (date: string) => (date.length === 10 ? dateOf(date) : date.length === 7 ? monthName(`${date}-01`) : date)

const week = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
/** "23–29 November 2026" */
export const weekName = ({ from, to }: Span) => week.formatRange(Date.parse(from), Date.parse(to))

/** "27 August 2026", "27 August": of a moment, in the reader's time zone. */
export const dateAt = (at: number) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(at)
export const dateAtBrief = (at: number) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }).format(at)

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
/** "14:05", in the reader's time zone. */
export const timeOf = (at: number) => clock.format(at)

const absolute = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' })
/** "Thursday 27 August 2026 at 14:05", in the reader's time zone. */
export const timeLong = (at: number) => absolute.format(at)

const moments = new Map<string, Intl.DateTimeFormat>()
/** "Tue 24 Nov 07:30" by the clock of a time zone. */
export const momentWords = (at: number, timeZone: string): string => {
  const known =
    moments.get(timeZone) ?? new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  moments.set(timeZone, known)
  return known.format(at).replaceAll(',', '')
}

/** The same, and of which zone it is where the reader's own clock shows another time. */
export const momentThere = (at: number, timeZone: string): string => {
  const words = momentWords(at, timeZone)
  return words === momentWords(at, Intl.DateTimeFormat().resolvedOptions().timeZone) ? words : `${words} (${timeZone.replaceAll('_', ' ')})`
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'long' })
const minute = 60_000
const hour = 60 * minute
const dayLength = 24 * hour
const close = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const far = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })

/** "just now", "5 minutes ago", "yesterday", "3 Aug", "3 Aug 2024". */
export const ago = (at: number, now: number): string => {
  const past = now - at
  if (past < minute) return 'just now'
  if (past < hour) return relative.format(-Math.floor(past / minute), 'minute')
  if (past < dayLength) return relative.format(-Math.floor(past / hour), 'hour')
  if (past < 7 * dayLength) return relative.format(-Math.floor(past / dayLength), 'day')
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? close : far).format(at)
}

let now = serverNow()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = serverNow()
    for (const each of listeners) each()
  }, minute)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The time (ms), told anew each minute: what was "just now" must not stay so. */
export const useNow = (): number =>
  Math.max(
    useSyncExternalStore(subscribe, () => now),
    0,
  )
