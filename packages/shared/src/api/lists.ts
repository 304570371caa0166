/** Papers over several boards, and what a person has opened of them. */
import { z } from 'zod'
import { type Day, Day as DaySchema } from '../days.ts'
import { Id } from '../ids.ts'
import { limits } from '../limits.ts'
import type { Trend } from '../ranking.ts'
import type { Paper } from './papers.ts'

/** GET /api/groups/:group/days?from&to, for week, month and calendar. Papers in board order. */
export interface BoardDay {
  day: Day
  papers: { paper: Paper; net: number; votes: number; comments: number }[]
}
/** GET /api/groups/:group/counts?from&to */
export interface DayCount {
  day: Day
  papers: number
  votes: number
  comments: number
}
/** A paper as lists over several boards show it, without its abstract. Votes are the last ones of each member over all boards. */
export interface ListedPaper extends Omit<Paper, 'abstract' | 'links'> {
  /** At most `limits.listedAuthors` of `authorCount`. */
  authorCount: number
  /** Days of the boards it is on, the newest first. */
  boards: Day[]
  /** When it last came to a board. */
  addedAt: number
  up: number
  down: number
  comments: number
  /** When somebody last voted on it or commented; 0 for never. */
  lastAt: number
  /** See `recentScore`. */
  recent: number
  mine: { added: boolean; vote: 1 | 0 | -1; commented: boolean; offered: boolean }
}
/** GET /api/groups/:group/listing?view=… What is on the boards of a span; what was liked of late; all there is. */
export const ListingQuery = z.discriminatedUnion('view', [
  z.strictObject({ view: z.literal('days'), from: DaySchema, to: DaySchema }),
  z.strictObject({ view: z.literal('recent') }),
  z.strictObject({ view: z.literal('library') }),
])
export type ListingQuery = z.infer<typeof ListingQuery>
export interface Listing {
  papers: ListedPaper[]
  /** False where there are more than are listed: the newest are. */
  whole: boolean
}
/** An offer to present a paper that stands on a board. */
export interface BoardOffer {
  paper: string
  day: Day
  member: string
  at: number
}
/** GET /api/groups/:group/offers: of the boards of late, by those who are in the group; the earliest first. */
export interface BoardOffers {
  offers: BoardOffer[]
}
/** GET /api/groups/:group/trending: hottest first. */
export interface Trending {
  papers: (Trend & { paper: string })[]
}
/** A board that had a paper, and what came of it there. */
export interface SeenPaper {
  paper: string
  day: Day
  net: number
  votes: number
  comments: number
}
/** GET /api/groups/:group/boards/:day/earlier: of each paper of the board, the last board before. */
export interface EarlierBoards {
  papers: SeenPaper[]
}
/** GET /api/groups/:group/papers/:paper/boards: the newest first. */
export interface BoardsOfPaper {
  boards: Omit<SeenPaper, 'paper'>[]
}
/** GET /api/groups/:group/opened: what the person has opened of the group's papers on any device, and when last; the last one first. */
export interface OpenedPapers {
  papers: { paper: string; at: number }[]
}
/** POST /api/groups/:group/opened */
export const MarkOpened = z.strictObject({
  papers: z
    .array(z.strictObject({ paper: Id, at: z.int().nonnegative() }))
    .min(1)
    .max(limits.openedAtOnce),
})
