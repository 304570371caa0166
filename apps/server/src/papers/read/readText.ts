/** Reads any text as papers: recognises its parts, gives each to the reader of its format, and puts together what they give. */
import type { ImportKind, ImportPart, ImportProblem } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { linesOf, type PastedLine, problemAt, type ReadPaper } from '../pastedLines.ts'
import { readMailed } from './arxivMail.ts'
import type { BibEntry } from './bibtex.ts'
import { papersOfEntries } from './bibtexPapers.ts'
import { commonDay } from './dailyPapersJson.ts'
import { readFeed } from './feed.ts'
import { readHtml } from './html.ts'
import { readOai } from './oai.ts'
import { readPlainLines } from './plainLines.ts'
import { Parts } from './recognise.ts'
import { readRecords } from './records.ts'
import { readRis } from './ris.ts'
import { readTable } from './table.ts'
import { readTagged } from './tagged.ts'
import { lineCounter, problem, type Reading } from './told.ts'
import { holdsXmlRecords, readXmlRecords } from './xmlRecords.ts'

export interface TextReading {
  /** The one format of the text, or `mixed`. */
  kind: ImportKind
  /** What its parts were taken for, in the order of the text. */
  parts: ImportPart[]
  day: { day: Day; yearGuessed: boolean } | null
  papers: ReadPaper[]
  problems: ImportProblem[]
}

const problemsShown = 500
/** A page of as many papers as one import may add, with a dozen lines around each, stays below. */
const linesRead = 100_000

const fragments = new Set(['table', 'ul', 'ol', 'dl'])
/** What databases write above and between the records of a file. */
const around = /^\s*(?:(?:provider|database|content)\s?:.{0,200}|\d{1,5}\.)\s*$/i

/**
 * Whatever the text is, this ends in time linear in its length and never throws: what cannot be read is in `problems`.
 * `today` is the day in the group's time zone; dates without a year are read as the latest not after it.
 */
export const readText = (given: string, { today }: { today: Day }): TextReading => {
  const reader = new Reader(
    given
      .replaceAll('\0', '')
      .replace(/\r\n?/g, '\n')
      .replace(/^\ufeff+/gm, ''),
    today,
  )
  reader.read()
  return reader.result()
}

class Reader {
  /** As its lines are counted: some signs part lines that editors count as one. */
  counted: string
  text: string
  today: Day
  lineAt: (place: number) => number
  papers: ReadPaper[] = []
  problems: ImportProblem[] = []
  parts: ImportPart[] = []
  days: (Day | null)[] = []
  /** Lines of no other format, from all over the text, are read together at the end. */
  plain: PastedLine[] = []
  entries: BibEntry[] = []
  /** Whether some of it is the daily mail of arXiv, which has much around its papers. */
  mailed = false
  pageDay: TextReading['day'] = null

  constructor(counted: string, today: Day) {
    this.counted = counted
    this.text = counted.replace(/[\v\f\u0085\u2028\u2029]/g, '\n')
    this.today = today
    this.lineAt = lineCounter(counted)
  }

  read(): void {
    const { text, counted, today } = this
    const parts = new Parts(text)
    for (let part = parts.next(); part !== null; part = parts.next()) {
      const line = this.lineAt(part.start)
      if (part.format === 'lines') this.takeLines(part.start, part.end)
      else if (part.format === 'bibtex') this.entries.push(part.entry)
      else if (part.format === 'ris') this.take('ris', line, readRis(this.linesBetween(part.start, part.end), today))
      else if (part.format === 'tagged') this.take('tagged', line, readTagged(this.linesBetween(part.start, part.end), today))
      else if (part.format === 'mailed') {
        this.mailed = true
        this.take('feed', line, readMailed(this.linesBetween(part.start, part.end), today))
      } else if (part.format === 'xml') this.takeXml(counted.slice(part.start, part.end), part)
      else if (part.format === 'table') {
        const table = readTable(text, { from: part.start, today, lineAt: this.lineAt })
        this.take('table', line, table)
        parts.at = Math.max(table.end, parts.lineEnd(part.start))
      } else {
        const records = readRecords(text, { today, from: part.start, lineAt: this.lineAt })
        this.take(records.kind, line, records)
        parts.at = this.behind(Math.max(records.end, part.start + 1))
      }
    }
    if (this.entries.length > 0) this.take('bibtex', this.lineAt(this.entries[0]?.at ?? 0), { ...papersOfEntries(this.entries, this), day: null })
    this.readPlain()
  }

