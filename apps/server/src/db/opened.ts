/** Which papers a person has opened, and when last. */
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'
import { brought } from './recordRows.ts'

interface Opened {
  paper: string
  at: number
}

/** The last opened first, at most so many. */
export async function openedBy(db: Database, who: { group: string; person: string }, most: number): Promise<Opened[]> {
  const { openedPapers: t } = db.t
  return db.sql
    .select({ paper: t.paper, at: t.at })
    .from(t)
    .where(and(eq(t.group, who.group), eq(t.person, who.person)))
    .orderBy(desc(t.at), t.paper)
    .limit(most)
}

/** Notes that they were opened, each once; what comes late changes no later time. */
export async function markOpened(db: Database, who: { group: string; person: string }, papers: readonly Opened[]): Promise<void> {
  const { openedPapers: t } = db.t
  for (const some of chunked(papers))
    await db.sql
      .insert(t)
      .values(some.map(({ paper, at }) => ({ ...who, paper, at })))
      .onConflictDoUpdate({ target: [t.group, t.person, t.paper], set: { at: brought(t.at) }, setWhere: lt(t.at, brought(t.at)) })
}
