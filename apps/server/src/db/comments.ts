/** What of the comments' rows is asked over boards. */
import { and, eq, gte, inArray, max } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'

/** The papers that anybody commented on since then, in any group. */
export async function commentedSince(db: Database, since: number): Promise<string[]> {
  const { comments } = db.t
  const rows = await db.sql.selectDistinct({ paper: comments.paper }).from(comments).where(gte(comments.at, since))
  return rows.map(({ paper }) => paper)
}

/** When the group said its last word on each of these papers, on whatever board, ms since 1970. */
export async function lastComments(db: Database, group: string, papers: readonly string[]): Promise<Map<string, number>> {
  const { comments } = db.t
  const found = new Map<string, number>()
  for (const some of chunked([...new Set(papers)])) {
    const rows = await db.sql
      .select({ paper: comments.paper, at: max(comments.at) })
      .from(comments)
      .where(and(eq(comments.group, group), inArray(comments.paper, some)))
      .groupBy(comments.paper)
    for (const { paper, at } of rows) if (at !== null) found.set(paper, at)
  }
  return found
}
