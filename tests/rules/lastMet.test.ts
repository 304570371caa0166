/** Since when papers are new to a group: since it met last. */
import { lastMet } from '@paperboard/shared/lastMet'
import { expect, test } from 'vitest'

const at = (time: string) => Date.parse(time)
const meeting = (id: string, endedAt: number | null, startedAt: number | null = endedAt === null ? null : endedAt - 1) => ({
  id,
  title: '',
  createdAt: 0,
  startedAt,
  endedAt,
})
const session = (day: string, cancelled = false) => ({ day, cancelled })
const known = { timeZone: 'Europe/Berlin', today: '2026-12-01' }

test.each([
  ['nothing yet', [], [], null],
  ['the last one that ended', [meeting('a', at('2026-11-12T12:00Z')), meeting('b', at('2026-11-26T12:00Z'))], [], '2026-11-26 b'],
  ['by the clock of the group', [meeting('a', at('2026-11-26T23:30Z'))], [], '2026-11-27 a'],
  ['not one that is on, nor one that was never started', [meeting('a', null, at('2026-12-01T09:00Z')), meeting('b', at('2026-11-30T09:00Z'), null)], [], null],
  ['a session that took place', [], [session('2026-11-19'), session('2026-11-26', true), session('2026-12-03')], '2026-11-19 null'],
  ['a session after the last meeting here', [meeting('a', at('2026-11-12T12:00Z'))], [session('2026-11-19')], '2026-11-19 null'],
  ['the meeting of the session', [meeting('a', at('2026-11-19T12:00Z'))], [session('2026-11-19')], '2026-11-19 a'],
])('[U97] since the last meeting is since the later of what was held here and what took place by the plan: %s', (_, meetings, sessions, expected) => {
  const met = lastMet({ ...known, meetings, sessions })
  expect(met === null ? null : `${met.day} ${met.meeting?.id ?? null}`).toBe(expected)
})
