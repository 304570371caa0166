/** Schedules as a YAML list of entries. Each entry is read by itself: a mistake in one costs none of the others. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { type Cells, headOf, rowsOf } from './columns.ts'
import { type ReadRows, type RowProblem, shown } from './rows.ts'

/** Null when the text is no list of entries. */
export function readYaml(text: string): ReadRows | null {
  const entries = entriesIn(text)
  const named = entries.filter(entry => headOf(keysIn(entry.text)) !== null)
  // Lists of Markdown look like it: there, items have colons, but no fields.
  if (named.length === 0 || named.length * 2 < entries.length) return null
  const table: Cells[] = []
  const broken: RowProblem[] = []
  for (const entry of entries) {
    const read = readEntry(entry)
    if ('reason' in read) broken.push(read)
    else table.push(read)
  }
  const { rows, problems } = rowsOf(table)
  return { rows, problems: [...broken, ...problems].sort((a, b) => a.line - b.line) }
}

/** The fields of an entry by their looks, before it is known whether it can be read. */
const keysIn = (text: string): string[] => [...text.matchAll(/^[ \t]*(?:-[ \t]+)?([\w][\w ]{0,30}):(?:\s|$)/gm)].map(([, key = '']) => key)

interface Entry {
  line: number
  text: string
}

/** The items of the outermost list, which may stand under a key such as `sessions:`. */
function entriesIn(text: string): Entry[] {
  const entries: Entry[] = []
  let indent: number | null = null
  for (const [n, line] of text.split(/\r\n|\r|\n/).entries()) {
    const dash = /^(\s*)-(?:\s|$)/.exec(line)
    if (dash !== null && (indent === null || dash[1]?.length === indent)) {
      indent = dash[1]?.length ?? 0
      entries.push({ line: n + 1, text: line })
    } else if (indent !== null && (line.trim() === '' || /^\s/.test(line)) && (/^\s*/.exec(line)?.[0].length ?? 0) > indent) {
      const last = entries.at(-1)
      if (last !== undefined) last.text += `\n${line}`
    } else if (indent !== null && line.trim() !== '' && !/^\s*#|^---|^\.\.\./.test(line)) {
      // What stands further out ends the list; another one may follow.
      indent = null
    }
  }
  return entries
}

function readEntry({ line, text }: Entry): Cells | RowProblem {
  const lines = new LineCounter()
  // As text: a time such as 12:30 is no number of seconds, and a day no date with a time zone.
  const document = parseDocument(text, { lineCounter: lines, schema: 'failsafe', uniqueKeys: false, prettyErrors: false })
  const [error] = document.errors
  const item = isSeq(document.contents) ? document.contents.items[0] : null
  if (error !== undefined) {
    const at = line - 1 + lines.linePos(error.pos[0]).line
    return { line: at, text: shown(text.split('\n')[at - line] ?? text), reason: reasonOf(error.code) }
  }
  if (!isMap(item)) return { line, text: shown(text), reason: 'This entry names no fields such as date, title and presenter.' }
  const pairs = item.items.flatMap(({ key, value }): [string, string][] => (isScalar(key) ? [[String(key.value), textOf(value)]] : []))
  const head = headOf(pairs.map(([key]) => key))
  if (head === null) return { line, text: shown(text), reason: 'This entry names no paper: it has no field such as title, paper or description.' }
  const cells = Object.fromEntries(pairs.flatMap(([, value], n) => (head[n] ? [[head[n], value]] : [])))
  return { line, text: pairs.map(([, value]) => value).join(' · '), cells }
}

const textOf = (node: unknown): string => (isScalar(node) ? String(node.value ?? '') : isSeq(node) ? node.items.map(textOf).join('; ') : '')

const reasonOf = (code: string): string =>
  code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY' || code === 'MISSING_CHAR'
    ? 'This is no valid YAML: text that holds a colon or a quotation mark needs quotes around it.'
    : 'This is no valid YAML. Check the quotes and the spaces at the beginning of the lines.'
