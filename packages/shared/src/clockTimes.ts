/** Times as clocks on the wall show them, in a time zone, and the instants (ms since 1970) that they are. */
import { addDays, type Day } from './days.ts'

/** By time zone, since to make one is slow. */
const formats = new Map<string, Intl.DateTimeFormat>()

const formatFor = (timeZone: string): Intl.DateTimeFormat => {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  formats.set(timeZone, format)
  return format
}

/** What a clock shows at an instant: `2026-11-24T16:00:00`. */
export const wallTimeAt = (instant: number, timeZone: string): string => formatFor(timeZone).format(instant).replace(' ', 'T')

/** How far (ms) the clocks of a zone are ahead of UTC at an instant. */
const offsetAt = (instant: number, timeZone: string): number => Date.parse(`${wallTimeAt(instant, timeZone)}Z`) - Math.floor(instant / 1000) * 1000

/**
 * The instant at which clocks show a time of a day. Of two, as in the hour that comes twice in autumn, the first; a time
 * that is skipped in spring is as much later as the clocks are put forward.
 */
export const instantOf = (day: Day, time: string, timeZone: string): number => {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  // The offsets before and after any change of the clocks near by.
  const offsets = [offsetAt(asUtc - 86_400_000, timeZone), offsetAt(asUtc + 86_400_000, timeZone)]
  const shown = offsets.map(offset => asUtc - offset).filter(instant => wallTimeAt(instant, timeZone) === `${day}T${time}:00`)
  return shown.length > 0 ? Math.min(...shown) : asUtc - (offsets[0] ?? 0)
}

/** The first instant from `instant` on that lies outside of the hours from `from` to `to`, which may lie around midnight. */
export const afterHours = (instant: number, hours: { from: string; to: string }, timeZone: string): number => {
  const [day = '', clock = ''] = wallTimeAt(instant, timeZone).split('T')
  const time = clock.slice(0, 5)
  const { from, to } = hours
  if (from <= to) return time >= from && time < to ? instantOf(day, to, timeZone) : instant
  if (time >= from) return instantOf(addDays(day, 1), to, timeZone)
  return time < to ? instantOf(day, to, timeZone) : instant
}
