/** Days and times as people write them in schedules. */
import { addDays, Day } from '@paperboard/shared/days'
import { monthOf } from '../papers/read/dates.ts'

/** Whether `3/4/2026` is the third of April. A file decides by the dates in it that can only be read one way. */
export type DayOrder = 'day-first' | 'month-first'

const valid = (year: string, month: string | null, day: string): Day | null => {
  if (month === null) return null
  const full = year.length === 2 ? `20${year}` : year
  const text = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return Day.safeParse(text).success ? text : null
}

const figures = /(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/
const words = '([A-Za-zÀ-ÿ]{3,10})\\.?'
const forms: { form: RegExp; read: (found: RegExpExecArray) => Day | null }[] = [
  { form: /(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)/, read: ([, y = '', m = '', d = '']) => valid(y, monthOf(m), d) },
  {
    form: new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|er|\\.)?[\\s-]+(?:(?:of|de)\\s+)?${words},?[\\s-]+(?:de\\s+)?(\\d{4})`),
    read: ([, d = '', m = '', y = '']) => valid(y, monthOf(english(m)), d),
  },
  { form: new RegExp(`${words}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})`), read: ([, m = '', d = '', y = '']) => valid(y, monthOf(english(m)), d) },
  { form: /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/, read: ([, y = '', m = '', d = '']) => valid(y, monthOf(m), d) },
  { form: /(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)/, read: ([, y = '', m = '', d = '']) => valid(y, monthOf(m), d) },
]

/** Months of German, French and Spanish by their first letters, where these are others than in English. */
const foreign: Record<string, string> = {
  mär: 'mar',
  mai: 'may',
  okt: 'oct',
  dez: 'dec',
  fév: 'feb',
  avr: 'apr',
  aoû: 'aug',
  déc: 'dec',
  ene: 'jan',
  abr: 'apr',
  ago: 'aug',
  dic: 'dec',
  jui: 'jun',
}
const english = (month: string): string => {
  const word = month.toLowerCase()
  if (word.startsWith('juil')) return 'jul'
  return foreign[word.slice(0, 3)] ?? word
}

/** Of several days in a row, "3–4 December", "Dec 3-4, 2026", "3.–4.12.2026", the first; with plain hyphens. */
const firstOf = (text: string): string =>
  text
    .slice(0, 400)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/(?<![\d.:-])(\d{1,2}) ?- ?\d{1,2}(?=\.? +([A-Za-zÀ-ÿ]{3,10}))/g, (whole, first: string, word: string) =>
      monthOf(english(word)) === null ? whole : first,
    )
    .replace(/([A-Za-zÀ-ÿ]{3,10})(\.? +\d{1,2}) ?- ?\d{1,2}(?![\d:.-])/g, (whole, word: string, first: string) =>
      monthOf(english(word)) === null ? whole : `${word}${first}`,
    )
    .replace(/(?<![\d.])(\d{1,2}\.) ?- ?\d{1,2}\.(?=\d)/g, '$1')

/** The first day named in a text; null where none is. What looks like a day and is none, such as 2026-02-30, is not one either. */
export const dayIn = (written: string, order: DayOrder): Day | null => {
  const text = firstOf(written)
  for (const { form, read } of forms) {
    const found = form.exec(text)
    const day = found === null ? null : read(found)
    if (day !== null) return day
  }
  const [, first = '', sign, second = '', year = ''] = figures.exec(text) ?? []
  // 3.4.2026 is written where days come first.
  if (sign === '.' || order === 'day-first') return valid(year, monthOf(second), first) ?? (sign === '.' ? null : valid(year, monthOf(first), second))
  return valid(year, monthOf(first), second) ?? valid(year, monthOf(second), first)
}

const yearless = [
  { form: new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|\\.)?[\\s-]*(?:(?:of|de)\\s+)?${words}(?!\\p{L})`, 'u'), swapped: true },
  { form: new RegExp(`(?<!\\p{L})${words}\\s*(\\d{1,2})(?:st|nd|rd|th|\\.)?(?!\\d)`, 'u'), swapped: false },
]
const twoFigures = /(?<![\d.])(\d{1,2})([./])(\d{1,2})(?![\d/])/

