/** What reminders say. */
import { formatDay } from '@paperboard/shared/days'
import type { Reminded } from './ahead.ts'

/** The same words in the app and in the mail; `label` is that of the link. */
export interface ReminderWords {
  title: string
  text: string
  label: string
}

const inDays = (days: number): string => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`)

export function reminderWords(about: Reminded, daysLeft: number): ReminderWords {
  const when = inDays(daysLeft)
  const day = formatDay(about.day, undefined, 'en-GB')
  const clock = about.time === null ? day : `${day}, at ${about.time} (${about.timeZone})`
  const part = about.part === '' ? '' : ` (${about.part})`
  if (about.kind === 'session') return { title: `${about.groupName} meets ${when}`, text: `${about.title}: ${clock}.`, label: 'Open the session' }
  const title = about.title === '' ? 'a paper' : `“${about.title}”`
  const presents = about.role === 'asked' ? 'You are asked to present' : 'You present'
  const shown = about.kind === 'presenting' && about.title === '' ? '' : `${title} `
  if (about.kind === 'presenting')
    return { title: `${presents} ${shown}${when}`, text: `In ${about.groupName} on ${clock}${part === '' ? '' : `, ${about.part}`}.`, label: 'Open the paper' }
  const role = about.role === 'reader' ? 'Your reading' : `Your reading as ${about.role}`
  return { title: `${title} is due ${when}`, text: `${role} for ${about.groupName}${part} is due on ${clock}.`, label: 'Open the paper' }
}
