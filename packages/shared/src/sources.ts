/** Sources: where papers come from by themselves. Each request body once as a schema, each answer once as a type. */
import { z } from 'zod'
import type { Day } from './days.ts'
import { limits } from './limits.ts'

/** `cs.CL`, `hep-th`, `cond-mat.mes-hall`, or a whole archive such as `cs`. */
export const ArxivCategory = z.string().regex(/^[a-z]+(-[a-z]+)?(\.[A-Za-z]+(-[A-Za-z]+)?)?$/, 'A category such as cs.CL or hep-th')

export const SourceConfig = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('daily-papers') }),
  z.strictObject({
    kind: z.literal('arxiv'),
    categories: z.array(ArxivCategory).min(1, 'Name at least one category').max(limits.sourceCategories),
    /** Whether papers come that were submitted elsewhere and are only listed here, too. */
    crossLists: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('feed'), url: z.url({ protocol: /^https?$/, error: 'A link that starts with https://' }).max(limits.urlLength) }),
])
export type SourceConfig = z.infer<typeof SourceConfig>

export const ruleEffects = ['include', 'exclude', 'highlight'] as const
export type RuleEffect = (typeof ruleEffects)[number]
export const rulePlaces = ['title', 'abstract', 'author'] as const

/** What becomes of papers that have one of these phrases: see sourceRules.ts. */
export const SourceRule = z.strictObject({
  effect: z.enum(ruleEffects),
  where: z.array(z.enum(rulePlaces)).min(1, 'Say where to look').max(rulePlaces.length),
  phrases: z.array(z.string().trim().min(1).max(limits.rulePhraseLength)).min(1, 'Write a word or a phrase').max(limits.rulePhrases),
  /** Whether a phrase must stand for itself: then `graph` is not found in `paragraph`. */
  wholeWord: z.boolean(),
  /** What people call it; empty for its first phrase. */
  name: z.string().trim().max(limits.nameLength),
})
export type SourceRule = z.infer<typeof SourceRule>
export const SourceRules = z.array(SourceRule).max(limits.sourceRules)

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 07:30')
/** When a source is fetched, by the clock of the group's time zone. Days as in `weekday`: 0 for Monday. */
export const SourceSchedule = z.strictObject({
  days: z.array(z.int().min(0).max(6)).min(1, 'Choose at least one day').max(7),
  times: z.array(Time).min(1).max(limits.sourceTimes),
})
export type SourceSchedule = z.infer<typeof SourceSchedule>
/** In the morning, before people are at their desks: arXiv has announced by then on both sides of the Atlantic. */
export const defaultSchedule: SourceSchedule = { days: [0, 1, 2, 3, 4], times: ['07:30'] }

/** Whose day decides the board: the day that the source names for an item, or the day it was fetched. */
export const sourceBoards = ['item', 'run'] as const

const parts = {
  name: z.string().trim().min(1, 'Please give a name').max(limits.nameLength),
  config: SourceConfig,
  rules: SourceRules,
  schedule: SourceSchedule,
  /** Papers that it may put on one board. */
  most: z.int().min(1).max(limits.sourcePapers),
  board: z.enum(sourceBoards),
}
/** POST /api/groups/:group/sources */
export const NewSource = z.strictObject(parts)
export type NewSource = z.infer<typeof NewSource>
/** PATCH /api/groups/:group/sources/:source */
export const ChangeSource = z.strictObject({ ...parts, paused: z.boolean() }).partial()
export type ChangeSource = z.infer<typeof ChangeSource>
/** POST /api/groups/:group/sources/preview. `source` where one is changed that there is. */
export const PreviewSource = z.strictObject({ config: SourceConfig, board: z.enum(sourceBoards) })

/** How far back a fetch by hand goes: the day, or also what was missed in the last week or month. */
export const reaches = ['day', 'week', 'month'] as const
export type Reach = (typeof reaches)[number]
/** POST /api/groups/:group/sources/:source/fetch */
export const FetchSource = z.strictObject({ reach: z.enum(reaches) })

/** What a run did, in numbers and names that do not change any more. */
export interface RunReport {
  /** Items of the days asked for. */
  found: number
  /** … that the rules let through. */
  matched: number
  /** Papers put on boards, and those that wait for a board to be opened again. */
  added: number
  waiting: number
  /** Items that this source has brought before, or that were on their board already. */
  seen: number
  /** Beyond what the source may bring in a day, with the first titles. */
  left: { count: number; titles: string[] }
  /** Which boards got how many. */
  days: { day: Day; added: number }[]
  rules: { name: string; effect: RuleEffect; count: number }[]
  /** Sentences about what a person might wonder at. */
  notes: string[]
}

export const runStates = ['fetching', 'placing', 'waiting', 'done', 'failed'] as const
export type RunState = (typeof runStates)[number]

/** GET /api/groups/:group/sources/:source/runs: one line of the log. Times are ms since 1970. */
export interface SourceRun {
  id: string
  source: string
  kind: 'scheduled' | 'now'
  /** When it was due. */
  slot: number
  startedAt: number
  endedAt: number | null
  state: RunState
  /** Tries so far. */
  tries: number
  /** When it is tried again; null where it is not. */
  nextTry: number | null
  report: RunReport | null
  /** What went wrong last, as a sentence. */
  reason: string | null
}

export interface Source extends NewSource {
  id: string
  paused: boolean
  /** The next run by the schedule; null while it is paused. */
  nextAt: number | null
  createdBy: string
  createdAt: number
  lastRun: SourceRun | null
}
/** GET /api/groups/:group/sources */
export interface Sources {
  sources: Source[]
}

/** One item that a source has now, as the preview tells it; the rules are asked where it is shown. */
export interface PreviewItem {
  title: string
  authors: string[]
  abstract: string
  url: string | null
  /** The board it would go to. */
  day: Day
  /** The group has it on a board already: its day. */
  seenOn: Day | null
}
/** The answer to a preview. `day` is the day that it is about: the newest that the source has something of. */
export interface SourcePreview {
  items: PreviewItem[]
  notes: string[]
}
