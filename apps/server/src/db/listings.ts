/** Papers of a group over all of its boards: where they stood, what members made of them. Read from the projections. */
import type { Day, Span } from '@paperboard/shared/days'
import { and, between, desc, eq, gte, inArray, max } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'

/** A paper on a board. */
export interface Standing {
  paper: string
  day: Day
  addedBy: string
  addedAt: number
  position: number
}
/** A vote on one of the boards. */
export interface CastVote {
  paper: string
  day: Day
  member: string
  value: number
  at: number
}
export interface Said {
  paper: string
  day: Day
  key: string
  author: string
  at: number
}

/** The papers on the boards of a span, the newest board first. */
export async function papersInSpan(db: Database, group: string, { from, to }: Span): Promise<string[]> {
  const { boardPapers: t } = db.t
  const rows = await db.sql
    .select({ paper: t.paper })
    .from(t)
    .where(and(eq(t.group, group), between(t.day, from, to)))
    .orderBy(desc(t.day), t.position)
  return [...new Set(rows.map(row => row.paper))]
}

/** The papers of the group's boards, by the day of their newest board, at most so many. */
export async function papersOfGroup(db: Database, group: string, most: number): Promise<string[]> {
  const { boardPapers: t } = db.t
  const newest = max(t.day)
  const rows = await db.sql.select({ paper: t.paper }).from(t).where(eq(t.group, group)).groupBy(t.paper).orderBy(desc(newest), t.paper).limit(most)
  return rows.map(row => row.paper)
}

/** Papers that somebody voted on or commented since then. */
export async function papersActiveSince(db: Database, group: string, since: number): Promise<string[]> {
  const { votes, comments } = db.t
  const voted = await db.sql
    .selectDistinct({ paper: votes.paper })
    .from(votes)
    .where(and(eq(votes.group, group), gte(votes.at, since)))
  const said = await db.sql
    .selectDistinct({ paper: comments.paper })
    .from(comments)
    .where(and(eq(comments.group, group), gte(comments.at, since)))
  return [...new Set([...voted, ...said].map(row => row.paper))]
}

async function inChunks<T>(papers: readonly string[], ask: (some: string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = []
  for (const some of chunked(papers)) found.push(...(await ask(some)))
  return found
}

/** Every board that has one of these papers, the newest first. */
export async function standingsOf(db: Database, group: string, papers: readonly string[]): Promise<Standing[]> {
  const { boardPapers: t } = db.t
  const rows = await inChunks(papers, async some =>
    db.sql
      .select({ paper: t.paper, day: t.day, addedBy: t.addedBy, addedAt: t.addedAt, position: t.position })
      .from(t)
      .where(and(eq(t.group, group), inArray(t.paper, some))),
  )
  // Not by the database: it would pass over all rows of the group in this order rather than find these.
  return rows.sort((a, b) => (a.day > b.day ? -1 : a.day < b.day ? 1 : 0))
}

/** In the order in which they were cast. */
export const votesOf = async (db: Database, group: string, papers: readonly string[]): Promise<CastVote[]> => {
  const { votes: t } = db.t
  const rows = await inChunks(papers, async some =>
    db.sql
      .select({ paper: t.paper, day: t.day, member: t.member, value: t.value, at: t.at })
      .from(t)
      .where(and(eq(t.group, group), inArray(t.paper, some))),
  )
  return rows.sort((a, b) => a.at - b.at || (a.member < b.member ? -1 : a.member > b.member ? 1 : 0))
}

export const commentsOf = (db: Database, group: string, papers: readonly string[]): Promise<Said[]> => {
  const { comments: t } = db.t
  return inChunks(papers, async some =>
    db.sql
      .select({ paper: t.paper, day: t.day, key: t.key, author: t.author, at: t.at })
      .from(t)
      .where(and(eq(t.group, group), inArray(t.paper, some))),
  )
}

/** Papers among these that the member offered to present. */
export async function offeredBy(db: Database, group: string, member: string, papers: readonly string[]): Promise<Set<string>> {
  const { offers: t } = db.t
  const rows = await inChunks(papers, async some =>
    db.sql
      .selectDistinct({ paper: t.paper })
      .from(t)
      .where(and(eq(t.group, group), eq(t.member, member), inArray(t.paper, some))),
  )
  return new Set(rows.map(row => row.paper))
}

/** Tags by paper, in alphabetical order. */
export async function tagsOf(db: Database, group: string, papers: readonly string[]): Promise<Map<string, string[]>> {
  const { paperTags: t } = db.t
  const rows = await inChunks(papers, async some =>
    db.sql
      .select({ paper: t.paper, tag: t.tag })
      .from(t)
      .where(and(eq(t.group, group), inArray(t.paper, some)))
      .orderBy(t.tag),
  )
  const tags = new Map<string, string[]>()
  for (const { paper, tag } of rows) tags.set(paper, [...(tags.get(paper) ?? []), tag])
  return tags
}
