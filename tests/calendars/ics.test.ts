/** What is written by one library is read by another: iCalendar over changes of the clocks. */
import ical, { type VEvent } from 'node-ical'
import { describe, expect, test } from 'vitest'
import { type CalendarEvent, icsOf } from '../../apps/server/src/calendars/ics.ts'

const session = (timeZone: string, more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'session-1@board.example.org',
  sequence: 2,
  changedAt: Date.parse('2026-02-01T10:00:00Z'),
  summary: 'Club; a “meeting”, with\nlines and 윤우',
  description: 'Room 2, first floor\\second; https://example.org/?a=1,2',
  url: 'https://board.example.org/g/1/readings',
  when: { day: '2026-03-03', time: '16:00', minutes: 90, timeZone },
  ...more,
})

const events = (text: string): VEvent[] => Object.values(ical.sync.parseICS(text)).filter((part): part is VEvent => part?.type === 'VEVENT')
const instances = (event: VEvent, from: string, to: string): string[] =>
  ical.expandRecurringEvent(event, { from: new Date(from), to: new Date(to) }).map(({ start }) => start.toISOString())

describe('iCalendar', () => {
  test.each([
    ['Europe/Berlin', ['2026-03-17T15:00:00.000Z', '2026-03-24T15:00:00.000Z', '2026-03-31T14:00:00.000Z', '2026-04-07T14:00:00.000Z']],
    ['America/New_York', ['2026-03-03T21:00:00.000Z', '2026-03-10T20:00:00.000Z', '2026-03-17T20:00:00.000Z']],
    ['Asia/Kathmandu', ['2026-03-24T10:15:00.000Z', '2026-03-31T10:15:00.000Z']],
    ['UTC', ['2026-03-24T16:00:00.000Z', '2026-03-31T16:00:00.000Z']],
  ])('[E1] a weekly session keeps its hour on the clock when the clocks change: %s', (zone, times) => {
    const text = icsOf({ name: 'Club', events: [session(zone, { rule: 'FREQ=WEEKLY;BYDAY=TU' })] })
    const [event] = events(text)
    const [first = '', last = ''] = [times[0], times.at(-1)]
    expect(event && instances(event, first, last)).toEqual(times)
    expect(text).toContain(`TZID:${zone}`)
  })

  test('[E2] a week that is left out is missing, and a moved one is where it went', () => {
    const zone = 'Europe/Berlin'
    const text = icsOf({
      name: 'Club',
      events: [
        session(zone, { rule: 'FREQ=WEEKLY;BYDAY=TU', excluded: [{ day: '2026-03-31', time: '16:00' }] }),
        session(zone, {
          when: { day: '2026-04-08', time: '10:00', minutes: 60, timeZone: zone },
          instanceOf: { day: '2026-04-07', time: '16:00' },
          summary: 'Moved',
        }),
      ],
    })
    const [event] = events(text)
    expect(event && instances(event, '2026-03-24T00:00:00Z', '2026-04-15T00:00:00Z')).toEqual([
      '2026-03-24T15:00:00.000Z',
      '2026-04-08T08:00:00.000Z',
      '2026-04-14T14:00:00.000Z',
    ])
    expect(text).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20260407T160000')
  })

  test('[E3] a day is a whole day in every zone, and busies nobody', () => {
    const text = icsOf({ name: 'Club', events: [session('UTC', { when: { day: '2026-03-29' } })] })
    const [event] = events(text)
    expect(event?.datetype).toBe('date')
    expect(text).toContain('DTSTART;VALUE=DATE:20260329\r\nDTEND;VALUE=DATE:20260330')
    expect(event?.transparency).toBe('TRANSPARENT')
  })

  test('[E4] any text comes through, and the lines are as the standard has them', () => {
    const text = icsOf({ name: 'Club, “A; B”', events: [session('Europe/Berlin', { summary: `${'ü'.repeat(100)}; 윤우, 😀`, cancelled: true })] })
    const [event] = events(text)
    expect(event?.summary).toBe(`${'ü'.repeat(100)}; 윤우, 😀`)
    expect(event).toMatchObject({ uid: 'session-1@board.example.org', sequence: 2, status: 'CANCELLED' })
    expect(event?.description).toBe('Room 2, first floor\\second; https://example.org/?a=1,2')
    expect(event?.lastmodified?.toISOString()).toBe('2026-02-01T10:00:00.000Z')
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text).not.toMatch(/[^\r]\n/)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  })

  test('[E5] every time zone that a group can have is told', () => {
    for (const zone of [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/UTC']) {
      const text = icsOf({ name: 'Club', events: [session(zone)] })
      expect(text, zone).toContain(`TZID:${zone}\r\n`)
      expect(text, zone).toContain(`DTSTART;TZID=${zone}:20260303T160000`)
    }
  })

  test.each(['Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Asia/Kolkata'])(
    '[E13] the clocks of %s change in the calendar on the days on which they change there, for programs that know no zones',
    zone => {
      const told = changesIn(icsOf({ name: 'Club', events: [session(zone)] }), 2027)
      expect(told.length > 1).toBe(zone !== 'Asia/Kolkata')
      for (let at = Date.UTC(2027, 0, 1, 12); at < Date.UTC(2028, 0, 1); at += 86_400_000) {
        const day = new Date(at).toISOString().slice(0, 10)
        const offset = told.findLast(change => change.day <= day)?.offset
        expect(offset, day).toBe(offsetOf(zone, at))
      }
    },
  )
})

/** `+01:00` */
const offsetOf = (timeZone: string, at: number): string | undefined =>
  new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')
    ?.value.slice(3)

/** What a VTIMEZONE says of one year and the one before, read by hand: yearly rules with a month and a weekday, or one offset for ever. */
function changesIn(text: string, year: number): { day: string; offset: string }[] {
  const changes = [...text.matchAll(/BEGIN:(STANDARD|DAYLIGHT)\r\n([\s\S]*?)END:\1/g)].flatMap(([, , body = '']) => {
    const [, hours, minutes] = /TZOFFSETTO:([+-]\d\d)(\d\d)/.exec(body) ?? []
    const offset = `${hours}:${minutes}`
    const rule = /RRULE:(.*)\r/.exec(body)?.[1]
    if (rule === undefined) return [{ day: (/DTSTART:(\d{8})/.exec(body)?.[1] ?? '').replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3'), offset }]
    expect(rule).toMatch(/^FREQ=YEARLY;/)
    const month = Number(/BYMONTH=(\d+)/.exec(rule)?.[1])
    const nth = Number(/BYDAY=(-?\d)SU/.exec(rule)?.[1])
    return [year - 1, year].map(each => ({ day: sundaysOf(each, month).at(nth > 0 ? nth - 1 : nth) ?? '', offset }))
  })
  return changes.sort((a, b) => a.day.localeCompare(b.day))
}

const sundaysOf = (year: number, month: number): string[] =>
  Array.from({ length: 31 }, (_, n) => new Date(Date.UTC(year, month - 1, n + 1)))
    .filter(date => date.getUTCDay() === 0 && date.getUTCMonth() === month - 1)
    .map(date => date.toISOString().slice(0, 10))
