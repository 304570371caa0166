/** What is done about entries that an import has made or filled in, in its transaction. */
import type { Database } from '../../db/database.ts'
import { factsOf } from '../../db/facts.ts'
import { findPapers, type PaperRow } from '../../db/papers.ts'
import { followEntry, noteFilled } from './entries.ts'
import { wantLookups } from './lookups.ts'
import { namesOfPaper } from './sources.ts'

/** Gives new entries what is known already, and has sources asked for what they lack. */
export async function noteEntered(
  tx: Database,
  { entered, filled }: { entered: readonly PaperRow[]; filled: readonly PaperRow[] },
  now: number,
): Promise<void> {
  for (const row of filled) await noteFilled(tx, row, now)
  const rows = [...entered, ...filled]
  const known = new Set((await factsOf(tx, rows.flatMap(namesOfPaper))).map(({ name }) => name))
  const told = rows.filter(row => namesOfPaper(row).some(name => known.has(name)))
  for (const { id } of told) {
    // As it is now: one before it may have become the same work.
    const [row] = await findPapers(tx, [id])
    if (row !== undefined && row.sameAs === null) await followEntry(tx, row, now)
  }
  const after = new Map(
    (
      await findPapers(
        tx,
        told.map(({ id }) => id),
      )
    ).map(row => [row.id, row]),
  )
  await wantLookups(
    tx,
    rows.map(row => after.get(row.id) ?? row),
    now,
  )
}
