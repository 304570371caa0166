import { and, asc, eq, getTableColumns, inArray, isNotNull, or } from 'drizzle-orm'
import type { Database } from './database.ts'

/** A row of the catalogue less the time of its entry. */
export interface PaperRow {
  id: string
  /** The id of the group that entered it; '' for what all groups share. */
  scope: string
  title: string | null
  titleKey: string | null
  authors: string[]
  abstract: string
  arxivId: string | null
  arxivVersion: number | null
  doi: string | null
  url: string | null
  links: { label: string; url: string }[]
  venue: string | null
  published: string | null
  subjects: string[]
  /** The older entry that this one is the same work as; null for the work's own. */
  sameAs: string | null
}

/** The columns of a `PaperRow`. */
export const paperColumns = ({ t }: Database) => {
  const { createdAt, ...columns } = getTableColumns(t.papers)
  return columns
}

/** Values named in one statement: far below SQLite's bound of 32,766. */
const chunk = 500

export const chunked = <T>(values: readonly T[], size = chunk): T[][] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, i) => values.slice(i * size, (i + 1) * size))

/** The papers with these ids, in their order; unknown ids are left out. Where one is another id of a work, it has what the work has. */
export async function findPapers(db: Database, ids: readonly string[]): Promise<PaperRow[]> {
  const found = await rowsWith(db, ids)
  const works = await rowsWith(
    db,
    [...found.values()].flatMap(({ sameAs }) => sameAs ?? []),
  )
  return ids.flatMap(id => {
    const row = found.get(id)
    if (row === undefined) return []
    const work = row.sameAs === null ? undefined : works.get(row.sameAs)
    return work === undefined ? row : { ...work, id, sameAs: work.id }
  })
}

async function rowsWith(db: Database, ids: readonly string[]): Promise<Map<string, PaperRow>> {
  const { papers } = db.t
  const found = new Map<string, PaperRow>()
  for (const some of chunked([...new Set(ids)]))
    for (const row of await db.sql.select(paperColumns(db)).from(papers).where(inArray(papers.id, some))) found.set(row.id, row)
  return found
}

/** The other ids that these works have, with the work of each. */
export async function otherIds(db: Database, works: readonly string[]): Promise<Map<string, string>> {
  const { papers } = db.t
  const others = new Map<string, string>()
  for (const some of chunked([...new Set(works)]))
    for (const { id, sameAs } of await db.sql.select({ id: papers.id, sameAs: papers.sameAs }).from(papers).where(inArray(papers.sameAs, some)))
      if (sameAs !== null) others.set(id, sameAs)
  return others
}

/** Of each of these ids the work that it names, and beside them all other ids of these works. */
export async function worksOf(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  const { papers } = db.t
  const works = new Map(ids.map(id => [id, id]))
  for (const some of chunked([...works.keys()]))
    for (const { id, sameAs } of await db.sql
      .select({ id: papers.id, sameAs: papers.sameAs })
      .from(papers)
      .where(and(inArray(papers.id, some), isNotNull(papers.sameAs))))
      works.set(id, sameAs ?? id)
  for (const [id, work] of await otherIds(db, [...works.values()])) works.set(id, work)
  for (const work of [...works.values()]) works.set(work, work)
  return works
}

/** The entries that are other ids of a work. */
export async function doublesOf(db: Database, work: string): Promise<PaperRow[]> {
  const { papers } = db.t
  return db.sql.select(paperColumns(db)).from(papers).where(eq(papers.sameAs, work)).orderBy(asc(papers.id))
}

/** Entries of any scope with one of these identifiers. */
export async function findIdentified(db: Database, { arxivIds, dois }: { arxivIds: readonly string[]; dois: readonly string[] }): Promise<PaperRow[]> {
  const { papers } = db.t
  const found = new Map<string, PaperRow>()
  const collect = async (column: typeof papers.arxivId | typeof papers.doi, values: readonly string[]) => {
    for (const some of chunked(values))
      for (const row of await db.sql.select(paperColumns(db)).from(papers).where(inArray(column, some))) found.set(row.id, row)
  }
  await collect(papers.arxivId, arxivIds)
  await collect(papers.doi, dois)
  return [...found.values()]
}

/** Two entries, the one that was entered first before the other. */
export async function olderFirst(db: Database, [one, other]: readonly [PaperRow, PaperRow]): Promise<readonly [PaperRow, PaperRow]> {
  const { papers } = db.t
  const [first] = await db.sql
    .select({ id: papers.id })
    .from(papers)
    .where(or(eq(papers.id, one.id), eq(papers.id, other.id)))
    .orderBy(asc(papers.createdAt), asc(papers.id))
    .limit(1)
  return first?.id === other.id ? [other, one] : [one, other]
}

/** What was another id of one work is one of another from now on. */
export async function pointTo(db: Database, { from, to }: { from: string; to: string }): Promise<void> {
  const { papers } = db.t
  await db.sql.update(papers).set({ sameAs: to }).where(eq(papers.sameAs, from))
}

/** What papers are looked up by. */
export interface Names {
  arxivIds: string[]
  dois: string[]
  titleKeys: string[]
  urls: string[]
}

/**
 * Papers of the group's own and of the shared catalogue that have one of these names; links are asked for only among the
 * group's own, since every shared paper has an identifier.
 */
export async function findNamed(db: Database, group: string, names: Names): Promise<PaperRow[]> {
  const { papers } = db.t
  const found = new Map<string, PaperRow>()
  const collect = async (column: typeof papers.arxivId | typeof papers.titleKey, values: readonly string[], scopes: string[]) => {
    for (const some of chunked([...new Set(values)])) {
      const rows = await db.sql
        .select(paperColumns(db))
        .from(papers)
        .where(and(inArray(papers.scope, scopes), inArray(column, some)))
      for (const row of rows) found.set(row.id, row)
    }
  }
  await collect(papers.arxivId, names.arxivIds, ['', group])
  await collect(papers.doi, names.dois, ['', group])
  await collect(papers.titleKey, names.titleKeys, ['', group])
  await collect(papers.url, names.urls, [group])
  return [...found.values()]
}

/** Enters papers into the catalogue. Rejects when one of them has an identifier that its scope has already. */
export async function insertPapers(db: Database, rows: readonly PaperRow[], createdAt: number): Promise<void> {
  for (const some of chunked(rows, 100)) await db.sql.insert(db.t.papers).values(some.map(row => ({ ...row, createdAt })))
}

export async function updatePaper(db: Database, { id, ...row }: PaperRow): Promise<void> {
  await db.sql.update(db.t.papers).set(row).where(eq(db.t.papers.id, id))
}
