/**
 * Search: what is typed, how it is understood, and what is found.
 *
 *   state space          both words, the last one also as a beginning
 *   "state space"        these words in this order
 *   -diffusion           without it; so may phrases and fields be left out
 *   author:Gu tag:rl     fields; a value of several words stands in quotation marks
 */
import { z } from 'zod'
import type { ListedPaper } from './api/lists.ts'
import { Day } from './days.ts'
import { limits } from './limits.ts'

export const searchKinds = ['all', 'papers', 'comments', 'people', 'notes'] as const
export type SearchKind = (typeof searchKinds)[number]

/** GET /api/groups/:group/search?q=…&kind=…&limit=…&offset=… */
export const SearchQuery = z.strictObject({
  q: z.string().max(limits.searchLength, `At most ${limits.searchLength} characters`),
  kind: z.enum(searchKinds).default('all'),
  limit: z.coerce.number().int().min(1).max(limits.searchPage).default(20),
  offset: z.coerce.number().int().min(0).max(limits.searchHits).default(0),
})
export type SearchQuery = z.infer<typeof SearchQuery>

/** A text, and where in it (UTF-16, from and up to) stands what was asked for. In order, apart from each other. */
export interface Marked {
  text: string
  hits: [from: number, to: number][]
}

export type SearchHit =
  | { kind: 'paper'; paper: ListedPaper; title: Marked; authors: Marked; snippet: Marked }
  | { kind: 'comment'; id: string; paper: string; paperTitle: string | null; day: Day; by: string; name: string; at: number; snippet: Marked }
  | { kind: 'person'; id: string; name: Marked; member: boolean }
  | {
      kind: 'note'
      /** What was found of the meeting. A note stands in its minutes as well, and is found as a note. */
      of: 'minutes' | 'notes'
      meeting: string
      /** The paper that a note is about; null for what is about none, and for minutes. */
      paper: string | null
      paperTitle: string | null
      /** What the meeting is called; '' where it has no name. */
      title: string
      at: number
      snippet: Marked
    }

export interface SearchAnswer {
  hits: SearchHit[]
  /** At most `limits.searchHits`. */
  total: number
  /** There are more than are counted: only the first are ranked. */
  more: boolean
  asked: AskedFor
}

export const searchFields = ['author', 'title', 'tag', 'from', 'by', 'voted', 'read', 'on', 'before', 'after', 'kind'] as const
export type SearchField = (typeof searchFields)[number]

/** How a query was understood. */
export interface AskedFor {
  words: string[]
  phrases: string[]
  /** Words and phrases that must not be there. */
  not: string[]
  /** `not` where it is left out: `-tag:rl`. */
  fields: { field: SearchField; value: string; not?: true }[]
  /** What could not be taken, as it was typed, and a sentence that says why. */
  problems: { text: string; reason: string }[]
  /** Words that are nowhere, and what was looked for in their place. Told by the server. */
  instead?: { word: string; taken: string[] }[]
}

/** A part of a query. `open`: the last one, still being typed, so that it may be the beginning of a word. */
export interface SearchTerm {
  field: SearchField | null
  value: string
  /** Was in quotation marks. */
  phrase: boolean
  not: boolean
  open: boolean
}

const known = searchFields.join('|')
/** A sign to leave it out, a field, then a phrase (its end may be missing) or what stands up to the next space or quotation mark. */
const part = new RegExp(
  `(?<not>(?<![^\\s])-)?(?:(?<field>${known}):(?:\\s+(?![-\\s]|(?:${known}):))?)?(?:"(?<phrase>[^"]*)(?<end>"?)|(?<word>[^\\s"]+))?`,
  'giu',
)

const aDate = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/
const isDate = (text: string) => aDate.test(text) && (text.length < 10 || Day.safeParse(text).success)
const hasLetters = (text: string) => /[\p{L}\p{N}]/u.test(text)
const kindOf = (value: string): SearchKind | null => {
  const kind = value.toLowerCase()
  if (kind === 'person') return 'people'
  return searchKinds.find(name => name === kind || name === `${kind}s`) ?? null
}

/** Why the value of a field can not be taken; null if it can. */
function wrongValue(field: SearchField, value: string): string | null {
  if (!hasLetters(value)) return `Something belongs behind “${field}:”.`
  if (field === 'on' || field === 'before' || field === 'after') return isDate(value) ? null : 'A date has the form 2026-11-24, 2026-11 or 2026.'
  if (field === 'kind') return kindOf(value) === null ? 'There are papers, comments, people and notes.' : null
  if (field === 'read') return value.toLowerCase() === 'me' ? null : 'Only “read:me”: what others have read is told to nobody.'
  return null
}

/** The parts of a query, in order, and what of it could not be taken. Takes any text. */
export function searchTerms(q: string): { terms: SearchTerm[]; problems: AskedFor['problems'] } {
  const text = q.slice(0, limits.searchLength).replace(/[“”„«»＂]/g, '"')
  const terms: SearchTerm[] = []
  const problems: AskedFor['problems'] = []
  for (const match of text.matchAll(part)) {
    const { not, field: typed, phrase, end, word = '' } = match.groups ?? {}
    if (match[0] === '' || match[0] === '-') continue
    const field = searchFields.find(name => name === typed?.toLowerCase()) ?? null
    const value = (phrase ?? word).trim()
    const wrong = field === null ? null : wrongValue(field, value)
    if (wrong !== null) problems.push({ text: match[0].trim(), reason: wrong })
    else if (hasLetters(value)) {
      const last = match.index + match[0].length === text.length
      terms.push({ field, value, phrase: phrase !== undefined, not: not !== undefined, open: last && end !== '"' })
    }
  }
  const more = terms.splice(limits.searchTerms)
  if (more.length > 0) problems.push({ text: more.map(({ value }) => value).join(' '), reason: `Only the first ${limits.searchTerms} words are looked for.` })
  return { terms, problems }
}

/** What a query asks for. Takes any text; the same for the page and the server. */
export function parseSearch(q: string): AskedFor {
  const { terms, problems } = searchTerms(q)
  const plain = terms.filter(({ field }) => field === null)
  return {
    words: plain.filter(({ phrase, not }) => !phrase && !not).map(({ value }) => value),
    phrases: plain.filter(({ phrase, not }) => phrase && !not).map(({ value }) => value),
    not: plain.filter(({ not }) => not).map(({ value }) => value),
    fields: terms.flatMap(({ field, value, not }) => (field === null ? [] : [{ field, value, ...(not ? { not: true as const } : {}) }])),
    problems,
  }
}

/** The kind of things that a query narrows itself to; the last one it names counts. */
export const kindAsked = ({ fields }: Pick<AskedFor, 'fields'>): SearchKind | null =>
  fields.reduce<SearchKind | null>((kind, { field, value, not }) => (field === 'kind' && !not ? kindOf(value) : kind), null)

/** GET /api/groups/:group/papers/:paper/related?limit=…: the nearest first. `why` is a sentence. */
export interface RelatedPapers {
  papers: { paper: ListedPaper; why: string }[]
}
/** GET /api/groups/:group/for-you?limit=… */
export interface PapersForYou {
  papers: { paper: ListedPaper; because: { paper: string; title: string | null }[]; why: string }[]
}
/** How many are asked for. */
export const SuggestionsQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(limits.suggestions).default(10) })
