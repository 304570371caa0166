/** When reminders are due: pure, with the time and what was said before passed in. */
import { afterHours, instantOf, wallTimeAt } from '@paperboard/shared/clockTimes'
import { defaultReminders, type ReminderSettings } from '@paperboard/shared/reminders'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Ahead, dueNow } from '../../apps/server/src/reminders/due.ts'

const berlin = 'Europe/Berlin'
const newYork = 'America/New_York'
const at = (text: string) => Date.parse(text)

const reading: Ahead = { kind: 'reading', person: 'p', thing: 'r', day: '2026-11-26', until: instantOf('2026-11-27', '00:00', berlin), timeZone: berlin }
const settings = (change: Partial<ReminderSettings> = {}): ReminderSettings => ({ ...defaultReminders, ...change })

describe('clocks', () => {
  test.each([
    ['2026-03-28', '16:00', berlin, '2026-03-28T15:00:00Z'],
    ['2026-03-30', '16:00', berlin, '2026-03-30T14:00:00Z'],
    ['2026-10-26', '16:00', berlin, '2026-10-26T15:00:00Z'],
    ['2026-03-07', '16:00', newYork, '2026-03-07T21:00:00Z'],
    ['2026-03-09', '16:00', newYork, '2026-03-09T20:00:00Z'],
    // Skipped in spring, and twice in autumn.
    ['2026-03-29', '02:30', berlin, '2026-03-29T01:30:00Z'],
    ['2026-10-25', '02:30', berlin, '2026-10-25T00:30:00Z'],
    ['2026-07-01', '00:00', 'Pacific/Kiritimati', '2026-06-30T10:00:00Z'],
    ['2026-07-01', '12:00', 'Asia/Kathmandu', '2026-07-01T06:15:00Z'],
  ])('[M1] the instant at which clocks show a time is right over changes of the clocks: %s %s %s', (day, time, zone, instant) => {
    expect(new Date(instantOf(day, time, zone)).toISOString()).toBe(new Date(instant).toISOString())
  })

  test('[M2] what a clock shows at an instant leads back to it, in any zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    fc.assert(
      fc.property(zones, fc.integer({ min: at('2020-01-01T00:00:00Z') / 60_000, max: at('2035-01-01T00:00:00Z') / 60_000 }), (zone, minute) => {
        const [day = '', time = ''] = wallTimeAt(minute * 60_000, zone).split('T')
        const back = instantOf(day, time.slice(0, 5), zone)
        // The hour that comes twice leads to its first.
        expect(wallTimeAt(back, zone)).toBe(`${day}T${time}`)
        expect(back).toBeLessThanOrEqual(minute * 60_000)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['22:00', '07:00', '2026-11-25T21:30:00Z', '2026-11-26T06:00:00Z'],
    ['22:00', '07:00', '2026-11-26T03:00:00Z', '2026-11-26T06:00:00Z'],
    ['22:00', '07:00', '2026-11-26T06:00:00Z', '2026-11-26T06:00:00Z'],
    ['22:00', '07:00', '2026-11-25T20:59:00Z', '2026-11-25T20:59:00Z'],
    ['12:00', '14:00', '2026-11-26T12:15:00Z', '2026-11-26T13:00:00Z'],
    // The night in which the clocks go forward.
    ['22:00', '07:00', '2026-03-28T23:00:00Z', '2026-03-29T05:00:00Z'],
  ])('[M3] quiet hours from %s to %s end in the zone of the member: %s → %s', (from, to, instant, end) => {
    expect(afterHours(at(instant), { from, to }, berlin)).toBe(at(end))
  })
})

describe('reminders', () => {
  test.each([
    ['before its moment', '2026-11-25T07:59:00Z', null],
    ['at its moment', '2026-11-25T08:00:00Z', '2026-11-26/1'],
    ['late, as after a pause of the server', '2026-11-25T20:00:00Z', '2026-11-26/1'],
    ['within quiet hours', '2026-11-25T23:00:00Z', null],
    ['after them', '2026-11-26T06:00:00Z', '2026-11-26/1'],
    ['when the day is over', '2026-11-26T23:00:00Z', null],
  ])('[M4] a reading is reminded of the day before at nine, but not in quiet hours nor after its day: %s', (_, now, occasion) => {
    expect(dueNow(reading, settings(), at(now), [])?.occasion ?? null).toBe(occasion)
  })

  test('[M5] of several moments that have passed the last one counts, and each is said once', () => {
    const both = settings({ reading: { way: 'app', days: [7, 1] } })
    const first = dueNow(reading, both, at('2026-11-20T08:00:00Z'), [])
    expect(first).toEqual({ way: 'app', occasion: '2026-11-26/7', daysLeft: 6 })
    const said = [{ occasion: '2026-11-26/7', at: at('2026-11-20T08:00:00Z') }]
    expect(dueNow(reading, both, at('2026-11-20T08:01:00Z'), said)).toBeNull()
    expect(dueNow(reading, both, at('2026-11-25T08:01:00Z'), said)).toEqual({ way: 'app', occasion: '2026-11-26/1', daysLeft: 1 })
    expect(dueNow(reading, both, at('2026-11-25T08:01:00Z'), [])?.occasion).toBe('2026-11-26/1')
  })

  test('[M6] a reminder set earlier than one that came is no news', () => {
    const said = [{ occasion: '2026-11-26/1', at: at('2026-11-25T08:00:00Z') }]
    expect(dueNow(reading, settings({ reading: { way: 'both', days: [2] } }), at('2026-11-25T09:00:00Z'), said)).toBeNull()
  })

  test('[M7] moved to another day, it is said again before that day', () => {
    const moved = { ...reading, day: '2026-11-30', until: instantOf('2026-12-01', '00:00', berlin) }
    const said = [{ occasion: '2026-11-26/1', at: at('2026-11-25T08:00:00Z') }]
    expect(dueNow(moved, settings(), at('2026-11-25T09:00:00Z'), said)).toBeNull()
    expect(dueNow(moved, settings(), at('2026-11-29T09:00:00Z'), said)?.occasion).toBe('2026-11-30/1')
  })

  test.each([
    ['the group’s, where they have set none', null, '2026-11-25T08:00:00Z'],
    ['their own', newYork, '2026-11-25T14:00:00Z'],
    ['their own, half around the world', 'Pacific/Auckland', '2026-11-24T20:00:00Z'],
  ])('[M8] the clock is that of the member: %s', (_, timeZone, moment) => {
    expect(dueNow(reading, settings({ timeZone }), at(moment), [])?.occasion).toBe('2026-11-26/1')
    expect(dueNow(reading, settings({ timeZone }), at(moment) - 60_000, [])).toBeNull()
  })

  test('[M9] who wants none gets none', () => {
    expect(dueNow(reading, settings({ reading: { way: 'none', days: [1] } }), at('2026-11-25T12:00:00Z'), [])).toBeNull()
    expect(dueNow(reading, settings({ reading: { way: 'both', days: [] } }), at('2026-11-25T12:00:00Z'), [])).toBeNull()
  })
})
