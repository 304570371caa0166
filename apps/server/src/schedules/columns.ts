/** Tables of any kind: what their columns are, by their names, and the rows in them. */
import { dayIn, looksLikeDay, orderOf, timeIn } from './dates.ts'
import { isNothing, type NamedPaper, namesIn, oneLine, type ReadRows, type ScheduleRow, saysSkipped, shown, urlIn } from './rows.ts'

const fields = ['day', 'time', 'title', 'url', 'presenter', 'proposer', 'place', 'note'] as const
export type Field = (typeof fields)[number]

/** The first that fits counts. Names are compared in lower case, without signs. */
const names: Record<Field, RegExp> = {
  day: /^(?:date|day|when|datum|tag|fecha|session date|meeting date|week of)$/,
  time: /^(?:time|hour|slot|uhrzeit|zeit|hora|from|start)$/,
  proposer: /^(?:suggested|proposed|nominated|recommended|vorgeschlagen|added|submitted)(?: by| von)?$/,
  presenter:
    /^(?:presenters?|speakers?|leaders?|discussion leaders?|discussants?|presented by|led by|who|names?|host|vortragende[rn]?|referent(?:in)?|person|member|lead)$/,
  url: /^(?:url|link|links|paper (?:url|link)|pdf|doi|arxiv|href|website)$/,
  title: /^(?:title|paper|papers|paper title|topic|description|subject|reading|article|titel|thema|name of the paper)$/,
  place: /^(?:location|room|place|where|ort|raum|lugar|lieu)$/,
  note: /^(?:notes?|comments?|remarks?|venue|status|bemerkung)$/,
}

const fieldOf = (name: string): Field | null => {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\d\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return fields.find(field => names[field].test(plain)) ?? null
}

/** Which column holds what. Null for a first row that is no head: it names no column, or one twice as often as not. */
export function headOf(cells: readonly string[]): (Field | null)[] | null {
  const seen = new Set<Field>()
  const head = cells.map(cell => {
    const field = fieldOf(cell)
    if (field === null || seen.has(field)) return null
    seen.add(field)
    return field
  })
  return seen.has('title') || (seen.has('day') && seen.has('presenter')) || (seen.has('url') && seen.has('presenter')) ? head : null
}

/** Cells of one row of a table, or values of one entry, with the line where it begins. */
export interface Cells {
  line: number
  text: string
  cells: Partial<Record<Field, string>>
  /** Links in the title's cell, where the format has links. */
  links?: NamedPaper[]
}

/** The rows of a table, each by its fields. What cannot be read is told with its line. */
export function rowsOf(table: readonly Cells[]): ReadRows {
  const order = orderOf(table.flatMap(({ cells }) => cells.day ?? []))
  const rows: ScheduleRow[] = []
  const problems: ReadRows['problems'] = []
  for (const { line, text, cells, links = [] } of table) {
    const day = cells.day === undefined ? null : dayIn(cells.day, order)
    if (day === null && cells.day !== undefined && !isNothing(oneLine(cells.day))) {
      problems.push({
        line,
        text: shown(text),
        reason: `“${shown(cells.day)}” is no day${looksLikeDay(cells.day) ? ' of the calendar' : ' that can be read'}.`,
      })
      continue
    }
    const title = oneLine(cells.title ?? '')
    const note = oneLine(cells.note ?? '')
    const skipped = links.length === 0 && (saysSkipped(title) || (isNothing(title) && saysSkipped(note)))
    const papers = skipped ? [] : papersIn(title, cells.url ?? '', links)
    const presenters = namesIn(cells.presenter ?? '')
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
      note: [proposer, note].filter(Boolean).join('. '),
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
