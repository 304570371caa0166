/** Tables with a header, as spreadsheets save them: commas, semicolons or tabs between cells (RFC 4180). */
import type { Day } from '@paperboard/shared/days'
import Papa from 'papaparse'
import { readReference } from '../identifiers.ts'
import { publishedIn } from './dates.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { lineCounter, paperFrom, problem, type Reading } from './told.ts'

/** What columns are called, in lower case. */
const columns = {
  title: ['title', 'paper title', 'paper', 'article title', 'document title', 'paper name', 'name'],
  authors: ['authors', 'author', 'author(s)', 'author names', 'creators', 'author full names'],
  abstract: ['abstract', 'summary', 'abstract note'],
  url: ['url', 'link', 'links', 'paper url', 'paper link', 'pdf', 'source url', 'arxiv', 'arxiv link'],
  doi: ['doi'],
  arxivId: ['arxiv id', 'arxivid', 'arxiv_id', 'id'],
  venue: ['venue', 'journal', 'publication title', 'publication', 'conference', 'source title', 'container title'],
  published: ['published', 'date', 'year', 'publication year', 'publication date'],
  subjects: ['subjects', 'keywords', 'tags', 'categories', 'author keywords', 'manual tags'],
} as const
type Column = keyof typeof columns

export interface TableReading extends Reading {
  /** Where the table ends. */
  end: number
}

const columnNamed = (name: string): Column | undefined => {
  const found = Object.entries(columns).find(([, names]) => names.some(known => known === name))
  return found === undefined
    ? undefined
    : Object.keys(columns)
        .filter(isColumn)
        .find(column => column === found[0])
}
const isColumn = (name: string): name is Column => Object.hasOwn(columns, name)

/** What the columns of a line mean, if it is the header of a table of papers. */
export const headerOf = (line: string): { delimiter: string; meaning: (Column | undefined)[] } | null => {
  if (line.length > 2_000) return null
  for (const delimiter of ['\t', ',', ';', '|']) {
    if (!line.includes(delimiter)) continue
    const meaning = line.split(delimiter).map(cell =>
      columnNamed(
        cell
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .trim()
          .toLowerCase(),
      ),
    )
    const known = new Set(meaning.filter(column => column !== undefined))
    if (known.size >= 2 && ['title', 'url', 'doi', 'arxivId'].some(name => isColumn(name) && known.has(name))) return { delimiter, meaning }
  }
  return null
}

/** A table that is longer has a quote that is not closed, in all likelihood: it is looked for no further. */
const longestCell = 200_000

/** Just behind the table that begins at `from`: at the first empty line that does not stand within quotes. */
const endOfTable = (text: string, from: number): { end: number; quoted: boolean } => {
  const emptyLine = /\n[ \t]*(?=\n)/g
  emptyLine.lastIndex = from
  let quotes = 0
  let at = from
  let first: number | null = null
  for (;;) {
    const end = emptyLine.exec(text)?.index ?? text.length
    for (let quote = text.indexOf('"', at); quote >= 0 && quote < end; quote = text.indexOf('"', quote + 1)) quotes++
    if (quotes % 2 === 0) return { end, quoted: quotes > 0 }
    first ??= end
    if (end === text.length || end - first > longestCell) return { end: first, quoted: true }
    at = end
  }
}

/** The row below the header of a table in Markdown. */
const isRule = (cells: readonly string[]) => cells.every(cell => /^\s*(?::?-{2,}:?)?\s*$/.test(cell)) && cells.some(cell => cell.includes('--'))

/** Reads the table whose header stands at `from`, down to the first empty row. */
export const readTable = (
  text: string,
  { from, today, lineAt = lineCounter(text) }: { from: number; today: Day; lineAt?: (place: number) => number },
): TableReading => {
  const reading: TableReading = { papers: [], problems: [], day: null, end: text.length }
  const header = headerOf(text.slice(from, from + 2_001).split('\n', 1)[0] ?? '')
  if (header === null) return { ...reading, end: from }
  const { end, quoted } = endOfTable(text, from)
  let row = 0
  const readFrom = (begin: number, quotes: boolean) => {
    let start = begin
    Papa.parse<string[]>(text.slice(begin, end), {
      delimiter: header.delimiter,
      newline: '\n',
      fastMode: !quotes,
      step: ({ data: cells, errors, meta }, parser) => {
        const line = lineAt(start)
        if (errors.some(({ code }) => code === 'MissingQuotes')) {
          parser.abort()
          reading.problems.push(problem(line, cells.join(', '), 'A quote in this row is not closed: from here on, quotes are read as signs like any other.'))
          readFrom(start, false)
          return
        }
        start = begin + meta.cursor
        if (row++ > 0 && !isRule(cells) && cells.some(cell => cell.trim() !== '')) readRow(reading, { cells, meaning: header.meaning, line, today })
      },
    })
  }
  readFrom(from, quoted)
  return { ...reading, end }
}

const readRow = (reading: Reading, { cells, meaning, line, today }: { cells: string[]; meaning: (Column | undefined)[]; line: number; today: Day }) => {
  const cell = (column: Column) => cells.find((text, at) => meaning[at] === column && text.trim() !== '')?.trim() ?? ''
  const people = cell('authors')
  const link = /^\[[^\]]{0,500}\]\((\S{1,2000})\)$/.exec(cell('url'))?.[1] ?? cell('url')
  const names = [cell('arxivId'), cell('doi').replace(/^https?:\/\/(dx\.)?doi\.org\//i, ''), link]
  const paper = paperFrom(
    {
      line,
      title: plainLine(cell('title')),
      authors: people.includes(';') ? people.split(';') : people.split(/, (?:and )?| and /),
      abstract: plainParagraphs(cell('abstract')),
      names,
      venue: plainLine(cell('venue')),
      published: publishedIn(cell('published')),
      subjects: cell('subjects').split(/[,;]/),
    },
    today,
  )
  if (paper.title === null && paper.arxivId === null && paper.doi === null && paper.url === null)
    reading.problems.push(problem(line, cells.join(', '), 'This row has neither a title nor an id, DOI or link.'))
  else {
    reading.papers.push(paper)
    const read = link === '' ? null : readReference(link, today)
    if (link !== '' && (read === null || 'reason' in read))
      reading.problems.push(
        problem(line, link, `The link in this row cannot be read${read === null ? '.' : `: ${read.reason}`} The paper is listed without it.`),
      )
  }
}
