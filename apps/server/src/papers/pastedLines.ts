/** A paste as lines, what is read from them, and what is said of a line that could not be read. */
import type { ImportProblem } from '@paperboard/shared/api'

/** A paper as a text tells it, before it is compared with the catalogue. */
export interface ReadPaper {
  /** Its first line in the text, from 1; null where there are no lines. */
  line: number | null
  title: string | null
  authors: string[]
  abstract: string
  arxivId: string | null
  arxivVersion: number | null
  doi: string | null
  url: string | null
  /** Journal, proceedings or repository, as the source names it. */
  venue: string | null
  /** When it first came out: `2026`, `2026-11` or `2026-11-24`. */
  published: string | null
  /** What the source files it under: arXiv categories, keywords. */
  subjects: string[]
  /** Code, project pages: what is no address of the paper itself. */
  links: { label: string; url: string }[]
}

/** What is not told of a paper. */
export const untold = (): ReadPaper => ({
  line: null,
  title: null,
  authors: [],
  abstract: '',
  arxivId: null,
  arxivVersion: null,
  doi: null,
  url: null,
  venue: null,
  published: null,
  subjects: [],
  links: [],
})

/** A line that is not blank, as written but for its line ending. Lines count from 1. */
export interface PastedLine {
  number: number
  text: string
}

/** Text as every engine can store it: PostgreSQL takes no NUL, and neither engine half a surrogate pair. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** Those of the first `most` lines that are not blank. A byte order mark and the endings of Windows and old Macs are no part of them. */
export const linesOf = (text: string, most?: number): PastedLine[] => {
  const lines: PastedLine[] = []
  let number = 0
  for (const line of storable(text)
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/, most)) {
    number++
    if (line.trim() !== '') lines.push({ number, text: line })
  }
  return lines
}

/** Enough of a line to find it again. */
const problemText = 200

export const problemAt = ({ number, text }: PastedLine, reason: string): ImportProblem => ({
  line: number,
  text: text.trim().slice(0, problemText).toWellFormed(),
  reason,
})
