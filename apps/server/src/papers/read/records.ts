/**
 * JSON of any kind this can read: finds the records in it, however they are wrapped, and gives each to the reader of its
 * format. What is cut off or broken is told with its line, and what stands behind it is read.
 */
import type { ImportProblem } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import type { ReadPaper } from '../pastedLines.ts'
import { crossrefPaper, isCrossref } from './crossref.ts'
import { cslPaper, isCsl } from './cslJson.ts'
import { commonDay, dailyDay, dailyPaper, isDailyItem, wrapperDay } from './dailyPapersJson.ts'
import { dataCitePaper, isDataCite } from './dataCite.ts'
import { isFields, type JsonReading, listAt, readJson, textAt } from './json.ts'
import { isOpenAlex, openAlexPaper } from './openAlex.ts'
import { isBareRecord, isPlainRecord, plainPaper } from './plainRecord.ts'
import { isSemanticScholar, semanticScholarPaper } from './semanticScholar.ts'
import { lineCounter, problem, type Reading } from './told.ts'
import { isZotero, zoteroPaper } from './zoteroJson.ts'

interface Format {
  kind: RecordKind
  is: (value: unknown) => boolean
  paper: (value: unknown, today: Day, line: number | null) => ReadPaper
}

/** In the order in which they are asked: the strictest first. */
const formats = [
  { kind: 'daily-papers-json', is: isDailyItem, paper: dailyPaper },
  { kind: 'datacite', is: isDataCite, paper: dataCitePaper },
  { kind: 'openalex', is: isOpenAlex, paper: openAlexPaper },
  { kind: 'semantic-scholar', is: isSemanticScholar, paper: semanticScholarPaper },
  { kind: 'crossref', is: isCrossref, paper: crossrefPaper },
  { kind: 'zotero-json', is: isZotero, paper: zoteroPaper },
  { kind: 'csl-json', is: isCsl, paper: cslPaper },
  { kind: 'json', is: isPlainRecord, paper: plainPaper },
] as const satisfies (Omit<Format, 'kind'> & { kind: string })[]

export type RecordKind = (typeof formats)[number]['kind']

export interface RecordsReading extends Reading {
  /** The format most records have. */
  kind: RecordKind
  /** Just behind what was read. */
  end: number
}

interface Context {
  text: string
  today: Day
  json: JsonReading
  lineAt: (place: number) => number
}

/** Reads the records in a text of JSON, from `from` on as far as the JSON goes. */
export const readRecords = (
  text: string,
  { today, from = 0, lineAt = lineCounter(text) }: { today: Day; from?: number; lineAt?: (place: number) => number },
): RecordsReading => {
  const reading: RecordsReading = { kind: 'json', papers: [], problems: [], day: null, end: from }
  const kinds = new Map<RecordKind, number>()
  const days: (Day | null)[] = []
  for (let start: number | null = from; start !== null; ) {
    const json: JsonReading = readJson(text, start)
    const context = { text, today, json, lineAt }
    const walk = new Walk(context, kinds, days)
    for (const value of json.values) walk.through(value, json.values.length > 1)
    for (const paper of walk.papers) reading.papers.push(paper)
    for (const told of walk.problems) reading.problems.push(told)
    const ended = json.faults.find(fault => fault.ends)
    reading.end = ended === undefined ? Math.max(json.end, start + 1) : lineEnd(text, ended.at)
    start = resumeAfter(context, reading.problems)
    if (start !== null) reading.end = start
  }
  reading.kind = [...kinds].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'json'
  reading.day = commonDay(days)
  return reading
}

/** Walks through one value, which may be deep and is bounded by `readJson`. */
class Walk {
  papers: ReadPaper[] = []
  problems: ImportProblem[] = []
  context: Context
  kinds: Map<RecordKind, number>
  days: (Day | null)[]

  constructor(context: Context, kinds: Map<RecordKind, number>, days: (Day | null)[]) {
    this.context = context
    this.kinds = kinds
    this.days = days
  }

