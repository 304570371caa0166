/**
 * Ranked choice for a list: the first place is won by instant run-off, the second by another one among the rest, and so on.
 *
 * In a run-off every ballot counts for the first of its papers that is still in. Who has more than half of the ballots
 * that count wins; until then the paper with the fewest goes out. Of equals, the one further down in `papers` goes.
 */

export interface Ballot {
  member: string
  /** Papers, the most wanted first. */
  papers: readonly string[]
  /** 1, and more where the ballot is boosted. */
  weight: number
}

/** How a place was won. */
export interface RunOff {
  /** From 1. */
  place: number
  rounds: number
  /** Ballots for the winner in the last round, and those that still counted then. */
  won: number
  of: number
  /** The strongest of the others in the last round; null where no other was left. */
  against: string | null
}

/** One round of a run-off. */
export interface Round {
  /** Ballots for each paper that is still in, the most first. */
  counts: readonly (readonly [paper: string, ballots: number])[]
  /** Ballots that name a paper that is still in. */
  of: number
  /** What goes out after it; null after the last round. */
  out: string | null
}

/** Float sums of the same parts differ in their last digits by the order of adding. */
export const rounded = (votes: number) => Math.round(votes * 1e6) / 1e6

/** The papers that any ballot names, in the order in which they win their places. `papers` is the order among equals. */
export function rankedChoice(ballots: readonly Ballot[], papers: readonly string[]): Map<string, RunOff> {
  const named = new Set(ballots.flatMap(ballot => ballot.papers))
  const left = papers.filter(paper => named.has(paper))
  const places = new Map<string, RunOff>()
  while (left.length > 0) {
    const rounds = runOff(ballots, left)
    const { counts, of } = rounds.at(-1) ?? { counts: [], of: 0 }
    const [[winner, won] = ['', 0], second] = counts
    places.set(winner, { place: places.size + 1, rounds: rounds.length, won, of, against: second?.[0] ?? null })
    left.splice(left.indexOf(winner), 1)
  }
  return places
}

/** The rounds in which a place was won, to be looked at. `papers` and `places` as they were counted. */
export const roundsOf = (ballots: readonly Ballot[], papers: readonly string[], places: ReadonlyMap<string, RunOff>, place: number): Round[] =>
  runOff(
    ballots,
    papers.filter(paper => (places.get(paper)?.place ?? 0) >= place),
  )

function runOff(ballots: readonly Ballot[], papers: readonly string[]): Round[] {
  const left = new Set(papers)
  // Where each ballot has got to: what is behind is out, so nothing is read twice.
  const at = ballots.map(() => 0)
  const rounds: Round[] = []
  for (;;) {
    const counts = new Map([...left].map(paper => [paper, 0]))
    for (const [i, { papers: wishes, weight }] of ballots.entries()) {
      let place = at[i] ?? 0
      while (place < wishes.length && !left.has(wishes[place] ?? '')) place++
      at[i] = place
      const wish = wishes[place]
      if (wish !== undefined) counts.set(wish, rounded((counts.get(wish) ?? 0) + weight))
    }
    // The map is in the order of `papers`, and sorting keeps that among equals.
    const order = [...counts].sort(([, a], [, b]) => b - a)
    const of = rounded(order.reduce((sum, [, count]) => sum + count, 0))
    const won = order[0]?.[1] ?? 0
    const out = won * 2 > of || order.length < 2 ? null : (order.at(-1)?.[0] ?? null)
    rounds.push({ counts: order, of, out })
    if (out === null) return rounds
    left.delete(out)
  }
}
