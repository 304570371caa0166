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
}

/** A line that is not blank, as written but for its line ending. Lines count from 1. */
export interface PastedLine {
  number: number
  text: string
}

/** Text as every engine can store it: PostgreSQL takes no NUL, and neither engine half a surrogate pair. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

/** Those of the first `most` lines that are not blank. A byte order mark and the endings of Windows and old Macs are no part of them. */
export const linesOf = (text: string, most: number): PastedLine[] => {
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
