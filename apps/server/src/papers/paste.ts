/** Reads what people paste as papers: the text of a Daily Papers page, or a list of ids and links. Each kind has a file. */
import type { ImportProblem } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { readDailyPapersPage } from './dailyPapersPage.ts'
import { linesOf, type PastedLine, problemAt, type ReadPaper } from './pastedLines.ts'
import { readReferenceList } from './referenceList.ts'

export interface Paste {
  kind: 'daily-papers-page' | 'ids' | 'nothing'
  day: { day: Day; yearGuessed: boolean } | null
  papers: ReadPaper[]
  problems: ImportProblem[]
}

const problemsShown = 500
/** A page of as many papers as one import may add, with a dozen lines around each, stays below. */
const linesRead = 100_000

/**
 * Reads a paste. Whatever the text is, this ends in time linear in its length and never throws: what cannot be read is
 * in `problems`. `today` is the day in the group's time zone; dates without a year are read as the latest not after it.
 */
export const readPaste = (text: string, { today }: { today: Day }): Paste => {
  const lines = linesOf(text, linesRead + 1)
  const unread = lines.at(-1)?.number === linesRead + 1 ? lines.pop() : undefined
  const paste = readLines(lines, today)
  if (unread !== undefined) paste.problems.push(problemAt(unread, `Only the first ${linesRead.toLocaleString('en')} lines of a paste are read.`))
  return paste
}

const readLines = (lines: readonly PastedLine[], today: Day): Paste => {
  const page = readDailyPapersPage(lines, today)
  const list = readReferenceList(lines, today)
  // An abstract that names a link is one line of a page, and a list has no abstracts: the reading that explains more papers wins.
  if (page.papers.length > 0 && page.papers.length >= list.papers.length)
    return { kind: 'daily-papers-page', day: page.day, papers: page.papers, problems: bounded(page.problems) }
  if (list.papers.length > 0) return { kind: 'ids', day: null, papers: list.papers, problems: bounded(list.problems) }
  if (page.headed) return { kind: 'daily-papers-page', day: page.day, papers: [], problems: bounded(page.problems) }
  return { kind: 'nothing', day: null, papers: [], problems: bounded(list.problems) }
}

/** A novel pasted by mistake has thousands of unreadable lines; nobody reads more than the first few. */
const bounded = (problems: ImportProblem[]): ImportProblem[] => {
  const next = problems[problemsShown]
  const after = problems.length - problemsShown - 1
  if (next === undefined || after === 0) return problems
  return [...problems.slice(0, problemsShown), { ...next, reason: `This line and ${after} more could not be read.` }]
}
