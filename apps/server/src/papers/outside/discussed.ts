/** New versions of papers that a group has discussed: which to ask for, and which to tell of. */
import type { PaperNote } from '@paperboard/shared/api'
import { commentedSince, lastComments } from '../../db/comments.ts'
import type { Database } from '../../db/database.ts'
import { factsOf, versionsOf } from '../../db/facts.ts'
import { enqueue } from '../../db/lookups.ts'
import { findPapers, type PaperRow } from '../../db/papers.ts'

const day = 86_400_000
/** Papers that were discussed in this time (ms) are asked for again, each this often. */
const lively = 90 * day
const every = 3 * day

/** Has arXiv asked for what was discussed lately and not asked for in the last days. */
export async function wantVersions(db: Database, now: number): Promise<void> {
  const rows = await findPapers(db, await commentedSince(db, now - lively))
  const names = [...new Set(rows.flatMap(({ arxivId }) => (arxivId === null ? [] : `arxiv:${arxivId}`)))]
  const fresh = new Set((await factsOf(db, names)).filter(({ source, fetchedAt }) => source === 'arxiv' && now - fetchedAt < every).map(({ name }) => name))
  await enqueue(
    db,
    names.filter(name => !fresh.has(name)).map(name => ({ name, source: 'arxiv' as const })),
    now,
    every,
  )
}

/** Versions that came out after a group's last word on a paper, by paper. */
export async function newVersions(db: Database, group: string, rows: readonly PaperRow[]): Promise<Map<string, NonNullable<PaperNote['newVersion']>>> {
  const found = new Map<string, NonNullable<PaperNote['newVersion']>>()
  const discussed = await lastComments(
    db,
    group,
    rows.flatMap(({ id, arxivId }) => (arxivId === null ? [] : id)),
  )
  const versions = Map.groupBy(
    await versionsOf(
      db,
      rows.flatMap(({ id, arxivId }) => (arxivId !== null && discussed.has(id) ? arxivId : [])),
    ),
    ({ arxivId }) => arxivId,
  )
  for (const { id, arxivId } of rows) {
    const [at, known] = [discussed.get(id), versions.get(arxivId ?? '') ?? []]
    const latest = known.at(-1)
    if (at === undefined || latest === undefined || latest.at <= at) continue
    found.set(id, { version: latest.version, at: latest.at, discussed: known.findLast(version => version.at <= at)?.version ?? null })
  }
  return found
}
