/** Boards over days, read from the projections of their documents. */
import type { BoardDay, DayCount, Paper } from '@paperboard/shared/api'
import type { Day, Span } from '@paperboard/shared/days'
import { and, asc, between, count, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked, findPapers, otherIds, type PaperRow, paperColumns } from './papers.ts'

export const paperOf = ({ scope, titleKey, sameAs, ...paper }: PaperRow): Paper => paper

/** The days of the group's boards that have any of these papers, under whichever of its ids. */
export async function boardsWith(db: Database, group: string, papers: readonly string[]): Promise<{ paper: string; day: Day }[]> {
  const { boardPapers } = db.t
  const works = await otherIds(db, papers)
  const found: { paper: string; day: Day }[] = []
  for (const some of chunked([...papers, ...works.keys()])) {
    const rows = await db.sql
      .select({ paper: boardPapers.paper, day: boardPapers.day })
      .from(boardPapers)
      .where(and(eq(boardPapers.group, group), inArray(boardPapers.paper, some)))
    found.push(...rows.map(({ paper, day }) => ({ paper: works.get(paper) ?? paper, day })))
  }
  return found
}

/** The groups that have any of these papers on a board. */
export async function groupsWith(db: Database, papers: readonly string[]): Promise<string[]> {
  const { boardPapers } = db.t
  const rows = await db.sql
    .selectDistinct({ group: boardPapers.group })
    .from(boardPapers)
    .where(inArray(boardPapers.paper, [...papers]))
  return rows.map(({ group }) => group)
}

/** The boards of a span that have papers, by day, each with its papers in board order. */
export async function boardDays(db: Database, group: string, span: Span): Promise<BoardDay[]> {
  const { boardPapers, papers } = db.t
  const rows = await db.sql
    .select({ day: boardPapers.day, paper: paperColumns(db) })
    .from(boardPapers)
    .innerJoin(papers, eq(papers.id, boardPapers.paper))
    .where(and(eq(boardPapers.group, group), between(boardPapers.day, span.from, span.to)))
    .orderBy(asc(boardPapers.day), asc(boardPapers.position), asc(boardPapers.paper))
  const votes = await votesOn(db, group, span)
  const comments = await commentsOn(db, group, span)
  // Another id of a work has what the work has.
  const works = new Map(
    (
      await findPapers(
        db,
        rows.flatMap(({ paper }) => (paper.sameAs === null ? [] : paper.id)),
      )
    ).map(row => [row.id, row]),
  )
  const days = new Map<Day, BoardDay>()
  for (const { day, paper: entry } of rows) {
    const paper = works.get(entry.id) ?? entry
    const key = `${day} ${paper.id}`
    const board = days.get(day) ?? { day, papers: [] }
    board.papers.push({ paper: paperOf(paper), net: votes.get(key)?.net ?? 0, votes: votes.get(key)?.votes ?? 0, comments: comments.get(key) ?? 0 })
    days.set(day, board)
  }
  return [...days.values()]
}

/** By day and paper. Counted here rather than kept: a counter that is kept can be wrong. */
async function votesOn(db: Database, group: string, span: Span): Promise<Map<string, { net: number; votes: number }>> {
  const { votes } = db.t
  const rows = await db.sql
    .select({ day: votes.day, paper: votes.paper, net: sql<number>`sum(${votes.value})`.mapWith(Number), votes: count() })
    .from(votes)
    .where(and(eq(votes.group, group), between(votes.day, span.from, span.to)))
    .groupBy(votes.day, votes.paper)
  return new Map(rows.map(row => [`${row.day} ${row.paper}`, row]))
}

async function commentsOn(db: Database, group: string, span: Span): Promise<Map<string, number>> {
  const { comments } = db.t
  const rows = await db.sql
    .select({ day: comments.day, paper: comments.paper, comments: count() })
    .from(comments)
    .where(and(eq(comments.group, group), between(comments.day, span.from, span.to)))
    .groupBy(comments.day, comments.paper)
  return new Map(rows.map(row => [`${row.day} ${row.paper}`, row.comments]))
}

/** How much is on each board of a span; days without papers are left out. Votes and comments on papers taken off do not count. */
export async function dayCounts(db: Database, group: string, span: Span): Promise<DayCount[]> {
  const { boardPapers } = db.t
  const on = await db.sql
    .select({ day: boardPapers.day, paper: boardPapers.paper })
    .from(boardPapers)
    .where(and(eq(boardPapers.group, group), between(boardPapers.day, span.from, span.to)))
    .orderBy(asc(boardPapers.day))
  const votes = await votesOn(db, group, span)
  const comments = await commentsOn(db, group, span)
  const days = new Map<Day, DayCount>()
  for (const { day, paper } of on) {
    const so = days.get(day) ?? { day, papers: 0, votes: 0, comments: 0 }
    so.papers++
    so.votes += votes.get(`${day} ${paper}`)?.votes ?? 0
    so.comments += comments.get(`${day} ${paper}`) ?? 0
    days.set(day, so)
  }
  return [...days.values()]
}
