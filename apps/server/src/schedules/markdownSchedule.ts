/** Schedules in Markdown: tables, or lists whose items name a day, a paper and who presents it. */

import type { Day } from '@paperboard/shared/days'
import type { List, ListItem, Nodes, PhrasingContent, Root, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { toString as plain } from 'mdast-util-to-string'
import { gfmTable } from 'micromark-extension-gfm-table'
import { byField, type Cells, headOf, rowsOf } from './columns.ts'
import { dayIn, looksLikeDay, orderOf, timeIn } from './dates.ts'
import { isNothing, type NamedPaper, namesIn, oneLine, type ReadRows, type ScheduleRow, saysSkipped, shown } from './rows.ts'

/** Null when there is neither a table of a schedule nor a list. */
export function readMarkdown(text: string, today: Day | null): ReadRows | null {
  const root: Root = fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] })
  const found: ReadRows = { rows: [], problems: [] }
  const add = ({ rows, problems }: ReadRows) => {
    found.rows.push(...rows)
    found.problems.push(...problems)
  }
  const tables = root.children.filter(node => node.type === 'table').flatMap(table => readTable(table, today) ?? [])
  tables.forEach(add)
  // Where there is a table, lists beside it are about something else.
  if (tables.length === 0) add(readLists(root))
  return found.rows.length + found.problems.length === 0 ? null : found
}

const lineOf = (node: Nodes): number => node.position?.start.line ?? 1

function readTable(table: Table, today: Day | null): ReadRows | null {
  const [first, ...rest] = table.children
  const head = first === undefined ? null : headOf(first.children.map(cell => plain(cell)))
  if (head === null) return null
  const rows = rest.map((row): Cells => {
    const title = row.children[head.indexOf('title')]
    const links = title === undefined ? [] : linksIn(title)
    const cells = byField(
      head,
      row.children.map((cell, n) => (head[n] === 'url' ? (linksIn(cell)[0]?.url ?? plain(cell)) : plain(cell))),
    )
    return { line: lineOf(row), text: row.children.map(cell => plain(cell)).join(' · '), cells, links }
  })
  return rowsOf(rows, today)
}

/** Links that lead to more about a session, not to its paper. */
const beside = /^(?:notes?|slides?|video|recording|code|minutes|summary|pdf|blog|poll|zoom|here|link|doc)$/i

/** The links of a node, as papers; a link whose words are an address has no title. */
function linksIn(node: Nodes): NamedPaper[] {
  if (node.type === 'link') {
    const title = oneLine(plain(node))
    const url = /^https?:/i.test(node.url) && URL.canParse(node.url) ? node.url : null
    if (beside.test(title)) return []
    return [{ title: /^https?:/i.test(title) || title === '' ? null : title, url }]
  }
  return 'children' in node ? node.children.flatMap(child => linksIn(child)) : []
}

function readLists(root: Root): ReadRows {
  const items = root.children.filter((node): node is List => node.type === 'list').flatMap(list => list.children)
  const texts = items.map(item => plain(item))
  const order = orderOf(texts)
  const rows = items.flatMap(item => readItem(item, order) ?? [])
  const problems = rows.filter(row => row.day === null && looksLikeDay(plainHead(row.text)))
  // In a list whose items name days, those that do not are about something else, such as how to take part.
  const dated = rows.filter(row => row.day !== null).length
  const named = rows.filter(row => row.presenters.length > 0)
  const kept = dated * 2 >= rows.length ? rows.filter(row => row.day !== null) : dated > 0 ? rows : named.length * 2 >= items.length ? named : []
  return {
    rows: kept.filter(row => !problems.includes(row)),
    problems: problems.map(({ line, text }) => ({ line, text, reason: 'What looks like a day here is no day of the calendar.' })),
  }
}

const plainHead = (text: string) => text.slice(0, 24)

