/** Whether the index of texts has what it should. */
import { existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { count, sql } from 'drizzle-orm'
import { Client } from 'pg'
import type { Database } from './database.ts'
import { explained } from './postgresErrors.ts'
import { indexFile } from './sqlite.ts'

const counting = 'SELECT count(*) AS texts FROM search_docs'

/** How many texts the index of an installation has, while servers run; null where there is none yet. */
export async function textsIndexed({ databaseUrl, databaseFile }: { databaseUrl: string | null; databaseFile: string }): Promise<number | null> {
  return databaseUrl === null ? inFile(indexFile(databaseFile)) : inPostgres(databaseUrl)
}

function inFile(file: string): number | null {
  if (!existsSync(file)) return null
  const client = new Sqlite(file, { timeout: 10_000 })
  try {
    return client.prepare<[], number>(counting).pluck().get() ?? null
  } catch {
    return null
  } finally {
    client.close()
  }
}

async function inPostgres(url: string): Promise<number | null> {
  const client = new Client({ connectionString: url, application_name: 'paperboard check', connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass('search_docs') IS NOT NULL AS there")
    return rows[0]?.there ? Number((await client.query<{ texts: string }>(counting)).rows[0]?.texts) : null
  } catch (error) {
    throw explained(error, url)
  } finally {
    await client.end().catch(() => {})
  }
}

/** How many texts there are to be found: papers of each group, comments, minutes and notes. */
export async function textsThereAre(db: Database): Promise<number> {
  const { boardPapers, comments, meetingNotes, minutes, papers } = db.t
  const standing = db.sql
    .selectDistinct({ group: boardPapers.group, paper: boardPapers.paper })
    .from(boardPapers)
    .innerJoin(papers, sql`${papers.id} = ${boardPapers.paper} AND ${papers.scope} IN ('', ${boardPapers.group})`)
    .as('standing')
  const counts = [
    await db.sql.select({ texts: count() }).from(standing),
    await db.sql.select({ texts: count() }).from(comments),
    await db.sql.select({ texts: count() }).from(minutes),
    await db.sql.select({ texts: count() }).from(meetingNotes),
  ]
  return counts.reduce((sum, [row]) => sum + (row?.texts ?? 0), 0)
}
