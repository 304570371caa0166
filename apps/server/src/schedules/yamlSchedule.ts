/** Schedules as a YAML list of entries. Each entry is read by itself: a mistake in one costs none of the others. */
import type { Day } from '@paperboard/shared/days'
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Pair,
  parseAllDocuments,
  parseDocument,
  Scalar,
  YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { byField, type Cells, headOf, rowsOf } from './columns.ts'
import { dayIn } from './dates.ts'
import { type NamedPaper, type ReadRows, type RowProblem, shown, urlIn } from './rows.ts'

/** Null when the text is no list of entries. */
export function readYaml(text: string, today: Day | null): ReadRows | null {
  const whole = entriesOfWhole(text)
  if (whole !== null) return withProblems(whole, today)
  const entries = entriesIn(text)
  const named = entries.filter(entry => headOf(keysIn(entry.text)) !== null)
  // Lists of Markdown look like it: there, items have colons, but no fields.
  if (named.length === 0 || named.length * 2 < entries.length) return null
  return withProblems(entries.flatMap(readEntry), today)
}

function withProblems(read: readonly (Cells | RowProblem)[], today: Day | null): ReadRows {
  const broken = read.filter(one => 'reason' in one)
  const { rows, problems } = rowsOf(
    read.filter(one => 'cells' in one),
    today,
  )
  return { rows, problems: [...broken, ...problems].sort((a, b) => a.line - b.line) }
}

/** How many entries the whole may have that is looked at as one; aliases could make more of few lines. */
const mostEntries = 20_000

/**
 * The entries of a text that is YAML (or JSON) from its beginning to its end: only there do anchors mean something. They stand
 * in a list, in one under a name, under their days, or in a document each. Null for anything else.
 */
function entriesOfWhole(text: string): (Cells | RowProblem)[] | null {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, schema: 'failsafe', uniqueKeys: false, prettyErrors: false })
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return null
  const items: { item: YAMLMap; document: Document; day?: string; place: Node | null }[] = []
  const take = (node: unknown, document: Document, day?: string, at: unknown = node) => {
    const item = resolved(node, document)
    if (items.length < mostEntries && isMap(item)) items.push({ item, document, place: isNode(at) ? at : null, ...(day === undefined ? {} : { day }) })
  }
  for (const document of documents) {
    const top = document.contents
    if (isSeq(top)) for (const item of top.items) take(item, document)
    else if (isMap(top) && documents.length > 1) take(top, document)
    else if (isMap(top))
      for (const { key, value } of top.items) {
        const name = isScalar(key) ? String(key.value) : ''
        const inner = resolved(value, document)
        if (isSeq(inner)) for (const item of inner.items) take(item, document)
        else if (dayIn(name, 'day-first') !== null) take(isScalar(inner) ? titled(inner) : inner, document, name, key)
        // Entries under names of their own, such as `week1`.
        else if (isMap(inner) && headOf(pairsOf(inner, document).map(([key]) => key)) !== null) take(inner, document)
      }
  }
  const read = items.flatMap(({ item, document, day, place }) => entriesOf(item, { document, day, line: lines.linePos(place?.range?.[0] ?? 0).line }))
  return read.length > 0 && read.filter(one => 'cells' in one).length * 2 >= read.length ? read : null
}

const isNode = (node: unknown): node is Node => isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)
const resolved = (node: unknown, document: Document): unknown => (isAlias(node) ? node.resolve(document) : node)

/** `2026-12-03: A title` */
const titled = (title: Scalar): YAMLMap => {
  const map = new YAMLMap()
  map.add(new Pair(new Scalar('title'), title))
  return map
}

interface Place {
  document: Document
  /** Where the entry stands under its day. */
  day: string | undefined
  line: number
}

/** An entry, or one for each of its papers where these tell who presents them. */
function entriesOf(item: YAMLMap, place: Place): (Cells | RowProblem)[] {
  const pairs = pairsOf(item, place.document)
  if (place.day !== undefined) pairs.unshift(['date', { text: place.day, papers: [] }])
  const parts = item.items.map(({ key, value }) => ({ name: isScalar(key) ? String(key.value) : '', value: resolved(value, place.document) })).find(isParted)
  if (parts === undefined) return [entryOf(pairs, place.line)]
  const shared = pairs.filter(([name]) => name !== parts.name)
  return parts.value.items.slice(0, mostValues).flatMap(part => {
    const inner = resolved(part, place.document)
    return isMap(inner) ? [entryOf([...pairsOf(inner, place.document), ...shared], place.line)] : []
  })
}

