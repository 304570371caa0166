/** From what a format tells of a paper to a `ReadPaper`: identifiers found in whatever names them, and everything within its bounds. */
import type { ImportProblem } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { readReference } from '../identifiers.ts'
import { type ReadPaper, storable, untold } from '../pastedLines.ts'
import { lineOf } from './plainText.ts'
import { unmangled } from './unmangled.ts'

/** What a reader gives. Lines count from 1. */
export interface Reading {
  papers: ReadPaper[]
  problems: ImportProblem[]
  /** The day of the board that the text itself names. */
  day: Day | null
}

export interface Told {
  line?: number | null
  title?: string | null
  authors?: readonly string[]
  abstract?: string | null
  /** Ids, DOIs and links, the likeliest first: the first arXiv id, DOI and other link among them are the paper's. */
  names?: readonly (string | null | undefined)[]
  venue?: string | null
  published?: string | null
  subjects?: readonly string[]
  links?: readonly { label: string; url: string | null }[]
}

const subjectsKept = 40
const subjectLength = 100
const linksKept = 10
const venueLength = 300
const nameLength = 200

/** A paper from what is told of it, for `today` see `readArxivId`. */
export const paperFrom = (told: Told, today: Day): ReadPaper => {
  const identifiers = identifiersIn(told.names ?? [], today)
  const title = cut(lineOf(text(told.title)), limits.titleLength)
  return {
    ...untold(),
    line: told.line ?? null,
    title: title === '' || isName(title, identifiers) ? null : title,
    authors: (told.authors ?? []).slice(0, limits.authors).flatMap(author => cut(lineOf(text(author)), nameLength) || []),
    abstract: cut(text(told.abstract).trim(), limits.abstractLength),
    ...identifiers,
    venue: cut(lineOf(text(told.venue)), venueLength) || null,
    published: told.published ?? null,
    subjects: distinct((told.subjects ?? []).map(subject => lineOf(text(subject))))
      .filter(subject => subject !== '' && subject.length <= subjectLength)
      .slice(0, subjectsKept),
    links: (told.links ?? []).flatMap(({ label, url }) => webLink(label, url)).slice(0, linksKept),
  }
}

/** Where no title was known, some programs write the id in its place. */
const isName = (title: string, { arxivId, doi }: Identifiers): boolean =>
  (arxivId !== null && title.replace(/^arxiv:\s?/i, '').replace(/v\d+$/, '') === arxivId) || title.toLowerCase() === doi

const distinct = (texts: readonly string[]) => [...new Set(texts)]

/** Text without what no engine can store and no screen can show; nothing in it turns the text around it. */
const text = (told: string | null | undefined): string => unmangled(storable(told ?? '')).replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '')

/** A text within its bound, cut at a word. */
const cut = (whole: string, most: number): string => {
  if (whole.length <= most) return whole
  const start = whole.slice(0, most - 1)
  return `${start
    .slice(0, Math.max(start.lastIndexOf(' '), most - 100))
    .trimEnd()
    .toWellFormed()}…`
}

const webLink = (label: string, url: string | null): { label: string; url: string }[] => {
  const parsed = url === null || url.length > limits.urlLength ? null : URL.parse(url.trim())
  const web = parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === ''
  return web ? [{ label, url: parsed.href }] : []
}

type Identifiers = Pick<ReadPaper, 'arxivId' | 'arxivVersion' | 'doi' | 'url'>

/** A DOI as records hold it, also as the address that leads to it, in which its signs may be written as %2F. */
export const doiFrom = (text: string): string => {
  const doi = text.trim().replace(/^(?:https?:\/\/(?:dx\.|www\.)?doi\.org\/|doi:\s*)/i, '')
  if (doi === text.trim() || !doi.includes('%')) return doi
  try {
    return decodeURIComponent(doi)
  } catch {
    return doi
  }
}

/** The first of each kind. A link that leads to an identifier is no second address. */
export const identifiersIn = (names: readonly (string | null | undefined)[], today: Day): Identifiers => {
  const found: Identifiers = { arxivId: null, arxivVersion: null, doi: null, url: null }
  // Some write several DOIs into one field.
  for (const name of names.flatMap(name => (/^\s*(doi:)?10\./i.test(name ?? '') ? (name ?? '').trim().split(/[\s,;]+(?=10\.)|\s+/) : [name]))) {
    const read = name ? readReference(storable(name.trim()), today) : null
    if (read === null || 'reason' in read) continue
    if (read.arxivId !== null) {
      found.arxivId ??= read.arxivId
      if (found.arxivId === read.arxivId) found.arxivVersion ??= read.arxivVersion
    }
    found.doi ??= read.doi
    found.url ??= read.url
  }
  return found
}

/** The lines of places in a text, for places that are asked in any order. */
export const lineCounter = (whole: string, first = 1): ((at: number) => number) => {
  const starts: number[] = []
  for (let at = whole.indexOf('\n'); at >= 0; at = whole.indexOf('\n', at + 1)) starts.push(at)
  return at => {
    let [low, high] = [0, starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) < at) low = middle + 1
      else high = middle
    }
    return first + low
  }
}

/** Enough of what could not be read to find it again. */
export const problem = (line: number, about: string, reason: string): ImportProblem => ({
  line,
  text: lineOf(text(about.slice(0, 400)))
    .slice(0, 200)
    .toWellFormed(),
  reason,
})
