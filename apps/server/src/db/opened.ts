/** Which papers a person has opened. */
import { and, desc, eq } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'

/** The last opened first, at most so many. */
export async function openedBy(db: Database, who: { group: string; person: string }, most: number): Promise<string[]> {
  const { openedPapers: t } = db.t
  const rows = await db.sql
    .select({ paper: t.paper })
    .from(t)
    .where(and(eq(t.group, who.group), eq(t.person, who.person)))
    .orderBy(desc(t.at), t.paper)
    .limit(most)
  return rows.map(row => row.paper)
}

/** Notes that they were opened; those that were before keep the time of the first. */
export async function markOpened(db: Database, who: { group: string; person: string }, papers: readonly string[], at: number): Promise<void> {
  const { openedPapers: t } = db.t
  for (const some of chunked([...new Set(papers)]))
    await db.sql
      .insert(t)
      .values(some.map(paper => ({ ...who, paper, at })))
      .onConflictDoNothing()
}
