/** When a member is reminded of what lies ahead of them. Pure: what was said before, and what time it is, is passed in. */
import { afterHours, instantOf } from '@paperboard/shared/clockTimes'
import { addDays, type Day, dayAt, daysBetween } from '@paperboard/shared/days'
import type { ReminderKind, ReminderSettings, ReminderWay } from '@paperboard/shared/reminders'

/** Something that lies ahead of one member. */
export interface Ahead {
  kind: ReminderKind
  person: string
  /** What it is: the same on each run, such as the key of a reading. */
  thing: string
  day: Day
  /** From then on no reminder is of use: ms since 1970. */
  until: number
  /** Whose clock it goes by where the member has set no zone. */
  timeZone: string
}

/** What is to be said now. */
export interface Due {
  way: Exclude<ReminderWay, 'none'>
  /** Names the day and how long before: said once. */
  occasion: string
  /** Days from the member's today. */
  daysLeft: number
}

/**
 * The reminder that is due now; null when none is. Of several whose moment has passed, as after a pause of the server or
 * when something is handed out late, it is the last. `said` holds when something was said of it for this day: after the
 * moment of a reminder, that one is no news.
 */
export function dueNow(ahead: Ahead, settings: ReminderSettings, now: number, said: readonly { occasion: string; at: number }[]): Due | null {
  const { way, days } = settings[ahead.kind]
  if (way === 'none' || now >= ahead.until) return null
  const zone = settings.timeZone ?? ahead.timeZone
  const allowed = (instant: number) => (settings.quiet === null ? instant : afterHours(instant, settings.quiet, zone))
  if (allowed(now) > now) return null
  const passed = days.filter(lead => instantOf(addDays(ahead.day, -lead), settings.at, zone) <= now)
  if (passed.length === 0) return null
  const lead = Math.min(...passed)
  const moment = instantOf(addDays(ahead.day, -lead), settings.at, zone)
  const before = said.filter(({ occasion }) => occasion.startsWith(`${ahead.day}/`))
  if (before.some(({ occasion, at }) => occasion === occasionOf(ahead.day, lead) || at >= moment)) return null
  return { way, occasion: occasionOf(ahead.day, lead), daysLeft: Math.max(0, daysBetween(dayAt(now, zone), ahead.day)) }
}

const occasionOf = (day: Day, lead: number) => `${day}/${lead}`

/** Whether an occasion is still one of this thing: it is not when the day has changed. */
export const isOccasionOf = (ahead: Pick<Ahead, 'day'>, occasion: string): boolean => occasion.startsWith(`${ahead.day}/`)
