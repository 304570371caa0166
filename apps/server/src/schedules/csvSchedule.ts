/** Schedules as CSV, with any of the usual separators. */
import Papa from 'papaparse'
import { type Cells, type Field, headOf, rowsOf } from './columns.ts'
import { type ReadRows, shown } from './rows.ts'

/** Null when the text is no table: it has no head that names columns of a schedule. */
export function readCsv(text: string): ReadRows | null {
  const lines = lineCounter(text)
  const table: Cells[] = []
  const broken: ReadRows['problems'] = []
  let head: (Field | null)[] | null = null
  let seen = 0
  Papa.parse<string[]>(text, {
    skipEmptyLines: false,
    delimitersToGuess: [',', ';', '\t'],
    step: ({ data: cells, errors, meta }, parser) => {
      const line = lines.next(meta.cursor)
      if (cells.every(cell => cell.trim() === '')) return
      if (head === null) {
        head = cells.length > 1 ? headOf(cells) : null
        // A title and empty lines may stand above the head.
        if (head === null && ++seen >= 5) parser.abort()
        return
      }
      const raw = cells.join(' · ')
      const [error] = errors
      if (error?.type === 'Quotes') {
        broken.push({ line, text: shown(raw), reason: 'A quotation mark is not closed. Text in quotes needs one at its end, and two (“""”) for one within.' })
        return
      }
      table.push({ line, text: raw, cells: byField(head, cells) })
    },
  })
  if (head === null) return null
  const { rows, problems } = rowsOf(table)
  return { rows, problems: [...broken, ...problems].sort((a, b) => a.line - b.line) }
}

const byField = (head: readonly (Field | null)[], cells: readonly string[]): Cells['cells'] =>
  Object.fromEntries(head.flatMap((field, n) => (field === null || cells[n] === undefined ? [] : [[field, cells[n]]])))

/** Line numbers of rows by where they end in the text: a row may be several lines long. */
function lineCounter(text: string) {
  let at = 0
  let line = 1
  return {
    /** The line of the row that ends at `end`. */
    next: (end: number): number => {
      const of = line
      for (; at < end; at++) if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) line += 1
      return of
    },
  }
}
