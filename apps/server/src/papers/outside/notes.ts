/** What is said of a paper beside its text: how a lookup stands, a newer version, that it is the same as another. */
import type { Paper, PaperNote } from '@paperboard/shared/api'
import { paperOf } from '../../db/boards.ts'
import type { Database } from '../../db/database.ts'
import { type Lookup, lookupsOf } from '../../db/lookups.ts'
import type { PaperRow } from '../../db/papers.ts'
import { newVersions } from './discussed.ts'
import { chainOf, isComplete, namesOfPaper, sourceTitles } from './sources.ts'

/** Papers as a group is shown them. `asks`: whether the installation asks anybody. */
export async function withNotes(db: Database, { group, rows, asks }: { group: string; rows: readonly PaperRow[]; asks: boolean }): Promise<Paper[]> {
  const lacking = asks ? rows.filter(row => !isComplete(row)) : []
  const lookups = Map.groupBy(await lookupsOf(db, lacking.flatMap(namesOfPaper)), ({ name }) => name)
  const versions = await newVersions(db, group, rows)
  return rows.map(row => {
    const note: PaperNote = {}
    const lookup = isComplete(row)
      ? null
      : stateOf(
          row,
          namesOfPaper(row).flatMap(name => lookups.get(name) ?? []),
        )
    if (lookup !== null) note.lookup = lookup
    const newVersion = versions.get(row.id)
    if (newVersion !== undefined) note.newVersion = newVersion
    if (row.sameAs !== null) note.sameAs = row.sameAs
    return Object.keys(note).length === 0 ? paperOf(row) : { ...paperOf(row), note }
  })
}

/** Where a title is known, a source that knows no more is nothing to speak of. */
function stateOf(row: PaperRow, lookups: readonly Lookup[]): PaperNote['lookup'] | null {
  const inChain = lookups.filter(({ name, source }) => chainOf(name).includes(source))
  const waiting = inChain.filter(({ state }) => state === 'waiting')
  const [asked] = waiting.filter(({ tries }) => tries === 0)
  if (asked !== undefined) return { state: 'asking', source: sourceTitles[asked.source] }
  const [late] = waiting.toSorted((a, b) => a.nextAt - b.nextAt)
  if (late !== undefined) return { state: 'unreachable', source: sourceTitles[late.source], nextAt: late.nextAt }
  const [first] = inChain
  return first !== undefined && row.title === null ? { state: 'missing', source: sourceTitles[chainOf(first.name)[0] ?? first.source] } : null
}
