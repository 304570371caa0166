/**
 * Which papers a meeting is about, by the votes of its members. Pure: the same votes give the same agenda, so that it can
 * be replayed later. Each rule gives every paper a score; what equal papers are told apart by is the same for all rules.
 */
import { z } from 'zod'
import type { Day } from './days.ts'
import { limits } from './limits.ts'
import { type Ballot, type Round, type RunOff, rankedChoice, rounded, roundsOf } from './rankedChoice.ts'

export const agendaRuleKinds = ['net', 'approval', 'budget', 'ranked'] as const
export type AgendaRuleKind = (typeof agendaRuleKinds)[number]

export const AgendaRule = z.strictObject({
  kind: z.enum(agendaRuleKinds),
  /** Votes that a member has, under `budget`. */
  votes: z.int().min(1).max(limits.agendaBudget),
  /** Whether members whose proposals were least often discussed get up to one vote more. */
  boost: z.boolean(),
  /** How many papers the agenda has. What is put on it by hand counts, and is on it in any case. */
  most: z.int().min(1).max(limits.agendaPapers),
})
export type AgendaRule = z.infer<typeof AgendaRule>

export const defaultAgendaRule: AgendaRule = { kind: 'net', votes: 3, boost: false, most: 6 }

/** What the rules say of themselves, as members read it; and an example, for whoever meets one for the first time. */
export const agendaRuleWords: Record<AgendaRuleKind, { name: string; explains: string; example: string }> = {
  net: {
    name: 'Net votes',
    explains: 'Votes for a paper, less those against it.',
    example: 'Three for it and one against it: 2.',
  },
  approval: {
    name: 'Approval',
    explains: 'Votes for a paper. Votes against it do not count.',
    example: 'Three for it and one against it: 3.',
  },
  budget: {
    name: 'A budget of votes',
    explains: 'Each member has so many votes. Whoever votes for more papers than that spreads them evenly.',
    example: 'With 3 votes each, whoever votes for six papers gives each of them half a vote.',
  },
  ranked: {
    name: 'Ranked choice',
    explains: 'Each member puts papers in order. Each place is won by an instant run-off among the papers that are left.',
    example:
      'Every ballot counts for the first paper of its order. If none has more than half of them, the weakest goes out, and its ballots count for the next in their order, until one has.',
  },
}
export const boostWords =
  'A paper gets up to one vote more if few of the papers that its proposer proposed before were discussed. Under ranked choice it is the ballot of such a member that counts for more.'

export interface CastVote {
  member: string
  /** 1 or −1. */
  value: number
  at: number
  /** The day of the board on which it was cast. */
  board?: Day
}
export interface CastOffer {
  member: string
  at: number
}

/** A paper that stands for the agenda. Of each member at most one vote: see `lastVotes`. */
export interface Candidate {
  paper: string
  /** Its other ids, where two entries turned out to be one work: votes under any of them count as votes on it. */
  also?: readonly string[]
  votes: readonly CastVote[]
  offers: readonly CastOffer[]
  /** Who put it on the board, or voted for it first. */
  proposer: string | null
  /** Meetings that had it on their agenda and did not get to it. */
  carried: number
}

/** What became of a member's proposals in earlier meetings. */
export interface PastProposals {
  member: string
  proposed: number
  discussed: number
}

export interface Standing {
  candidates: readonly Candidate[]
  past: readonly PastProposals[]
  /** The papers that a member has put in order, under `ranked`. Of others, those they voted for count in the order of voting. */
  rankings: ReadonlyMap<string, readonly string[]>
}

/** A paper in its place, and what put it there. */
export interface Placed extends Candidate {
  /** From 1. */
  rank: number
  score: number
  /** Part of the score. */
  boost: number
  /** What each vote counted that counted. */
  counted: readonly { member: string; votes: number }[]
  /** Under `ranked`, where any ballot names it. */
  runOff: RunOff | null
}

/** The paper that stands under an id, whichever of its ids that is. */
export const workAmong = (candidates: readonly Candidate[]): ((id: string) => string) => {
  const works = new Map(candidates.flatMap(({ paper, also = [] }) => also.map(id => [id, paper] as const)))
  return id => works.get(id) ?? id
}

const ups = (candidate: Candidate) => candidate.votes.filter(({ value }) => value > 0)

/**
 * How much a proposal of each member is lifted: 1 − rate ÷ the group's rate, at least 0, where a rate is
 * (discussed + the group's rate) ÷ (proposed + 1). Whoever is new is as the group; nobody gets more than one vote.
 */
export const boosts = (past: readonly PastProposals[]): Map<string, number> => {
  const sum = (of: 'proposed' | 'discussed') => past.reduce((all, member) => all + member[of], 0)
  const usual = sum('proposed') === 0 ? 0 : sum('discussed') / sum('proposed')
  if (usual === 0) return new Map()
  return new Map(past.map(({ member, proposed, discussed }) => [member, rounded(Math.max(0, 1 - (discussed + usual) / (proposed + 1) / usual))] as const))
}

