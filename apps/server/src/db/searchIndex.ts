/**
 * The index of texts: what is put into it, and what is asked of it. It is made of the tables and can be made again; SQLite has
 * it in a file and a thread of its own, so that no vote waits for it, and PostgreSQL beside the tables. What the two do
 * differently stands in searchSqlite.ts and searchPostgres.ts.
 */
import { is, type SQL, sql } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'
import { postgresTexts } from './searchPostgres.ts'
import { sqliteTexts } from './searchSqlite.ts'
import {
  type DocumentKind,
  type DocumentName,
  documentKinds,
  type FoundDocument,
  type IndexedDocument,
  type Looked,
  type Step,
  type Texts,
  textParts,
} from './searchTexts.ts'

const textsOf = (db: Database): Texts => (is(db.t.leases, PgTable) ? postgresTexts : sqliteTexts)

/** Raised when what is put into the index changes its form: it is made anew then. */
const version = 5

/** How the index stands. */
export interface IndexState {
  /** Of the installation whose texts these are: see `searchEpoch`. */
  epoch: string
  /** The last change that is in it. */
  seen: number
  /** Where the work of making it goes on; null once all is in it. */
  cursor: string | null
}

const rows = async <T extends unknown[]>(db: Database, query: SQL): Promise<T[]> => db.sql.values<T>(query)

/** Null where there is none, or one of another version. */
export async function indexState(index: Database): Promise<IndexState | null> {
  const found = await rows<[string]>(index, sql.raw(`SELECT value FROM search_state WHERE name = 'state'`)).catch(() => [])
  const state = found[0] === undefined ? null : JSON.parse(found[0][0])
  if (state?.version !== version) return null
  return { epoch: state.epoch, seen: state.seen, cursor: state.cursor }
}

const begun = new WeakSet<Database>()

/** Whether there is anything to be asked: not before the first server has begun to make an index. */
export async function hasIndex(index: Database): Promise<boolean> {
  if (!begun.has(index) && (await indexState(index)) !== null) begun.add(index)
  return begun.has(index)
}

