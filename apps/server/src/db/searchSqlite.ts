/** The index in SQLite: FTS5, which is given words and takes them apart at spaces. */
import { type SQL, sql } from 'drizzle-orm'
import { type Clause, documentKinds, type FoundDocument, type Looked, netVotes, type Sequence, type Texts, textParts } from './searchTexts.ts'

/**
 * The id of a text is the number of its group, its kind and a number of its own, in this order: what is asked of one group
 * passes over the texts of others by their ids alone. 53 bits in all.
 */
const perKind = 2 ** 31
const kinds = 4

const drop = ['docs', 'groups', 'texts', 'words', 'spellings', 'state'].map(name => `DROP TABLE IF EXISTS search_${name}`)

const tables = [
  ...drop,
  'CREATE TABLE search_state (name text PRIMARY KEY NOT NULL, value text NOT NULL)',
  'CREATE TABLE search_groups (number integer PRIMARY KEY NOT NULL, group_id text NOT NULL UNIQUE)',
  `CREATE TABLE search_docs (id integer PRIMARY KEY NOT NULL, group_id text NOT NULL, kind integer NOT NULL, key text NOT NULL,
    paper text, work text, written_by text, at integer NOT NULL, size integer NOT NULL, UNIQUE (key, kind, group_id))`,
  // Its words alone: what is shown comes from the tables.
  `CREATE VIRTUAL TABLE search_texts USING fts5(${textParts.join(', ')}, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4')`,
  'CREATE TABLE search_words (word text PRIMARY KEY NOT NULL, docs integer NOT NULL) WITHOUT ROWID',
  'CREATE TABLE search_spellings (key text NOT NULL, word text NOT NULL, PRIMARY KEY (key, word)) WITHOUT ROWID',
  'CREATE INDEX search_spellings_word ON search_spellings (word)',
]

/** Between quotation marks a word is itself, whatever it is; words have none of these. */
const sequence = ({ words, prefix }: Sequence) => `"${words.join(' ')}"${prefix ? ' *' : ''}`
const anyOf = ({ any }: Clause) => `(${any.map(sequence).join(' OR ')})`

const clause = (one: Clause, within: Looked['within']) => {
  const parts = one.within ?? within
  return parts === undefined ? anyOf(one) : `({${parts.join(' ')}} : ${anyOf(one)})`
}

/** In the language of FTS5; null where nothing must be there. */
function matchOf({ all, none, within }: Looked): string | null {
  if (all.length === 0) return null
  const wanted = all.map(one => clause(one, within)).join(' AND ')
  return none.length === 0 ? wanted : `(${wanted}) NOT (${none.map(one => clause(one, undefined)).join(' OR ')})`
}

type Row = [id: number, key: string, work: string | null, at: number, score: number, net: number]
const found = ([id, key, work, at, score, net]: Row): FoundDocument => ({ id, key, work: work ?? key, at, score, net })

const values = (rows: readonly SQL[]) => sql.join([...rows], sql`, `)

export const sqliteTexts: Texts = {
  tables,

  async ids(db, { group, kind }, count) {
    if (count === 0) return []
    await db.sql.run(sql`INSERT INTO search_groups (group_id) VALUES (${group}) ON CONFLICT DO NOTHING`)
    const [row] = await db.sql.values<[number]>(sql`SELECT number FROM search_groups WHERE group_id = ${group}`)
    const first = ((row?.[0] ?? 0) * kinds + documentKinds[kind]) * perKind
    const [last] = await db.sql.values<[number | null]>(sql`SELECT max(id) FROM search_docs WHERE id BETWEEN ${first} AND ${first + perKind - 1}`)
    const next = (last?.[0] ?? first) + 1
    return Array.from({ length: count }, (_, n) => next + n)
  },

  async add(db, documents) {
    if (documents.length === 0) return
    const docs = documents.map(
      ({ id, document: { group, kind, key, paper, work, by, at, words } }) =>
        sql`(${id}, ${group}, ${documentKinds[kind]}, ${key}, ${paper}, ${work}, ${by}, ${at}, ${words.title.length})`,
    )
    await db.sql.run(sql`INSERT INTO search_docs (id, group_id, kind, key, paper, work, written_by, at, size) VALUES ${values(docs)}`)
    const texts = documents.map(({ id, document: { words } }) => sql`(${id}, ${values(textParts.map(part => sql`${words[part].join(' ')}`))})`)
    await db.sql.run(sql`INSERT INTO search_texts (rowid, ${sql.raw(textParts.join(', '))}) VALUES ${values(texts)}`)
  },

  async remove(db, ids) {
    if (ids.length === 0) return
    await db.sql.run(sql`DELETE FROM search_texts WHERE rowid IN ${ids}`)
    await db.sql.run(sql`DELETE FROM search_docs WHERE id IN ${ids}`)
  },

  async find(db, looked) {
    const number = sql`(SELECT number FROM search_groups WHERE group_id = ${looked.group})`
    const first = sql`(${number} * ${kinds} + ${documentKinds[looked.kind]}) * ${perKind}`
    const range = (id: SQL) => sql`${id} BETWEEN ${first} AND ${first} + ${perKind - 1}`
    const match = matchOf(looked)
    const where = sql.join([sql``, ...looked.where], sql` AND `)
    if (match !== null) {
      // To know how rare each word is, bm25 passes over all texts that have it once more. Of titles, the shorter say the same with more weight.
      const bm25 = looked.scored === false ? sql`0` : sql`-bm25(search_texts, 10, 5, 1, 2)`
      const score = looked.within === undefined ? bm25 : sql`10.0 / (10 + d.size)`
      const rows = await db.sql.values<Row>(sql`
        SELECT d.id, d.key, nullif(d.work, d.key), d.at, ${score}, ${netVotes(looked.kind)}
        FROM search_texts CROSS JOIN search_docs d ON d.id = search_texts.rowid
        WHERE search_texts MATCH ${match} AND ${range(sql`search_texts.rowid`)} ${where}
        ORDER BY ${looked.order === 'best' ? sql`bm25(search_texts, 10, 5, 1, 2)` : sql`search_texts.rowid DESC`} LIMIT ${looked.most}`)
      return rows.map(found)
    }
    const without = looked.none.map(one => clause(one, undefined)).join(' OR ')
    const unlike = without === '' ? sql`` : sql`AND d.id NOT IN (SELECT rowid FROM search_texts WHERE search_texts MATCH ${without})`
    const rows = await db.sql.values<Row>(sql`
      SELECT d.id, d.key, nullif(d.work, d.key), d.at, 0, ${netVotes(looked.kind)} FROM search_docs d WHERE ${range(sql`d.id`)} ${unlike} ${where} ORDER BY d.id DESC LIMIT ${looked.most}`)
    return rows.map(found)
  },
}
