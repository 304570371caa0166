/** What sources tell of works, by the names of the works; and what a group told of an entry before. */
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked, type PaperRow } from './papers.ts'

/** Who tells something of a work. `group`: what the members of a group typed or pasted. */
export const factSources = ['arxiv', 'crossref', 'datacite', 'openalex', 'semantic-scholar', 'hugging-face', 'group'] as const
export type FactSource = (typeof factSources)[number]
export type OutsideSource = Exclude<FactSource, 'group'>

/** The fields of a work that a source can tell. */
export type PaperFields = Partial<Omit<PaperRow, 'id' | 'scope' | 'titleKey' | 'sameAs'>>

/** What members can correct. Identifiers are not among it: another identifier is another work. */
export interface CorrectedFields {
  title?: string | null
  authors?: string[] | null
  abstract?: string | null
  venue?: string | null
  published?: string | null
  url?: string | null
}

export interface Facts {
  /** `arxiv:2206.03382`, `doi:10.1145/…` or `paper:<id>`. */
  name: string
  source: FactSource
  fields: PaperFields
  fetchedAt: number
}

/** All that is told of works with these names. */
export async function factsOf(db: Database, names: readonly string[]): Promise<Facts[]> {
  const { paperFacts } = db.t
  const found: Facts[] = []
  for (const some of chunked([...new Set(names)])) found.push(...(await db.sql.select().from(paperFacts).where(inArray(paperFacts.name, some))))
  return found
}

/** Writes down what a source tells now, in the place of what it told before. */
export async function storeFacts(db: Database, { name, source, fields, fetchedAt }: Facts): Promise<void> {
  const { paperFacts } = db.t
  await db.sql
    .insert(paperFacts)
    .values({ name, source, fields, fetchedAt })
    .onConflictDoUpdate({ target: [paperFacts.name, paperFacts.source], set: { fields, fetchedAt } })
}

/** Whether a source has told anything of a work. */
export async function hasFacts(db: Database, name: string, source: FactSource): Promise<boolean> {
  const { paperFacts } = db.t
  const rows = await db.sql
    .select({ name: paperFacts.name })
    .from(paperFacts)
    .where(and(eq(paperFacts.name, name), eq(paperFacts.source, source)))
  return rows.length > 0
}
