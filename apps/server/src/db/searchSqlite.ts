/** The index in SQLite: FTS5, which is given words and takes them apart at spaces. */
import { type SQL, sql } from 'drizzle-orm'
import {
  asksHeadsAlone,
  type Clause,
  type Condition,
  type DocumentKind,
  documentKinds,
  type Looked,
  type Placed,
  type Sequence,
  type Step,
  sequencesOf,
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

const drop = ['docs', 'groups', 'heads', 'texts', 'remarks', 'words', 'spellings', 'state'].map(name => `DROP TABLE IF EXISTS search_${name}`)

const headParts: readonly TextPart[] = ['title', 'authors']
/** Words alone: what is shown comes from the tables. */
const textsTable = (name: string, parts: readonly TextPart[]) =>
  `CREATE VIRTUAL TABLE ${name} USING fts5(${parts.join(', ')}, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3 4')`

const tableOf = (kind: DocumentKind) => (kind === 'paper' ? 'search_texts' : 'search_remarks')

const tables = [
  ...drop,
  'CREATE TABLE search_state (name text PRIMARY KEY NOT NULL, value text NOT NULL)',
  'CREATE TABLE search_groups (number integer PRIMARY KEY NOT NULL, group_id text NOT NULL UNIQUE)',
  `CREATE TABLE search_docs (id integer PRIMARY KEY NOT NULL, group_id text NOT NULL, kind integer NOT NULL, key text NOT NULL,
    paper text, work text, written_by text, at integer NOT NULL, size integer NOT NULL, UNIQUE (key, kind, group_id))`,
  // Title and authors once more: what must stand there is told without passing over what stands in all texts.
  textsTable('search_heads', headParts),
  textsTable('search_texts', textParts),
  // Of all that is no paper: far less text, which is not to be looked for among papers.
  textsTable('search_remarks', textParts),
  'CREATE TABLE search_words (word text PRIMARY KEY NOT NULL, docs integer NOT NULL) WITHOUT ROWID',
  'CREATE TABLE search_spellings (key text NOT NULL, word text NOT NULL, PRIMARY KEY (key, word)) WITHOUT ROWID',
  'CREATE INDEX search_spellings_word ON search_spellings (word)',
]

/** Between quotation marks a word is itself, whatever it is; words have none of these. */
const sequence = ({ words, prefix }: Sequence) => `"${words.join(' ')}"${prefix ? ' *' : ''}`
const anyOf = (one: Clause) => `(${sequencesOf(one).map(sequence).join(' OR ')})`

const clause = (one: Clause, within: Step['within']) => {
  const parts = one.within ?? within
  return parts === undefined ? anyOf(one) : `({${parts.join(' ')}} : ${anyOf(one)})`
}

/** In the language of FTS5; null where nothing must be there. */
function matchOf({ none }: Looked, { all, within }: Step): string | null {
  if (all.length === 0) return null
  const wanted = all.map(one => clause(one, within)).join(' AND ')
  return none.length === 0 ? wanted : `(${wanted}) NOT (${none.map(one => clause(one, undefined)).join(' OR ')})`
}

/** With more papers than these, a condition is asked of each text that has the words: most of those will meet it. With fewer, they are gone through once. */
const few = 8_000
const named = (what: 'papers' | 'chosen', n: number) => sql.raw(`${what}${n}`)

/** Whether a text of this id meets a condition. */
function meets(id: SQL, { holds, papers }: Condition, n: number, kind: Looked['kind']): SQL {
  const asked = sql`EXISTS (SELECT 1 FROM search_docs d WHERE d.id = ${id} AND ${holds})`
  if (papers === undefined || kind !== 'paper') return asked
  return sql`CASE WHEN (SELECT count(*) FROM ${named('papers', n)}) <= ${few} THEN ${id} IN ${named('chosen', n)} ELSE ${asked} END`
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
    const ofKind = Map.groupBy(documents, ({ document: { kind } }) => tableOf(kind))
    for (const [table, some] of ofKind) await put(table, textParts, some)
    await put('search_heads', headParts, ofKind.get('search_texts') ?? [])
  },

  async remove(db, ids) {
    if (ids.length === 0) return
    for (const table of ['search_heads', 'search_texts', 'search_remarks']) await db.sql.run(sql`DELETE FROM ${sql.raw(table)} WHERE rowid IN ${ids}`)
    await db.sql.run(sql`DELETE FROM search_docs WHERE id IN ${ids}`)
  },

  needed({ group, kind, where }) {
    if (kind !== 'paper') return []
    return where.flatMap(({ papers }, n) => {
      if (papers === undefined) return []
      const [all, chosen] = [named('papers', n), named('chosen', n)]
      return [
        sql`${all} (paper) AS MATERIALIZED (SELECT paper FROM (${papers}) LIMIT ${few + 1})`,
        sql`${chosen} (id) AS MATERIALIZED (SELECT d.id FROM ${all} p CROSS JOIN search_docs d ON d.key = p.paper AND d.kind = ${documentKinds[kind]} AND d.group_id = ${group}
          WHERE (SELECT count(*) FROM ${all}) <= ${few})`,
      ]
    })
  },

  found(looked, step) {
    const { except, most } = step
    const match = matchOf(looked, step)
    const heads = looked.kind === 'paper' && asksHeadsAlone(looked, step)
    const texts = sql.raw(heads ? 'search_heads' : tableOf(looked.kind))
    const table = match === null ? sql`search_docs` : texts
    const id = match === null ? sql`t.id` : sql`t.rowid`
    const number = sql`(SELECT number FROM search_groups WHERE group_id = ${looked.group})`
    const first = sql`(${number} * ${kinds} + ${documentKinds[looked.kind]}) * ${perKind}`
    const conditions = [
      sql`${id} BETWEEN ${first} AND ${first} + ${perKind - 1}`,
      ...except.map(before => sql`${id} NOT IN (SELECT id FROM ${before})`),
      ...looked.where.map((condition, n) => meets(id, condition, n, looked.kind)),
    ]
    if (match !== null) conditions.unshift(sql`${table} MATCH ${match}`)
    else if (looked.none.length > 0) {
      const without = looked.none.map(one => clause(one, undefined)).join(' OR ')
      conditions.push(sql`${id} NOT IN (SELECT rowid FROM ${texts} WHERE ${texts} MATCH ${without})`)
    }
    // To know how rare each word is, bm25 passes over all texts that have it once more.
    const bm25 = sql`bm25(${texts}, ${sql.raw(heads ? '10, 5' : '10, 5, 1, 2')})`
    const order = match !== null && looked.order === 'best' ? bm25 : sql`${id} DESC`
    return sql`SELECT ${id}, ${scoreBy(bm25, step)} FROM ${table} t WHERE ${sql.join(conditions, sql` AND `)} ORDER BY ${order} LIMIT ${most}`
  },
}

function scoreBy(bm25: SQL, { scored }: Placed): SQL {
  if (scored === false) return sql`0`
  return scored === true ? sql`-${bm25}` : sql`CASE WHEN ${scored} THEN -${bm25} ELSE 0 END`
}
