/** Imports: from what people give, by way of what the group has already, to entries of the catalogue. */
import type { ImportFrom, ImportItem, ImportPreview, PaperByHand } from '@paperboard/shared/api'
import type { PaperOnBoard } from '@paperboard/shared/board'
import type { Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { boardsWith } from '../db/boards.ts'
import type { Database } from '../db/database.ts'
import { findNamed, findPapers, insertPapers, otherIds, type PaperRow, updatePaper } from '../db/papers.ts'
import { Problem } from '../errors.ts'
import { readReference } from './identifiers.ts'
import { titleKey } from './identity.ts'
import { createMatcher, type Match } from './matching.ts'
import { noteEntered } from './outside/entering.ts'
import { type ReadPaper, storable, untold } from './pastedLines.ts'
import { readFilesAside } from './read/readAside.ts'
import { readText } from './read/readText.ts'
import { samplePapers } from './sample.ts'

/** Where an import goes, and what that board holds. */
export interface Target {
  group: string
  day: Day
  today: Day
  /** Papers on the board. */
  here: ReadonlySet<string>
  /** Papers that were on the board and were taken off. */
  before: ReadonlySet<string>
}

export interface ImportPlan {
  preview: ImportPreview
  /** Paper ids to be on the board, in order: all that are neither left out nor repeated. */
  papers: string[]
  source: PaperOnBoard['source']
  /** Where the first of them was on the board before; undefined for new ones, which go to its end. */
  order?: number
  enter: PaperRow[]
  change: PaperRow[]
}

/** Which of the ways in it came by. A paper put back is one the group named by its id. */
const wayIn = (kind: ImportPreview['kind']): PaperOnBoard['source'] =>
  kind === 'hand' || kind === 'sample' ? kind : kind === 'ids' || kind === 'group' ? 'ids' : 'paste'

/** Papers as read from a source. */
export type Read = Pick<ImportPreview, 'kind' | 'parts' | 'day' | 'problems'> & { papers: ReadPaper[] }

/**
 * What an import would do; nothing is written. The preview is what the importer is shown, and since a commit makes the
 * same plan anew within its transaction, its numbers are what is then added. `skip` holds numbers of items left out.
 * Throws `too-large` for too many papers, `invalid` for a link by hand that names no paper, `not-found` for papers that
 * the group does not have.
 */
export async function planImport(db: Database, source: ImportFrom, target: Target, skip: ReadonlySet<number> = new Set()): Promise<ImportPlan> {
  if (source.from === 'group') return planReturn(db, source, target, skip)
  return planPapers(db, await readSource(source, target.today), { target, skip })
}

/** The same for papers that have been read; `first` is the number of the first, where they are a part of an import. Throws `too-large`. */
export async function planPapers(
  db: Database,
  { papers, ...read }: Read,
  { target, skip, first = 0 }: { target: Target; skip: ReadonlySet<number>; first?: number },
): Promise<ImportPlan> {
  notTooMany(papers.length)
  const rows = await findNamed(db, target.group, namesOf(papers))
  const days = await daysOf(db, target, rows)
  const heldAs = await idsHere(db, rows, target.here)
  const matcher = createMatcher({ group: target.group, rows, theirs: new Set([...target.here, ...days.theirs]) })
  const plan = { enter: new Set<PaperRow>(), change: new Set<PaperRow>(), matched: new Set<PaperRow>() }
  const items = papers.map((paper, at) => {
    const number = first + at
    const match = matcher.match(paper)
    const id = heldAs.get(match.row.id) ?? match.row.id
    const item = itemOf(paper, { ...match.row, id }, number, { repeated: plan.matched.has(match.row), here: target.here, seenOn: days.seenOn })
    plan.matched.add(match.row)
    if (!skip.has(number)) note(plan, match, item, matcher.fill(match.row, paper))
    return { item, paper: id }
  })
  return { ...decided(items, skip, read), enter: [...plan.enter], change: [...plan.change] }
}

/** The ids under which this board has works that have another one: none is put beside itself. */
async function idsHere(db: Database, rows: readonly PaperRow[], here: ReadonlySet<string>): Promise<Map<string, string>> {
  const others = await otherIds(
    db,
    rows.map(row => row.id),
  )
  return new Map([...others].filter(([id, work]) => here.has(id) && !here.has(work)).map(([id, work]) => [work, id]))
}

/** Throws `too-large` for more papers than one import may add. */
export function notTooMany(papers: number): void {
  if (papers <= limits.pastePapers) return
  throw new Problem(
    'too-large',
    `These are ${papers.toLocaleString('en')} papers, and ${limits.pastePapers.toLocaleString('en')} can be added at a time. Give them in parts.`,
  )
}

/** A repeat adds no paper, so it enters none either: its first may have been left out. */
const note = (plan: { enter: Set<PaperRow>; change: Set<PaperRow> }, match: Match, item: ImportItem, filled: boolean) => {
  if (match.fresh && item.status !== 'repeated') plan.enter.add(match.row)
  if (!match.fresh && filled) plan.change.add(match.row)
}

const decided = (
  items: { item: ImportItem; paper: string }[],
  skip: ReadonlySet<number>,
  read: Omit<Read, 'papers'>,
): Omit<ImportPlan, 'enter' | 'change'> => ({
  preview: { ...read, items: items.map(({ item }) => item) },
  papers: items.filter(({ item }) => item.status !== 'repeated' && !skip.has(item.number)).map(({ paper }) => paper),
  source: wayIn(read.kind),
})

/** Papers the group has: its own entries, those on its boards, and those that were on this one. */
export async function planReturn(
  db: Database,
  { papers: ids, order }: Extract<ImportFrom, { from: 'group' }>,
  target: Target,
  skip: ReadonlySet<number>,
): Promise<ImportPlan> {
  const rows = await findPapers(db, ids)
  const { theirs, seenOn } = await daysOf(db, target, rows)
  const theirOwn = rows.filter(
    row => row.scope === target.group || theirs.has(row.id) || target.here.has(row.id) || (row.scope === '' && target.before.has(row.id)),
  )
  if (theirOwn.length < ids.length) throw new Problem('not-found', 'Not all of these papers are on a board of the group.')
  const items = theirOwn.map((row, number) => {
    const { id, scope, titleKey, ...told } = row
    const paper: ReadPaper = { line: null, ...told }
    return { item: itemOf(paper, row, number, { repeated: ids.indexOf(row.id) < number, here: target.here, seenOn }), paper: row.id }
  })
  const plan = decided(items, skip, { kind: 'group', parts: [], day: null, problems: [] })
  return { ...plan, ...(target.before.has(plan.papers[0] ?? '') ? { order } : {}), enter: [], change: [] }
}

/** What the catalogue is to get. */
export type Entries = Pick<ImportPlan, 'enter' | 'change'>

/** The entries for papers that are named elsewhere than on a board, such as in a schedule: their ids in order. Nothing is written. */
export async function planEntries(db: Database, group: string, papers: readonly ReadPaper[]): Promise<Entries & { ids: string[]; fresh: boolean[] }> {
  const rows = await findNamed(db, group, namesOf(papers))
  const onBoards = await boardsWith(
    db,
    group,
    rows.map(row => row.id),
  )
  const matcher = createMatcher({ group, rows, theirs: new Set(onBoards.map(({ paper }) => paper)) })
  const enter = new Set<PaperRow>()
  const change = new Set<PaperRow>()
  const matches = papers.map(paper => {
    const match = matcher.match(paper)
    const filled = matcher.fill(match.row, paper)
    if (match.fresh) enter.add(match.row)
    else if (filled) change.add(match.row)
    return match
  })
  return { ids: matches.map(({ row }) => row.id), fresh: matches.map(match => match.fresh), enter: [...enter], change: [...change] }
}

/** Writes what a plan says to the catalogue, within a transaction, and has sources asked for what is lacking. */
export async function storePlan(db: Database, plan: Entries, now: number): Promise<void> {
  await insertPapers(db, plan.enter, now)
  for (const row of plan.change) await updatePaper(db, row)
  await noteEntered(db, { entered: plan.enter, filled: plan.change }, now)
}

/** Longer texts (characters) are read in a thread of their own: this one takes some 20 ms. */
const readHere = 100_000

export async function readSource(source: Exclude<ImportFrom, { from: 'group' }>, today: Day): Promise<Read> {
  if (source.from === 'text')
    return source.text.length <= readHere ? readText(source.text, { today }) : readFilesAside([{ name: '', text: source.text }], { today })
  if (source.from === 'hand') return { kind: 'hand', parts: [], day: null, problems: [], papers: [byHand(source.paper, today)] }
  const papers = samplePapers.map(({ arxivId, title }) => ({ ...untold(), title, arxivId }))
  return { kind: 'sample', parts: [], day: null, problems: [], papers }
}

/** A link by hand to a known paper site is read as the identifier in it. */
function byHand({ title, authors, url, abstract }: PaperByHand, today: Day): ReadPaper {
  const link = url === '' ? null : readReference(url, today)
  if (link !== null && 'reason' in link) throw new Problem('invalid', link.reason, { 'source.paper.url': link.reason })
  const named = link ?? { arxivId: null, arxivVersion: null, doi: null, url: null }
  return { ...untold(), title: oneLine(title), authors: authors.map(oneLine), abstract: storable(abstract), ...named }
}

const oneLine = (text: string) => storable(text).replace(/\s+/g, ' ').trim()

const namesOf = (papers: readonly ReadPaper[]) => ({
  arxivIds: papers.flatMap(paper => paper.arxivId ?? []),
  dois: papers.flatMap(paper => paper.doi ?? []),
  titleKeys: papers.flatMap(paper => (paper.title === null ? [] : titleKey(paper.title))),
  urls: papers.flatMap(paper => paper.url ?? []),
})

/** Which of these papers are on boards of the group, and for each the latest other board that has it. */
async function daysOf(db: Database, { group, day }: Target, rows: readonly PaperRow[]) {
  const theirs = new Set<string>()
  const seenOn = new Map<string, Day>()
  for (const on of await boardsWith(
    db,
    group,
    rows.map(row => row.id),
  )) {
    theirs.add(on.paper)
    if (on.day !== day && on.day > (seenOn.get(on.paper) ?? '')) seenOn.set(on.paper, on.day)
  }
  return { theirs, seenOn }
}

/** What the text tells goes first: the importer checks it against what they pasted. The catalogue adds what the text lacks. */
function itemOf(
  paper: ReadPaper,
  row: PaperRow,
  number: number,
  at: { repeated: boolean; here: ReadonlySet<string>; seenOn: ReadonlyMap<string, Day> },
): ImportItem {
  const seenOn = at.seenOn.get(row.id) ?? null
  const status = at.repeated ? 'repeated' : at.here.has(row.id) ? 'here' : seenOn === null ? 'new' : 'known'
  return {
    number,
    line: paper.line,
    title: paper.title ?? row.title,
    authors: paper.authors.length > 0 ? paper.authors : row.authors,
    abstract: paper.abstract || row.abstract,
    arxivId: paper.arxivId ?? row.arxivId,
    doi: paper.doi ?? row.doi,
    url: paper.url ?? row.url,
    status,
    seenOn: status === 'known' ? seenOn : null,
  }
}
