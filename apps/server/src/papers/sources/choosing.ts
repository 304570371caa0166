/** Which of a source's items come to which boards. Pure, so that a preview and a run decide alike. */
import { addDays, type Day } from '@paperboard/shared/days'
import { createRules, ruleName } from '@paperboard/shared/sourceRules'
import type { RunReport, Source } from '@paperboard/shared/sources'
import type { SourceItem } from './fetching.ts'

export interface Chosen extends SourceItem {
  day: Day
  marks: string[]
}

export interface Choice {
  items: Chosen[]
  report: Pick<RunReport, 'found' | 'matched' | 'seen' | 'left' | 'rules' | 'notes'>
}

interface Circumstances {
  /** The first day whose items are wanted, and the group's day now. */
  from: Day
  today: Day
  /** Whether the source has brought an item, or the group has it on a board. */
  known: (item: SourceItem) => boolean
  /** How many papers the source has put on a board already. */
  broughtOn: (day: Day) => number
}

/** Titles of papers left out that the log names. */
const titlesTold = 20

export function choose(items: readonly SourceItem[], source: Pick<Source, 'rules' | 'most' | 'board'>, at: Circumstances): Choice {
  const judge = createRules(source.rules)
  const counts = source.rules.map(rule => ({ name: ruleName(rule), effect: rule.effect, count: 0 }))
  const report = { found: 0, matched: 0, seen: 0, left: { count: 0, titles: [] as string[] }, rules: counts, notes: [] as string[] }
  const wanted: Chosen[] = []
  let old = 0
  for (const item of items) {
    if (item.day !== null && item.day < at.from) {
      old++
      continue
    }
    report.found++
    const { comes, found, marks } = judge(item.paper)
    for (const n of found) if (counts[n] !== undefined) counts[n].count++
    if (!comes) continue
    report.matched++
    if (at.known(item)) report.seen++
    else wanted.push({ ...item, day: boardOf(item, source.board, at.today), marks })
  }
  if (old > 0) report.notes.push(`${old} ${old === 1 ? 'item is' : 'items are'} of before ${at.from} and not looked at.`)
  const { within, beyond } = bounded(wanted, source.most, at.broughtOn)
  report.left = { count: beyond.length, titles: beyond.slice(0, titlesTold).map(({ paper }) => paper.title ?? '') }
  return { items: within, report: { ...report, rules: counts.filter(({ count }) => count > 0) } }
}

/** The day that the source names, or today where it names none, or one that has not come yet anywhere. */
const boardOf = ({ day }: SourceItem, board: Source['board'], today: Day): Day => (day === null || board === 'run' || day > addDays(today, 1) ? today : day)

/** Of each day the highlighted ones first, then what others think most of, then in the source's own order; those that come stay in that. */
function bounded(items: readonly Chosen[], most: number, broughtOn: (day: Day) => number): { within: Chosen[]; beyond: Chosen[] } {
  const kept = new Set<Chosen>()
  for (const [day, its] of Map.groupBy(items, item => item.day)) {
    const first = its.toSorted((a, b) => Number(b.marks.length > 0) - Number(a.marks.length > 0) || b.rank - a.rank)
    for (const item of first.slice(0, Math.max(0, most - broughtOn(day)))) kept.add(item)
  }
  return { within: items.filter(item => kept.has(item)), beyond: items.filter(item => !kept.has(item)) }
}
