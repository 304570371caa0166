import type { Group } from '@paperboard/shared/api'
import { addDays, addMonths, type Day } from '@paperboard/shared/days'
import { Link, useLocation, useSearch } from 'wouter'
import { paths } from '../routes.ts'
import { IconButton } from '../ui/Button.tsx'
import { CalendarIcon, ChevronDownIcon, ChevronLeftIcon, ChevronRightIcon } from '../ui/icons.tsx'
import { useKeys } from '../ui/keys.ts'
import { Menu } from '../ui/Menu.tsx'
import { Popover } from '../ui/Popover.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { tip } from '../ui/Tooltip.tsx'
import { Calendar } from './Calendar.tsx'
import { looksOnly } from './looks.ts'
import { useMedia } from './nav.ts'
import styles from './SpanNav.module.css'

export const spans = ['day', 'week', 'month'] as const
export type SpanKind = (typeof spans)[number]
/** `since` and `recent` have no steps: they end today. */
export type Reach = SpanKind | 'since' | 'recent'

export const spanHref: Record<Reach, (group: string, day: Day) => string> = {
  day: paths.board,
  week: paths.week,
  month: paths.month,
  since: group => paths.since(group),
  recent: group => paths.recent(group),
}
/** The day one span earlier or later. */
export const stepped = (span: SpanKind, day: Day, by: 1 | -1): Day => (span === 'month' ? addMonths(day, by) : addDays(day, by * (span === 'week' ? 7 : 1)))

const reaches = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
  { value: 'since', label: 'Since' },
  { value: 'recent', label: 'Top' },
] as const

/** What keys do where there are days to go through. What the list is narrowed to goes along. */
export const useDayKeys = (span: SpanKind, group: Pick<Group, 'id' | 'today'>, day: Day) => {
  const [, navigate] = useLocation()
  const to = (other: Day) => () => navigate(spanHref[span](group.id, other) + looksOnly(location.search))
  useKeys([
    { keys: '[', does: `Previous ${span}`, under: 'Through the days', act: to(stepped(span, day, -1)) },
    { keys: ']', does: `Next ${span}`, under: 'Through the days', act: to(stepped(span, day, 1)) },
    { keys: 't', does: 'Go to today', under: 'Through the days', act: to(group.today) },
  ])
}

/** Through time: one step back or on, any day by the calendar, and how much of it to see. */
export function SpanNav({ group, day, today, span }: { group: string; day: Day; today: Day; span: Reach }) {
  const [, navigate] = useLocation()
  const looks = looksOnly(useSearch())
  const at = (reach: Reach, other: Day) => (reach === 'since' ? paths.since(group, other) : spanHref[reach](group, other)) + looks
  return (
    <nav className={styles.nav} aria-label="Days">
      <div className={styles.steps}>
        {span !== 'since' && span !== 'recent' && (
          <>
            <Link className={styles.step} href={at(span, stepped(span, day, -1))} aria-label={`Previous ${span}`} {...tip(`Previous ${span}`, '[')}>
              <ChevronLeftIcon />
            </Link>
            <Link className={styles.today} href={at(span, today)} aria-current={day === today ? 'date' : undefined} {...tip('Go to today', 't')}>
              Today
            </Link>
            <Link className={styles.step} href={at(span, stepped(span, day, 1))} aria-label={`Next ${span}`} {...tip(`Next ${span}`, ']')}>
              <ChevronRightIcon />
            </Link>
          </>
        )}
        {span !== 'recent' && (
          <Popover label="Calendar" trigger={<IconButton icon={CalendarIcon} size="small" label={span === 'since' ? 'Since another day' : 'Calendar'} />}>
            {close => (
              <Calendar
                group={group}
                day={day}
                today={today}
                onPick={picked => {
                  close()
                  navigate(at(span, picked))
                }}
              />
            )}
          </Popover>
        )}
      </div>
      <ReachChoice value={span} onChange={kind => navigate(spanHref[kind](group, span === 'since' ? today : day))} />
    </nav>
  )
}

/** How much of time to see: all in sight, or one press away where the line is short. */
function ReachChoice({ value, onChange }: { value: Reach; onChange: (reach: Reach) => void }) {
  const short = useMedia('(max-width: 40rem)')
  if (!short) return <Segmented label="Span" options={reaches} value={value} onChange={onChange} />
  const label = reaches.find(reach => reach.value === value)?.label
  return (
    <Menu
      trigger={
        <button type="button" className={styles.reach} aria-label={`Span: ${label}`}>
          {label} <ChevronDownIcon size={15} />
        </button>
      }
      sections={() => [
        { heading: 'Span', items: reaches.map(reach => ({ label: reach.label, checked: reach.value === value, onSelect: () => onChange(reach.value) })) },
      ]}
    />
  )
}
