import type { Comment, Vote } from '@paperboard/shared/board'
import type * as Y from 'yjs'

/** Who writes, about what. */
export interface Author {
  member: string
  papers: readonly string[]
}

/**
 * A kind of record that writers write. Each record carries the time it was made at, and no two the same: by that it is
 * known again in whatever a server sends, merged with others or not.
 */
export interface RecordKind {
  /** The bytes before that time: the length of its field's name, the name, and the type of a 64-bit float (lib0's encoding). */
  marker: Buffer
  /** Writes an author's n-th record, made at `time`. */
  write: (doc: Y.Doc, author: Author, n: number, time: number) => void
  /** The time of the record that the n-th one went to, if it is there. */
  timeIn: (doc: Y.Doc, author: Author, n: number) => number | null | undefined
}

const markerOf = (field: string) => Buffer.from([field.length, ...Buffer.from(field), 123])
const paperOf = ({ papers }: Author, n: number) => papers[n % papers.length] ?? ''
/** The author's key for a number. */
const commentKey = ({ member }: Author, n: number) => `${String(n).padStart(12, '0')}:${member}`
/** Longer ago than any record that is written. */
const longAgo = 1_700_000_000_001

const vote: RecordKind = {
  marker: markerOf('at'),
  write: (doc, author, n, at) => doc.getMap<Vote>('votes').set(`${paperOf(author, n)}:${author.member}`, { value: n % 2 === 0 ? 1 : -1, at }),
  timeIn: (doc, author, n) => doc.getMap<Vote>('votes').get(`${paperOf(author, n)}:${author.member}`)?.at,
}

const comment: RecordKind = {
  marker: markerOf('at'),
  write: (doc, author, n, at) =>
    doc.getMap<Comment>('comments').set(commentKey(author, n), {
      paper: paperOf(author, n),
      parent: null,
      text: 'Does the gain hold once the baseline gets the same compute? Table 3 does not say.',
      at,
      edited: null,
    }),
  timeIn: (doc, author, n) => doc.getMap<Comment>('comments').get(commentKey(author, n))?.at,
}

/** 16 KB in UTF-8 and within the longest comment: three bytes a letter. */
const longText = '討'.repeat(5_333)

/** One long comment on each paper, edited in turn: the document does not grow with what is written. */
const edit: RecordKind = {
  marker: markerOf('edited'),
  write: (doc, author, n, edited) =>
    doc
      .getMap<Comment>('comments')
      .set(commentKey(author, n % author.papers.length), { paper: paperOf(author, n), parent: null, text: longText, at: longAgo, edited }),
  timeIn: (doc, author, n) => doc.getMap<Comment>('comments').get(commentKey(author, n % author.papers.length))?.edited,
}

export const recordKinds = { vote, comment, edit }

/** Odd numbers from a time in the past on: all are written as 64-bit floats, which not every number of this size is. */
export class Times {
  private readonly first = Date.now() - 12 * 3_600_000 - ((Date.now() + 1) % 2)

  of(n: number): number {
    return this.first + 2 * n
  }

  /** The other way round. */
  numberOf(time: number): number {
    return (time - this.first) / 2
  }
}
