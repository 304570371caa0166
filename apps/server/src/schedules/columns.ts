/** Tables of any kind: what their columns are, by their names, and the rows in them. */
import type { Day } from '@paperboard/shared/days'
import { dayIn, dayNear, daySerial, looksLikeDay, orderOf, timeIn } from './dates.ts'
import { isNothing, linkIn, type NamedPaper, namesIn, oneLine, type ReadRows, type ScheduleRow, saysSkipped, shown, urlIn } from './rows.ts'

const fields = ['day', 'time', 'title', 'url', 'presenter', 'discussant', 'proposer', 'place', 'note'] as const
export type Field = (typeof fields)[number]

/** The first that fits counts. Names are compared in lower case, without signs. */
const names: Record<Field, RegExp> = {
  day: /^(?:(?:start |session |meeting |presentation )?date|date (?:and )?time|day|when|datum|tag|fecha|jour|week of|日期|日付|날짜)$/,
  time: /^(?:time|hour|slot|uhrzeit|zeit|hora|from|start)$/,
  proposer: /^(?:suggested|proposed|nominated|recommended|vorgeschlagen|added|submitted)(?: by| von)?$/,
  presenter:
    /^(?:presenters?|speakers?|leaders?|discussion leaders?|presented by|led by|who|names?|host|vortragende[rn]?|referent(?:in)?|person|member|lead|presentador[ae]?|ponente|présentat(?:eur|rice)|intervenante?|relatore|主讲人|报告人|发表者|発表者|担当者?|발표자)$/,
  discussant: /^(?:discussants?|respondents?|opponents?)$/,
  url: /^(?:url|link|links|paper (?:url|link)|pdf|doi|arxiv|href|website)$/,
  title:
    /^(?:title|talk|paper|papers|paper title|topic|description|subject|reading|article|titel|thema|name of the paper|what|标题|论文|論文|题目|タイトル|제목|논문|titre|título)$/,
  place: /^(?:location|room|place|where|ort|raum|lugar|lieu)$/,
  note: /^(?:notes?|comments?|remarks?|venue|status|bemerkung)$/,
}

const fieldOf = (name: string): Field | null => {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\d\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    // "Presenter 2" is one more presenter.
    .replace(/(?<=\p{L}) ?\d$/u, '')
    .trim()
  return fields.find(field => names[field].test(plain)) ?? null
}

/** Which column holds what. Null for a first row that is no head: it names no column, or one twice as often as not. */
export function headOf(cells: readonly string[]): (Field | null)[] | null {
  const seen = new Set<Field>()
  const head = cells.map(cell => {
    const field = fieldOf(cell)
    if (field === null || (seen.has(field) && field !== 'presenter')) return null
    seen.add(field)
    return field
  })
  // Who discusses presents where nobody else does.
  if (seen.has('discussant') && !seen.has('presenter')) {
    seen.add('presenter')
    for (const [at, field] of head.entries()) if (field === 'discussant') head[at] = 'presenter'
  }
  return seen.has('title') || (seen.has('day') && seen.has('presenter')) || (seen.has('url') && seen.has('presenter')) ? head : null
}

/** Whether a row below is a head once more: that of a second table, or the same again. */
export const isHead = (cells: readonly string[]): boolean => {
  const told = cells.filter(cell => cell.trim() !== '')
  return told.length > 1 && told.every(cell => fieldOf(cell) !== null) && headOf(cells) !== null
}

/** What the columns hold in one row; several of one kind are one text. */
export const byField = (head: readonly (Field | null)[], cells: readonly (string | undefined)[]): Cells['cells'] => {
  const found: Cells['cells'] = {}
  for (const [at, field] of head.entries()) {
    const cell = cells[at]
    if (field !== null && cell !== undefined) found[field] = found[field] === undefined ? cell : `${found[field]}; ${cell}`
  }
  return found
}

/** Cells of one row of a table, or values of one entry, with the line where it begins. */
export interface Cells {
  line: number
  text: string
  cells: Partial<Record<Field, string>>
  /** Links in the title's cell, where the format has links. */
  links?: NamedPaper[]
  /** False where an empty row stands above. */
  follows?: boolean
}

/**
 * The days of rows that leave theirs empty because it stands above: a merged cell comes out so. Only between days, and as
 * many at the end as there: what follows without days may as well be a list of papers to come.
 */
function mergedDays(table: readonly Cells[]): Map<number, string> {
  const found = new Map<number, string>()
  const has = (at: number) => oneLine(table[at]?.cells.day ?? '') !== ''
  let most = 0
  for (let above = 0; above < table.length; above++) {
    let end = above + 1
    // An empty row between ends it.
    while (has(above) && end < table.length && !has(end) && table[end]?.cells.day !== undefined && table[end]?.follows !== false) end += 1
    const count = end - above - 1
    if (end < table.length && has(end)) most = Math.max(most, count)
    else if (count > most) continue
    for (let at = above + 1; at < end; at++) found.set(at, table[above]?.cells.day ?? '')
  }
  return found
}

