/** What is found, as it is shown: with the places that were asked for. */
import { limits } from '@paperboard/shared/limits'
import type { Marked, SearchHit } from '@paperboard/shared/search'
import type { Database } from '../db/database.ts'
import { findPapers } from '../db/papers.ts'
import { commentTexts } from '../db/searchRows.ts'
import type { Clause, DocumentKind } from '../db/searchTexts.ts'
import { type Asking as ListAsking, listed } from '../papers/listing.ts'
import type { Candidate } from './candidates.ts'
import { excerpt, marked } from './marks.ts'
import { meetingTexts } from './meetingTexts.ts'
import { withoutMarkdown } from './withoutMarkdown.ts'

export interface Showing extends ListAsking {
  /** What is marked. */
  clauses: readonly Clause[]
  nameOf: (person: string) => string
}

type Shown = Map<string, SearchHit>

/** By the keys of the documents; what has gone meanwhile is left out. */
const showing: Record<DocumentKind, (db: Database, keys: string[], asking: Showing) => Promise<Shown>> = {
  async paper(db, keys, { clauses, nameOf: _, ...asking }) {
    const [papers, texts] = await Promise.all([listed(db, asking, keys), findPapers(db, keys)])
    const rows = new Map(texts.map(row => [row.id, row]))
    const shown: Shown = new Map()
    for (const paper of papers) {
      const row = rows.get(paper.id)
      const authors = authorsWith(row?.authors ?? [], clauses)
      shown.set(paper.id, { kind: 'paper', paper, title: marked(paper.title ?? '', clauses, 'title'), authors, snippet: excerpt(row?.abstract ?? '', clauses) })
    }
    return shown
  },
  async comment(db, keys, { clauses, nameOf }) {
    const texts = await commentTexts(db, keys)
    const papers = await titlesOf(
      db,
      texts.map(({ paper }) => paper),
    )
    return new Map(
      texts.map(({ group, day, key, paper, author, text, at }) => [
        `${group}/${day}/${key}`,
        {
          kind: 'comment',
          id: key,
          paper,
          paperTitle: papers.get(paper) ?? null,
          day,
          by: author,
          name: nameOf(author),
          at,
          snippet: excerpt(withoutMarkdown(text), clauses),
        },
      ]),
    )
  },
  async note(db, keys, { clauses }) {
    const wanted = new Set(keys)
    const texts = (await meetingTexts(db, keys)).filter(({ key }) => wanted.has(key))
    const papers = await titlesOf(
      db,
      texts.flatMap(({ paper }) => paper ?? []),
    )
    return new Map(
      texts.map(({ key, meeting, of, paper, title, text, at }) => [
        key,
        {
          kind: 'note',
          of,
          meeting,
          paper,
          paperTitle: paper === null ? null : (papers.get(paper) ?? null),
          title,
          at,
          snippet: excerpt(withoutMarkdown(text), clauses),
        },
      ]),
    )
  },
}

const titlesOf = async (db: Database, papers: readonly string[]): Promise<Map<string, string | null>> =>
  new Map((await findPapers(db, papers)).map(({ id, title }) => [id, title]))

/** The first authors, and those after them who were asked for. */
function authorsWith(authors: readonly string[], clauses: readonly Clause[]): Marked {
  const first = authors.slice(0, limits.listedAuthors)
  const wanted = clauses.length === 0 ? [] : authors.slice(limits.listedAuthors).filter(name => marked(name, clauses, 'authors').hits.length > 0)
  const shown = [...first, ...wanted.slice(0, limits.listedAuthors)]
  return marked(shown.join(', '), clauses, 'authors')
}

export async function shownHits(db: Database, found: readonly Candidate[], asking: Showing): Promise<SearchHit[]> {
  const shown = new Map<DocumentKind, Shown>()
  for (const [kind, some] of Map.groupBy(found, each => each.kind))
    shown.set(
      kind,
      await showing[kind](
        db,
        some.map(({ key }) => key),
        asking,
      ),
    )
  return found.flatMap(({ kind, key }) => shown.get(kind)?.get(key) ?? [])
}
