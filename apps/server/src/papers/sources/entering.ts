/** A run's items become entries of the catalogue and are noted as brought, in one transaction: after it the run only has to put them on boards. */
import type { Day } from '@paperboard/shared/days'
import type { RunReport } from '@paperboard/shared/sources'
import { boardsWith } from '../../db/boards.ts'
import type { Database } from '../../db/database.ts'
import { findNamed, insertPapers, type PaperRow, updatePaper } from '../../db/papers.ts'
import { addItems, broughtByDay, broughtKeys, changeRun, changeSource, type SourceRow } from '../../db/sources.ts'
import { titleKey } from '../identity.ts'
import { createMatcher } from '../matching.ts'
import { noteEntered } from '../outside/entering.ts'
import { type Choice, choose } from './choosing.ts'
import type { SourceItem } from './fetching.ts'

interface Entering {
  source: SourceRow
  run: string
  items: readonly SourceItem[]
  notes: readonly string[]
  from: Day
  today: Day
  now: number
}

/**
 * Enters what comes and gives what a person is told of it, as far as it is known now. Whatever the source, its papers are
 * entries of the group: services are asked about them as about all others, and what those tell is shared.
 */
export async function enterItems(tx: Database, entering: Entering): Promise<RunReport> {
  const { source, run, items, notes, from, today, now } = entering
  const rows = await findNamed(tx, source.group, namesOf(items))
  const theirs = new Set((await boardsWith(tx, source.group, idsOf(rows))).map(({ paper }) => paper))
  const matcher = createMatcher({ group: source.group, rows, theirs })
  const matches = new Map(items.map(item => [item.key, matcher.match(item.paper)]))
  const brought = await broughtKeys(tx, source.id, keysOf(items))
  const counts = await broughtByDay(tx, source.id, from)
  const choice = choose(items, source, {
    from,
    today,
    known: item => brought.has(item.key) || theirs.has(matches.get(item.key)?.row.id ?? ''),
    broughtOn: day => counts.get(day) ?? 0,
  })
  const entered = new Set<PaperRow>()
  const filled = new Set<PaperRow>()
  const placed = choice.items.flatMap((item, position) => {
    const match = matches.get(item.key)
    if (match === undefined) return []
    if (match.fresh) entered.add(match.row)
    else if (matcher.fill(match.row, item.paper)) filled.add(match.row)
    return [{ source: source.id, key: item.key, run, day: item.day, paper: match.row.id, marks: item.marks, position, placedAt: null }]
  })
  await insertPapers(tx, [...entered], now)
  for (const row of filled) await updatePaper(tx, row)
  await noteEntered(tx, { entered: [...entered], filled: [...filled] }, now)
  await addItems(tx, placed)
  await changeSource(tx, source.id, { doneUntil: today })
  const report = reportOf(choice, notes)
  await changeRun(tx, run, { state: 'placing', report, reason: null })
  return report
}

const idsOf = (rows: readonly PaperRow[]) => rows.map(({ id }) => id)
const keysOf = (items: readonly SourceItem[]) => items.map(({ key }) => key)

export const namesOf = (items: readonly SourceItem[]) => ({
  arxivIds: items.flatMap(({ paper }) => paper.arxivId ?? []),
  dois: items.flatMap(({ paper }) => paper.doi ?? []),
  titleKeys: items.flatMap(({ paper }) => (paper.title === null ? [] : titleKey(paper.title))),
  urls: items.flatMap(({ paper }) => paper.url ?? []),
})

const reportOf = ({ report }: Choice, notes: readonly string[]): RunReport => ({
  ...report,
  notes: [...notes, ...report.notes],
  added: 0,
  waiting: 0,
  days: [],
})
