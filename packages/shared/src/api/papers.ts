/** Papers, and what a group corrects of them. */
import { z } from 'zod'
import { limits } from '../limits.ts'

export interface Paper {
  id: string
  /** Null until a source has told it. */
  title: string | null
  authors: string[]
  abstract: string
  arxivId: string | null
  arxivVersion: number | null
  doi: string | null
  url: string | null
  links: { label: string; url: string }[]
  /** Journal, proceedings or repository. */
  venue: string | null
  /** `2026`, `2026-11` or `2026-11-24`: as exactly as is known. */
  published: string | null
  /** What sources file it under: arXiv categories, keywords. */
  subjects: string[]
  note?: PaperNote
}
/** What is said of a paper beside its text. */
export interface PaperNote {
  /** How it stands with what is lacking: `source` is a name for people, `nextAt` ms since 1970. */
  lookup?: { state: 'asking' | 'missing'; source: string } | { state: 'unreachable'; source: string; nextAt: number }
  /** A version on arXiv that came out after the group's last comment; `discussed` is the one before it, where that is known. */
  newVersion?: { version: number; at: number; discussed: number | null }
  /** The paper of which this one is another id: both are the same work. */
  sameAs?: string
}
/** GET /api/groups/:group/boards/:day: what the board's document holds only ids of. */
export interface BoardPapers {
  papers: Paper[]
}
/** PATCH /api/groups/:group/papers/:paper: what is given is corrected, for this group; null gives a field back to what sources tell. */
export const CorrectPaper = z.strictObject({
  title: z.string().trim().min(1, 'Please give a title').max(limits.titleLength).nullable().optional(),
  authors: z.array(z.string().trim().min(1).max(200)).max(limits.authors).nullable().optional(),
  abstract: z.string().trim().max(limits.abstractLength).nullable().optional(),
  venue: z.string().trim().max(300).nullable().optional(),
  published: z
    .union([z.literal(''), z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)], 'A date such as 2026-11-24, 2026-11 or 2026')
    .nullable()
    .optional(),
  url: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(limits.urlLength)], 'A link that starts with https://')
    .nullable()
    .optional(),
})
export type CorrectPaper = z.infer<typeof CorrectPaper>
/** Fields as they were or became; '' and [] where there was nothing, null where a field was given back. */
type Corrected = { [Name in keyof CorrectPaper]: CorrectPaper[Name] }
export interface PaperCorrection {
  id: string
  member: string
  at: number
  fields: Corrected
  before: Corrected
  /** The correction it takes back. */
  undoes: string | null
  /** It was taken back. */
  undone: boolean
}
/** GET /api/groups/:group/papers/:paper/corrections, newest first. */
export interface PaperCorrections {
  corrections: PaperCorrection[]
}
