/** What sources tell of works, by the names of the works; and what a group told of an entry before. */
import { inArray } from 'drizzle-orm'
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

/** A version of an arXiv paper. */
export interface PaperVersion {
  arxivId: string
  version: number
  /** When it came out, ms since 1970. */
  at: number
  title: string | null
  abstract: string | null
}

/** Notes versions; what is known of one already stays. */
export async function storeVersions(db: Database, versions: readonly PaperVersion[]): Promise<void> {
  const { paperVersions: t } = db.t
  if (versions.length > 0)
    await db.sql
      .insert(t)
      .values([...versions])
      .onConflictDoNothing()
}

/** The versions of these papers, oldest first. */
export async function versionsOf(db: Database, arxivIds: readonly string[]): Promise<PaperVersion[]> {
  const { paperVersions: t } = db.t
  const found: PaperVersion[] = []
  for (const some of chunked([...new Set(arxivIds)]))
    found.push(...(await db.sql.select().from(t).where(inArray(t.arxivId, some)).orderBy(t.arxivId, t.version)))
  return found
}

/** A correction by a member of a group. */
export interface Correction {
  id: string
  group: string
  paper: string
  member: string
  at: number
  fields: CorrectedFields
  before: CorrectedFields
  undoes: string | null
}

/** What members of a group have corrected, oldest first. */
export async function correctionsOf(db: Database, papers: readonly string[]): Promise<Correction[]> {
  const { paperCorrections: t } = db.t
  const found: Correction[] = []
  for (const some of chunked(papers)) found.push(...(await db.sql.select().from(t).where(inArray(t.paper, some)).orderBy(t.at, t.id)))
  return found
}

export async function insertCorrection(db: Database, correction: Correction): Promise<void> {
  await db.sql.insert(db.t.paperCorrections).values(correction)
}