type Counted = Pick<Placed, 'score' | 'counted' | 'runOff'>
type Rule = (standing: Standing, rule: AgendaRule) => (candidate: Candidate) => Counted

const summed = (counted: Placed['counted']): Counted => ({ score: rounded(counted.reduce((all, { votes }) => all + votes, 0)), counted, runOff: null })

const net: Rule = () => candidate => summed(candidate.votes.map(({ member, value }) => ({ member, votes: value })))

const approval: Rule = () => candidate => summed(ups(candidate).map(({ member }) => ({ member, votes: 1 })))

const budget: Rule = ({ candidates }, { votes }) => {
  const given = new Map<string, number>()
  for (const candidate of candidates) for (const { member } of ups(candidate)) given.set(member, (given.get(member) ?? 0) + 1)
  return candidate => summed(ups(candidate).map(({ member }) => ({ member, votes: Math.min(1, votes / (given.get(member) ?? 1)) })))
}

/** What a run-off is made of: ballots with their weights, papers in the order among equals. */
const election = (standing: Standing, rule: Pick<AgendaRule, 'boost'>) => {
  const lifted = rule.boost ? boosts(standing.past) : new Map<string, number>()
  const ballots = ballotsOf(standing).map(ballot => ({ ...ballot, weight: 1 + (lifted.get(ballot.member) ?? 0) }))
  const equals = [...standing.candidates].sort(byWhatElse).map(({ paper }) => paper)
  return { ballots, equals, places: rankedChoice(ballots, equals) }
}

/** Under `ranked`, the rounds in which a place was won. */
export const roundsFor = (standing: Standing, rule: Pick<AgendaRule, 'boost'>, place: number): Round[] => {
  const { ballots, equals, places } = election(standing, rule)
  return roundsOf(ballots, equals, places, place)
}

const ranked: Rule = (standing, rule) => {
  const { ballots, places } = election(standing, rule)
  return ({ paper }) => {
    const naming = ballots.filter(({ papers }) => papers.includes(paper)).map(({ member, weight }) => ({ member, votes: weight }))
    return { score: places.get(paper)?.won ?? 0, counted: naming, runOff: places.get(paper) ?? null }
  }
}

const rules: Record<AgendaRuleKind, Rule> = { net, approval, budget, ranked }

/** What each member wants, in order: as they ranked it, then what else they voted for. */
export function ballotsOf({ candidates, rankings }: Pick<Standing, 'candidates' | 'rankings'>): Omit<Ballot, 'weight'>[] {
  const standing = new Set(candidates.map(({ paper }) => paper))
  const workOf = workAmong(candidates)
  const wishes = new Map<string, { paper: string; at: number }[]>()
  for (const candidate of candidates)
    for (const { member, at } of ups(candidate)) wishes.set(member, [...(wishes.get(member) ?? []), { paper: candidate.paper, at }])
  return [...new Set([...rankings.keys(), ...wishes.keys()])].sort().map(member => {
    const voted = (wishes.get(member) ?? []).sort((a, b) => a.at - b.at || (a.paper < b.paper ? -1 : 1)).map(({ paper }) => paper)
    return { member, papers: [...new Set([...(rankings.get(member) ?? []).map(workOf).filter(paper => standing.has(paper)), ...voted])] }
  })
}

/** Of papers with equal scores: what somebody offers to present, what was carried over, what more voted for, what has waited longest. */
function byWhatElse(a: Candidate, b: Candidate): number {
  const since = ({ votes }: Candidate) => Math.min(...votes.map(({ at }) => at))
  const [x, y] = [since(a), since(b)]
  return (
    Number(b.offers.length > 0) - Number(a.offers.length > 0) ||
    b.carried - a.carried ||
    ups(b).length - ups(a).length ||
    (x === y ? 0 : x - y) ||
    (a.paper < b.paper ? -1 : 1)
  )
}

/** All papers in the order of the rule, the first to be discussed first. */
export function placed(rule: AgendaRule, standing: Standing): Placed[] {
  const count = rules[rule.kind](standing, rule)
  const lifted = rule.boost && rule.kind !== 'ranked' ? boosts(standing.past) : new Map<string, number>()
  const counted = standing.candidates.map(candidate => {
    const { score, ...how } = count(candidate)
    // A lift is for what somebody wants; it does not bring up what nobody voted for.
    const boost = score > 0 ? (lifted.get(candidate.proposer ?? '') ?? 0) : 0
    return { ...candidate, ...how, boost, score: rounded(score + boost) }
  })
  const place = ({ runOff }: Counted) => runOff?.place ?? counted.length + 1
  return counted.sort((a, b) => place(a) - place(b) || b.score - a.score || byWhatElse(a, b)).map((candidate, i) => ({ ...candidate, rank: i + 1 }))
}
