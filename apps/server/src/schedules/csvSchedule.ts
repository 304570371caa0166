/** Schedules as CSV, with any of the usual separators. */

import type { Day } from '@paperboard/shared/days'
import Papa from 'papaparse'
import { byField, type Cells, type Field, headOf, isHead, rowsOf } from './columns.ts'
import { type ReadRows, shown } from './rows.ts'

/** How many lines, such as a title, may stand above the head. */
const linesAbove = 5

/** Null when the text is no table: it has no head that names columns of a schedule. */
export function readCsv(text: string, today: Day | null): ReadRows | null {
  const lines = lineCounter(text)
  const table: Cells[] = []
  const broken: ReadRows['problems'] = []
  let head: (Field | null)[] | null = null
  let seen = 0
  let follows = true
  const readFrom = (begin: number, quotes: boolean, delimiter: string) => {
    let start = begin
    Papa.parse<string[]>(text.slice(begin), {
      skipEmptyLines: false,
      delimiter,
      fastMode: quotes ? undefined : true,
      step: ({ data: cells, errors, meta }, parser) => {
        const line = lines.at(start)
        const raw = cells.join(' · ')
        if (head !== null && errors.some(({ type }) => type === 'Quotes')) {
          broken.push({ line, text: shown(raw), reason: 'A quotation mark is not closed. Text in quotes needs one at its end, and two (“""”) for one within.' })
          if (errors.some(({ code }) => code === 'MissingQuotes')) {
            // It runs on to the end: the rows below are read as if quotes were signs like any other.
            parser.abort()
            readFrom(lines.behind(start), false, meta.delimiter)
          }
        }
        start = begin + meta.cursor
        if (errors.some(({ type }) => type === 'Quotes')) return
        const empty = cells.every(cell => cell.trim() === '')
        if (empty) {
          follows = false
          return
        }
        if (head !== null && isHead(cells)) head = headOf(cells)
        else if (head !== null) {
          table.push({ line, text: raw, cells: byField(head, cells), follows })
          follows = true
        } else {
          head = cells.length > 1 ? headOf(cells) : null
          // A title and empty lines may stand above the head.
          if (head === null && ++seen >= linesAbove) parser.abort()
        }
      },
    })
  }
  const separator = separatorOf(text)
  if (separator === null) return null
  readFrom(0, true, separator)
  if (head === null) return null
  const { rows, problems } = rowsOf(table, today)
  return { rows, problems: [...broken, ...problems].sort((a, b) => a.line - b.line) }
}

/** What parts the head into the most columns; null where nothing makes a head. */
function separatorOf(text: string): string | null {
  // A line of dashes below the head makes it a table of Markdown.
  const separators = /^[ \t|:]*-[-\t |:]*$/m.test(text) ? [',', ';', '\t'] : [',', ';', '\t', '|']
  const found = separators.map(delimiter => {
    const { data } = Papa.parse<string[]>(text, { delimiter, preview: linesAbove + 5, skipEmptyLines: true })
    return { delimiter, columns: data.find(cells => cells.length > 1 && headOf(cells) !== null)?.length ?? 0 }
  })
  const best = found.reduce((most, one) => (one.columns > most.columns ? one : most))
  return best.columns === 0 ? null : best.delimiter
}

/** Line numbers of rows by where they begin in the text: a row may be several lines long. */
function lineCounter(text: string) {
  let at = 0
  let line = 1
  return {
    /** The line of a place, behind all that were asked for before. */
    at: (place: number): number => {
      for (; at < place; at++) if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) line += 1
      return line
    },
    /** Where the next line begins. */
    behind: (place: number): number => {
      const end = /\r\n|\n|\r|$/g
      end.lastIndex = place
      end.exec(text)
      return end.lastIndex
    },
  }
}
