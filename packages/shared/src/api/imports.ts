/** Papers in. */
import { z } from 'zod'
import type { Day } from '../days.ts'
import { Id } from '../ids.ts'
import { limits } from '../limits.ts'
import type { ApiError } from './errors.ts'

/** A paper by hand. */
export const PaperByHand = z.strictObject({
  title: z.string().trim().min(1, 'Please give a title').max(limits.titleLength),
  authors: z.array(z.string().trim().min(1).max(200)).max(limits.authors),
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'A link that starts with https://' }).max(limits.urlLength)]),
  abstract: z.string().max(limits.abstractLength),
})
export type PaperByHand = z.infer<typeof PaperByHand>
/** Where the papers of an import come from. */
export const ImportFrom = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('text'), text: z.string().min(1) }),
  z.strictObject({ from: z.literal('hand'), paper: PaperByHand }),
  z.strictObject({ from: z.literal('sample') }),
  /** Papers the group has, as when one taken off a board is put back: the first at `order`, if it was on this board before. */
  z.strictObject({ from: z.literal('group'), papers: z.array(Id).min(1).max(limits.pastePapers), order: z.int().min(0).optional() }),
])
export type ImportFrom = z.infer<typeof ImportFrom>
/** POST /api/groups/:group/boards/:day/preview */
export const PreviewImport = z.strictObject({ source: ImportFrom })
/** POST /api/groups/:group/boards/:day/papers. `skip` holds the numbers of preview items left out. */
export const AddPapers = z.strictObject({ source: ImportFrom, skip: z.array(z.int().min(0)).max(limits.pastePapers).default([]) })
/** One thing understood in a paste. */
export interface ImportItem {
  /** Counts from 0 through the paste; names the item in `skip`. */
  number: number
  /** First line of it in the paste, from 1; null where there are no lines. */
  line: number | null
  title: string | null
  authors: string[]
  abstract: string
  arxivId: string | null
  doi: string | null
  url: string | null
  /** `new` to the group; `known` from an earlier board; `here` on this board already; `repeated` within the paste. */
  status: 'new' | 'known' | 'here' | 'repeated'
  /** The day of a board that has it, for `known`. */
  seenOn: Day | null
}
/** A line that could not be read, and why. Lines count from 1. */
export interface ImportProblem {
  line: number
  text: string
  reason: string
  /** The file it stands in, where several were given. */
  file?: string
}
/** Formats that a text, or a part of it, is taken for. */
export type ImportKind =
  | 'daily-papers-page'
  | 'daily-papers-json'
  | 'web-page'
  | 'ids'
  | 'bibtex'
  | 'ris'
  | 'tagged'
  | 'feed'
  | 'oai'
  | 'crossref'
  | 'datacite'
  | 'openalex'
  | 'semantic-scholar'
  | 'csl-json'
  | 'zotero-json'
  | 'json'
  | 'table'
  | 'xml'
  | 'mixed'
  | 'nothing'
/** A part of a text in one format: the line on which it begins, and how many papers are in it. */
export interface ImportPart {
  kind: ImportKind
  line: number
  papers: number
}
export interface ImportPreview {
  /** What the text was taken for. */
  kind: ImportKind | 'hand' | 'sample' | 'group'
  parts: ImportPart[]
  /** A day the text itself names; its year is a guess where `yearGuessed`. */
  day: { day: Day; yearGuessed: boolean } | null
  items: ImportItem[]
  problems: ImportProblem[]
}
export interface ImportResult {
  added: string[]
  /** Already on the board. */
  present: number
  day: Day
}
/**
 * POST /api/groups/:group/boards/:day/files, multipart: `act` is `preview` or `add`, `skip` a JSON list of numbers, and each `file`
 * the bytes of one. The answer is a step in JSON on each line, the last of which is `preview`, `added` or `failed`.
 */
export type ImportStep =
  | { step: 'reading' }
  | { step: 'adding'; done: number; of: number }
  | { step: 'preview'; preview: ImportPreview }
  | { step: 'added'; result: ImportResult }
  | { step: 'failed'; error: ApiError['error'] }
