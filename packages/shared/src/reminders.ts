/** How a member is reminded: of what, how long before, and by which way. */
import { z } from 'zod'
import { TimeZone } from './days.ts'

/** What one is reminded of: a reading that is due, a paper that one presents, a session of the group. */
export const reminderKinds = ['reading', 'presenting', 'session'] as const
export type ReminderKind = (typeof reminderKinds)[number]

export const reminderWays = ['both', 'mail', 'app', 'none'] as const
export type ReminderWay = (typeof reminderWays)[number]

/** Days before the day it is about; 0 for the morning of that day. A month is as far ahead as anybody plans a talk. */
export const leadDays = [0, 1, 2, 3, 7, 14, 30] as const

/** A time of day, `09:00`. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 09:00')

const Reminder = z.strictObject({
  way: z.enum(reminderWays),
  /** Each day named here brings one reminder. */
  days: z
    .array(z.literal(leadDays))
    .max(leadDays.length)
    .refine(days => new Set(days).size === days.length, 'Each day once'),
})
export type Reminder = z.infer<typeof Reminder>

export const ReminderSettings = z.strictObject({
  reading: Reminder,
  presenting: Reminder,
  session: Reminder,
  /** How minutes come after a meeting; for whoever set all else before there were any, as usual. */
  minutes: z.enum(reminderWays).default('mail'),
  /** When on those days. */
  at: TimeOfDay,
  /** Nothing comes between these times, which may lie around midnight; null for no such hours. */
  quiet: z.strictObject({ from: TimeOfDay, to: TimeOfDay }).nullable(),
  /** Whose clock that is; null for each group's own. */
  timeZone: TimeZone.nullable(),
})
export type ReminderSettings = z.infer<typeof ReminderSettings>

/** As it is for whoever has changed nothing. Sessions are in the calendar: those who want to be reminded of them say so. */
export const defaultReminders: ReminderSettings = {
  reading: { way: 'both', days: [1] },
  presenting: { way: 'both', days: [7, 1] },
  session: { way: 'none', days: [0] },
  minutes: 'mail',
  at: '09:00',
  quiet: { from: '22:00', to: '07:00' },
  timeZone: null,
}
