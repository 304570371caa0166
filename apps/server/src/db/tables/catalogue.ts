import type { CorrectedFields, FactSource, PaperFields } from '../facts.ts'
import type { Kit } from '../kit.ts'
import type { AccountTables } from './accounts.ts'

/** What is known of papers, and what is being asked about them. */
export const catalogueTables = (k: Kit, { groups }: AccountTables) => {
  /**
   * The catalogue. `scope` is the id of the group that entered it: nobody learns of another group's drafts by typing their
   * title, nor takes what others typed for what the paper says. '' is shared by all groups and written by none: for what
   * sources such as arXiv will tell, and of old for entries on the boards of several groups.
   */
  const papers = k.table(
    'papers',
    {
      id: k.text('id').primaryKey(),
      scope: k.text('scope').notNull(),
      title: k.text('title'),
      /** The title as it is compared, letters and digits in lower case; first authors are compared beside it: see papers/identity.ts. */
      titleKey: k.text('title_key'),
      authors: k.json<string[]>('authors').notNull(),
      abstract: k.text('abstract').notNull(),
      arxivId: k.text('arxiv_id'),
      arxivVersion: k.int('arxiv_version'),
      doi: k.text('doi'),
      url: k.text('url'),
      links: k.json<{ label: string; url: string }[]>('links').notNull(),
      /** Journal, proceedings or repository, as a source names it. */
      venue: k.text('venue'),
      /** When it first came out, as exactly as is known: `2026`, `2026-11` or `2026-11-24`. */
      published: k.text('published'),
      /** What its sources file it under: arXiv categories (`cs.LG`), keywords. A group's own tags are not among them. */
      subjects: k.json<string[]>('subjects').notNull().default([]),
      /** The id of an older entry of the same scope that turned out to be the same work; documents may hold either. See docs/decisions/0017. */
      sameAs: k.text('same_as'),
      createdAt: k.time('created_at').notNull(),
    },
    t => [
      k.uniqueIndex('papers_arxiv').on(t.scope, t.arxivId),
      k.uniqueIndex('papers_doi').on(t.scope, t.doi),
      k.index('papers_title').on(t.scope, t.titleKey),
      k.index('papers_by_arxiv').on(t.arxivId),
      k.index('papers_by_doi').on(t.doi),
      k.index('papers_same').on(t.sameAs),
    ],
  )
  /** What each source tells of a work, for all groups that have it; and what a group told of an entry before sources did. See papers/outside/facts.ts. */
  const paperFacts = k.table(
    'paper_facts',
    {
      /** `arxiv:2206.03382`, `doi:10.1145/…`; or `paper:` and the id of an entry, for what its group told. */
      name: k.text('name').notNull(),
      source: k.text('source').$type<FactSource>().notNull(),
      fields: k.json<PaperFields>('fields').notNull(),
      fetchedAt: k.time('fetched_at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.name, t.source] })],
  )
  /** Versions of arXiv papers, as they were when they were told. */
  const paperVersions = k.table(
    'paper_versions',
    {
      arxivId: k.text('arxiv_id').notNull(),
      version: k.int('version').notNull(),
      /** When it came out. */
      at: k.time('at').notNull(),
      /** Null for a version of which only the day is known. */
      title: k.text('title'),
      abstract: k.text('abstract'),
    },
    t => [k.primaryKey({ columns: [t.arxivId, t.version] })],
  )
  /** Fields that members of a group have corrected, for that group alone. Nothing is ever changed here: taking back is a correction, too. */
  const paperCorrections = k.table(
    'paper_corrections',
    {
      id: k.text('id').primaryKey(),
      group: k
        .text('group_id')
        .notNull()
        .references(() => groups.id, { onDelete: 'cascade' }),
      paper: k
        .text('paper')
        .notNull()
        .references(() => papers.id, { onDelete: 'cascade' }),
      member: k.text('member').notNull(),
      at: k.time('at').notNull(),
      /** The corrected fields; null gives a field back to what sources tell. */
      fields: k.json<CorrectedFields>('fields').notNull(),
      /** What the same fields said before. */
      before: k.json<CorrectedFields>('before').notNull(),
      /** The correction that this one takes back. */
      undoes: k.text('undoes'),
    },
    t => [k.index('paper_corrections_paper').on(t.paper, t.at)],
  )
  /** What is to be asked of whom, and what came of it: see papers/outside/lookups.ts. */
  const lookups = k.table(
    'lookups',
    {
      /** As in paper_facts. */
      name: k.text('name').notNull(),
      source: k.text('source').$type<FactSource>().notNull(),
      state: k.text('state').$type<'waiting' | 'told' | 'missing'>().notNull(),
      /** Failures one after another. */
      tries: k.int('tries').notNull(),
      /** Not before this time. */
      nextAt: k.time('next_at').notNull(),
      /** Why the last one failed. */
      error: k.text('error'),
      createdAt: k.time('created_at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.name, t.source] }), k.index('lookups_due').on(t.state, t.nextAt)],
  )
  /** Answers of other services, to be asked for again only if they have changed: see papers/outside/http.ts. */
  const outsideAnswers = k.table(
    'outside_answers',
    {
      url: k.text('url').primaryKey(),
      etag: k.text('etag'),
      lastModified: k.text('last_modified'),
      contentType: k.text('content_type').notNull(),
      body: k.bytes('body').notNull(),
      fetchedAt: k.time('fetched_at').notNull(),
    },
    t => [k.index('outside_answers_at').on(t.fetchedAt)],
  )
  /** Whose turn it is to ask a host, and from when on somebody may. */
  const outsideHosts = k.table('outside_hosts', {
    host: k.text('host').primaryKey(),
    /** The server that asks it now; null for none. */
    holder: k.text('holder'),
    /** When that server is taken for gone. */
    until: k.time('until').notNull(),
    nextAt: k.time('next_at').notNull(),
  })
  return { papers, paperFacts, paperVersions, paperCorrections, lookups, outsideAnswers, outsideHosts }
}
