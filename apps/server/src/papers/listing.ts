/** Papers of a group over all of its boards, as lists show them. */
import type { BoardsOfPaper, EarlierBoards, ListedPaper, Listing, ListingQuery, SeenPaper, Trending } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { lastVotes, recentScore, recentWindow, trending, trendOf, trendWindow } from '@paperboard/shared/ranking'
import { paperOf } from '../db/boards.ts'
import type { Database } from '../db/database.ts'
import {
  type CastVote,
  commentsOf,
  offeredBy,
  papersActiveSince,
  papersInSpan,
  papersOfGroup,
  type Said,
  type Standing,
  standingsOf,
  votesOf,
} from '../db/listings.ts'
import { findPapers, type PaperRow } from '../db/papers.ts'

/** Whose list it is, and when. */
export interface Asking {
  group: string
  me: string
  now: number
}

async function idsOf(db: Database, { group, now }: Asking, query: ListingQuery): Promise<string[]> {
  if (query.view === 'days') return papersInSpan(db, group, query)
  if (query.view === 'recent') return papersActiveSince(db, group, now - recentWindow)
  return papersOfGroup(db, group, limits.listedPapers + 1)
}

/** The list that is asked for; papers of `recent` best first, others by their newest board. */
export async function listing(db: Database, asking: Asking, query: ListingQuery): Promise<Listing> {
  const ids = await idsOf(db, asking, query)
  const all = await listed(db, asking, ids.slice(0, limits.listedPapers))
  const papers = query.view === 'recent' ? all.filter(({ recent }) => recent > 0).toSorted((a, b) => b.recent - a.recent) : all
  return { papers, whole: ids.length <= limits.listedPapers }
}

/** These of the papers that stand on a board of the group, in this order. */
export async function listed(db: Database, { group, me, now }: Asking, ids: readonly string[]): Promise<ListedPaper[]> {
  const [standing, cast, said, offered, rows] = await Promise.all([
    standingsOf(db, group, ids),
    votesOf(db, group, ids),
    commentsOf(db, group, ids),
    offeredBy(db, group, me, ids),
    findPapers(db, ids),
  ])
  const standings = Map.groupBy(standing, ({ paper }) => paper)
  const votes = Map.groupBy(cast, ({ paper }) => paper)
  const comments = Map.groupBy(said, ({ paper }) => paper)
  return rows
    .filter(({ id }) => standings.has(id))
    .map(row =>
      oneListed(row, {
        me,
        now,
        offered: offered.has(row.id),
        boards: standings.get(row.id) ?? [],
        votes: votes.get(row.id) ?? [],
        said: comments.get(row.id) ?? [],
      }),
    )
}

function oneListed(
  row: PaperRow,
  { me, now, offered, boards, votes, said }: { me: string; now: number; offered: boolean; boards: Standing[]; votes: CastVote[]; said: Said[] },
): ListedPaper {
  const { abstract: _, links: __, authors, ...paper } = paperOf(row)
  const counted = lastVotes(votes)
  const mine = counted.find(({ member }) => member === me)
  return {
    ...paper,
    authors: authors.slice(0, limits.listedAuthors),
    authorCount: authors.length,
    boards: boards.map(({ day }) => day),
    addedAt: Math.max(0, ...boards.map(({ addedAt }) => addedAt)),
    up: counted.filter(({ value }) => value > 0).length,
    down: counted.filter(({ value }) => value < 0).length,
    comments: said.length,
    lastAt: Math.max(0, ...votes.map(({ at }) => at), ...said.map(({ at }) => at)),
    recent: recentScore(votes, now),
    mine: {
      added: boards.some(({ addedBy }) => addedBy === me),
      vote: mine === undefined ? 0 : mine.value > 0 ? 1 : -1,
      commented: said.some(({ author }) => author === me),
      offered,
    },
  }
}

/** What trends in the group now. */
export async function trendingNow(db: Database, { group, now }: Pick<Asking, 'group' | 'now'>): Promise<Trending> {
  const active = await papersActiveSince(db, group, now - trendWindow)
  const there = new Set((await standingsOf(db, group, active)).map(({ paper }) => paper))
  const ids = active.filter(id => there.has(id))
  const votes = Map.groupBy(await votesOf(db, group, ids), ({ paper }) => paper)
  const comments = Map.groupBy(await commentsOf(db, group, ids), ({ paper }) => paper)
  return { papers: trending(ids.map(paper => ({ paper, ...trendOf(votes.get(paper) ?? [], comments.get(paper) ?? [], now) }))) }
}

/** Every board that has one of these papers, with what came of it there, the newest first. */
async function boardsOf(db: Database, group: string, ids: readonly string[]): Promise<SeenPaper[]> {
  const key = ({ paper, day }: { paper: string; day: Day }) => `${paper} ${day}`
  const votes = Map.groupBy(await votesOf(db, group, ids), key)
  const comments = Map.groupBy(await commentsOf(db, group, ids), key)
  return (await standingsOf(db, group, ids)).map(standing => {
    const cast = votes.get(key(standing)) ?? []
    const net = cast.reduce((sum, { value }) => sum + value, 0)
    return { paper: standing.paper, day: standing.day, net, votes: cast.length, comments: comments.get(key(standing))?.length ?? 0 }
  })
}

/** Of each paper of a board the last board before it. */
export async function earlierBoards(db: Database, group: string, day: Day): Promise<EarlierBoards> {
  const ids = await papersInSpan(db, group, { from: day, to: day })
  const last = new Map<string, SeenPaper>()
  for (const seen of await boardsOf(db, group, ids)) if (seen.day < day && !last.has(seen.paper)) last.set(seen.paper, seen)
  return { papers: [...last.values()] }
}

export async function boardsOfPaper(db: Database, group: string, paper: string): Promise<BoardsOfPaper> {
  return { boards: (await boardsOf(db, group, [paper])).map(({ paper: _, ...board }) => board) }
}
