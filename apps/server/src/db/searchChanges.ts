/**
 * Which texts have changed since they were indexed. Triggers note it in the transaction of the change itself, whoever makes it:
 * a projection, an import, a lookup, a correction, another server. The index follows in the background.
 */
import { asc, eq, inArray, is, lte, max, min, type SQL, sql } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { Database } from './database.ts'
import { installationSecret } from './meta.ts'
import { chunked } from './papers.ts'
import type { DocumentKind } from './searchTexts.ts'

interface Watched {
  table: string
  kind: DocumentKind
  /** The key of the text that a row is a part of. */
  key: (row: string) => string
  /** Columns that are in the index; null where rows only come and go. */
  columns: string[] | null
}

/** A trigger that changes its text gets another name, by this. */
const version = 1

const watched: Watched[] = [
  {
    table: 'papers',
    kind: 'paper',
    key: row => `${row}.id`,
    columns: ['title', 'authors', 'abstract', 'arxiv_id', 'doi', 'venue', 'subjects', 'same_as'],
  },
  { table: 'board_papers', kind: 'paper', key: row => `${row}.paper`, columns: null },
  { table: 'paper_tags', kind: 'paper', key: row => `${row}.paper`, columns: null },
  { table: 'comments', kind: 'comment', key: row => `${row}.group_id || '/' || ${row}.day || '/' || ${row}.key`, columns: ['text', 'paper'] },
  { table: 'minutes', kind: 'note', key: row => `${row}.meeting`, columns: ['plain'] },
  { table: 'meeting_notes', kind: 'note', key: row => `${row}.meeting || '/' || ${row}.note`, columns: ['text'] },
  { table: 'meetings', kind: 'note', key: row => `${row}.id`, columns: ['title'] },
]

const nameOf = ({ table }: Watched, event: string) => `search_${table}_${event}_${version}`
const note = (kind: DocumentKind, key: string) => `INSERT INTO search_changes (kind, key) VALUES ('${kind}', ${key});`

function sqliteTriggers(one: Watched): string[] {
  const events = [
    ['insert', 'INSERT', 'new'],
    ['delete', 'DELETE', 'old'],
    ...(one.columns === null ? [] : [['update', `UPDATE OF ${one.columns.join(', ')}`, 'new']]),
  ]
  return events.map(
    ([name = '', event, row = '']) =>
      `CREATE TRIGGER IF NOT EXISTS ${nameOf(one, name)} AFTER ${event} ON ${one.table} BEGIN ${note(one.kind, one.key(row))} END`,
  )
}

function postgresTriggers(one: Watched): string[] {
  const name = nameOf(one, 'change')
  const events = ['INSERT', 'DELETE', ...(one.columns === null ? [] : [`UPDATE OF ${one.columns.join(', ')}`])]
  return [
    `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF TG_OP = 'DELETE' THEN ${note(one.kind, one.key('OLD'))} ELSE ${note(one.kind, one.key('NEW'))} END IF;
      RETURN NULL;
    END $$`,
    `CREATE TRIGGER ${name} AFTER ${events.join(' OR ')} ON ${one.table} FOR EACH ROW EXECUTE FUNCTION ${name}()`,
  ]
}

/** Of the advisory lock under which triggers are made: "PBse". */
const triggerLock = 0x50427365

/** Has changes noted from now on. */
export async function watchTexts(db: Database): Promise<void> {
  if (!is(db.t.leases, PgTable)) {
    for (const statement of watched.flatMap(sqliteTriggers)) await db.sql.run(sql.raw(statement))
    return
  }
  await db.transaction(
    async tx => {
      // Of two servers that start at once, the second finds what the first has made.
      await tx.sql.values(sql`SELECT pg_advisory_xact_lock(${triggerLock})`)
      const tables = sql.raw(watched.map(({ table }) => `to_regclass('${table}')`).join(', '))
      const there = await tx.sql.values<[string]>(sql`SELECT tgname::text FROM pg_trigger WHERE tgrelid IN (${tables})`)
      const names = new Set(there.map(([name]) => name))
      for (const one of watched) if (!names.has(nameOf(one, 'change'))) for (const statement of postgresTriggers(one)) await tx.sql.run(sql.raw(statement))
    },
    { isolation: 'locks' },
  )
}

/** A change: this text is to be indexed anew. */
export interface TextChange {
  seq: number
  kind: DocumentKind
  key: string
}

/** The oldest first, at most so many. */
export async function textChanges(db: Database, most: number): Promise<TextChange[]> {
  const { searchChanges: t } = db.t
  return db.sql.select().from(t).orderBy(asc(t.seq)).limit(most)
}

/** They are in the index now. */
export async function forgetChanges(db: Database, changes: readonly TextChange[]): Promise<void> {
  const { searchChanges: t } = db.t
  for (const some of chunked(changes.map(({ seq }) => seq))) await db.sql.delete(t).where(inArray(t.seq, some))
}

/** Forgets all changes that there are: an index that is begun now has them. Gives the last one. */
export async function forgetAllChanges(db: Database): Promise<number> {
  const { searchChanges: t } = db.t
  const [row] = await db.sql.select({ last: max(t.seq) }).from(t)
  if (row?.last != null) await db.sql.delete(t).where(lte(t.seq, row.last))
  return (await lastSeq(db)) ?? row?.last ?? 0
}

/** The last key that was given, where keys are given without gaps; null elsewhere. */
async function lastSeq(db: Database): Promise<number | null> {
  if (is(db.t.leases, PgTable)) return null
  const query: SQL = sql`SELECT seq FROM sqlite_sequence WHERE name = 'search_changes'`
  const [row] = await db.sql.values<[number]>(query)
  return row?.[0] ?? 0
}

/**
 * Whether an index that has all changes up to `seen` can go on from there. It cannot where a backup was put in place by hand, or
 * where a power cut has taken from the index what it had already: in SQLite that is seen by a gap.
 */
export async function goesOnFrom(db: Database, seen: number): Promise<boolean> {
  const last = await lastSeq(db)
  if (last === null) return true
  const { searchChanges: t } = db.t
  const [row] = await db.sql.select({ first: min(t.seq) }).from(t)
  return (row?.first ?? last + 1) === seen + 1
}

const epochName = 'search-epoch'

/** Names the installation, as far as its index is concerned: another one after a restore. */
export const searchEpoch = (db: Database, fresh: string): Promise<string> => installationSecret(db, epochName, fresh)

/** The index of this installation is not to be used any more: a backup was restored. */
export async function forgetEpoch(db: Database): Promise<void> {
  const { meta, searchChanges } = db.t
  await db.sql.delete(meta).where(eq(meta.name, epochName))
  await db.sql.delete(searchChanges)
}