export async function noteIndexState(index: Database, state: IndexState): Promise<void> {
  const value = JSON.stringify({ version, ...state })
  await index.sql.run(sql`INSERT INTO search_state (name, value) VALUES ('state', ${value}) ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
}

/** Begins an empty index. */
export async function emptyIndex(index: Database, state: IndexState): Promise<void> {
  await index.transaction(
    async tx => {
      for (const statement of textsOf(tx).tables) await tx.sql.run(sql.raw(statement))
      await noteIndexState(tx, state)
    },
    { isolation: 'locks', durable: false },
  )
}

/** Puts texts into the index, in the place of what it had of them. All at once. */
export async function putDocuments(index: Database, documents: readonly IndexedDocument[]): Promise<void> {
  await index.transaction(
    async tx => {
      for (const some of Map.groupBy(documents, ({ group, kind }) => `${kind} ${group}`).values()) await putSome(tx, some)
    },
    { isolation: 'locks', durable: false },
  )
}

async function putSome(tx: Database, documents: readonly IndexedDocument[]): Promise<void> {
  const texts = textsOf(tx)
  const [first] = documents
  if (first === undefined) return
  const known = await idsOf(tx, documents)
  const fresh = documents.filter(({ key }) => !known.has(key))
  // Before any are removed: those keep their ids, and none of them is free.
  const ids = await texts.ids(tx, first, fresh.length)
  await texts.remove(tx, [...known.values()])
  for (const [n, { key }] of fresh.entries()) known.set(key, ids[n] ?? 0)
  await texts.add(
    tx,
    documents.flatMap(document => {
      const id = known.get(document.key)
      return id === undefined ? [] : [{ id, document }]
    }),
  )
  await countWords(tx, fresh)
  await noteSpellings(tx, documents)
}

/** Takes texts out of the index. */
export async function removeDocuments(index: Database, names: readonly DocumentName[]): Promise<void> {
  await index.transaction(
    async tx => {
      for (const some of Map.groupBy(names, ({ group, kind }) => `${kind} ${group}`).values())
        await textsOf(tx).remove(tx, [...(await idsOf(tx, some)).values()])
    },
    { isolation: 'locks', durable: false },
  )
}

/** To be done once an index is filled. */
export const settleIndex = async (index: Database): Promise<void> => textsOf(index).settle?.(index)

/** Of names of one group and kind. */
async function idsOf(tx: Database, names: readonly DocumentName[]): Promise<Map<string, number>> {
  const [first] = names
  const ids = new Map<string, number>()
  if (first === undefined) return ids
  for (const some of chunked(names.map(({ key }) => key)))
    for (const [id, key] of await rows<[number, string]>(
      tx,
      sql`SELECT id, key FROM search_docs WHERE group_id = ${first.group} AND kind = ${documentKinds[first.kind]} AND key IN ${some}`,
    ))
      ids.set(key, Number(id))
  return ids
}

/** What is found, the best first where that was asked for, else by steps and the newest first. All in one statement: to ask a thread takes as long as to find. */
export async function findDocuments(index: Database, looked: Looked): Promise<FoundDocument[]> {
  const texts = textsOf(index)
  const steps = looked.steps ?? [{ all: looked.all }]
  const names = steps.map((_, n) => sql.raw(`found${n}`))
  const found = steps.map((step, n) => {
    const except = names.slice(0, n)
    const before = except.map(name => sql`(SELECT count(*) FROM ${name})`)
    const most = sql.join([sql.raw(String(looked.most)), ...before], sql` - `)
    return sql`${names[n]} (id, score) AS MATERIALIZED (${texts.found(looked, { ...step, except, most, scored: isScored(looked, step, before) })})`
  })
  const selects = names.map(
    (name, n) => sql`SELECT ${sql.raw(String(n))}, f.score, ${columns(looked.kind)} FROM ${name} f CROSS JOIN search_docs d WHERE d.id = f.id`,
  )
  const query = sql`WITH ${sql.join([...texts.needed(looked), ...found], sql`, `)} ${sql.join(selects, sql` UNION ALL `)}`
  const documents = (await rows<FoundRow>(index, query)).map(foundDocument)
  return documents.sort(looked.order === 'best' ? (a, b) => b.score - a.score || b.id - a.id : (a, b) => a.step - b.step || b.id - a.id)
}

function isScored({ enough }: Looked, { all, within }: Step, before: readonly SQL[]): boolean | SQL {
  if (within !== undefined || all.length === 0 || enough === 0) return false
  return enough === undefined || before.length === 0 ? true : sql`${sql.join([...before], sql` + `)} < ${sql.raw(String(enough))}`
}

const columns = (kind: DocumentKind): SQL => sql`d.id, d.key, nullif(d.work, d.key), d.at, d.size, ${kind === 'paper' ? netVotes : sql`0`}`
/** The votes for a paper less those against it, each board counted for itself. */
const netVotes = sql`(SELECT coalesce(sum(v.value), 0) FROM votes v WHERE v.group_id = d.group_id AND v.paper = d.paper)`

type FoundRow = [step: number, score: number, id: number, key: string, work: string | null, at: number, size: number, net: number]
const foundDocument = ([step, score, id, key, work, at, size, net]: FoundRow): FoundDocument => ({
  ...{ step, score: Number(score), id: Number(id), key, work: work ?? key },
  ...{ at: Number(at), size: Number(size), net: Number(net) },
})

/** Whether anything is found. */
export async function finds(index: Database, looked: Omit<Looked, 'most' | 'steps'>): Promise<boolean> {
  return (await findDocuments(index, { ...looked, most: 1, enough: 0 })).length > 0
}

/** What the index has under these keys, in whatever group. */
export async function documentsNamed(index: Database, kind: DocumentKind, keys: readonly string[]): Promise<DocumentName[]> {
  const found: DocumentName[] = []
  for (const some of chunked(keys))
    for (const [group, key] of await rows<[string, string]>(
      index,
      sql`SELECT group_id, key FROM search_docs WHERE kind = ${documentKinds[kind]} AND key IN ${some}`,
    ))
      found.push({ group, kind, key })
  return found
}

/** How many texts of each kind the index has. */
export async function documentCounts(index: Database): Promise<Map<DocumentKind, number>> {
  const found = await rows<[number, number]>(index, sql.raw('SELECT kind, count(*) FROM search_docs GROUP BY kind'))
  const names = Object.keys(documentKinds) as DocumentKind[]
  return new Map(found.flatMap(([kind, count]) => names.filter(name => documentKinds[name] === Number(kind)).map(name => [name, Number(count)] as const)))
}

// Words: in how many texts each stands, and by what those are found that are misspelt

async function countWords(tx: Database, documents: readonly IndexedDocument[]): Promise<void> {
  const counts = new Map<string, number>()
  for (const { words } of documents) for (const word of new Set(textParts.flatMap(part => words[part]))) counts.set(word, (counts.get(word) ?? 0) + 1)
  // In one order, or two servers that write the same words would wait for each other.
  for (const some of chunked([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))) {
    const values = sql.join(
      some.map(([word, docs]) => sql`(${word}, ${docs})`),
      sql`, `,
    )
    await tx.sql.run(sql`INSERT INTO search_words (word, docs) VALUES ${values} ON CONFLICT (word) DO UPDATE SET docs = search_words.docs + excluded.docs`)
  }
}

async function noteSpellings(tx: Database, documents: readonly IndexedDocument[]): Promise<void> {
  const spelt = [...new Set(documents.flatMap(document => document.spelt))].sort()
  for (const some of chunked(spelt)) {
    const known = new Set((await rows<[string]>(tx, sql`SELECT DISTINCT word FROM search_spellings WHERE word IN ${some}`)).map(([word]) => word))
    const pairs = some.filter(word => !known.has(word)).flatMap(word => spellingKeys(word).map(key => ({ key, word })))
    for (const part of chunked(pairs)) {
      const values = sql.join(
        part.map(({ key, word }) => sql`(${key}, ${word})`),
        sql`, `,
      )
      await tx.sql.run(sql`INSERT INTO search_spellings (key, word) VALUES ${values} ON CONFLICT DO NOTHING`)
    }
  }
}

/**
 * What a word has in common with itself misspelt: three letters in a row; and, since of these short words have few, such a word
 * less each of its letters. Words of less than four letters have too many neighbours.
 */
export function spellingKeys(word: string): string[] {
  const letters = [...word]
  const keys: string[] = []
  if (letters.length >= 5) for (let n = -1; n < letters.length - 1; n++) keys.push((n < 0 ? '^' : '') + letters.slice(Math.max(n, 0), n + 3).join(''))
  if (letters.length >= 4 && letters.length <= 7) {
    keys.push(`-${word}`)
    for (let n = 0; n < letters.length; n++) keys.push(`-${letters.toSpliced(n, 1).join('')}`)
  }
  return [...new Set(keys)]
}

/** Words of titles and names that have most in common with one, the nearest first. From all groups: whoever shows them asks where they stand. */
export async function wordsLike(index: Database, word: string, most: number): Promise<string[]> {
  const keys = spellingKeys(word)
  if (keys.length === 0) return []
  const found = await rows<[string, number]>(
    index,
    sql`SELECT word, count(*) AS shared FROM search_spellings WHERE key IN ${keys} GROUP BY word ORDER BY shared DESC, word LIMIT ${most}`,
  )
  return found.map(([like]) => like)
}

/** In how many texts of all groups words stand, about; and how many texts there are. */
export async function wordCounts(index: Database, words: readonly string[]): Promise<{ texts: number; of: Map<string, number> }> {
  const of = new Map<string, number>()
  for (const some of chunked([...new Set(words)]))
    for (const [word, docs] of await rows<[string, number]>(index, sql`SELECT word, docs FROM search_words WHERE word IN ${some}`)) of.set(word, Number(docs))
  const [texts] = await rows<[number]>(index, sql.raw('SELECT count(*) FROM search_docs'))
  return { texts: Number(texts?.[0] ?? 0), of }
}
