/** The votes of an agenda in the order in which they came in, and what stood after each. Pure. */
import type { CastVote, Standing } from './agendaRules.ts'

/** A vote on a paper, as it came in. */
export interface Moment extends CastVote {
  paper: string
}

/** The votes that were counted, the first first. Of a member who changed their mind the last one alone is known. */
export const momentsOf = ({ candidates }: Pick<Standing, 'candidates'>): Moment[] =>
  candidates
    .flatMap(({ paper, votes }) => votes.map(vote => ({ ...vote, paper })))
    .sort((a, b) => a.at - b.at || (a.paper < b.paper ? -1 : a.paper > b.paper ? 1 : a.member < b.member ? -1 : 1))

/** What stood when the first `count` of these votes had come in: with the offers made by then, and what was carried over. */
export function standingAt(standing: Standing, moments: readonly Moment[], count: number): Standing {
  if (count >= moments.length) return standing
  const come = moments.slice(0, count)
  const by = Map.groupBy(come, ({ paper }) => paper)
  const until = come.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  return {
    ...standing,
    candidates: standing.candidates.map(candidate => ({
      ...candidate,
      votes: (by.get(candidate.paper) ?? []).map(({ paper: _, ...vote }) => vote),
      offers: candidate.offers.filter(({ at }) => at <= until),
    })),
  }
}
