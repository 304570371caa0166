/** Which entry of the catalogue a paper of an import is. */
import { newId } from '@paperboard/shared/ids'
import type { PaperRow } from '../db/papers.ts'
import { sameness, titleKey } from './identity.ts'
import type { ReadPaper } from './pastedLines.ts'

export interface Match {
  row: PaperRow
  /** Entered by this import. */
  fresh: boolean
}

export interface Matcher {
  /** The entry for a paper, made if there is none. */
  match: (paper: ReadPaper) => Match
  /** Gives an entry of the group what it lacks and the paper tells; what it has is kept. True when anything was lacking. */
  fill: (row: PaperRow, paper: ReadPaper) => boolean
}

/**
 * Matches against `rows`, of the group's own scope and of the shared one. `theirs` are the shared papers that stand on a
 * board of the group; of other shared papers nothing is told. The group's own entry goes before a shared one.
 */
export const createMatcher = ({ group, rows, theirs }: { group: string; rows: readonly PaperRow[]; theirs: ReadonlySet<string> }): Matcher => {
  const byKey = new Map<string, Set<PaperRow>>()
  const enter = (row: PaperRow) => {
    for (const { key } of sameness) {
      const name = key(row)
      if (!name) continue
      const named = byKey.get(name)
      if (named === undefined) byKey.set(name, new Set([row]))
      else named.add(row)
    }
  }
  for (const row of rows.toSorted((a, b) => Number(b.scope === group) - Number(a.scope === group))) enter(row)

  const fresh = new Set<PaperRow>()
  const has = (row: PaperRow) => row.scope === group || theirs.has(row.id) || fresh.has(row)
  const find = (paper: ReadPaper): PaperRow | null => {
    for (const { key, agrees } of sameness) {
      const name = key(paper)
      if (!name) continue
      for (const row of byKey.get(name) ?? []) if (agrees(row, paper) && has(row)) return row
    }
    return null
  }

  /** Two entries of one scope never have the same identifier. */
  const free = (kind: 'arxivId' | 'doi', row: PaperRow, paper: ReadPaper) => {
    const name = sameness[kind === 'arxivId' ? 0 : 1]?.key({ ...row, [kind]: paper[kind] })
    return ![...(byKey.get(name ?? '') ?? [])].some(other => other !== row && other.scope === row.scope)
  }

  return {
    match: paper => {
      const found = find(paper)
      if (found !== null) return { row: found, fresh: fresh.has(found) }
      const row = entryOf(paper, group)
      fresh.add(row)
      enter(row)
      return { row, fresh: true }
    },
    fill: (row, paper) => {
      // Others have it on their boards, too, and would take for the paper's what somebody here has typed.
      if (row.scope !== group) return false
      const before = { ...row }
      if (row.title === null && paper.title !== null) Object.assign(row, { title: paper.title, titleKey: titleKey(paper.title) })
      if (row.authors.length === 0) row.authors = paper.authors
      if (row.abstract === '') row.abstract = paper.abstract
      if (row.arxivId === null && paper.arxivId !== null && free('arxivId', row, paper)) row.arxivId = paper.arxivId
      if (row.arxivId === paper.arxivId) row.arxivVersion ??= paper.arxivVersion
      if (row.doi === null && paper.doi !== null && free('doi', row, paper)) row.doi = paper.doi
      row.url ??= paper.url
      row.venue ??= paper.venue
      // The same time told more exactly: `2026-11` for `2026`.
      if (paper.published?.startsWith(row.published ?? '')) row.published = paper.published
      if (row.subjects.length === 0) row.subjects = paper.subjects
      row.links = [...row.links, ...paper.links.filter(({ url }) => !row.links.some(link => link.url === url))]
      enter(row)
      return told(row) !== told(before)
    },
  }
}

const told = ({ title, authors, abstract, ...row }: PaperRow) =>
  JSON.stringify([
    title,
    authors.length,
    abstract !== '',
    row.arxivId,
    row.arxivVersion,
    row.doi,
    row.url,
    row.venue,
    row.published,
    row.subjects.length,
    row.links.length,
  ])

/** What people type or paste is their group's, also of works with a public identifier: see docs/decisions/0007. */
const entryOf = ({ line, ...paper }: ReadPaper, group: string): PaperRow => ({
  id: newId(),
  scope: group,
  titleKey: paper.title === null ? null : titleKey(paper.title),
  sameAs: null,
  ...paper,
})
