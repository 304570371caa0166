/** What feeds tell: papers that came to boards, and comments that may call somebody. */
import type { Day } from '@paperboard/shared/days'
import { and, desc, eq, gte, like } from 'drizzle-orm'
import type { Database } from './database.ts'
import { type PaperRow, paperColumns } from './papers.ts'

export interface NewPaper {
  day: Day
  addedAt: number
  paper: PaperRow
}

/** The papers that came last to the group's boards, the newest first. */
export function newestPapers(db: Database, group: string, most: number): Promise<NewPaper[]> {
  const { boardPapers: t, papers } = db.t
  return db.sql
    .select({ day: t.day, addedAt: t.addedAt, paper: paperColumns(db) })
    .from(t)
    .innerJoin(papers, eq(papers.id, t.paper))
    .where(eq(t.group, group))
    .orderBy(desc(t.addedAt), t.position)
    .limit(most)
}

export interface CallingComment {
  day: Day
  key: string
  paper: string
  author: string
  text: string
  at: number
}

/** Comments with an @ in them since then, the newest first. */
export function callingComments(db: Database, group: string, since: number): Promise<CallingComment[]> {
  const { comments: t } = db.t
  return db.sql
    .select({ day: t.day, key: t.key, paper: t.paper, author: t.author, text: t.text, at: t.at })
    .from(t)
    .where(and(eq(t.group, group), gte(t.at, since), like(t.text, '%@%')))
    .orderBy(desc(t.at), t.key)
}
