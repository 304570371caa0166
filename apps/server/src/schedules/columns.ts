/** Tables of any kind: what their columns are, by their names, and the rows in them. */
import type { Day } from '@paperboard/shared/days'
import { dayIn, dayNear, daySerial, looksLikeDay, orderOf, timeIn } from './dates.ts'
import { isNothing, type NamedPaper, namesIn, oneLine, type ReadRows, type ScheduleRow, saysSkipped, shown, urlIn } from './rows.ts'

const fields = ['day', 'time', 'title', 'url', 'presenter', 'discussant', 'proposer', 'place', 'note'] as const
export type Field = (typeof fields)[number]

/** The first that fits counts. Names are compared in lower case, without signs. */
const names: Record<Field, RegExp> = {
  day: /^(?:(?:start |session |meeting |presentation )?date|date (?:and )?time|day|when|datum|tag|fecha|jour|week of|日期)$/,
  time: /^(?:time|hour|slot|uhrzeit|zeit|hora|from|start)$/,
  proposer: /^(?:suggested|proposed|nominated|recommended|vorgeschlagen|added|submitted)(?: by| von)?$/,
  presenter:
    /^(?:presenters?|speakers?|leaders?|discussion leaders?|presented by|led by|who|names?|host|vortragende[rn]?|referent(?:in)?|person|member|lead|主讲人|报告人|发表者|발표자)$/,
  discussant: /^(?:discussants?|respondents?|opponents?)$/,
  url: /^(?:url|link|links|paper (?:url|link)|pdf|doi|arxiv|href|website)$/,
  title: /^(?:title|paper|papers|paper title|topic|description|subject|reading|article|titel|thema|name of the paper|标题|论文|题目|제목|titre|título)$/,
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
}

/**
 * The rows of a table, each by its fields. What cannot be read is told with its line. Days without a year are those nearest
 * to the row above, the first to today; without `today` they are none.
 */
export function rowsOf(table: readonly Cells[], today: Day | null): ReadRows {
  const order = orderOf(table.flatMap(({ cells }) => cells.day ?? []))
  const rows: ScheduleRow[] = []
  const problems: ReadRows['problems'] = []
  let near = today
  for (const { line, text, cells, links = [] } of table) {
    const named = cells.day ?? ''
    const day = dayIn(named, order) ?? daySerial(named) ?? (near === null ? null : dayNear(named, order, near))
    if (near !== null) near = day ?? near
    if (day === null && cells.day !== undefined && !isNothing(oneLine(cells.day))) {
      problems.push({
        line,
        text: shown(text),
        reason: `“${shown(cells.day)}” is no day${looksLikeDay(cells.day) ? ' of the calendar' : ' that can be read'}.`,
      })
      continue
    }
    const struck = [cells.day, cells.title].some(cell => /^\s*~~.+~~\s*$/.test(cell ?? ''))
    const title = oneLine((cells.title ?? '').replace(/<br\s*\/?>|~~/gi, ' '))
    const note = oneLine(cells.note ?? '')
    const presenters = namesIn(cells.presenter ?? '')
    const skipped = struck || (links.length === 0 && (saysSkipped(title, presenters.length > 0) || (isNothing(title) && saysSkipped(note))))
    const papers = skipped ? [] : papersIn(title, cells.url ?? '', links)
    const discussants = namesIn(cells.discussant ?? '').join(', ')
    if (day === null && papers.length === 0 && presenters.length === 0) continue
    const proposer = cells.proposer === undefined || oneLine(cells.proposer) === '' ? '' : `Suggested by ${oneLine(cells.proposer)}`
    const time = timeIn(cells.time ?? '') ?? timeIn(cells.day ?? '')
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

function papersIn(title: string, url: string, links: readonly NamedPaper[]): NamedPaper[] {
  if (links.length > 0) return [...links]
  const link = urlIn(url) ?? urlIn(title)
  const words = oneLine(title.replace(/https?:\/\/\S+/g, ' '))
  if (isNothing(words)) return link === null ? [] : [{ title: null, url: link }]
  return [{ title: words, url: link }]
}
