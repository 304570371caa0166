/** When a source is fetched: its schedule, by the clock of its group. */
import type { SourceSchedule } from '@paperboard/shared/sources'
import { Cron } from 'croner'

/**
 * The first slot after `after` (ms). A time that the clock skips in spring comes when the clock has gone on; one that it
 * shows twice in autumn comes once.
 */
export function nextSlot({ days, times }: SourceSchedule, timeZone: string, after: number): number {
  // Cron counts from Sunday.
  const weekdays = days.map(day => (day + 1) % 7).join(',')
  const next = times.map(time => {
    const [hour, minute] = time.split(':').map(Number)
    return new Cron(`0 ${minute} ${hour} * * ${weekdays}`, { timezone: timeZone, paused: true }).nextRun(new Date(after))?.getTime() ?? Number.POSITIVE_INFINITY
  })
  return Math.min(...next)
}
