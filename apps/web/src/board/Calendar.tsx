import type { DayCount } from '@paperboard/shared/api'
import { addDays, addMonths, type Day, daysIn, monthOf, weekday, weekOf } from '@paperboard/shared/days'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { countsQuery } from '../api.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { ChevronLeftIcon, ChevronRightIcon } from '../ui/icons.tsx'
import styles from './Calendar.module.css'
import { monthName, weekdayOf } from './dates.ts'
import { count } from './names.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const moves: Record<string, (day: Day) => Day> = {
  ArrowLeft: day => addDays(day, -1),
  ArrowRight: day => addDays(day, 1),
  ArrowUp: day => addDays(day, -7),
  ArrowDown: day => addDays(day, 7),
  Home: day => weekOf(day).from,
  End: day => weekOf(day).to,
  PageUp: day => addMonths(day, -1),
  PageDown: day => addMonths(day, 1),
}

/** The whole weeks that a month touches. */
const weeksOf = (day: Day): Day[][] => {
  const { from, to } = monthOf(day)
  const days = daysIn({ from: weekOf(from).from, to: weekOf(to).to })
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
}

/** A month, with how much is on the board of each day. Arrows move by days and weeks, page keys by months. */
export function Calendar({ group, day, today, onPick }: { group: string; day: Day; today: Day; onPick: (day: Day) => void }) {
  const [at, setAt] = useState(day)
  const grid = useRef<HTMLTableElement>(null)
  const moved = useRef(true)
  const weeks = weeksOf(at)
  const { data = [] } = useQuery(countsQuery(group, weeks[0]?.[0] ?? at, weeks.at(-1)?.[6] ?? at))
  const counts = new Map(data.map(of => [of.day, of]))

  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus()
    moved.current = false
  }, [at])

  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    event.stopPropagation()
    moved.current = true
    setAt(move(at))
  }

  return (
    <div className={styles.calendar}>
      <header className={styles.header}>
        <IconButton icon={ChevronLeftIcon} size="small" label="Previous month" onClick={() => setAt(addMonths(at, -1))} />
        <h2 className={styles.month} aria-live="polite">
          {monthName(at)}
        </h2>
        <IconButton icon={ChevronRightIcon} size="small" label="Next month" onClick={() => setAt(addMonths(at, 1))} />
      </header>
      <table ref={grid} className={styles.grid} onKeyDown={onKeyDown}>
        <caption className="visually-hidden">{monthName(at)}, papers by day</caption>
        <thead>
          <tr>
            {weekdays.map(name => (
              <th key={name} scope="col" abbr={name}>
                {name.slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(week => (
            <tr key={week[0]}>
              {week.map(each => (
                <td key={each}>
                  <DayButton day={each} of={counts.get(each)} at={at} here={day} today={today} onPick={onPick} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <footer className={styles.footer}>
        <Button variant="quiet" size="small" onClick={() => onPick(today)}>
          Today
        </Button>
        <span>Papers on each day</span>
      </footer>
    </div>
  )
}

function DayButton({ day, of, at, here, today, onPick }: { day: Day; of: DayCount | undefined; at: Day; here: Day; today: Day; onPick: (day: Day) => void }) {
  const { papers, votes } = of ?? { papers: 0, votes: 0 }
  return (
    <button
      type="button"
      className={styles.day}
      data-day={day}
      data-outside={day.slice(0, 7) !== at.slice(0, 7) || undefined}
      data-today={day === today || undefined}
      data-weekend={weekday(day) > 4 || undefined}
      aria-current={day === here ? 'date' : undefined}
      tabIndex={day === at ? 0 : -1}
      onClick={() => onPick(day)}
    >
      {/* Read in one: "Thursday, 27 August 2026, 77 papers, 12 votes". */}
      <span className="visually-hidden">{weekdayOf(day)}, </span>
      {Number(day.slice(8))}
      <span className="visually-hidden"> {monthName(day)}, </span>
      <span className={styles.count}>{papers > 0 && papers}</span>
      <span className="visually-hidden">
        {papers === 0 ? 'no papers' : papers === 1 ? ' paper' : ' papers'}
        {votes > 0 && `, ${count(votes, 'vote')}`}
      </span>
    </button>
  )
}
