/** What the readers of schedules find: a row for each line, item or entry that says something. */
import type { Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'

/** A paper as a schedule names it; one of both is there. */
export interface NamedPaper {
  title: string | null
  url: string | null
}

export interface ScheduleRow {
  /** Of the text, from 1. */
  line: number
  /** As it stands there, for whoever looks it up; cut to a line. */
  text: string
  /** Null where none is named. */
  day: Day | null
  time: { from: string; to: string | null } | null
  papers: NamedPaper[]
  presenters: string[]
  place: string
  note: string
  /** The row says itself that nothing takes place. */
  skipped: boolean
}

/** A line that could not be read, and why; `reason` is a sentence for people. */
export interface RowProblem {
  line: number
  text: string
  reason: string
}

export interface ReadRows {
  rows: ScheduleRow[]
  problems: RowProblem[]
}

/** A line of text as it is shown to people: one line, not too long. */
export const shown = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}

export const oneLine = (text: string): string => text.replaceAll('\0', '').toWellFormed().replace(/\s+/g, ' ').trim()

/** A title or a link from a cell: a link that is none is told as such. */
export const urlIn = (cell: string): string | null => {
  const found = /https?:\/\/[^\s<>"]+/i.exec(cell)?.[0] ?? null
  const bare = found?.replace(/[.,;]+$/, '') ?? null
  // Addresses have brackets of their own, in pairs.
  const url = bare !== null && bare.split(')').length > bare.split('(').length ? bare.replace(/[).,;]+$/, '') : bare
  return url !== null && url.length <= limits.urlLength && URL.canParse(url) ? url : null
}

const arxivId = /^(?:arxiv:\s*)?(\d{4}\.\d{4,5}(?:v\d{1,2})?)$/i
const doi = /^(?:doi:\s*)?(10\.\d{4,9}\/\S+)$/i

/** The link in a cell, or the one that an arXiv id or a DOI alone stands for. */
export const linkIn = (cell: string): string | null => {
  const text = cell.trim()
  const [id, name] = [arxivId.exec(text)?.[1], doi.exec(text)?.[1]]
  return urlIn(id !== undefined ? `https://arxiv.org/abs/${id}` : name !== undefined ? `https://doi.org/${name}` : text)
}

/** Words that stand where a paper would, when there is none yet. */
const nothingYet =
  /^(?:(?:(?:paper|title|topic|speaker|presenter)s?:? )?(?:tb[acd]|t\.b\.[acd])\.?(?: ?[(–—:-].*| by .*)?|to be (?:announced|confirmed|decided)|n\/?a|-+|–|—|\?+|none|open|empty|free)\.?$/i
/** … or when nothing takes place. */
const noSession = /\b(?:skipped|cancel(?:l?ed)?|no (?:meeting|session|reading group|seminar|journal club|class)|fällt aus|entfällt)\b/i
/** Words for it that titles of papers have, too: they count alone, or at the end. */
const maybeNone = /\b(?:skip|holidays?|break|vacation|recess|ferien)\b/i
const endsSo = /\b(?:holidays?|break|vacation|recess|ferien)\W*$/i

const feast = /^\W*(?:thanksgiving|christmas|easter|new year(?:['’]?s)?|weihnachten|ostern|silvester|neujahr|noël)(?: (?:day|eve|week))?\W*$/i

export const isNothing = (title: string): boolean => title === '' || nothingYet.test(title)
/** Only where the whole says so: "Skip connections" is a paper, and so is what somebody presents. `taken`: somebody does. */
export const saysSkipped = (text: string, taken = false): boolean => {
  if (text.length > 120) return false
  if (noSession.test(text) || (!taken && feast.test(text))) return true
  const words = text.split(/[^\p{L}]+/u).filter(Boolean).length
  return maybeNone.test(text) && !/^skip[- ](?:connection|gram|thought|layer)/i.test(text.trim()) && (taken ? words <= 2 : words <= 3 || endsSo.test(text))
}

/** What somebody remarks on a presenter, `Ada (remote)`; not a second one, `Ada (with Ben)`. */
const remark = /\s*\((?!\s*(?:(?:and|with|und|mit)\s|[&+]))[^()]*\)/gi

/** Several names in one cell: `Ada Lovelace, Ben & Chen Li`, `Ada <ada@example.org>; Ben`, `@ada @ben`, or one a line. */
export const namesIn = (cell: string): string[] =>
  [
    ...new Set(
      oneLine(withoutRemarks(cell.replace(/~~[^~]*~~/g, ' ')).replace(/[\r\n]+|<br\s*\/?>|\s(?=@\w)|\(\s*(?:(?:and|with|und|mit)\s|[&+])/gi, '; '))
        .split(/\s*(?:[;&+/|]|,(?!\s*(?:jr|sr|ph\.?d|m\.?d)\b)|\s(?:and|und|et|with|mit|y)\s)\s*/i)
        .map(name =>
          name
            .replace(/^(?:guests?|presenters?|speakers?)\s*:\s*/i, '')
            .replace(/^[\s([{*_~@]+|[\s)\]}*_~]+$/g, '')
            .slice(0, limits.nameLength),
        )
        .filter(name => name !== '' && !isNothing(name)),
    ),
  ].slice(0, 20)

const withoutRemarks = (cell: string): string => {
  const bare = cell.replace(remark, '')
  return bare.trim() === '' ? cell : bare
}
