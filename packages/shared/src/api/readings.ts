/** The plan, one's own readings, and what meetings leave to do. */
import { z } from 'zod'
import type { Day } from '../days.ts'
import { limits } from '../limits.ts'
import type { PlanChange } from '../planHistory.ts'

/** GET /api/groups/:group/plan/changes?before: the latest first. */
export interface PlanChanges {
  changes: PlanChange[]
  /** There are more before the last of these. */
  more: boolean
}
/** PUT /api/groups/:group/readings/:reading/note. An empty text takes the note away. */
export const WriteReadingNote = z.strictObject({ text: z.string().max(limits.readingNoteLength, `At most ${limits.readingNoteLength} characters`) })
/** GET /api/readings/notes: one's own in all groups; nobody else reads them. */
export interface ReadingNotes {
  notes: { group: string; reading: string; text: string; at: number }[]
}
/** What I am to do after a meeting. */
export interface Task {
  group: string
  meeting: string
  /** Of the meeting; '' where it has no name. */
  title: string
  /** When the meeting was. */
  at: number
  key: string
  text: string
  /** What it is about; null for the meeting as a whole. */
  paper: string | null
  due: Day | null
  /** The end of that day, by the clock of the group. */
  until: number | null
  doneAt: number | null
}
/** GET /api/tasks: mine from the meetings of all my groups, open or done within the last week; what is due first comes first. */
export interface Tasks {
  tasks: Task[]
}
/** PUT /api/groups/:group/meetings/:meeting/actions/:action/done */
export const MarkTask = z.strictObject({ done: z.boolean() })