  /** Behind the comma, semicolon or bracket that may follow a value, and the rest of a blank line. */
  behind(at: number): number {
    const rest = /[ \t,;)\]}]*\n?/y
    rest.lastIndex = at
    return at + (rest.exec(this.text)?.[0].length ?? 0)
  }

  takeXml(part: string, { start, end }: { start: number; end: number }): void {
    const line = this.lineAt(start)
    const name = /<(?![?!])(?:[\w-]+:)?([\w-]+)/.exec(part)?.[1]?.toLowerCase() ?? ''
    const at = { today: this.today, firstLine: line }
    if (['feed', 'rss', 'rdf', 'entry', 'item', 'channel'].includes(name)) {
      const feed = readFeed(part, at)
      if (feed.papers.length + feed.problems.length === 0) feed.problems.push(problem(line, feed.title ?? name, 'This feed has no entries.'))
      this.take('feed', line, feed)
    } else if (holdsXmlRecords(name, part)) this.take('xml', line, readXmlRecords(part, at))
    else if (['oai-pmh', 'listrecords', 'getrecord', 'record'].includes(name)) this.take('oai', line, readOai(part, at))
    else if (['html', 'head', 'body', 'main', 'article', 'section', 'div', 'script', 'meta', 'title'].includes(name))
      this.take('web-page', line, readHtml(part, at))
    else if (fragments.has(name)) {
      // A piece of a page, which may be marked up and name its papers in words alone.
      const piece = readHtml(part, at)
      if (piece.papers.length > 0) this.take('web-page', line, piece)
      else this.takeLines(start, end)
    } else
      this.take('xml', line, {
        papers: [],
        problems: [
          problem(
            line,
            part.slice(0, 200),
            `This XML (<${name || '?'}>) is of no kind that can be read: Atom, RSS, OAI-PMH, EndNote, PubMed, JATS and web pages can. Reference managers export the same as RIS or BibTeX.`,
          ),
        ],
        day: null,
      })
  }

  take(kind: ImportKind, line: number, { papers, problems, day }: Reading): void {
    for (const paper of papers) this.papers.push(paper)
    for (const told of problems) this.problems.push(told)
    this.days.push(...(day === null ? [] : [day]))
    if (kind === 'nothing') return
    const last = this.parts.at(-1)
    if (last?.kind === kind) last.papers += papers.length
    else this.parts.push({ kind, line, papers: papers.length })
  }

  linesBetween(start: number, end: number, lastLine?: number): PastedLine[] {
    const first = this.lineAt(start)
    const most = lastLine === undefined ? undefined : Math.max(0, lastLine - first + 1)
    const lines = linesOf(this.text.slice(start, end), most)
    if (this.counted.slice(start, end) === this.text.slice(start, end)) return lines.map(({ number, text }) => ({ number: number + first - 1, text }))
    const starts = [start]
    for (let at = this.text.indexOf('\n', start); at >= 0 && at < end; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1)
    return lines.map(({ number, text }) => ({ number: this.lineAt(starts[number - 1] ?? start), text }))
  }

  takeLines(start: number, end: number): void {
    // The first line that is not read is kept to be told of.
    if ((this.plain.at(-1)?.number ?? 0) <= linesRead)
      for (const line of this.linesBetween(start, end, Math.max(linesRead, this.lineAt(start)) + 1)) this.plain.push(line)
  }

  readPlain(): void {
    const lines = this.plain.filter(({ number }) => number <= linesRead)
    const unread = this.plain.find(({ number }) => number > linesRead)
    const page = readPlainLines(lines, { today: this.today, alone: this.parts.length === 0 })
    const has = (wanted: ImportKind) => this.parts.some(({ kind }) => kind === wanted)
    // Between entries, BibTeX takes any words for a comment; beside ids they are a line of a list.
    const comment = ({ text, reason }: ImportProblem) =>
      page.prose.has(reason) && (((has('bibtex') || this.mailed) && page.papers.length === 0) || ((has('ris') || has('tagged')) && around.test(text)))
    const problems = page.problems.filter(told => !comment(told))
    this.pageDay = page.day
    if (page.papers.length > 0 || problems.length > 0 || this.parts.length === 0)
      this.take(page.kind, lines[0]?.number ?? 1, { papers: page.papers, problems, day: null })
    if (unread !== undefined)
      this.problems.push(problemAt(unread, `Only the first ${linesRead.toLocaleString('en')} lines of a text without a format are read.`))
  }

  result(): TextReading {
    const byLine = (a: { line: number | null }, b: { line: number | null }) => (a.line ?? 0) - (b.line ?? 0)
    const parts = this.parts.toSorted(byLine)
    const telling = parts.filter(({ papers }) => papers > 0)
    const kinds = new Set((telling.length > 0 ? telling : parts).map(({ kind }) => kind))
    const [only = 'nothing'] = kinds
    const day = commonDay(this.days)
    return {
      kind: kinds.size > 1 ? 'mixed' : only,
      parts,
      day: this.pageDay ?? (day === null ? null : { day, yearGuessed: false }),
      papers: this.papers.toSorted(byLine),
      problems: bounded(this.problems.toSorted(byLine)),
    }
  }
}

/** A novel pasted by mistake has thousands of unreadable lines; nobody reads more than the first few. */
const bounded = (problems: ImportProblem[]): ImportProblem[] => {
  const next = problems[problemsShown]
  const after = problems.length - problemsShown - 1
  if (next === undefined || after === 0) return problems
  return [...problems.slice(0, problemsShown), { ...next, reason: `This line and ${after} more could not be read.` }]
}
