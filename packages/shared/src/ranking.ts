/** How papers of several boards are counted and ranked. Pure; `now` in ms since 1970. The formulas are shown to members as they stand here. */

export interface TimedVote {
  member: string
  value: number
  at: number
}
export interface TimedComment {
  author: string
  at: number
}

/**
 * The votes that count where a paper stood on several boards: of each member the last one. They changed their mind, or
 * said the same again; either way it is one voice.
 */
export const lastVotes = <V extends TimedVote>(votes: readonly V[]): V[] => {
  const last = new Map<string, V>()
  for (const vote of votes) {
    const before = last.get(vote.member)
    if (before === undefined || before.at <= vote.at) last.set(vote.member, vote)
  }
  return [...last.values()]
}

const day = 86_400_000
/** After this long a vote counts half in "top recent": what was liked last week gives way, not what was liked yesterday. */
export const recentHalfLife = 7 * day
/** Older votes are not asked for: they would count less than a five-hundredth. */
export const recentWindow = 9 * recentHalfLife

const decayed = (at: number, now: number, halfLife: number) => 2 ** (-Math.max(0, now - at) / halfLife)

/** Net votes with decay: Σ value × ½^(age ÷ 7 days) over the last vote of each member. */
export const recentScore = (votes: readonly TimedVote[], now: number): number =>
  lastVotes(votes).reduce((sum, { value, at }) => sum + value * decayed(at, now, recentHalfLife), 0)
export const recentFormula = 'Net votes, where a vote counts half after 7 days, a quarter after 14, and so on.'

/** What happened within this time makes a paper trend. */
export const trendWindow = 2 * day
const trendHalfLife = day
/** Comments of one member that count: a talk of two is no trend of the group. */
const commentsEach = 2
/** Least heat of a paper that trends: two members who acted today. */
export const leastHeat = 1.5
/** Papers that trend at a time. */
export const trendingPapers = 5

/** Why a paper trends. */
export interface Trend {
  /** Up-votes, and half of comments, each halved with every day of its age. */
  heat: number
  /** Up-votes and comments of the last two days. */
  ups: number
  comments: number
}

/** How fast up-votes and comments come: Σ ½^(age ÷ 1 day) over the up-votes of two days, and half of that for comments, two of each member. */
export const trendOf = (votes: readonly TimedVote[], comments: readonly TimedComment[], now: number): Trend => {
  const fresh = (at: number) => at > now - trendWindow
  const ups = lastVotes(votes).filter(({ value, at }) => value > 0 && fresh(at))
  const said = comments.filter(({ at }) => fresh(at)).sort((a, b) => b.at - a.at)
  const byAuthor = new Map<string, number>()
  let heat = ups.reduce((sum, { at }) => sum + decayed(at, now, trendHalfLife), 0)
  for (const { author, at } of said) {
    const before = byAuthor.get(author) ?? 0
    byAuthor.set(author, before + 1)
    if (before < commentsEach) heat += decayed(at, now, trendHalfLife) / 2
  }
  return { heat, ups: ups.length, comments: said.length }
}

/** The papers that trend, hottest first. */
export const trending = <T extends Trend>(trends: readonly T[]): T[] =>
  trends
    .filter(({ heat }) => heat >= leastHeat)
    .toSorted((a, b) => b.heat - a.heat)
    .slice(0, trendingPapers)
export const trendFormula = 'Up-votes and comments of two days; each counts half after a day, and a comment half of a vote.'
