/** The entries of the feeds of a group. */
import { limits } from '@paperboard/shared/limits'
import { mentions } from '@paperboard/shared/mentions'
import type { Database } from '../db/database.ts'
import { callingComments, newestPapers } from '../db/feeds.ts'
import { type GroupRow, membersOf } from '../db/groups.ts'
import { findPapers } from '../db/papers.ts'
import { listing } from '../papers/listing.ts'

export const feedKinds = ['new', 'top', 'mentions'] as const
export type FeedKind = (typeof feedKinds)[number]

/** One entry, in the words of no format. `path` is a page of the app. */
export interface Entry {
  id: string
  title: string
  path: string
  at: number
  authors: string[]
  text: string
  labels: string[]
}

interface Reader {
  group: GroupRow
  /** Whose mentions are told. */
  person: { id: string; name: string }
  now: number
}

const titled = (paper: { title: string | null; arxivId: string | null; doi: string | null }) =>
  paper.title ?? (paper.arxivId !== null ? `arXiv:${paper.arxivId}` : (paper.doi ?? 'Untitled paper'))

const kinds: Record<FeedKind, (db: Database, reader: Reader) => Promise<Entry[]>> = {
  new: async (db, { group }) =>
    (await newestPapers(db, group.id, limits.feedEntries)).map(({ day, addedAt, paper }) => ({
      id: `urn:paperboard:${group.id}:${day}:${paper.id}`,
      title: titled(paper),
      path: `/g/${group.id}/papers/${paper.id}`,
      at: addedAt,
      authors: paper.authors.slice(0, limits.listedAuthors),
      text: paper.abstract,
      labels: paper.subjects,
    })),
  top: async (db, { group, person, now }) =>
    (await listing(db, { group: group.id, me: person.id, now }, { view: 'recent' })).papers.slice(0, limits.feedTop).map(paper => ({
      id: `urn:paperboard:${group.id}:${paper.id}`,
      title: titled(paper),
      path: `/g/${group.id}/papers/${paper.id}`,
      at: paper.lastAt,
      authors: paper.authors,
      text: `${paper.up} up, ${paper.down} down, ${paper.comments} comments`,
      labels: paper.subjects,
    })),
  mentions: async (db, { group, person, now }) => {
    const calling = (await callingComments(db, group.id, now - limits.mentionDays * 86_400_000))
      .filter(({ author, text }) => author !== person.id && mentions(text, person.name))
      .slice(0, limits.feedEntries)
    const titles = new Map(
      (
        await findPapers(
          db,
          calling.map(({ paper }) => paper),
        )
      ).map(paper => [paper.id, titled(paper)]),
    )
    const names = new Map((await membersOf(db, group.id)).map(({ id, name }) => [id, name]))
    return calling.map(({ day, key, paper, author, text, at }) => ({
      id: `urn:paperboard:${group.id}:${day}:${key}`,
      title: `${names.get(author) ?? 'Somebody'} on ${titles.get(paper) ?? 'a paper'}`,
      path: `/g/${group.id}/${day}?paper=${paper}`,
      at,
      authors: [names.get(author) ?? 'Somebody'],
      text,
      labels: [],
    }))
  },
}

/** The entries of one kind over some groups: the newest first, but for what is top, which stays ranked within its group. */
export async function feedEntries(db: Database, kind: FeedKind, groups: readonly GroupRow[], reader: Omit<Reader, 'group'>): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const group of groups) entries.push(...(await kinds[kind](db, { ...reader, group })))
  return kind === 'top' ? entries : entries.toSorted((a, b) => b.at - a.at).slice(0, limits.feedEntries)
}
