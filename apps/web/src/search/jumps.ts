/** Places of a group that one can go to by their names. */
import { addDays, Day, monthOf, weekday } from '@paperboard/shared/days'
import type { ComponentType } from 'react'
import { wordsOf } from '../paper/words.ts'
import { paths } from '../routes.ts'
import {
  BellIcon,
  BoardIcon,
  CalendarIcon,
  DownloadIcon,
  type IconProps,
  LibraryIcon,
  MembersIcon,
  PersonIcon,
  PresentIcon,
  ReadingIcon,
  SearchIcon,
  SettingsIcon,
  TrendIcon,
} from '../ui/icons.tsx'

export interface Jump {
  label: string
  /** Other words for it. */
  also: string
  href: string
  icon: ComponentType<IconProps>
  /** The keys that go there. */
  keys?: string
}

export const jumpsOf = (group: string, today: Day): Jump[] => [
  { label: 'Today’s board', also: 'day', href: paths.board(group), icon: BoardIcon, keys: 'g b' },
  { label: 'Yesterday’s board', also: 'day', href: paths.board(group, addDays(today, -1)), icon: BoardIcon },
  { label: 'This week', also: 'boards', href: paths.week(group, today), icon: CalendarIcon },
  { label: 'This month', also: 'boards calendar', href: paths.month(group, today), icon: CalendarIcon },
  { label: 'Since the last meeting', also: 'new boards', href: paths.since(group), icon: CalendarIcon },
  { label: 'Top recent', also: 'votes trending best', href: paths.recent(group), icon: TrendIcon, keys: 'g t' },
  { label: 'Library', also: 'all papers archive', href: paths.library(group), icon: LibraryIcon, keys: 'g l' },
  { label: 'Readings', also: 'schedule sessions assigned', href: paths.readings(group), icon: ReadingIcon, keys: 'g r' },
  { label: 'Plan', also: 'schedule sessions weeks', href: paths.plan(group), icon: CalendarIcon, keys: 'g p' },
  { label: 'Rota', also: 'turns presenters next', href: paths.rota(group), icon: ReadingIcon },
  { label: 'Meetings', also: 'agenda minutes', href: paths.meetings(group), icon: PresentIcon, keys: 'g e' },
  { label: 'Members', also: 'people invite', href: paths.members(group), icon: MembersIcon, keys: 'g m' },
  { label: 'Sources', also: 'feeds arxiv daily papers', href: paths.sources(group), icon: DownloadIcon, keys: 'g f' },
  { label: 'Group settings', also: 'time zone name', href: paths.settings(group), icon: SettingsIcon, keys: 'g s' },
  { label: 'Search page', also: 'find help', href: paths.search(group), icon: SearchIcon },
  { label: 'Reminders', also: 'mail notices notifications', href: paths.reminders, icon: BellIcon },
  { label: 'Your account', also: 'profile password name', href: paths.account, icon: PersonIcon },
]

/** The boards of the other groups one is in. */
export const groupJumps = (groups: readonly { id: string; name: string }[], here: string): Jump[] =>
  groups.filter(({ id }) => id !== here).map(({ id, name }) => ({ label: name, also: 'group', href: paths.board(id), icon: BoardIcon }))

/** Those whose names begin with what is typed, word by word. */
export const jumpsTo = (jumps: readonly Jump[], text: string): Jump[] => {
  const words = wordsOf(text)
  if (words.length === 0) return []
  const named = (names: readonly string[]) => words.every(word => names.some(name => name.startsWith(word)))
  const byLabel = jumps.filter(({ label }) => named(wordsOf(label)))
  return [...byLabel, ...jumps.filter(jump => !byLabel.includes(jump) && named(wordsOf(`${jump.label} ${jump.also}`)))]
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const beginning = (names: readonly string[], word: string) => (word.length < 3 ? -1 : names.findIndex(name => name.startsWith(word)))

const dayOf = (year: number, month: number, date: number): Day | null => {
  const day = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  return Day.safeParse(day).success ? day : null
}

/** The day that is typed: `2026-11-24`, `24 nov`, `nov 24 2025`, `24.11.`, `yesterday`, `fri` for the last Friday. Null for anything else. */
export const dayTyped = (text: string, today: Day): Day | null => {
  const typed = text.trim().toLowerCase()
  const near = { today: 0, yesterday: -1, tomorrow: 1 }[typed]
  if (near !== undefined) return addDays(today, near)
  if (Day.safeParse(typed).success) return typed
  const past = beginning(weekdays, typed.replace(/^last\s+/, ''))
  if (past !== -1) return addDays(today, -((weekday(today) - past + 7) % 7))
  const year = Number(today.slice(0, 4))
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4})?$/.exec(typed)
  if (dotted !== null) return dayOf(dotted[3] === undefined ? year : Number(dotted[3]), Number(dotted[2]), Number(dotted[1]))
  const named = /^(?:(\d{1,2})\.?\s+)?([a-z]{3,9})(?:\s+(\d{1,2}))?(?:,?\s+(\d{4}))?$/.exec(typed)
  if (named === null) return null
  const month = beginning(months, named[2] ?? '') + 1
  const date = named[1] ?? named[3]
  return month === 0 || date === undefined ? null : dayOf(named[4] === undefined ? year : Number(named[4]), month, Number(date))
}

/** The month that is typed: `2026-10`, `october`, `oct 2025`. */
export const monthTyped = (text: string, today: Day): Day | null => {
  const typed = text.trim().toLowerCase()
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(typed)) return monthOf(`${typed}-01`).from
  const named = /^([a-z]{3,9})(?:\s+(\d{4}))?$/.exec(typed)
  const month = beginning(months, named?.[1] ?? '') + 1
  return month === 0 ? null : dayOf(named?.[2] === undefined ? Number(today.slice(0, 4)) : Number(named[2]), month, 1)
}
