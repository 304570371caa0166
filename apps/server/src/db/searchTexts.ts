/** What the index of texts holds and is asked, and what each engine does for it in its own way. */
import type { SQL } from 'drizzle-orm'
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
  /** Which of the steps found it. */
  step: number
  /** Of a paper: the votes for it less those against it, over all boards. */
  net: number
}

/** What must hold of a text besides its words. */
export interface Condition {
  /** Of `d`, its row in search_docs. */
  holds: SQL
  /** Where it is about its paper alone: a select of the papers of which it holds, in one column, `paper`. */
  papers?: SQL
}

/** What is looked for in a group. */
export interface Looked {
  group: string
  kind: DocumentKind
  /** All of these must be met, unless `steps` say which. */
  all: readonly Clause[]
  none: readonly Clause[]
  /** What meets the first of these goes before what meets the next. */
  steps?: readonly Step[]
  where: readonly Condition[]
  most: number
  /** The newest first, unless those that match best are asked for. That takes long where much matches. */
  order?: 'newest' | 'best'
  /** Where steps before the last have found so many, it does not matter how well the others match. */
  enough?: number
}

export interface Step {
  all: readonly Clause[]
  /** The parts in which clauses without parts of their own must be met. How well does not matter then. Everywhere, unless named. */
  within?: readonly TextPart[]
}

/** What of a step depends on those before it. */
export interface Placed extends Step {
  /** Names of tables with the ids that were found before. */
  except: readonly SQL[]
  most: SQL
  /** Whether it is to be told how well each matches. */
  scored: boolean | SQL
}

/** Where all that is asked for is to stand in title and authors, and nothing is to be missing from the rest, the rest need not be read. */
export const asksHeadsAlone = ({ none }: Looked, { all, within }: Step): boolean =>
  none.length === 0 && all.length > 0 && all.every(one => (one.within ?? within)?.every(part => part === 'title' || part === 'authors'))

/** What a clause says twice is said once: a word is among those that begin like it. */
export const sequencesOf = ({ any }: Clause): Sequence[] =>
  any.filter(({ words, prefix }) => prefix || !any.some(other => other.prefix && other.words.join(' ') === words.join(' ')))

/** What an engine does in its own way. */
export interface Texts {
  /** Statements that make the tables of the index anew; what there was is gone. */
  readonly tables: readonly string[]
  /** Ids for new documents of a group and kind, later ones greater. */
  ids(db: Database, of: Omit<DocumentName, 'key'>, count: number): Promise<number[]>
  add(db: Database, documents: readonly { id: number; document: IndexedDocument }[]): Promise<void>
  remove(db: Database, ids: readonly number[]): Promise<void>
  /** Does what makes an index fast that was filled just now, where there is anything to be done. */
  settle?(db: Database): Promise<void>
  /** Tables that all steps of a statement need, for its `WITH`. */
  needed(looked: Looked): SQL[]
  /** A select of the ids and scores of what a step finds. */
  found(looked: Looked, step: Placed): SQL
}
