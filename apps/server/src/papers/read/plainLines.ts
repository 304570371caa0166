/** Lines of no format: the text of a Daily Papers page, or a list of ids and links. */
import type { ImportProblem } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { readDailyPapersPage } from '../dailyPapersPage.ts'
import type { PastedLine, ReadPaper } from '../pastedLines.ts'
import { isReference, nothingFound, readReferenceList } from '../referenceList.ts'

export interface PlainReading {
  kind: 'daily-papers-page' | 'ids' | 'nothing'
  day: { day: Day; yearGuessed: boolean } | null
  papers: ReadPaper[]
  problems: ImportProblem[]
  /** Reasons of lines that are words and were not meant to name a paper. */
  prose: ReadonlySet<string>
}

const prose: ReadonlySet<string> = new Set([nothingFound])

/** How lines of Markdown, YAML, tables and commented code begin; titles hardly do. */
const marked = /^\s{0,8}(#|[-*+>|] |\||\d{1,2}\. |%|\/\/|```|- ?\w+:)/

/** Documents have short lines above longer ones, too: without its header, a page is known by having none of their signs. */
const isDocument = (lines: readonly PastedLine[]) => lines.filter(({ text }) => marked.test(text.slice(0, 20))).length > lines.length * 0.15

/** `alone`: the lines are the whole text. */
export const readPlainLines = (lines: readonly PastedLine[], { today, alone }: { today: Day; alone: boolean }): PlainReading => {
  const page = readDailyPapersPage(lines, today)
  const list = readReferenceList(lines, today)
  // An abstract that names a link is one line of a page, and a list has no abstracts: the reading that explains more papers wins.
  const letter = !page.headed && page.papers.some(({ title }) => /[,;:]$/.test(title ?? ''))
  if (!letter && page.papers.length > 0 && page.papers.length >= list.papers.length && (page.headed || !isDocument(lines))) {
    const named = new Map(lines.filter(line => line.text.length < 300 && isReference(line.text, today)).map(({ number }) => [number, true]))
    const unread = page.problems.filter(({ line }) => !named.has(line))
    const lone = new Set(page.problems.filter(({ line }) => named.has(line)).map(({ line }) => line))
    // Ids above or below a page are papers as well.
    const papers = [...page.papers, ...list.papers.filter(({ line }) => line !== null && lone.has(line))].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    return { kind: 'daily-papers-page', day: page.day, papers, problems: unread, prose }
  }
  if (list.papers.length > 0) return { kind: 'ids', day: null, papers: list.papers, problems: list.problems, prose }
  if (page.headed) return { kind: 'daily-papers-page', day: page.day, papers: [], problems: page.problems, prose }
  return { kind: alone ? 'nothing' : 'ids', day: null, papers: [], problems: list.problems, prose }
}
