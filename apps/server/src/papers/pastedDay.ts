import { Day } from '@paperboard/shared/days'

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const month = '([A-Za-z]{3,9})\\.?'
const day = '(\\d{1,2})(?:st|nd|rd|th)?'
const weekday = '(?:[A-Za-z]{3,9}\\.?,? )?'
const monthFirst = new RegExp(`^${weekday}${month} ${day}(?:,? (\\d{4}))?$`)
const dayFirst = new RegExp(`^${weekday}${day} ${month}(?:,? (\\d{4}))?$`)

/** Longest line that can be a date: "Wednesday, September 24th, 2025". */
const longest = 40

/**
 * The day a line names ("Aug 27", "27 August 2025", "2025-08-27"), or null if it is no date. Without a year it is the
 * latest such day not after `today`.
 */
export const readDay = (text: string, today: Day): { day: Day; yearGuessed: boolean } | null => {
  const line = text.trim()
  if (line.length > longest || !/\d/.test(line)) return null
  if (/^\d{4}-/.test(line) && Day.safeParse(line).success) return { day: line, yearGuessed: false }
  const [, monthName, dayNumber, year] = monthFirst.exec(line) ?? swapped(dayFirst.exec(line)) ?? []
  const monthNumber = numberOf(monthName ?? '')
  if (monthNumber === null) return null
  const monthDay = `${monthNumber}-${(dayNumber ?? '').padStart(2, '0')}`
  if (year !== undefined) return Day.safeParse(`${year}-${monthDay}`).success ? { day: `${year}-${monthDay}`, yearGuessed: false } : null
  const guess = latest(monthDay, today)
  return guess === null ? null : { day: guess, yearGuessed: true }
}

const swapped = (match: RegExpExecArray | null) => match && [match[0], match[2], match[1], match[3]]

/** "Aug", "Sept" and "August" are months; "Augur" is not. */
const numberOf = (name: string): string | null => {
  const at = name.length < 3 ? -1 : months.findIndex(full => full.startsWith(name.toLowerCase()))
  return at < 0 ? null : String(at + 1).padStart(2, '0')
}

/** 29 February comes back after four years, or eight around a century that is no leap year. */
const latest = (monthDay: string, today: Day): Day | null => {
  const thisYear = Number(today.slice(0, 4))
  for (let year = thisYear; year >= thisYear - 8; year--) {
    const guess = `${year}-${monthDay}`
    if (Day.safeParse(guess).success && guess <= today) return guess
  }
  return null
}
