/** Papers of a group, gathered to be written in a format. */
import type { ExportFormat, ExportOf } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { lastVotes } from '@paperboard/shared/ranking'
import { boardsWith, paperOf } from '../db/boards.ts'
import { giveCitationKeys } from '../db/citationKeys.ts'
import type { Database } from '../db/database.ts'
import { commentsOf, papersInSpan, papersOfGroup, standingsOf, tagsOf, votesOf } from '../db/listings.ts'
import { findPapers } from '../db/papers.ts'
import { freeKey, wishedKey } from './write/citationKey.ts'
import type { Cited } from './write/cited.ts'
import { writers, written } from './write/formats.ts'

/** Papers of the group among these, with what the group knows of them, in their order. Each has its key from then on. */
export async function citedPapers(db: Database, group: string, ids: readonly string[]): Promise<Cited[]> {
  const standings = Map.groupBy(await standingsOf(db, group, ids), standing => standing.paper)
  const rows = (await findPapers(db, [...new Set(ids)])).filter(row => row.scope === group || standings.has(row.id))
  const papers = new Map(rows.map(row => [row.id, paperOf(row)]))
  const theirs = [...papers.keys()]
  // Older papers first: which of two gets the plain key must not depend on how a list is sorted.
  const byAge = [...papers].sort(([a], [b]) => firstOf(standings, a).localeCompare(firstOf(standings, b)) || (a < b ? -1 : 1)).map(([id]) => id)
  const keys = await giveCitationKeys(db, group, byAge, (id, taken) => {
    const paper = papers.get(id)
    return freeKey(paper === undefined ? 'paper' : wishedKey(paper), taken)
  })
  const votes = Map.groupBy(await votesOf(db, group, theirs), vote => vote.paper)
  const comments = Map.groupBy(await commentsOf(db, group, theirs), comment => comment.paper)
  const tags = await tagsOf(db, group, theirs)
  return [...papers].map(([id, paper]) => {
    const counted = lastVotes(votes.get(id) ?? [])
    return {
      paper,
      key: keys.get(id) ?? id,
      tags: tags.get(id) ?? [],
      boards: (standings.get(id) ?? []).map(({ day }) => day).toReversed(),
      up: counted.filter(({ value }) => value > 0).length,
      down: counted.filter(({ value }) => value < 0).length,
      comments: comments.get(id)?.length ?? 0,
    }
  })
}

const firstOf = (standings: ReadonlyMap<string, { addedAt: number }[]>, paper: string): string =>
  String(Math.min(...(standings.get(paper) ?? []).map(({ addedAt }) => addedAt), Number.MAX_SAFE_INTEGER)).padStart(16, '0')

/** The ids that an export names, as far as they are the group's. */
async function idsOf(db: Database, group: string, papers: ExportOf): Promise<string[]> {
  if (papers.of === 'library') return papersOfGroup(db, group, limits.exportPapers)
  if (papers.of === 'days') return papersInSpan(db, group, papers)
  const theirs = new Set((await boardsWith(db, group, papers.papers)).map(({ paper }) => paper))
  return papers.papers.filter(id => theirs.has(id))
}

export interface ExportedFile {
  text: string
  type: string
  name: string
}

/** A file of papers of the group. */
export async function exported(db: Database, group: { id: string; name: string }, asked: { format: ExportFormat; papers: ExportOf }): Promise<ExportedFile> {
  const { format, papers } = asked
  const cited = await citedPapers(db, group.id, await idsOf(db, group.id, papers))
  const days = papers.of === 'days' ? (papers.from === papers.to ? papers.from : `${papers.from} to ${papers.to}`) : null
  const [only] = cited
  const stem = papers.of === 'library' ? 'library' : (days?.replace(' to ', '_') ?? (cited.length === 1 && only !== undefined ? only.key : 'papers'))
  const { type, ending } = writers[format]
  return { text: await written(format, cited, [group.name, days].filter(Boolean).join(', ')), type, name: `${stem}.${ending}` }
}
