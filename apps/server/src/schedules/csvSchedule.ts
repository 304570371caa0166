/** Schedules as CSV, with any of the usual separators. */

import type { Day } from '@paperboard/shared/days'
import Papa from 'papaparse'
import { byField, type Cells, type Field, headOf, rowsOf } from './columns.ts'
import { type ReadRows, shown } from './rows.ts'

/** Null when the text is no table: it has no head that names columns of a schedule. */
export function readCsv(text: string, today: Day | null): ReadRows | null {
  const lines = lineCounter(text)
  const table: Cells[] = []
  const broken: ReadRows['problems'] = []
  let head: (Field | null)[] | null = null
  let seen = 0
  const readFrom = (begin: number, quotes: boolean, delimiter: string) => {
    let start = begin
    Papa.parse<string[]>(text.slice(begin), {
      skipEmptyLines: false,
      delimitersToGuess: [',', ';', '\t'],
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
        if (errors.some(({ type }) => type === 'Quotes') || cells.every(cell => cell.trim() === '')) return
        if (head !== null) table.push({ line, text: raw, cells: byField(head, cells) })
        else {
          head = cells.length > 1 ? headOf(cells) : null
          // A title and empty lines may stand above the head.
          if (head === null && ++seen >= 5) parser.abort()
        }
      },
    })
  }
  readFrom(0, true, '')
  if (head === null) return null
  const { rows, problems } = rowsOf(table, today)
  return { rows, problems: [...broken, ...problems].sort((a, b) => a.line - b.line) }
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
