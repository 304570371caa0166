/** When a paper came out, as sources write it, as `2026`, `2026-11` or `2026-11-24`: as exactly as is told. */
import { Day } from '@paperboard/shared/days'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** "nov", "November", "11" or 11 as `11`; null for anything else. */
export const monthOf = (text: string): string | null => {
  const word = text.trim().toLowerCase().replace(/\.$/, '')
  if (/^\d{1,2}$/.test(word)) return Number(word) >= 1 && Number(word) <= 12 ? word.padStart(2, '0') : null
  const at = word.length >= 3 ? months.indexOf(word.slice(0, 3)) : -1
  return at < 0 ? null : String(at + 1).padStart(2, '0')
}

/** Year, month and day, of which the later ones may be missing or senseless. Null without a year. */
export const publishedOf = (year: unknown, month?: unknown, day?: unknown): string | null => {
  const y = /^\s*(\d{4})\b/.exec(String(year ?? ''))?.[1]
  if (y === undefined || y < '1000') return null
  const m = monthOf(String(month ?? ''))
  if (m === null) return y
  const d = /^\s*(\d{1,2})\s*$/.exec(String(day ?? ''))?.[1]?.padStart(2, '0')
  const whole = `${y}-${m}-${d ?? ''}`
  return Day.safeParse(whole).success ? whole : `${y}-${m}`
}

/** A date in words or figures: ISO 8601 with or without time, RFC 822, `1990/2/27`, `Feb 2020`, `2020 Mar 15`, `2020年3月15日`, `(1989)`. Its own day, whatever its time zone. */
export const publishedIn = (text: string): string | null => {
  const line = text.trim().slice(0, 60)
  const yearFirst = /^(\d{4})\s+([A-Za-z]{3,9})\.?(?:\s+(\d{1,2}))?(?![\w-])/.exec(line)
  if (yearFirst) return publishedOf(yearFirst[1], yearFirst[2], yearFirst[3])
  const eastern = /^(\d{4})\s?[年년]\s?(?:(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日일])?)?/.exec(line)
  if (eastern) return publishedOf(eastern[1], eastern[2], eastern[3])
  const figures = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])/.exec(line)
  if (figures) return publishedOf(figures[1], figures[2], figures[3])
  const compact = /^(\d{4})(\d\d)(\d\d)(?:T|$)/.exec(line)
  if (compact) return publishedOf(compact[1], compact[2], compact[3])
  const dayFirst = /(?:^|\s)(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})/.exec(line)
  if (dayFirst) return publishedOf(dayFirst[3], dayFirst[2], dayFirst[1])
  const monthFirst = /^([A-Za-z]{3,9})\.?(?: (\d{1,2}))?,? (\d{4})/.exec(line)
  if (monthFirst) return publishedOf(monthFirst[3], monthFirst[1], monthFirst[2])
  return publishedOf(/(?:^|[^\d])((?:1[5-9]|20)\d\d)(?![\d])/.exec(line)?.[1])
}
