/** A plan from a schedule. */
import { z } from 'zod'
import type { Day } from '../days.ts'
import { Id } from '../ids.ts'
import { limits } from '../limits.ts'
import type { ImportProblem } from './imports.ts'

/** POST /api/groups/:group/schedule/preview. A schedule as CSV, as a table or list in Markdown, or as YAML. */
export const PreviewSchedule = z.strictObject({ text: z.string().min(1).max(limits.scheduleBytes) })
/** POST /api/groups/:group/schedule. `skip` holds lines of rows left out; `people` says who a name is: a member's id, or null for a guest. */
export const ImportSchedule = z.strictObject({
  text: z.string().min(1).max(limits.scheduleBytes),
  skip: z.array(z.int().min(1)).max(10_000).default([]),
  people: z.record(z.string().max(limits.nameLength), Id.nullable()).default({}),
})
/** A row of a schedule, and what becomes of it. */
export interface ScheduleItem {
  /** Of the text, from 1; names the row in `skip`. */
  line: number
  text: string
  day: Day | null
  time: string | null
  minutes: number
  papers: { title: string | null; url: string | null; known: boolean }[]
  /** Names of presenters as they are written: keys of `people`. */
  presenters: string[]
  note: string
  /** `session` becomes one, or joins the one of that day; `cancelled` is noted as not taking place; `out` is left out, see `reason`. */
  status: 'session' | 'cancelled' | 'out'
  /** Why it is left out, as a sentence. */
  reason: string | null
  /** The plan has a session on that day already. */
  here: boolean
}
export interface SchedulePreview {
  format: 'csv' | 'markdown' | 'yaml' | 'nothing'
  /** By day; those without one last. */
  items: ScheduleItem[]
  problems: ImportProblem[]
  /** Who each presenter is taken for: a member's id, or null for a guest. `why` tells what could not be decided. */
  people: { name: string; member: string | null; why: string | null }[]
}
export interface ScheduleImported {
  sessions: number
  readings: number
  papers: number
}