const isParted = (part: { name: string; value: unknown }): part is { name: string; value: YAMLSeq } =>
  isSeq(part.value) &&
  part.value.items.length > 0 &&
  part.value.items.every(item => {
    const fields = isMap(item) ? headOf(item.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''))) : null
    return fields?.includes('title') === true && fields.includes('presenter')
  })

function entryOf(pairs: readonly [string, Value][], line: number): Cells | RowProblem {
  const head = headOf(pairs.map(([key]) => key))
  const text = pairs.map(([, value]) => value.text).join(' · ')
  if (head === null) return { line, text: shown(text), reason: 'This entry names no paper: it has no field such as title, paper or description.' }
  const cells = byField(
    head,
    pairs.map(([, value]) => value.text),
  )
  return { line, text, cells, links: pairs[head.indexOf('title')]?.[1].papers ?? [] }
}

/** A value as text, and the papers in it, where it is a list of them or tells title and link apart. */
interface Value {
  text: string
  papers: NamedPaper[]
}

/** The fields of an entry; those that `<<` takes over from elsewhere stand behind its own. */
function pairsOf(item: YAMLMap, document: Document, depth = 0): [string, Value][] {
  const own: [string, Value][] = []
  const merged: [string, Value][] = []
  for (const { key, value } of item.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const inner = resolved(value, document)
    if (name !== '<<') own.push([name, valueIn(inner, document)])
    else
      for (const one of isSeq(inner) ? inner.items.slice(0, mostValues) : [inner]) {
        const from = resolved(one, document)
        if (isMap(from) && depth < 5) merged.push(...pairsOf(from, document, depth + 1))
      }
  }
  const names = new Set(own.map(([name]) => name))
  return [...own, ...merged.filter(([name]) => !names.has(name))]
}

/** Values of one entry are few, however often aliases repeat them. */
const mostValues = 50

function valueIn(node: unknown, document: Document): Value {
  // Nothing, as YAML and JSON write it, is no name.
  if (isScalar(node)) return { text: node.type === 'PLAIN' && /^(?:null|~)$/i.test(String(node.value)) ? '' : String(node.value ?? ''), papers: [] }
  if (isMap(node)) {
    const told = new Map(
      node.items.flatMap(({ key, value }): [string, string][] =>
        isScalar(key) && isScalar(value) ? [[String(key.value).toLowerCase(), String(value.value)]] : [],
      ),
    )
    const title = told.get('title') ?? told.get('name') ?? told.get('paper') ?? ''
    const url = urlIn(told.get('url') ?? told.get('link') ?? told.get('href') ?? told.get('arxiv') ?? '')
    return { text: title === '' ? (url ?? '') : title, papers: title === '' && url === null ? [] : [{ title: title === '' ? null : title, url }] }
  }
  if (!isSeq(node)) return { text: '', papers: [] }
  const values = node.items.slice(0, mostValues).map(item => {
    const inner = resolved(item, document)
    return isSeq(inner) ? { text: '', papers: [] } : valueIn(inner, document)
  })
  const papers = values.flatMap(({ text, papers }) => {
    const url = urlIn(text)
    return papers.length > 0 || text === '' ? papers : [{ title: url === text ? null : text, url }]
  })
  return { text: values.map(({ text }) => text).join('; '), papers }
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

function readEntry({ line, text }: Entry): Cells | RowProblem | (Cells | RowProblem)[] {
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
  return entriesOf(item, { document, day: undefined, line })
}

const reasonOf = (code: string): string =>
  code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY' || code === 'MISSING_CHAR'
    ? 'This is no valid YAML: text that holds a colon or a quotation mark needs quotes around it.'
    : 'This is no valid YAML. Check the quotes and the spaces at the beginning of the lines.'
