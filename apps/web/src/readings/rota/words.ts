import { ruleWords, type Schedule } from '@paperboard/shared/schedule'
import { dateOf } from '../../board/dates.ts'

/** "Every second Tuesday at 14:00, Europe/Berlin, from 1 December 2026". */
export const scheduleWords = ({ rule, time, from, until }: Pick<Schedule, 'rule' | 'time' | 'from' | 'until'>, timeZone: string): string =>
  [`${ruleWords(rule)}${time === null ? '' : ` at ${time}`}`, timeZone, until === null ? `from ${dateOf(from)}` : `until ${dateOf(until)}`].join(', ')
