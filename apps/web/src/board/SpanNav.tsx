import type { Group } from '@paperboard/shared/api'
import { addDays, addMonths, type Day } from '@paperboard/shared/days'
import { Link, useLocation } from 'wouter'
import { paths } from '../routes.ts'
import { IconButton } from '../ui/Button.tsx'
import { CalendarIcon, ChevronLeftIcon, ChevronRightIcon } from '../ui/icons.tsx'
import { useKeys } from '../ui/keys.ts'
import { Popover } from '../ui/Popover.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { tip } from '../ui/Tooltip.tsx'
import { Calendar } from './Calendar.tsx'
import styles from './SpanNav.module.css'

export const spans = ['day', 'week', 'month'] as const
export type SpanKind = (typeof spans)[number]

export const spanHref: Record<SpanKind, (group: string, day: Day) => string> = { day: paths.board, week: paths.week, month: paths.month }
/** The day one span earlier or later. */
export const stepped = (span: SpanKind, day: Day, by: 1 | -1): Day => (span === 'month' ? addMonths(day, by) : addDays(day, by * (span === 'week' ? 7 : 1)))

const spanNames = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const

/** What keys do where there are days to go through. */
export const useDayKeys = (span: SpanKind, group: Pick<Group, 'id' | 'today'>, day: Day) => {
  const [, navigate] = useLocation()
  const to = (other: Day) => () => navigate(spanHref[span](group.id, other))
  useKeys([
    { keys: '[', does: `Previous ${span}`, under: 'Through the days', act: to(stepped(span, day, -1)) },
    { keys: ']', does: `Next ${span}`, under: 'Through the days', act: to(stepped(span, day, 1)) },
    { keys: 't', does: 'Go to today', under: 'Through the days', act: to(group.today) },
  ])
}

/** Through time: one step back or on, any day by the calendar, and how much of it to see. */
export function SpanNav({ group, day, today, span }: { group: string; day: Day; today: Day; span: SpanKind }) {
  const [, navigate] = useLocation()
  const to = spanHref[span]
  return (
    <nav className={styles.nav} aria-label="Days">
      <div className={styles.steps}>
        <Link className={styles.step} href={to(group, stepped(span, day, -1))} aria-label={`Previous ${span}`} {...tip(`Previous ${span}`, '[')}>
          <ChevronLeftIcon />
        </Link>
        <Link className={styles.today} href={to(group, today)} aria-current={day === today ? 'date' : undefined} {...tip('Go to today', 't')}>
          Today
        </Link>
        <Link className={styles.step} href={to(group, stepped(span, day, 1))} aria-label={`Next ${span}`} {...tip(`Next ${span}`, ']')}>
          <ChevronRightIcon />
        </Link>
        <Popover label="Calendar" trigger={<IconButton icon={CalendarIcon} size="small" label="Calendar" />}>
          {close => (
            <Calendar
              group={group}
              day={day}
              today={today}
              onPick={picked => {
                close()
                navigate(to(group, picked))
              }}
            />
          )}
        </Popover>
      </div>
      <Segmented label="Span" options={spanNames} value={span} onChange={kind => navigate(spanHref[kind](group, day))} />
    </nav>
  )
}
