/** Keys that a group cites its papers by. A key that was given stays, whatever becomes of the paper's title. */
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'

/** The keys of these papers as far as they have one. */
export async function citationKeysOf(db: Database, group: string, papers: readonly string[]): Promise<Map<string, string>> {
  const { citationKeys: t } = db.t
  const found = new Map<string, string>()
  for (const some of chunked(papers)) {
    const rows = await db.sql
      .select({ paper: t.paper, key: t.key })
      .from(t)
      .where(and(eq(t.group, group), inArray(t.paper, some)))
    for (const { paper, key } of rows) found.set(paper, key)
  }
  return found
}

/** Gives each paper without one the key that `choose` makes of those that are taken, in the order of `papers`. All keys, then. */
export function giveCitationKeys(
  db: Database,
  group: string,
  papers: readonly string[],
  choose: (paper: string, taken: ReadonlySet<string>) => string,
): Promise<Map<string, string>> {
  return db.transaction(async tx => {
    const { citationKeys: t } = tx.t
    const keys = await citationKeysOf(tx, group, papers)
    const missing = papers.filter(paper => !keys.has(paper))
    if (missing.length === 0) return keys
    const taken = new Set((await tx.sql.select({ key: t.key }).from(t).where(eq(t.group, group))).map(row => row.key))
    for (const paper of missing) {
      const key = choose(paper, taken)
      taken.add(key)
      keys.set(paper, key)
    }
    for (const some of chunked(missing)) await tx.sql.insert(t).values(some.map(paper => ({ group, paper, key: keys.get(paper) ?? paper })))
    return keys
  })
}
