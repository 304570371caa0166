/** A schedule in any of the formats that are read. */
import type { Day } from '@paperboard/shared/days'
import { readCsv } from './csvSchedule.ts'
import { readMarkdown } from './markdownSchedule.ts'
import type { ReadRows } from './rows.ts'
import { readYaml } from './yamlSchedule.ts'

export type ScheduleFormat = 'csv' | 'markdown' | 'yaml' | 'nothing'

export interface ReadSchedule extends ReadRows {
  format: ScheduleFormat
}

/** Those that are sure of themselves come first: a Markdown list could be taken for YAML, were it not for the fields. */
const readers: { format: Exclude<ScheduleFormat, 'nothing'>; read: (text: string, today: Day | null) => ReadRows | null }[] = [
  { format: 'yaml', read: readYaml },
  { format: 'csv', read: readCsv },
  { format: 'markdown', read: readMarkdown },
]

/**
 * What a text says of sessions. A text that is no schedule has no rows. Rows in the order of the text. Days without a year
 * are read by `today`, and not without it.
 */
export function readSchedule(text: string, today: Day | null = null): ReadSchedule {
  const clean = text.replace(/^\uFEFF/, '')
  for (const { format, read } of readers) {
    const found = read(clean, today)
    if (found !== null) return { format, ...found }
  }
  return { format: 'nothing', rows: [], problems: [] }
}
