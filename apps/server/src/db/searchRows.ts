/** What the index of texts reads of the tables: which texts there are, and what it needs of them. */
import { and, asc, eq, gt, inArray, max, or, type SQL } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'

/** Where papers stand: the groups that have them on a board, and when they last came to one. */
export async function groupsOfPapers(db: Database, papers: readonly string[]): Promise<{ group: string; paper: string; at: number }[]> {
  const { boardPapers: t } = db.t
  const found: { group: string; paper: string; at: number }[] = []
  for (const some of chunked(papers)) {
    const rows = await db.sql
      .select({ group: t.group, paper: t.paper, at: max(t.addedAt) })
      .from(t)
      .where(inArray(t.paper, some))
      .groupBy(t.group, t.paper)
    found.push(...rows.map(({ at, ...row }) => ({ ...row, at: at ?? 0 })))
  }
  return found
}

export async function tagsInGroups(db: Database, papers: readonly string[]): Promise<{ group: string; paper: string; tag: string }[]> {
  const { paperTags: t } = db.t
  const found: { group: string; paper: string; tag: string }[] = []
  for (const some of chunked(papers))
    found.push(...(await db.sql.select({ group: t.group, paper: t.paper, tag: t.tag }).from(t).where(inArray(t.paper, some)).orderBy(t.tag)))
  return found
}

/** A board: its group and day. */
export interface BoardKey {
  group: string
  day: string
}

/** The first board after another one that has papers, or comments; null where there is none. */
export async function nextBoard(db: Database, of: 'boardPapers' | 'comments', { group, day }: BoardKey): Promise<BoardKey | null> {
  const t = db.t[of]
  const after = or(gt(t.group, group), and(eq(t.group, group), gt(t.day, day)))
  const [row] = await db.sql.select({ group: t.group, day: t.day }).from(t).where(after).orderBy(asc(t.group), asc(t.day)).limit(1)
  return row ?? null
}

export async function papersOnBoard(db: Database, { group, day }: BoardKey): Promise<string[]> {
  const { boardPapers: t } = db.t
  const rows = await db.sql
    .select({ paper: t.paper })
    .from(t)
    .where(and(eq(t.group, group), eq(t.day, day)))
    .orderBy(asc(t.position))
  return rows.map(({ paper }) => paper)
}

export async function commentsOnBoard(db: Database, { group, day }: BoardKey): Promise<string[]> {
  const { comments: t } = db.t
  const rows = await db.sql
    .select({ key: t.key })
    .from(t)
    .where(and(eq(t.group, group), eq(t.day, day)))
    .orderBy(asc(t.at))
  return rows.map(({ key }) => `${group}/${day}/${key}`)
}

export interface CommentText {
  group: string
  day: string
  key: string
  paper: string
  author: string
  text: string
  at: number
}

/** Comments by `group/day/key`. */
export async function commentTexts(db: Database, names: readonly string[]): Promise<CommentText[]> {
  const { comments: t } = db.t
  const found: CommentText[] = []
  for (const some of chunked(names, 100)) {
    const named = some.map((name): SQL | undefined => {
      const [group = '', day = '', key = ''] = name.split('/')
      return and(eq(t.group, group), eq(t.day, day), eq(t.key, key))
    })
    found.push(
      ...(await db.sql
        .select({ group: t.group, day: t.day, key: t.key, paper: t.paper, author: t.author, text: t.text, at: t.at })
        .from(t)
        .where(or(...named))),
    )
  }
  return found
}
