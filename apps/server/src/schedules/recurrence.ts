/** Days of a rule (RFC 5545), by ical.js. By the calendar of the group, so that changes of clocks move nothing. */
import { addDays, type Day } from '@paperboard/shared/days'
import type { PlannedSchedule } from '@paperboard/shared/schedule'
import ICAL from 'ical.js'

export type Recurrence = Pick<PlannedSchedule, 'rule' | 'from' | 'until' | 'out' | 'also'>

const timeOf = (day: Day) => ICAL.Time.fromDateString(day)

/** The days from `from` to `to` on which it meets, at most so many. */
export function daysOf({ rule, from: start, until, out, also }: Recurrence, { from, to, most }: { from: Day; to: Day; most: number }): Day[] {
  const last = until !== null && until < to ? until : to
  const days = new Set(also.filter(day => day >= from && day <= to))
  const without = new Set(out)
  const iterator = ICAL.Recur.fromString(rule).iterator(timeOf(start))
  let found = 0
  for (let next = iterator.next(); next !== null && found < most; next = iterator.next()) {
    const day = next.toString().slice(0, 10)
    if (day > last) break
    if (day < from || without.has(day)) continue
    days.add(day)
    found += 1
  }
  return [...days].sort().slice(0, most)
}

/** The first days of a rule from a day on: within two years, which holds twelve of any rule that is taken but the rarest. */
export const firstDays = (recurrence: Recurrence, from: Day, most: number): Day[] => daysOf(recurrence, { from, to: addDays(from, 730), most })
