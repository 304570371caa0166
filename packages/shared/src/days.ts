import { z } from 'zod'

/** A calendar day, `2026-11-24`. Days are strings everywhere: they sort, compare and key maps as they are, and have no time zone. */
export type Day = string

const dayMs = 86_400_000
const atNoon = (day: Day) => Date.parse(`${day}T12:00:00Z`)
/** Whether a text is a day that there is. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const noon = atNoon(text)
  // One that there is not, such as the 31st of June, is read as a later one.
  return !Number.isNaN(noon) && new Date(noon).toISOString().startsWith(text)
}

export const Day = z.string().refine(isDay, 'A day has the form 2026-11-24')
export const TimeZone = z.string().max(64).refine(isTimeZone, 'An IANA time zone such as Europe/Berlin')

function isTimeZone(zone: string) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** By time zone. To make a format takes longer than to open a socket, and to use it as long as to find a membership. There are some 600 zones. */
const zones = new Map<string, { format: Intl.DateTimeFormat; minute: number; day: Day }>()

/** The day it is at `now` (ms) in an IANA time zone. */
export const dayAt = (now: number, timeZone: string): Day => {
  const known = zones.get(timeZone)
  // Days begin with a minute, in every zone.
  const minute = Math.floor(now / 60_000)
  if (known?.minute === minute) return known.day
  // The Swedish locale writes ISO 8601 dates.
  const format = known?.format ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  const day = format.format(now)
  zones.set(timeZone, { format, minute, day })
  return day
}

export const addDays = (day: Day, days: number): Day => new Date(atNoon(day) + days * dayMs).toISOString().slice(0, 10)

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round((atNoon(to) - atNoon(from)) / dayMs)

/** 0 for Monday to 6 for Sunday, as in ISO 8601. */
export const weekday = (day: Day): number => (new Date(atNoon(day)).getUTCDay() + 6) % 7

/** First and last day, both included. */
export interface Span {
  from: Day
  to: Day
}

/** The ISO week (Monday to Sunday) around a day. */
export const weekOf = (day: Day): Span => {
  const from = addDays(day, -weekday(day))
  return { from, to: addDays(from, 6) }
}

/** The calendar month around a day. */
export const monthOf = (day: Day): Span => {
  const from = `${day.slice(0, 7)}-01`
  const next = addDays(from, 31).slice(0, 7)
  return { from, to: addDays(`${next}-01`, -1) }
}

/** The same day of the month `months` later, or that month's last day. */
export const addMonths = (day: Day, months: number): Day => {
  const date = new Date(atNoon(`${day.slice(0, 7)}-01`))
  date.setUTCMonth(date.getUTCMonth() + months)
  const { from, to } = monthOf(date.toISOString().slice(0, 10))
  const same = addDays(from, Number(day.slice(8)) - 1)
  return same > to ? to : same
}

export const daysIn = ({ from, to }: Span): Day[] => Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i))

const formatters = new Map<string, Intl.DateTimeFormat>()
/** Making a formatter takes a hundred times as long as using one, and a page may show hundreds of days. */
const formatter = (options: Intl.DateTimeFormatOptions, locale?: string): Intl.DateTimeFormat => {
  const name = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(name) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  formatters.set(name, known)
  return known
}

/** A day for people: "Tue, 24 Nov 2026" in the reader's language. */
export const formatDay = (
  day: Day,
  options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  locale?: string,
) => formatter(options, locale).format(atNoon(day))
