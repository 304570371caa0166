/** Until when readings are to be done, and how they press. */
import { dueMoment, pressingOf, timeLeft } from '@paperboard/shared/readingTimes'
import { expect, test } from 'vitest'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const session = { day: '2026-12-01', time: '16:00' }

test.each([
  ['with its session', { due: '2026-12-01', setDue: null }, session, '2026-12-01T15:00:00Z'],
  ['on its own date', { due: '2026-12-01', setDue: '2026-12-01' }, session, '2026-12-01T23:00:00Z'],
  ['with a session of no time', { due: '2026-12-01', setDue: null }, { ...session, time: null }, '2026-12-01T23:00:00Z'],
  ['on the day on which clocks are put back', { due: '2026-10-25', setDue: '2026-10-25' }, undefined, '2026-10-25T23:00:00Z'],
] as const)('[R90] a reading is due when its session begins, or at the end of its day, by the clock of the group: %s', (_when, reading, at, moment) => {
  expect(dueMoment(reading, at, 'Europe/Berlin')).toBe(Date.parse(moment))
})

test('[R91] without a date nothing is due', () => {
  expect(dueMoment({ due: null, setDue: null }, session, 'Europe/Berlin')).toBeNull()
})

test.each([
  [10_000, 'due now'],
  [59 * minute, '59 minutes left'],
  [hour, '1 hour left'],
  [day - 1, '23 hours left'],
  [3 * day + hour, '3 days left'],
  [-10_000, 'just over'],
  [-2 * hour, '2 hours late'],
  [-day, '1 day late'],
])('[R92] the time that is left is told in one unit, and never more than there is: %i ms, %s', (span, says) => {
  expect(timeLeft(1_000_000_000 + span, 1_000_000_000)).toBe(says)
})

test.each([
  ['read', '2026-11-20', 'done'],
  ['ready', '2026-12-20', 'done'],
  ['unread', null, 'open'],
  ['unread', '2026-11-30', 'overdue'],
  ['reading', '2026-12-01', 'week'],
  ['unread', '2026-12-06', 'week'],
  ['unread', '2026-12-07', 'next'],
  ['unread', '2026-12-14', 'later'],
] as const)('[R93] what presses comes first, and what is done last: %s until %s is %s', (state, due, pressing) => {
  // A Tuesday at noon.
  const now = Date.parse('2026-12-01T12:00:00Z')
  const until = dueMoment({ due, setDue: due }, undefined, 'Europe/Berlin')
  expect(pressingOf({ due, state }, { until, now, today: '2026-12-01' })).toBe(pressing)
})
