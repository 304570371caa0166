import { dayAt } from '@paperboard/shared/days'
import { expect, test } from 'vitest'

test.each([
  ['UTC', '2026-12-01T00:00:00Z'],
  ['Europe/Berlin', '2026-11-30T23:00:00Z'],
  ['America/St_Johns', '2026-12-01T03:30:00Z'],
  ['Asia/Kathmandu', '2026-11-30T18:15:00Z'],
  ['Pacific/Chatham', '2026-11-30T10:15:00Z'],
  ['Pacific/Kiritimati', '2026-11-30T10:00:00Z'],
])('[G51] the 1st of December begins in %s at %s, whenever it is asked and in whatever order', (zone, begin) => {
  const at = Date.parse(begin)
  const asked = [-1, 0, -1, 1, 59_999, -60_000, 60_000, -1, 0]
  expect(asked.map(ms => dayAt(at + ms, zone))).toEqual(asked.map(ms => (ms < 0 ? '2026-11-30' : '2026-12-01')))
})