/** Null for an item that names nothing. */
function readItem(item: ListItem, order: 'day-first' | 'month-first'): ScheduleRow | null {
  const [first] = item.children
  if (first?.type !== 'paragraph') return null
  const text = oneLine(plain(first))
  const day = dayIn(text.slice(0, 60), order)
  const row = { line: lineOf(item), text: shown(text), day, time: day === null ? null : timeIn(text.slice(0, 60)), place: '', note: '' }
  if (day === null) return undated(row, first.children, text)
  const rest = afterDay(text)
  const { outside } = split(first.children)
  const links = outside.flatMap(node => linksIn(node))
  if (links.length === 0 && (saysSkipped(rest) || isNothing(rest))) return { ...row, papers: [], presenters: [], note: shown(rest), skipped: saysSkipped(rest) }
  const [, quotedTitle, by] = /^["“«]?(.{3,300}?)["”»]\s*(?:[-–—,:]\s*(.{1,100}))?$/.exec(rest) ?? []
  if (links.length === 0 && quotedTitle !== undefined)
    return {
      ...row,
      papers: [{ title: quotedTitle, url: null }],
      presenters: by === undefined ? presentersBehind(first.children) : namesIn(by),
      skipped: false,
    }
  const words =
    links.length > 0
      ? links
      : [{ title: oneLine(rest.replace(/\((?:[^()]*)\)\.?$/, '').replace(/[\s,;–—-]*(?:\b(?:presented|led)\s)?\bby\s.*$/i, '')), url: null }]
  const told = presentersBehind(first.children)
  const presenters = told.length > 0 ? told : bracketed(text)
  return { ...row, papers: words.filter(paper => paper.url !== null || !isNothing(paper.title ?? '')), presenters, skipped: false }
}

const noName = /^(?:pdf|arxiv|neurips|nature|science|cell|link|code|slides|video|online|remote|cancel(?:l?ed)?)$/i

/** `… (Ada & Ben)` at the end are presenters where they are names, and nothing else: no venue, year or authors. */
const bracketed = (text: string): string[] => {
  const inside = /\(([^()]{2,80})\)\.?$/.exec(text)?.[1] ?? ''
  const names = namesIn(inside)
  const isName = (name: string) => /^\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}?[\p{L}.'’-]+){0,3}$/u.test(name) && !/\p{Lu}{2}/u.test(name) && !noName.test(name)
  return /et al/i.test(inside) || !names.every(isName) ? [] : names
}

const afterDay = (text: string) =>
  text.replace(/^.{0,24}?\d{4}(?:[-./]\d{1,2}[-./]\d{1,2})?[^\p{L}\d[(]*/u, '').replace(/^at\s+\S+(?:\s+[A-Z]{3,4})?[\s:]*/i, '')

/** `Title ([Ada](…), [Ben](…))`: who presents stands in brackets at the end, each with a link to what they made of it. */
function undated(row: Omit<ScheduleRow, 'papers' | 'presenters' | 'skipped'>, nodes: PhrasingContent[], text: string): ScheduleRow | null {
  const { outside, inside } = split(nodes)
  const bracket = /\(([^()]*(?:\([^()]*\)[^()]*)?)\)?\s*$/.exec(text)
  const named = inside.flatMap(node => linksIn(node)).flatMap(({ title }) => (title === null ? [] : namesIn(title)))
  const presenters = named.length > 0 ? named : bracket === null ? [] : namesIn((bracket[1] ?? '').replace(/https?:\S+/g, '').replace(/[[\]()]/g, ' '))
  const links = outside.flatMap(node => linksIn(node))
  const title = oneLine(bracket === null ? text : text.slice(0, bracket.index)).replace(/[\s[(]+$/, '')
  const papers = links.length > 0 ? links : isNothing(title) ? [] : [{ title, url: null }]
  return papers.length === 0 ? null : { ...row, papers, presenters, skipped: false }
}

/** What stands outside of round brackets, and what within: `Title ([notes](…))`. */
function split(nodes: readonly PhrasingContent[]): { outside: PhrasingContent[]; inside: PhrasingContent[] } {
  let depth = 0
  const outside: PhrasingContent[] = []
  const inside: PhrasingContent[] = []
  for (const node of nodes) {
    const text = node.type === 'text' ? node.value : ''
    const [opened, closed] = [text.split('(').length - 1, text.split(')').length - 1]
    if (depth > 0 && node.type !== 'text') inside.push(node)
    else outside.push(node)
    depth = Math.max(0, depth + opened - closed)
  }
  return { outside, inside }
}

/** `… by Ada Lovelace, Ben and Chen Li.` names authors as often as presenters, and nobody can tell: `presented by`, `led by` do. */
function presentersBehind(nodes: readonly PhrasingContent[]): string[] {
  const text = oneLine(nodes.map(node => plain(node)).join(''))
  const named = /\b(?:presented by|presenters?:|led by|leader:|speakers?:|vorgetragen von)\s*([^.()]+)/i.exec(text)
  return named === null ? [] : namesIn(named[1] ?? '')
}
