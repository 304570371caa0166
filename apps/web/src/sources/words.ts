/** Sources and what they did, as people say it. Times are those of the group's clock. */
import type { RunReport, Source, SourceConfig, SourceRun, SourceSchedule } from '@paperboard/shared/sources'
import { momentWords } from '../board/dates.ts'
import { count, listed } from '../board/names.ts'

const dayNames = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']
export const dayInitials = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

/** "Weekdays at 07:30" */
export const scheduleWords = ({ days, times }: SourceSchedule): string => {
  const chosen = [...new Set(days)].sort((a, b) => a - b)
  const key = chosen.join('')
  const on = key === '01234' ? 'Weekdays' : key === '0123456' ? 'Every day' : listed(chosen.map(day => dayNames[day] ?? ''))
  return `${on} at ${listed([...times].sort())}`
}

/** "arXiv · cs.CL, cs.LG, with cross-lists" */
export const configWords = (config: SourceConfig): string => {
  if (config.kind === 'daily-papers') return 'Hugging Face Daily Papers'
  if (config.kind === 'arxiv') return `New on arXiv in ${listed(config.categories)}${config.crossLists ? ', cross-lists too' : ''}`
  return `Feed of ${URL.parse(config.url)?.host ?? config.url}`
}

/** What a source is called until somebody calls it something else. */
export const nameFor = (config: SourceConfig): string =>
  (config.kind === 'daily-papers'
    ? 'Daily Papers'
    : config.kind === 'arxiv'
      ? `arXiv ${config.categories.join(', ')}`
      : (URL.parse(config.url)?.host ?? '')
  ).slice(0, 80)

/** "31 found, 12 match, 9 new on the board, 3 seen before" */
export const reportWords = (report: RunReport): string =>
  [
    report.found === 0 ? 'Nothing new there' : `${report.found} found`,
    ...(report.found === 0 ? [] : [report.matched === 1 ? '1 matches' : `${report.matched} match`]),
    ...(report.matched === 0 ? [] : [`${report.added} new on ${report.days.length > 1 ? `${report.days.length} boards` : 'the board'}`]),
    ...(report.seen === 0 ? [] : [`${report.seen} seen before`]),
    ...(report.left.count === 0 ? [] : [`${report.left.count} left out`]),
    ...(report.waiting === 0 ? [] : [`${count(report.waiting, 'paper')} waiting`]),
  ].join(', ')

/** How a run stands: a sentence, and whether it needs somebody's eye. */
export const runWords = (run: SourceRun, timeZone: string): { words: string; tone: 'plain' | 'warn' } => {
  if (run.state === 'failed') return { words: run.reason ?? 'It was broken off, and the next run took over.', tone: 'warn' }
  if (run.reason !== null && run.state !== 'done') {
    const next = run.nextTry === null ? '' : ` Next try ${momentWords(run.nextTry, timeZone)}.`
    return { words: `${run.report === null ? '' : `${reportWords(run.report)}. `}${run.reason}${next}`, tone: 'warn' }
  }
  if (run.report === null) return { words: 'Being fetched…', tone: 'plain' }
  return { words: reportWords(run.report), tone: 'plain' }
}

/** "1.8 s" */
export const tookWords = ({ startedAt, endedAt }: SourceRun): string | null => (endedAt === null ? null : `${((endedAt - startedAt) / 1000).toFixed(1)} s`)

export const isUnderWay = (source: Source): boolean => {
  const run = source.lastRun
  return run !== null && (run.state === 'fetching' || run.state === 'placing') && run.reason === null
}
