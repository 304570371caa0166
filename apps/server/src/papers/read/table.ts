/** Tables with a header, as spreadsheets save them: commas, semicolons or tabs between cells (RFC 4180). */
import type { Day } from '@paperboard/shared/days'
import Papa from 'papaparse'
import { nothingFound, readLine } from '../referenceList.ts'
import { publishedIn } from './dates.ts'
import { peopleIn } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { doiFrom, lineCounter, paperFrom, problem, type Reading } from './told.ts'

/** What columns are called, in lower case: in English, German, French, Spanish, Chinese, Japanese and Korean. */
const columns = {
  title:
    `title|paper title|paper|article title|document title|paper name|name|papers|titel|titre|título|titulo|标题|题目|論文|论文|论文标题|タイトル|제목`.split(
      '|',
    ),
  authors: `authors|author|author(s)|author names|author full names|creators|autoren|autor|auteurs|auteur|autores|作者|著者|저자`.split('|'),
  abstract: `abstract|summary|abstract note|zusammenfassung|résumé|resumen|摘要|초록`.split('|'),
  url: `url|urls|link|links|paper url|paper link|pdf|pdf link|source url|arxiv|arxiv link|arxiv url|lien|enlace|链接|网址|地址|リンク|링크`.split('|'),
  doi: ['doi', 'doi link', 'doi url'],
  arxivId: ['arxiv id', 'arxivid', 'arxiv_id', 'id'],
  venue: `venue|journal|publication title|publication|conference|source title|container title|zeitschrift|revue|revista|期刊|会议`.split('|'),
  published: `published|date|year|publication year|publication date|jahr|datum|année|date de publication|año|fecha|年份|日期|年`.split('|'),
  subjects: `subjects|keywords|tags|categories|author keywords|manual tags|关键词`.split('|'),
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

/** Cells of a line; those of Markdown may hold pipes with a backslash. */
const cellsOf = (line: string, delimiter: string): string[] =>
  delimiter === '|' ? line.split(/(?<!\\)\|/).map(cell => cell.replaceAll('\\|', '|')) : line.split(delimiter)

/** What the columns of a line mean, if it is the header of a table of papers. */
export const headerOf = (line: string): { delimiter: string; meaning: (Column | undefined)[] } | null => {
  if (line.length > 2_000) return null
  for (const delimiter of ['\t', ',', ';', '|']) {
    if (!line.includes(delimiter)) continue
    const meaning = cellsOf(line, delimiter).map(cell =>
      columnNamed(
        cell
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .replace(/^(\*{1,2}|_{1,2}|`)(.*)\1$/, '$2')
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

/** Just behind the table that begins at `from`: at the first empty line that does not stand within quotes, nor between rows. */
const endOfTable = (text: string, { from, delimiter, cells }: { from: number; delimiter: string; cells: number }): { end: number; quoted: boolean } => {
  const emptyLine = /\n[ \t]*(?=\n)/g
  emptyLine.lastIndex = from
  let quotes = 0
  let at = from
  let first: number | null = null
  for (;;) {
    const end = emptyLine.exec(text)?.index ?? text.length
    for (let quote = text.indexOf('"', at); quote >= 0 && quote < end; quote = text.indexOf('"', quote + 1)) quotes++
    if (quotes % 2 === 0) {
      // Rows go on below an empty line where the next has as many cells.
      const next = /\n[ \t]*\n([^\n]{1,2000})/y
      next.lastIndex = end
      const row = next.exec(text)?.[1]
      if (row === undefined || row.split(delimiter).length !== cells || headerOf(row) !== null) return { end, quoted: quotes > 0 }
      at = end
      continue
    }
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
  const { end, quoted } = endOfTable(text, { from, delimiter: header.delimiter, cells: header.meaning.length })
  let row = 0
  const readCells = (cells: string[], line: number) => {
    if (row++ > 0 && !isRule(cells) && cells.some(cell => cell.trim() !== '')) readRow(reading, { cells, meaning: header.meaning, line, today })
  }
  if (header.delimiter === '|') {
    for (let start = from; start < end; ) {
      const close = text.indexOf('\n', start)
      const stop = close < 0 || close > end ? end : close
      readCells(
        cellsOf(text.slice(start, stop), '|').map(cell => cell.replace(/(\*\*|__|`)(?=\S)(.{1,500}?)\1/g, '$2')),
        lineAt(start),
      )
      start = stop + 1
    }
    return { ...reading, end }
  }
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
        readCells(cells, line)
      },
    })
  }
  readFrom(from, quoted)
  return { ...reading, end }
}

/** `[A title](https://…)`, with marks for bold and code around: words, and where they lead. */
const linked = /^\W{0,4}\[([^\]]{0,1000})\]\(<?(\S{1,2000}?)>?\)\W{0,4}$/
const unmarked = (cell: string) => cell.replace(/^(\*{1,2}|_{1,2}|`)(.*)\1$/, '$2').replace(/^<(\S+)>$/, '$1')
/** Spreadsheets are kept from computing a cell by an apostrophe before it. */
const unescaped = (cell: string) => cell.replace(/^'(?=\s*[=+\-@＝＋－＠])/, '')

/** Spreadsheets take ids of arXiv for numbers, and drop zeros: 704.0001 and 2401.1. */
const wholeId = (cell: string): string => {
  const [, month = '', number = ''] = /^(\d{3,4})\.(\d{1,5})$/.exec(cell) ?? []
  return month === '' ? cell : `${month.padStart(4, '0')}.${number.padEnd(month.length < 4 || month < '1501' ? 4 : 5, '0')}`
}

const readRow = (reading: Reading, { cells, meaning, line, today }: { cells: string[]; meaning: (Column | undefined)[]; line: number; today: Day }) => {
  const all = (column: Column) => cells.flatMap((text, at) => (meaning[at] === column && text.trim() !== '' ? unescaped(unmarked(text.trim())) : []))
  const cell = (column: Column) => all(column)[0] ?? ''
  const [, words = cell('title'), target = ''] = linked.exec(cell('title')) ?? []
  const link = linked.exec(cell('url'))?.[2] ?? (cell('url') || target)
  const named = link === '' ? null : readLine(link, today)
  const paper = paperFrom(
    {
      line,
      title: plainLine(words),
      authors: peopleIn(cell('authors')),
      abstract: plainParagraphs(cell('abstract')),
      names: [wholeId(cell('arxivId')), doiFrom(cell('doi')), ...(named === null || 'reason' in named ? [] : [named.arxivId, named.doi, named.url])],
      venue: plainLine(cell('venue')),
      // Of a year and a date, the date.
      published: all('published')
        .map(publishedIn)
        .reduce((best, one) => ((one?.length ?? 0) > (best?.length ?? 0) ? one : best), null),
      subjects: cell('subjects').split(/[,;]/),
      links: named === null || 'reason' in named ? [] : named.links,
    },
    today,
  )
  if (paper.title === null && paper.arxivId === null && paper.doi === null && paper.url === null)
    reading.problems.push(problem(line, cells.join(', '), 'This row has neither a title nor an id, DOI or link.'))
  else {
    reading.papers.push(named !== null && 'arxivVersion' in named && paper.arxivId === named.arxivId ? { ...paper, arxivVersion: named.arxivVersion } : paper)
    if (named !== null && 'reason' in named)
      reading.problems.push(
        problem(line, link, `The link in this row cannot be read${named.reason === nothingFound ? '.' : `: ${named.reason}`} The paper is listed without it.`),
      )
  }
}
