/** Papers out. */
import { z } from 'zod'
import { Day as DaySchema } from '../days.ts'
import { Id } from '../ids.ts'
import { limits } from '../limits.ts'

export const exportFormats = ['bibtex', 'ris', 'csl', 'csv', 'markdown'] as const
export type ExportFormat = (typeof exportFormats)[number]
/** Which papers: some by their ids (a selection, what a search found), a board's, those of a span of days, all of the group. */
export const ExportOf = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('papers'), papers: z.array(Id).min(1).max(limits.exportPapers) }),
  z.strictObject({ of: z.literal('days'), from: DaySchema, to: DaySchema }),
  z.strictObject({ of: z.literal('library') }),
])
export type ExportOf = z.infer<typeof ExportOf>
/** POST /api/groups/:group/export, answered with the file. */
export const Export = z.strictObject({ format: z.enum(exportFormats), papers: ExportOf })
