/** Meetings as HTTP has them: what is asked and answered under /api/groups/:group/meetings. */
import { z } from 'zod'
import { AgendaRule, type CastOffer, type CastVote, defaultAgendaRule, type PastProposals } from './agendaRules.ts'
import { Day } from './days.ts'
import { Id } from './ids.ts'
import { limits } from './limits.ts'
import type { MinutesState } from './minutes.ts'
import type { NextTime, ProposedPresenter } from './nextMeeting.ts'
import { TimeOfDay } from './reminders.ts'
import { idKey } from './room.ts'

const Time = z.int().min(0)

/** The key of a session in the group's room. */
const SessionKey = z.string().refine(key => idKey(2)(key) !== null, 'A session of this group')

/** POST /api/groups/:group/meetings. Without a title it is called by its day. */
export const NewMeeting = z.strictObject({
  session: SessionKey.nullable().default(null),
  title: z.string().trim().max(limits.titleLength).default(''),
  rule: AgendaRule.default(defaultAgendaRule),
  /** Votes count that were cast after that; null: after those of the meeting before. */
  votesFrom: Time.nullable().default(null),
  /** Votes that come later count for the next meeting; null: those until it starts. */
  votesCloseAt: Time.nullable().default(null),
})
export type NewMeeting = z.infer<typeof NewMeeting>
/** PATCH /api/groups/:group/meetings/:meeting, before it starts. */
export const ChangeMeeting = z.strictObject({
  title: z.string().trim().max(limits.titleLength).optional(),
  rule: AgendaRule.optional(),
  votesFrom: Time.nullable().optional(),
  votesCloseAt: Time.nullable().optional(),
})
/** POST …/:meeting/facilitator: who leads from now on. */
export const NewFacilitator = z.strictObject({
  member: Id,
  /** Who led when that was asked for: where somebody else does meanwhile, it is refused. */
  instead: Id.nullable().optional(),
})

/** A meeting, of a session of the group or, with `session` null, ad hoc. Times in ms since 1970. */
export interface MeetingSummary {
  id: string
  session: string | null
  title: string
  rule: AgendaRule
  votesFrom: number | null
  votesCloseAt: number | null
  startedAt: number | null
  endedAt: number | null
  createdBy: string
  createdAt: number
}
/** GET /api/groups/:group/meetings: newest first. */
export interface Meetings {
  meetings: MeetingSummary[]
}
/** GET …/:meeting/standing: what counts for its agenda at this moment. */
export interface MeetingStanding {
  /** Votes that were cast after that. */
  from: number
  /** The meeting before, whose votes were counted up to `until`; null where there was none. */
  before: { id: string; title: string; startedAt: number; until: number } | null
  candidates: { paper: string; also?: string[]; votes: CastVote[]; offers: CastOffer[]; proposer: string | null; carried: number }[]
  past: PastProposals[]
}
/** PUT …/:meeting/minutes: what is to stand in place of what was made; null for that again. */
export const EditMinutes = z.strictObject({ text: z.string().max(limits.minutesLength).nullable() })
export type EditMinutes = z.infer<typeof EditMinutes>

/** GET …/:meeting/minutes. `text` is what is read, in Markdown; `generated` as it was made from what happened. */
export interface Minutes {
  text: string
  generated: string
  edited: boolean
  editedBy: string | null
  editedAt: number | null
  madeAt: number
  /** When they go to members, or did. */
  mailAt: number
  mailedAt: number | null
  /** Whether whoever asks may mend and send them. */
  mayMend: boolean
  title: string
  papers: { paper: string; title: string; state: MinutesState }[]
}
/** GET /api/groups/:group/archive: meetings that have ended, the newest first. */
export interface Archive {
  meetings: {
    id: string
    title: string
    startedAt: number
    endedAt: number
    /** Whether minutes were made of it; without them there is nothing to be said below. */
    hasMinutes: boolean
    brief: string
    papers: { paper: string; title: string }[]
    decisions: string[]
  }[]
}
/** GET …/:meeting/next: what could follow on a meeting. `passed` stood for this one and was not chosen. */
export interface NextMeeting extends NextTime {
  /** The meeting that is open for that session already. */
  meeting: string | null
  papers: { paper: string; why: 'carried' | 'votes' | 'passed'; presenter: ProposedPresenter | null }[]
}
/** POST …/:meeting/next: plans it. Without a session there is a new one on that day. */
export const AcceptNext = z.strictObject({
  session: SessionKey.nullable(),
  day: Day,
  time: TimeOfDay.nullable(),
  papers: z.array(z.strictObject({ paper: Id, presenter: Id.nullable() })).max(limits.sessionPapers),
})
export type AcceptNext = z.infer<typeof AcceptNext>

/** GET /api/groups/:group/papers/:paper/meetings: those that had it on their agenda, the newest first. */
export interface MeetingsOfPaper {
  meetings: { meeting: string; title: string; startedAt: number | null; createdAt: number; state: MinutesState | 'passed'; spent: number }[]
}

/** GET /api/time: the server's clock, ms since 1970. */
export interface ServerTime {
  now: number
}