/** A day without its year, "Dec 1" or "22.12.", in the year that brings it nearest to another day; null where none is named. */
export const dayNear = (written: string, order: DayOrder, near: Day): Day | null => {
  const text = firstOf(written)
  const found = yearless.flatMap(({ form, swapped }) => {
    const [, first = '', second = ''] = form.exec(text) ?? []
    const [name, day] = swapped ? [second, first] : [first, second]
    const month = monthOf(english(name))
    return month === null || day === '' ? [] : [{ month, day }]
  })[0]
  const [, first = '', sign, second = ''] = twoFigures.exec(text) ?? []
  const dayFirst = sign === '.' || order === 'day-first'
  const figured = first === '' ? undefined : { month: monthOf(dayFirst ? second : first), day: dayFirst ? first : second }
  const { month, day } = found ?? figured ?? { month: null, day: '' }
  const year = Number(near.slice(0, 4))
  const away = (one: Day) => Math.abs(Date.parse(one) - Date.parse(near))
  const days = [year - 1, year, year + 1].flatMap(each => valid(String(each), month, day) ?? [])
  return days.sort((a, b) => away(a) - away(b))[0] ?? null
}

/** Days as spreadsheets count them, from the end of 1899: what is left of a date that was saved as a number. */
export const daySerial = (text: string): Day | null => {
  const number = /^\s*(\d{5})(?:\.\d+)?\s*$/.exec(text)?.[1]
  return number === undefined || number < '36526' || number > '73050' ? null : addDays('1899-12-30', Number(number))
}

/** Text that looks like a day, for telling that it is none. */
export const looksLikeDay = (text: string): boolean => /\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(text)

/**
 * By the dates of a file that can only be one way: a number above 12 is a day. Where all could be both, the way in which they
 * lie nearer together, since groups meet every week or two; and days first, where that tells nothing.
 */
export const orderOf = (texts: Iterable<string>): DayOrder => {
  let monthFirst = 0
  const either: string[] = []
  for (const text of texts) {
    const [whole = '', first = '', sign, second = '', year] = figures.exec(text) ?? twoFigures.exec(text) ?? []
    if (sign === '.' || whole === '') continue
    if (Number(first) > 12) return 'day-first'
    if (Number(second) > 12) monthFirst += 1
    else either.push(`${first}/${second}/${year ?? '2000'}`)
  }
  if (monthFirst > 0) return 'month-first'
  return spanOf(either, 'month-first') < spanOf(either, 'day-first') ? 'month-first' : 'day-first'
}

const spanOf = (texts: readonly string[], order: DayOrder): number => {
  const times = texts.map(text => Date.parse(dayIn(text, order) ?? '')).filter(time => !Number.isNaN(time))
  return times.reduce((most, time) => Math.max(most, time), 0) - times.reduce((least, time) => Math.min(least, time), Number.MAX_SAFE_INTEGER)
}

const clock = '(\\d{1,2})(?:[:.h](\\d{2}))?\\s*(am|pm)?'
const span = new RegExp(`(?<![\\d.:-])${clock}\\s*(?:-|–|—|to|bis)\\s*${clock}(?![\\d.])`, 'i')
const single = /(?<![\d.:-])(?:(\d{1,2})[:h](\d{2})\s*(am|pm)?|(\d{1,2})\s*(am|pm|uhr))(?![\d])/i

const timeOf = (hour = '', minute = '00', half = ''): string | null => {
  const late = half.toLowerCase() === 'pm' && Number(hour) < 12 ? 12 : half.toLowerCase() === 'am' && Number(hour) === 12 ? -12 : 0
  const h = Number(hour) + late
  return hour !== '' && h < 24 && Number(minute || 0) < 60 ? `${String(h).padStart(2, '0')}:${(minute || '00').padStart(2, '0')}` : null
}

/** `12:00-13:00`, `4PM`, `16:00`, `4-5 pm`; days are taken out of the text before. */
export const timeIn = (text: string): { from: string; to: string | null } | null => {
  const rest = text.replace(/\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/g, ' ')
  const [, h1, m1, half1, h2, m2, half2] = span.exec(rest) ?? []
  // Of bare numbers, "pp. 3-5" is no time.
  if (h1 !== undefined && (m1 !== undefined || m2 !== undefined || half2 !== undefined)) {
    const [from, to] = [timeOf(h1, m1, half1 ?? half2), timeOf(h2, m2, half2)]
    if (from !== null) return { from, to: to !== null && to > from ? to : null }
  }
  const [, h, m, half, bare, bareHalf] = single.exec(rest) ?? []
  const from = h === undefined ? timeOf(bare, '00', bareHalf) : timeOf(h, m, half)
  return from === null ? null : { from, to: null }
}
