/** The index in SQLite: FTS5, which is given words and takes them apart at spaces. */
import { type SQL, sql } from 'drizzle-orm'
import {
  asksHeadsAlone,
  type Clause,
  documentKinds,
  type FoundRow,
  foundColumns,
  foundDocument,
  type Looked,
  type Match,
  type Sequence,
  type TextPart,
  type Texts,
  textParts,
} from './searchTexts.ts'

/**
 * The id of a text is the number of its group, its kind and a number of its own, in this order: what is asked of one group
 * passes over the texts of others by their ids alone. 53 bits in all.
 */
const perKind = 2 ** 31
const kinds = 4

const drop = ['docs', 'groups', 'heads', 'texts', 'words', 'spellings', 'state'].map(name => `DROP TABLE IF EXISTS search_${name}`)

const headParts: readonly TextPart[] = ['title', 'authors']
/** Words alone: what is shown comes from the tables. */
const textsTable = (name: string, parts: readonly TextPart[]) =>
  `CREATE VIRTUAL TABLE ${name} USING fts5(${parts.join(', ')}, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4')`

const tables = [
  ...drop,
  'CREATE TABLE search_state (name text PRIMARY KEY NOT NULL, value text NOT NULL)',
  'CREATE TABLE search_groups (number integer PRIMARY KEY NOT NULL, group_id text NOT NULL UNIQUE)',
  `CREATE TABLE search_docs (id integer PRIMARY KEY NOT NULL, group_id text NOT NULL, kind integer NOT NULL, key text NOT NULL,
    paper text, work text, written_by text, at integer NOT NULL, size integer NOT NULL, UNIQUE (key, kind, group_id))`,
  // Title and authors once more: what must stand there is told without passing over what stands in all texts.
  textsTable('search_heads', headParts),
  textsTable('search_texts', textParts),
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
    const put = async (table: string, parts: readonly TextPart[], some: typeof documents) => {
      const texts = some.map(({ id, document: { words } }) => sql`(${id}, ${values(parts.map(part => sql`${words[part].join(' ')}`))})`)
      if (texts.length > 0) await db.sql.run(sql`INSERT INTO ${sql.raw(table)} (rowid, ${sql.raw(parts.join(', '))}) VALUES ${values(texts)}`)
    }
    await put(
      'search_heads',
      headParts,
      documents.filter(({ document: { words } }) => headParts.some(part => words[part].length > 0)),
    )
    await put('search_texts', textParts, documents)
  },

  async remove(db, ids) {
    if (ids.length === 0) return
    await db.sql.run(sql`DELETE FROM search_heads WHERE rowid IN ${ids}`)
    await db.sql.run(sql`DELETE FROM search_texts WHERE rowid IN ${ids}`)
    await db.sql.run(sql`DELETE FROM search_docs WHERE id IN ${ids}`)
  },

  async match(db, looked) {
    const number = sql`(SELECT number FROM search_groups WHERE group_id = ${looked.group})`
    const first = sql`(${number} * ${kinds} + ${documentKinds[looked.kind]}) * ${perKind}`
    const range = (id: SQL) => sql`${id} BETWEEN ${first} AND ${first} + ${perKind - 1}`
    const match = matchOf(looked)
    const where = sql.join([sql``, ...looked.where], sql` AND `)
    if (match === null) {
      const without = looked.none.map(one => clause(one, undefined)).join(' OR ')
      const unlike = without === '' ? sql`` : sql`AND d.id NOT IN (SELECT rowid FROM search_texts WHERE search_texts MATCH ${without})`
      return db.sql.values<Match>(sql`SELECT d.id, 0 FROM search_docs d WHERE ${range(sql`d.id`)} ${unlike} ${where} ORDER BY d.id DESC LIMIT ${looked.most}`)
    }
    const texts = sql.raw(asksHeadsAlone(looked) ? 'search_heads' : 'search_texts')
    // To know how rare each word is, bm25 passes over all texts that have it once more.
    const bm25 = asksHeadsAlone(looked) ? sql`bm25(search_heads, 10, 5)` : sql`bm25(search_texts, 10, 5, 1, 2)`
    const score = looked.scored === false || looked.within !== undefined ? sql`0` : sql`-${bm25}`
    const docs = looked.where.length === 0 ? sql`` : sql`CROSS JOIN search_docs d ON d.id = ${texts}.rowid`
    return db.sql.values<Match>(sql`
      SELECT ${texts}.rowid, ${score} FROM ${texts} ${docs} WHERE ${texts} MATCH ${match} AND ${range(sql`${texts}.rowid`)} ${where}
      ORDER BY ${looked.order === 'best' ? bm25 : sql`${texts}.rowid DESC`} LIMIT ${looked.most}`)
  },

  async documents(db, kind, ids) {
    const rows = await db.sql.values<FoundRow>(
      sql`SELECT ${foundColumns(kind)} FROM json_each(${JSON.stringify(ids)}) wanted CROSS JOIN search_docs d ON d.id = wanted.value`,
    )
    return rows.map(foundDocument)
  },
}
