/** What the index of texts holds and is asked, and what each engine does for it in its own way. */
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/** `more`: what is said of a paper beside: venue, subjects, tags, identifiers. */
export const textParts = ['title', 'authors', 'body', 'more'] as const
export type TextPart = (typeof textParts)[number]

/** What is found. The numbers are part of the keys of the index. */
export const documentKinds = { paper: 0, comment: 1, note: 2 } as const
export type DocumentKind = keyof typeof documentKinds

/** Words one after another, stemmed; where `prefix`, the last one is the beginning of a word. */
export interface Sequence {
  words: string[]
  prefix: boolean
}

/** One of these must be there, in any of the parts, or in those of `within`. */
export interface Clause {
  any: Sequence[]
  /** What was typed for it. */
  typed: string
  within?: TextPart[]
}

/** What names a text: within its group and kind. */
export interface DocumentName {
  group: string
  kind: DocumentKind
  /** A paper's id; `group/day/key` of a comment; the id of a meeting for its minutes, `meeting/note` for a note. As in search_changes. */
  key: string
}

/** A text, in the words by which it is found. */
export interface IndexedDocument extends DocumentName {
  /** The paper it is about. */
  paper: string | null
  /** The entry that the paper is another id of, else the paper. */
  work: string | null
  /** Who wrote it; null for a paper. */
  by: string | null
  /** When it was written, or came to the group. */
  at: number
  words: Record<TextPart, string[]>
  /** Words that are found although they are misspelt. */
  spelt: string[]
}

export interface FoundDocument {
  id: number
  key: string
  /** The work that a paper is; the key of what is no paper. */
  work: string
  at: number
  /** Greater is better; of two in one answer. 0 where it was not asked for. */
  score: number
  /** Words of its title. */
  size: number
  /** Of a paper: the votes for it less those against it, over all boards. */
  net: number
}

/** What is looked for in a group. `where` are conditions on `d`, its row in search_docs. */
export interface Looked {
  group: string
  kind: DocumentKind
  all: readonly Clause[]
  none: readonly Clause[]
  /** The parts in which clauses without parts of their own must be met; everywhere, unless named. */
  within?: readonly TextPart[]
  where: readonly SQL[]
  most: number
  /** The newest first, unless those that match best are asked for. That takes long where much matches. */
  order?: 'newest' | 'best'
  /** Whether it matters how well each matches; it does unless told otherwise, or `within` says where. */
  scored?: boolean
}

/** Where all that is asked for is to stand in title and authors, and nothing is to be missing from the rest, the rest need not be read. */
export const asksHeadsAlone = ({ all, none, within }: Looked): boolean =>
  none.length === 0 && all.length > 0 && all.every(one => (one.within ?? within)?.every(part => part === 'title' || part === 'authors'))

/** A text that has what is looked for: its number, and how well it does. */
export type Match = [id: number, score: number]

/** What an engine does in its own way. */
export interface Texts {
  /** Statements that make the tables of the index anew; what there was is gone. */
  readonly tables: readonly string[]
  /** Ids for new documents of a group and kind, later ones greater. */
  ids(db: Database, of: Omit<DocumentName, 'key'>, count: number): Promise<number[]>
  add(db: Database, documents: readonly { id: number; document: IndexedDocument }[]): Promise<void>
  remove(db: Database, ids: readonly number[]): Promise<void>
  /** In the order that is asked for. */
  match(db: Database, looked: Looked): Promise<Match[]>
  /** In any order; what has gone meanwhile is left out. */
  documents(db: Database, kind: DocumentKind, ids: readonly number[]): Promise<Omit<FoundDocument, 'score'>[]>
}

/** The columns of a found document, of the row `d`. */
export const foundColumns = (kind: DocumentKind): SQL => sql`d.id, d.key, nullif(d.work, d.key), d.at, d.size, ${netVotes(kind)}`
export type FoundRow = [id: number, key: string, work: string | null, at: number, size: number, net: number]
export const foundDocument = ([id, key, work, at, size, net]: FoundRow): Omit<FoundDocument, 'score'> => ({
  id: Number(id),
  key,
  work: work ?? key,
  at: Number(at),
  size: Number(size),
  net: Number(net),
})

/** The votes for a paper that was found less those against it, each board counted for itself. */
const netVotes = (kind: DocumentKind): SQL =>
  kind === 'paper' ? sql`(SELECT coalesce(sum(v.value), 0) FROM votes v WHERE v.group_id = d.group_id AND v.paper = d.paper)` : sql`0`