/**
 * The rows of a table, each by its fields. What cannot be read is told with its line. Days without a year are those nearest
 * to the row above, the first to today; without `today` they are none.
 */
export function rowsOf(table: readonly Cells[], today: Day | null): ReadRows {
  const order = orderOf(table.flatMap(({ cells }) => cells.day ?? []))
  const rows: ScheduleRow[] = []
  const problems: ReadRows['problems'] = []
  const below = mergedDays(table)
  let near = today
  for (const [at, { line, text, cells, links = [] }] of table.entries()) {
    const named = below.get(at) ?? cells.day ?? ''
    const day = dayIn(named, order) ?? daySerial(named) ?? (near === null ? null : dayNear(named, order, near))
    if (near !== null) near = day ?? near
    if (day === null && !isNothing(oneLine(named))) {
      problems.push({
        line,
        text: shown(text),
        reason: `“${shown(named)}” is no day${looksLikeDay(named) ? ' of the calendar' : ' that can be read'}.`,
      })
      continue
    }
    const struck = [cells.day, cells.title].some(cell => /^\s*~~.+~~\s*$/.test(cell ?? ''))
    const title = oneLine((cells.title ?? '').replace(/<br\s*\/?>|~~/gi, ' '))
    const note = oneLine(cells.note ?? '')
    // "No meeting" stands as often where somebody's name would.
    const nobody =
      /^\W*(?:no (?:meeting|session)|cancell?ed|skipped)\W*$/i.test(cells.presenter ?? '') || (isNothing(title) && saysSkipped(cells.presenter ?? ''))
    const presenters = nobody ? [] : namesIn(cells.presenter ?? '')
    const skipped = struck || nobody || (links.length === 0 && (saysSkipped(title, presenters.length > 0) || (isNothing(title) && saysSkipped(note))))
    const papers = skipped ? [] : papersIn(title, cells.url ?? '', links)
    const discussants = namesIn(cells.discussant ?? '').join(', ')
    if (day === null && papers.length === 0 && presenters.length === 0) continue
    const proposer = cells.proposer === undefined || oneLine(cells.proposer) === '' ? '' : `Suggested by ${oneLine(cells.proposer)}`
    const time = timeIn(cells.time ?? '') ?? timeIn(named)
    rows.push({
      line,
      text: shown(text),
      day,
      time,
      papers,
      presenters,
      place: oneLine(cells.place ?? ''),
      note: [proposer, discussants === '' ? '' : `Discussant: ${discussants}`, note].filter(Boolean).join('. '),
      skipped,
    })
  }
  return { rows, problems }
}

/** Nobody writes more than this (signs) into a cell; links are looked for in as much. */
const longestCell = 4_000

/** Links as formats write them that the cells of a table do not have: `[Title](address)`, a formula of a spreadsheet, an anchor. */
const written: RegExp[] = [
  /\[(?<title>[^\][]{1,400})\]\((?<url>https?:[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)/gi,
  /^=HYPERLINK\("(?<url>https?:[^"]+)"[,;] ?"(?<title>[^"]*)"\)$/gi,
  /<a\s[^>]*?href="(?<url>https?:[^"]+)"[^>]*>(?<title>[^<]{1,400})<\/a>/gi,
]

function papersIn(whole: string, link: string, links: readonly NamedPaper[]): NamedPaper[] {
  if (links.length > 0) return [...links]
  const cell = whole.slice(0, longestCell)
  const linked = written.flatMap(form => [...cell.matchAll(form)].flatMap(({ groups }) => paperOf(groups?.title ?? '', urlIn(groups?.url ?? ''))))
  if (linked.length > 0) return linked
  const addresses = [...cell.matchAll(/https?:\/\/[^\s<>"]+/gi)]
  const [first, second] = addresses
  // Several papers in a cell, each with its link behind it.
  if (second !== undefined)
    return addresses.flatMap(({ 0: address, index }, n) => {
      const before = addresses[n - 1]
      const words = cell.slice(before === undefined ? 0 : before.index + before[0].length, index)
      return paperOf(words.replace(/^[\s,;+&)\]]+(?:(?:and|und)\s)?/i, '').replace(openEnd, ''), urlIn(address))
    })
  const own = linkIn(cell)
  if (first === undefined) return paperOf(own === null ? cell : '', linkIn(link) ?? own)
  return paperOf(
    `${cell.slice(0, first.index).replace(openEnd, '')} ${cell.slice(first.index + first[0].length).replace(/^\s*[)\]]/, '')}`,
    linkIn(link) ?? own,
  )
}

/** What is left behind a title when the link that stood there is taken out. */
const openEnd = /[\s,;:([–—-]+$/

const paperOf = (words: string, url: string | null): NamedPaper[] => {
  const title = oneLine(words)
  if (!isNothing(title)) return [{ title, url }]
  return url === null ? [] : [{ title: null, url }]
}
