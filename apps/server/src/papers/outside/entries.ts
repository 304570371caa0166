/**
 * Entries of the catalogue follow what is told of their works: each entry holds what is shown, so that boards, search and
 * exports read one row. Two entries of one group that turn out to be one work become one: see docs/decisions/0017.
 */

import type { Database } from '../../db/database.ts'
import { correctionsOf, type Facts, factsOf, type PaperFields, storeFacts } from '../../db/facts.ts'
import { doublesOf, findIdentified, findNamed, olderFirst, type PaperRow, pointTo, updatePaper } from '../../db/papers.ts'
import { sameness, titleKey } from '../identity.ts'
import { joinedBy, merged } from './merging.ts'
import { nameOfEntry, namesOfPaper } from './sources.ts'

/** An entry whose text has changed. Documents may hold it under any of `ids`. */
export interface ChangedEntry {
  scope: string
  ids: string[]
}

/** Brings all entries up to date that have one of these names, in whatever group. Runs within a transaction. */
export async function followNames(tx: Database, names: readonly string[], now: number): Promise<ChangedEntry[]> {
  const changed: ChangedEntry[] = []
  const of = (kind: string) => names.filter(name => name.startsWith(kind)).map(name => name.slice(kind.length))
  for (const row of await findIdentified(tx, { arxivIds: of('arxiv:'), dois: of('doi:') })) changed.push(...(await followEntry(tx, row, now)))
  return changed
}

/** Brings one entry up to date, and joins it with another of its scope that is the same work. */
export async function followEntry(tx: Database, row: PaperRow, now: number): Promise<ChangedEntry[]> {
  await keepTold(tx, row, now)
  const doubles = await doublesOf(tx, row.id)
  const ids = [row.id, ...doubles.map(({ id }) => id)]
  const facts = await factsOf(tx, [...namesOfPaper(row), ...ids.map(nameOfEntry)])
  const twin = await twinOf(tx, row, facts)
  if (twin !== null) return join(tx, await olderFirst(tx, [row, twin]), now)
  const named = await withLearned(tx, row, facts)
  // By a name that was just learned, others may have told more.
  const all = named === row ? facts : await factsOf(tx, [...namesOfPaper(named), ...ids.map(nameOfEntry)])
  const next = merged(named, all, row.scope === '' ? [] : await correctionsOf(tx, ids))
  if (JSON.stringify(next) === JSON.stringify(row)) return []
  await updatePaper(tx, next)
  return [{ scope: row.scope, ids }]
}

/** Before others are listened to: what the group told of its entry. Written once, and filled in by `noteFilled`. */
export async function keepTold(tx: Database, row: PaperRow, now: number): Promise<void> {
  const [told] = await factsOf(tx, [nameOfEntry(row.id)])
  if (told === undefined) await storeFacts(tx, { name: nameOfEntry(row.id), source: 'group', fields: toldBy(row), fetchedAt: now })
}

const toldBy = ({ id, scope, titleKey: _, sameAs, ...fields }: PaperRow): PaperFields => fields

/** An import has filled in what an entry lacked: the group told that, too. */
export async function noteFilled(tx: Database, row: PaperRow, now: number): Promise<void> {
  const [told] = await factsOf(tx, [nameOfEntry(row.id)])
  if (told === undefined) return
  const { title, authors, abstract, url, venue, published } = told.fields
  const lacking: PaperFields = {
    ...(title == null ? { title: row.title } : {}),
    ...(authors === undefined || authors.length === 0 ? { authors: row.authors } : {}),
    ...(abstract ? {} : { abstract: row.abstract }),
    ...(url == null ? { url: row.url } : {}),
    ...(venue == null ? { venue: row.venue } : {}),
    ...(published == null ? { published: row.published } : {}),
  }
  await storeFacts(tx, { name: nameOfEntry(row.id), source: 'group', fields: { ...told.fields, ...lacking }, fetchedAt: now })
}

/** The row with the identifiers that were told of it, unless another entry of its scope has them. */
async function withLearned(tx: Database, row: PaperRow, facts: readonly Facts[]): Promise<PaperRow> {
  const { arxivId, doi } = joinedBy(facts)
  const next = { ...row, arxivId: row.arxivId ?? arxivId, doi: row.doi ?? doi }
  if (next.arxivId === row.arxivId && next.doi === row.doi) return row
  const taken = await inScope(tx, next)
  return {
    ...next,
    arxivId: taken.some(other => other.arxivId === next.arxivId) ? row.arxivId : next.arxivId,
    doi: taken.some(other => other.doi === next.doi) ? row.doi : next.doi,
  }
}

const inScope = async (tx: Database, { id, scope, arxivId, doi, title }: PaperRow): Promise<PaperRow[]> => {
  const rows = await findNamed(tx, scope, {
    arxivIds: arxivId === null ? [] : [arxivId],
    dois: doi === null ? [] : [doi],
    titleKeys: title === null ? [] : [titleKey(title)],
    urls: [],
  })
  return rows.filter(other => other.scope === scope && other.id !== id && other.sameAs === null)
}

/** Another entry of the same scope that is the same work, by what sources tell; null where there is none, or where it could be another. */
async function twinOf(tx: Database, row: PaperRow, facts: readonly Facts[]): Promise<PaperRow | null> {
  const joined = joinedBy(facts)
  const shown = merged({ ...row, arxivId: row.arxivId ?? joined.arxivId, doi: row.doi ?? joined.doi }, facts, [])
  for (const other of await inScope(tx, shown)) {
    const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b
    if (differ(row.arxivId, other.arxivId) || differ(row.doi, other.doi)) continue
    if (sameness.some(({ key, agrees }) => key(shown) !== null && key(shown) === key(other) && agrees(shown, other))) return other
  }
  return null
}

/** Makes the younger entry another id of the older one, which takes over its identifiers. */
async function join(tx: Database, [older, younger]: readonly [PaperRow, PaperRow], now: number): Promise<ChangedEntry[]> {
  await keepTold(tx, older, now)
  await keepTold(tx, younger, now)
  await pointTo(tx, { from: younger.id, to: older.id })
  await updatePaper(tx, { ...younger, sameAs: older.id, arxivId: null, doi: null, titleKey: null })
  const joined = {
    ...older,
    arxivId: older.arxivId ?? younger.arxivId,
    arxivVersion: older.arxivVersion ?? younger.arxivVersion,
    doi: older.doi ?? younger.doi,
  }
  await updatePaper(tx, joined)
  await followEntry(tx, joined, now)
  const ids = [older.id, ...(await doublesOf(tx, older.id)).map(({ id }) => id)]
  return [{ scope: older.scope, ids }]
}
