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
import { findPapers, type PaperRow, worksOf } from '../db/papers.ts'

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

/**
 * These of the papers that stand on a board of the group, in this order. Of a work that has several ids the first of them
 * that is asked for, with what was made of it under any.
 */
export async function listed(db: Database, { group, me, now }: Asking, ids: readonly string[]): Promise<ListedPaper[]> {
  const works = await worksOf(db, ids)
  const workOf = ({ paper }: { paper: string }) => works.get(paper) ?? paper
  const all = [...works.keys()]
  const [standing, cast, said, offered, rows] = await Promise.all([
    standingsOf(db, group, all),
    votesOf(db, group, all),
    commentsOf(db, group, all),
    offeredBy(db, group, me, all),
    findPapers(
      db,
      firstOfEach(ids, id => workOf({ paper: id })),
    ),
  ])
  const standings = Map.groupBy(standing, workOf)
  const votes = Map.groupBy(cast, workOf)
  const comments = Map.groupBy(said, workOf)
  const offers = new Set([...offered].map(paper => workOf({ paper })))
  return rows.flatMap(row => {
    const work = workOf({ paper: row.id })
    const boards = standings.get(work)
    if (boards === undefined) return []
    return oneListed(row, { me, now, offered: offers.has(work), boards, votes: votes.get(work) ?? [], said: comments.get(work) ?? [] })
  })
}

/** Of those that have one key the first. */
const firstOfEach = <T>(all: readonly T[], key: (one: T) => string): T[] => {
  const first = new Map<string, T>()
  for (const one of all) if (!first.has(key(one))) first.set(key(one), one)
  return [...first.values()]
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
    boards: [...new Set(boards.map(({ day }) => day))],
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
  const works = await worksOf(db, active)
  const workOf = ({ paper }: { paper: string }) => works.get(paper) ?? paper
  const there = new Set((await standingsOf(db, group, active)).map(({ paper }) => paper))
  const ids = firstOfEach(
    active.filter(id => there.has(id)),
    paper => workOf({ paper }),
  )
  const votes = Map.groupBy(await votesOf(db, group, [...works.keys()]), workOf)
  const comments = Map.groupBy(await commentsOf(db, group, [...works.keys()]), workOf)
  return { papers: trending(ids.map(paper => ({ paper, ...trendOf(votes.get(workOf({ paper })) ?? [], comments.get(workOf({ paper })) ?? [], now) }))) }
}

/** Every board that has one of these works under any of its ids, with what came of it there, the newest first. */
async function boardsOf(db: Database, group: string, works: ReadonlyMap<string, string>): Promise<SeenPaper[]> {
  const ids = [...works.keys()]
  const workOf = (paper: string) => works.get(paper) ?? paper
  const key = ({ paper, day }: { paper: string; day: Day }) => `${workOf(paper)} ${day}`
  const votes = Map.groupBy(await votesOf(db, group, ids), key)
  const comments = Map.groupBy(await commentsOf(db, group, ids), key)
  return firstOfEach(await standingsOf(db, group, ids), key).map(standing => {
    const cast = lastVotes(votes.get(key(standing)) ?? [])
    const net = cast.reduce((sum, { value }) => sum + value, 0)
    return { paper: workOf(standing.paper), day: standing.day, net, votes: cast.length, comments: comments.get(key(standing))?.length ?? 0 }
  })
}

/** Of each paper of a board the last board before it. */
export async function earlierBoards(db: Database, group: string, day: Day): Promise<EarlierBoards> {
  const ids = await papersInSpan(db, group, { from: day, to: day })
  const works = await worksOf(db, ids)
  const last = new Map<string, SeenPaper>()
  for (const seen of await boardsOf(db, group, works)) if (seen.day < day && !last.has(seen.paper)) last.set(seen.paper, seen)
  // Under the ids that they have on this board.
  return {
    papers: ids.flatMap(paper => {
      const seen = last.get(works.get(paper) ?? paper)
      return seen === undefined ? [] : { ...seen, paper }
    }),
  }
}

export async function boardsOfPaper(db: Database, group: string, paper: string): Promise<BoardsOfPaper> {
  return { boards: (await boardsOf(db, group, await worksOf(db, [paper]))).map(({ paper: _, ...board }) => board) }
}
