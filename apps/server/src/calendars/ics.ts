/** Calendars as iCalendar (RFC 5545), by ical.js; time zones as of the newest tzdata, by timezones-ical-library. */
import type { Day } from '@paperboard/shared/days'
import ICAL from 'ical.js'
import { tzlib_get_ical_block } from 'timezones-ical-library'

/** A day and a time by the clock of a zone. */
export interface At {
  day: Day
  /** `16:00` */
  time: string
}

export interface CalendarEvent {
  /** The same for ever; instances of a series share it. */
  uid: string
  sequence: number
  /** ms since 1970. */
  changedAt: number
  summary: string
  description: string
  url: string
  location?: string
  /** A whole day, or a time by the clock of a zone. */
  when: { day: Day } | (At & { minutes: number; timeZone: string })
  /** RRULE of a series, without its name. */
  rule?: string
  /** Instances of the series that do not take place: their original times. */
  excluded?: readonly At[]
  /** The original time of the instance of a series that this is. */
  instanceOf?: At
  cancelled?: boolean
}

/** How often calendar programs that go by it ask again. */
const refresh = 'PT30M'

/** A calendar of these events, with the time zones that they name. */
export function icsOf({ name, events }: { name: string; events: readonly CalendarEvent[] }): string {
  const calendar = new ICAL.Component('vcalendar')
  const set = (property: string, value: string) => calendar.updatePropertyWithValue(property, value)
  set('version', '2.0')
  set('prodid', '-//Paperboard//Paperboard//EN')
  set('calscale', 'GREGORIAN')
  set('method', 'PUBLISH')
  // NAME is RFC 7986; the other is what most programs read.
  set('name', name)
  set('x-wr-calname', name)
  calendar.addProperty(durationOf('refresh-interval'))
  set('x-published-ttl', refresh)
  const zones = new Set(events.flatMap(({ when }) => ('timeZone' in when ? when.timeZone : [])))
  for (const zone of zones) calendar.addSubcomponent(zoneOf(zone))
  for (const event of events) calendar.addSubcomponent(eventOf(event))
  return `${calendar.toString()}\r\n`
}

function durationOf(property: string) {
  const duration = new ICAL.Property(property)
  duration.resetType('duration')
  duration.setValue(ICAL.Duration.fromString(refresh))
  return duration
}

function zoneOf(timeZone: string): ICAL.Component {
  const [block = ''] = tzlib_get_ical_block(timeZone)
  const component = ICAL.Component.fromString(block)
  // An alias, such as UTC, is told under the name of what it stands for.
  component.updatePropertyWithValue('tzid', timeZone)
  return component
}

function eventOf(event: CalendarEvent): ICAL.Component {
  const component = new ICAL.Component('vevent')
  const set = (property: string, value: string | number | ICAL.Time) => component.updatePropertyWithValue(property, value)
  const zone = 'timeZone' in event.when ? event.when.timeZone : null
  const changed = ICAL.Time.fromJSDate(new Date(event.changedAt), true)
  set('uid', event.uid)
  set('dtstamp', changed)
  set('last-modified', changed)
  set('sequence', event.sequence)
  const start = timeOf(event.when)
  component.addProperty(timed('dtstart', start, zone))
  component.addProperty(timed('dtend', endOf(event.when, start), zone))
  if (event.instanceOf !== undefined) component.addProperty(timed('recurrence-id', timeOf(event.instanceOf), zone))
  if (event.rule !== undefined) component.updatePropertyWithValue('rrule', ICAL.Recur.fromString(event.rule))
  for (const at of event.excluded ?? []) component.addProperty(timed('exdate', timeOf(at), zone))
  set('summary', event.summary)
  if (event.description !== '') set('description', event.description)
  set('url', event.url)
  if (event.location) set('location', event.location)
  set('status', event.cancelled === true ? 'CANCELLED' : 'CONFIRMED')
  // A day by which something is to be read keeps nobody from meeting.
  set('transp', zone === null || event.cancelled === true ? 'TRANSPARENT' : 'OPAQUE')
  return component
}

const timeOf = (when: { day: Day; time?: string }): ICAL.Time => {
  const [year = 0, month = 0, day = 0] = when.day.split('-').map(Number)
  const [hour = 0, minute = 0] = (when.time ?? '').split(':').map(Number)
  return new ICAL.Time({ year, month, day, hour, minute, second: 0, isDate: when.time === undefined }, ICAL.Timezone.localTimezone)
}

/** By the clock: where it is changed within a session, the session ends as it says on the wall. */
function endOf(when: CalendarEvent['when'], start: ICAL.Time): ICAL.Time {
  const end = start.clone()
  if ('minutes' in when) end.adjust(0, 0, when.minutes, 0)
  else end.adjust(1, 0, 0, 0)
  return end
}

function timed(name: string, time: ICAL.Time, timeZone: string | null): ICAL.Property {
  const property = new ICAL.Property(name)
  if (time.isDate) property.resetType('date')
  property.setValue(time)
  if (timeZone !== null) property.setParameter('tzid', timeZone)
  return property
}
