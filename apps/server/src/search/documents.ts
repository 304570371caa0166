/**
 * What is indexed: of each kind, which texts there are and what they say. A new kind is one more entry here, a number in
 * `documentKinds`, what is watched in searchChanges.ts, and how its hits are shown in hits.ts.
 */
import { setImmediate } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import { findPapers, otherIds } from '../db/papers.ts'
import { meetingsAfter } from '../db/searchMeetings.ts'
import { type BoardKey, commentsOnBoard, commentTexts, groupsOfPapers, nextBoard, papersOnBoard, tagsInGroups } from '../db/searchRows.ts'
import type { DocumentKind, IndexedDocument, TextPart } from '../db/searchTexts.ts'
import { meetingOfKey, meetingTexts } from './meetingTexts.ts'
import { joinedTokens, stem, tokensOf } from './text.ts'

/** A part of the texts of a kind; `cursor` is where the next begins. */
interface Some {
  keys: string[]
  cursor: string
}

/** A text that is to be indexed, before it is taken apart into words. */
export interface Unworded extends Omit<IndexedDocument, 'words' | 'spelt'> {
  texts: Partial<Record<TextPart, string>>
  /** What of it is found although it is misspelt. */
  spelt: string[]
}

export interface Indexed {
  kind: DocumentKind
  /** What there is now under these keys; with the keys of others whose text depends on them. */
  read(db: Database, keys: readonly string[]): Promise<{ keys: string[]; documents: Unworded[] }>
  /** All texts, part by part; '' begins, null ends. */
  after(db: Database, cursor: string): Promise<Some | null>
}

/** Characters of which words are made at a time: some ms. */
const partLength = 10_000

/** Names beyond these are not indexed: the largest collaborations have thousands, and nobody looks for the last. */
const mostAuthors = 2_000

function wordsOf(text: string): string[] {
  const tokens = tokensOf(text)
  return [...tokens, ...joinedTokens(text, tokens)].map(({ word }) => stem(word))
}
/** The same of a text of any length: the event loop goes on between its parts, which end with a line. */
async function wordsOfLong(text: string): Promise<string[]> {
  const words: string[] = []
  for (let from = 0; from < text.length; ) {
    const line = text.indexOf('\n', from + partLength)
    const to = line < 0 ? text.length : line
    for (const word of wordsOf(text.slice(from, to))) words.push(word)
    from = to
    if (from < text.length) await setImmediate()
  }
  return words
}
const spelt = (text: string): string[] => {
  const tokens = tokensOf(text)
  return [...tokens, ...joinedTokens(text, tokens)].map(({ word }) => word).filter(word => /^\p{L}+$/u.test(word))
}
const inParts = async (texts: Partial<Record<TextPart, string>>): Promise<Record<TextPart, string[]>> => ({
  title: wordsOf(texts.title ?? ''),
  authors: wordsOf(texts.authors ?? ''),
  body: await wordsOfLong(texts.body ?? ''),
  more: wordsOf(texts.more ?? ''),
})

/** Takes a text apart into words. */
export const worded = async ({ texts, spelt: spellings, ...document }: Unworded): Promise<IndexedDocument> => ({
  ...document,
  words: await inParts(texts),
  spelt: [...new Set(spellings.flatMap(spelt))],
})

const boardAt = (cursor: string): BoardKey => ({ group: cursor.split('/')[0] ?? '', day: cursor.split('/')[1] ?? '' })

const papers: Indexed = {
  kind: 'paper',
  async read(db, asked) {
    // Another id of a work says what the work says.
    const keys = [...new Set([...asked, ...(await otherIds(db, asked)).keys()])]
    const rows = new Map((await findPapers(db, keys)).map(row => [row.id, row]))
    const tags = Map.groupBy(await tagsInGroups(db, keys), ({ group, paper }) => `${group} ${paper}`)
    const standing = await groupsOfPapers(db, keys)
    const documents = standing.flatMap(({ group, paper, at }) => {
      const row = rows.get(paper)
      // What another group typed is not this one's, wherever it stands.
      if (row === undefined || (row.scope !== '' && row.scope !== group)) return []
      const { title, abstract, venue, subjects, arxivId, doi } = row
      const authors = row.authors.slice(0, mostAuthors).join(', ')
      const ids = `${arxivId === null ? '' : `arxiv ${arxivId}`} , ${doi === null ? '' : `doi ${doi}`}`
      const own = (tags.get(`${group} ${paper}`) ?? []).map(({ tag }) => tag)
      const more = [venue ?? '', ...subjects, ...own, ids].join(' , ')
      return {
        ...{ group, kind: 'paper' as const, key: paper, paper, work: row.sameAs ?? paper, by: null, at },
        texts: { title: title ?? '', authors, body: abstract, more },
        spelt: [title ?? '', authors, own.join(' ')],
      }
    })
    return { keys, documents }
  },
  async after(db, cursor) {
    const board = await nextBoard(db, 'boardPapers', boardAt(cursor))
    return board && { keys: await papersOnBoard(db, board), cursor: `${board.group}/${board.day}` }
  },
}

const comments: Indexed = {
  kind: 'comment',
  async read(db, keys) {
    const documents = (await commentTexts(db, keys)).map(({ group, day, key, paper, author, text, at }) => ({
      ...{ group, kind: 'comment' as const, key: `${group}/${day}/${key}`, paper, work: null, by: author, at },
      texts: { body: text },
      spelt: [],
    }))
    return { keys: [...keys], documents }
  },
  async after(db, cursor) {
    const board = await nextBoard(db, 'comments', boardAt(cursor))
    return board && { keys: await commentsOnBoard(db, board), cursor: `${board.group}/${board.day}` }
  },
}

const ofMeetings: Indexed = {
  kind: 'note',
  async read(db, asked) {
    const texts = await meetingTexts(db, asked)
    // Minutes leave out what notes say: with one of these, they change as well.
    const keys = new Set([...asked, ...asked.map(meetingOfKey)])
    const wanted = texts.filter(({ key, meeting, of }) => of === 'minutes' || keys.has(key) || asked.includes(meeting))
    const documents = wanted.map(({ key, group, paper, of, title, text, at }) => ({
      ...{ group, kind: 'note' as const, key, paper, work: null, by: null, at },
      texts: { title: of === 'minutes' ? title : '', body: text },
      spelt: [],
    }))
    return { keys: [...new Set([...keys, ...wanted.map(({ key }) => key)])], documents }
  },
  async after(db, cursor) {
    const keys = await meetingsAfter(db, cursor, 100)
    const last = keys.at(-1)
    return last === undefined ? null : { keys, cursor: last }
  },
}

export const indexed: Record<DocumentKind, Indexed> = { paper: papers, comment: comments, note: ofMeetings }
