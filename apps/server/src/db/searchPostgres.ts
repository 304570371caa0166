/** The index in PostgreSQL: tsvector, written out with its words and their places, so that no configuration of the server changes it. */
import { type SQL, sql } from 'drizzle-orm'
import {
  asksHeadsAlone,
  type Clause,
  documentKinds,
  type IndexedDocument,
  type Looked,
  type Sequence,
  type Step,
  sequencesOf,
  type TextPart,
  type Texts,
} from './searchTexts.ts'

const drop = ['docs', 'words', 'spellings', 'state'].map(name => `DROP TABLE IF EXISTS search_${name}`)

const tables = [
  ...drop,
  'CREATE TABLE search_state (name text COLLATE "C" PRIMARY KEY NOT NULL, value text NOT NULL)',
  // `heads` has title and authors alone: what must stand there is told without reading the long vector.
  `CREATE TABLE search_docs (id bigserial PRIMARY KEY, group_id text COLLATE "C" NOT NULL, kind integer NOT NULL, key text COLLATE "C" NOT NULL,
    paper text COLLATE "C", work text COLLATE "C", written_by text COLLATE "C", at bigint NOT NULL, size integer NOT NULL, heads tsvector NOT NULL, words tsvector NOT NULL,
    UNIQUE (key, kind, group_id))`,
  'CREATE INDEX search_docs_heads ON search_docs USING gin (heads)',
  'CREATE INDEX search_docs_words ON search_docs USING gin (words)',
  'CREATE TABLE search_words (word text COLLATE "C" PRIMARY KEY NOT NULL, docs integer NOT NULL)',
  'CREATE TABLE search_spellings (key text COLLATE "C" NOT NULL, word text COLLATE "C" NOT NULL, PRIMARY KEY (key, word))',
  'CREATE INDEX search_spellings_word ON search_spellings (word)',
]

const weights: Record<TextPart, string> = { title: 'A', authors: 'B', more: 'C', body: 'D' }
/** Places that PostgreSQL tells apart, those that it keeps of one word, and what lies between two parts: no sequence reaches over it. */
const places = { last: 16_383, each: 250, gap: 20 }

/** Which group and kind a text is of, as a word of its own: the index is asked for both together. */
const ownWord = (group: string, kind: Looked['kind']) => `'=${group}/${documentKinds[kind]}'`

function vector({ group, kind, words }: IndexedDocument, parts: readonly TextPart[]): string {
  const at = new Map<string, string[]>()
  let place = 1
  for (const part of parts) {
    for (const word of words[part]) {
      const list = at.get(word) ?? []
      if (list.length < places.each) list.push(`${Math.min(place, places.last)}${weights[part]}`)
      at.set(word, list)
      place += 1
    }
    place += places.gap
  }
  return [ownWord(group, kind), ...[...at].map(([word, list]) => `'${word}':${list.join(',')}`)].join(' ')
}

const sequence = ({ words, prefix }: Sequence, weight: string) =>
  words.map((word, n) => `'${word}':${prefix && n === words.length - 1 ? '*' : ''}${weight}`.replace(/:$/, '')).join(' <-> ')

const clause = (one: Clause, within: Step['within']) => {
  const weight = (one.within ?? within ?? []).map(part => weights[part]).join('')
  return `(${sequencesOf(one)
    .map(each => `(${sequence(each, weight)})`)
    .join(' | ')})`
}

/** Ranking reads the whole vector of each: where the best are asked for, only of this many, the newest. */
const mostRanked = 1_500

const values = (rows: readonly SQL[]) => sql.join([...rows], sql`, `)

export const postgresTexts: Texts = {
  tables,

  async ids(db, _, count) {
    if (count === 0) return []
    const rows = await db.sql.values<[number]>(sql`SELECT nextval(pg_get_serial_sequence('search_docs', 'id')) FROM generate_series(1, ${count}::int)`)
    return rows.map(([id]) => Number(id))
  },

  async add(db, documents) {
    if (documents.length === 0) return
    const rows = documents.map(({ id, document }) => {
      const { group, kind, key, paper, work, by, at } = document
      const [heads, words] = [vector(document, ['title', 'authors']), vector(document, ['title', 'authors', 'more', 'body'])]
      return sql`(${id}::bigint, ${group}, ${documentKinds[kind]}::int, ${key}, ${paper}, ${work}, ${by}, ${at}::bigint, ${document.words.title.length}::int, ${heads}::tsvector, ${words}::tsvector)`
    })
    await db.sql.run(sql`INSERT INTO search_docs (id, group_id, kind, key, paper, work, written_by, at, size, heads, words) VALUES ${values(rows)}`)
  },

  async remove(db, ids) {
    if (ids.length > 0) await db.sql.run(sql`DELETE FROM search_docs WHERE id IN ${ids}`)
  },

  // Of tables that were filled at one go the planner knows nothing yet, and chooses badly among conditions.
  async settle(db) {
    await db.sql.run(sql.raw('ANALYZE search_docs, board_papers, votes, paper_tags, opened_papers, readings'))
  },

  needed: () => [],

  found(looked, step) {
    const { group, kind, none, where, order } = looked
    const { all, within, except, most, scored } = step
    const best = order === 'best'
    const asked = [ownWord(group, kind), ...all.map(one => clause(one, within)), ...none.map(one => `!${clause(one, undefined)}`)].join(' & ')
    const column = sql.raw(asksHeadsAlone(looked, step) ? 'd.heads' : 'd.words')
    const conditions = [
      sql`${column} @@ ${asked}::tsquery`,
      ...except.map(before => sql`d.id NOT IN (SELECT id FROM ${before})`),
      ...where.map(({ holds, papers }) => (papers === undefined ? holds : sql`d.paper IN (${papers})`)),
    ]
    // Where words are asked for not by the key itself: the planner would pass over all texts in its order, and to read a long vector costs far more than it takes it for.
    const inOrder = all.length === 0 ? sql`d.id` : sql`d.id + 0`
    const newest = (columns: SQL, limit: SQL) =>
      sql`SELECT ${columns} FROM search_docs d WHERE ${sql.join(conditions, sql` AND `)} ORDER BY ${inOrder} DESC LIMIT ${limit}`
    if (scored === false) return newest(sql`d.id, 0::real`, most)
    const rank = sql`${sql.raw(best ? 'ts_rank' : 'ts_rank_cd')}('{0.1, 0.2, 0.5, 1}', ${column}, ${all.map(one => clause(one, within)).join(' & ')}::tsquery, 1)`
    const score = scored === true ? rank : sql`CASE WHEN ${scored} THEN ${rank} ELSE 0 END`
    const ranked = best ? sql.raw(String(mostRanked)) : most
    return sql`SELECT d.id, ${score} FROM (${newest(sql`d.id`, ranked)}) newest JOIN search_docs d ON d.id = newest.id ORDER BY ${best ? sql`2 DESC, d.id DESC` : sql`d.id DESC`} LIMIT ${most}`
  },
}