  /** `one`: of several, as lines of a file are. */
  through(value: unknown, one: boolean): void {
    if (this.record(value) || (one && this.bare(value))) return
    const before = this.papers.length + this.problems.length
    this.within(value)
    // Of what is cut off, that is told.
    if (this.papers.length + this.problems.length > before || this.isCut(value)) return
    const keys = isFields(value) ? Object.keys(value).slice(0, 6).join(', ') : ''
    this.tell(value, `No papers were found in this JSON${keys === '' ? '' : ` (its fields are ${keys})`}. Paste the records themselves.`)
  }

  /** What is not a record itself may hold some. */
  within(value: unknown): void {
    if (this.refused(value)) return
    const day = isFields(value) ? wrapperDay(value) : null
    const before = this.papers.length
    if (Array.isArray(value)) this.list(value)
    else if (isFields(value))
      for (const [key, inner] of Object.entries(value))
        if (typeof inner === 'object' && inner !== null && !this.keyed(key, inner) && !this.record(inner)) this.within(inner)
    if (day !== null && this.papers.length > before) this.days.push(...Array<Day>(this.papers.length - before + 1).fill(day))
  }

  list(values: readonly unknown[]): void {
    const before = this.papers.length
    const unread: unknown[] = []
    for (const value of values) {
      if (this.record(value) || this.bare(value)) continue
      const so = this.papers.length + this.problems.length
      if (typeof value === 'object' && value !== null) this.within(value)
      else if (typeof value === 'string' && pythonItem.test(value)) this.quoted(value, values)
      if (this.papers.length + this.problems.length === so && !this.isCut(value)) unread.push(value)
    }
    // A list without any record is one of something else; in a list of records each is told of.
    if (this.papers.length === before) return
    for (const value of unread)
      this.tell(value ?? values, value === null ? 'The source has no paper here (null).' : 'This entry has no title, id or link that names a paper.')
  }

  /** A recorder's fault: each item was written as a text, by Python's `repr`. What such a text says is read all the same. */
  quoted(text: string, list: readonly unknown[]): void {
    const line = this.context.lineAt(this.context.json.placeOf.get(list) ?? 0)
    const inner = readJson(text, 0, 1)
    const [value] = inner.values
    if (inner.faults.length === 0 && this.record(value, line)) return
    this.problems.push(problem(line, text, 'This entry is a text printed by Python instead of JSON, and cannot be read. Save the list as JSON.'))
  }

  record(value: unknown, line = this.lineOf(value)): boolean {
    if (!isFields(value)) return false
    const format = formats.find(({ is }) => is(value))
    if (format === undefined) return false
    const paper = format.paper(value, this.context.today, line)
    if (paper.title === null && paper.arxivId === null && paper.doi === null && paper.url === null) {
      if (!this.isCut(value)) this.tell(value, 'This entry has no title, id or link that names a paper.')
      return true
    }
    this.kinds.set(format.kind, (this.kinds.get(format.kind) ?? 0) + 1)
    if (format.kind === 'daily-papers-json') this.days.push(dailyDay(value))
    this.papers.push(paper)
    return true
  }

  /** A record that has its id for a key, and none within. */
  keyed(key: string, value: unknown): boolean {
    if (!isFields(value) || textAt(value, 'title') === '' || !isBareRecord({ id: key }, this.context.today) || isBareRecord(value, this.context.today))
      return false
    this.kinds.set('json', (this.kinds.get('json') ?? 0) + 1)
    this.papers.push(plainPaper({ ...value, id: key }, this.context.today, this.lineOf(value)))
    return true
  }

  /** A record of ids alone. */
  bare(value: unknown): boolean {
    if (!isBareRecord(value, this.context.today)) return false
    this.kinds.set('json', (this.kinds.get('json') ?? 0) + 1)
    this.papers.push(plainPaper(value, this.context.today, this.lineOf(value)))
    return true
  }

  isCut(value: unknown): boolean {
    return typeof value === 'object' && value !== null && this.context.json.cutOff.has(value)
  }

  /** Answers that say no. */
  refused(value: unknown): boolean {
    const status = Number(textAt(value, 'status'))
    const said =
      textAt(value, 'error') ||
      textAt(value, 'error', 'message') ||
      textAt(value, 'errors', 0, 'title') ||
      textAt(value, 'message', 0, 'message') ||
      (status >= 400 || /^(error|failed)$/.test(textAt(value, 'status')) || textAt(value, 'code') !== ''
        ? textAt(value, 'message') || textAt(value, 'body', 'error')
        : '')
    if (said === '' || listAt(value, 'data').length > 0) return false
    this.tell(value, `The source answered with an error instead of papers: ${said.slice(0, 200)}`)
    return true
  }

  lineOf(value: unknown): number | null {
    const place = typeof value === 'object' && value !== null ? this.context.json.placeOf.get(value) : undefined
    return place === undefined ? null : this.context.lineAt(place)
  }

  tell(value: unknown, reason: string): void {
    this.problems.push(problem(this.lineOf(value) ?? 1, JSON.stringify(value)?.slice(0, 400) ?? '', reason))
  }
}

const pythonItem = /^\s*\{\s*'/

/** Tells of a fault in the JSON, and where reading goes on behind it: at the next entry that begins as the broken one does. */
const resumeAfter = ({ text, json, lineAt }: Context, problems: ImportProblem[]): number | null => {
  const [fault] = json.faults
  if (fault === undefined) return null
  const broken = brokenEntry(json)
  const start = broken === undefined ? fault.at : (json.placeOf.get(broken) ?? fault.at)
  const colon = text.indexOf(':', start)
  const sign = colon < 0 || colon - start > 300 ? '' : text.slice(start, colon + 1)
  const next = sign === '' ? -1 : nextLike(text, { sign, start, fault: fault.at })
  const line = lineAt(fault.at)
  const more = next < 0 ? 'What stands before it has been read.' : 'What was there of this entry has been read, and reading went on with the next.'
  problems.push(problem(line, around(text, fault.at), `${fault.reason} ${more}`))
  return next < 0 ? null : next
}

/** What stands on the line of a place, near it. */
const around = (text: string, place: number): string => {
  const before = text.slice(Math.max(0, place - 60), place)
  return before.slice(before.lastIndexOf('\n') + 1) + (text.slice(place, place + 60).split('\n', 1)[0] ?? '')
}

/** A text that does not end takes the rest of its line with it. */
const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/**
 * Where the next entry begins as this one does. Where entries begin lines, at the next line that does: a quote that is not
 * closed runs on into it, and the fault is found further down.
 */
const nextLike = (text: string, { sign, start, fault }: { sign: string; start: number; fault: number }): number => {
  // No further back than entries are indented: lines can be long.
  const [indent] = /(?<=\n|^)[ \t]*$/.exec(text.slice(Math.max(0, start - 60), start)) ?? []
  if (indent === undefined || indent.length === 60) return text.indexOf(sign, Math.max(fault, start + sign.length))
  const found = text.indexOf(`\n${indent}${sign}`, start)
  return found < 0 ? text.indexOf(sign, Math.max(fault, start + sign.length)) : found + 1 + indent.length
}

/** The entry of the outermost open list in which reading stopped. */
const brokenEntry = (json: JsonReading): object | undefined => {
  let value = json.values.at(-1)
  for (let depth = 0; depth < 200 && typeof value === 'object' && value !== null && json.cutOff.has(value); depth++) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : Object.values(value).at(-1)
    if ((Array.isArray(value) || json.values.length > 1) && isFields(last) && json.cutOff.has(last)) return last
    if (isFields(value) && json.values.length > 1) return value
    if (typeof last !== 'object' || last === null) return isFields(value) ? value : undefined
    value = last
  }
  return undefined
}
