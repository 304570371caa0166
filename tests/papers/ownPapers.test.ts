/** A database of before, when papers with an identifier had one entry for all groups. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { defaultSettings } from '@paperboard/shared/members'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { migrateSqlite, migrationsFolder } from '../../apps/server/src/db/migrate.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'

/** The migrations of a version that had none from `first` on. */
const migrationsBefore = (first: string, folder: string): URL => {
  const all = fileURLToPath(migrationsFolder('sqlite'))
  const copy = join(folder, 'migrations')
  mkdirSync(copy)
  for (const name of readdirSync(all)) if (name.endsWith('.sql') && name < first) copyFileSync(join(all, name), join(copy, name))
  return pathToFileURL(`${copy}/`)
}

test('[P63] of entries that all groups shared before, those of one group become its own, and the others stay', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-own-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'paperboard.sqlite')
  const before = new Sqlite(file)
  migrateSqlite(before, { file, migrations: migrationsBefore('0003', folder) })
  const group = before.prepare('INSERT INTO groups (id, name, time_zone, settings, created_at) VALUES (?, ?, ?, ?, 1)')
  for (const id of ['one', 'two']) group.run(id, id, 'UTC', JSON.stringify(defaultSettings))
  const paper = before.prepare("INSERT INTO papers (id, scope, arxiv_id, authors, abstract, links, created_at) VALUES (?, ?, ?, '[]', '', '[]', 1)")
  const onBoard = before.prepare("INSERT INTO board_papers (group_id, day, paper, added_by, added_at, position) VALUES (?, ?, ?, 'alice', 1, 0)")
  const enter = (id: string, scope: string, arxivId: string, groups: string[]) => {
    paper.run(id, scope, arxivId)
    for (const on of groups) for (const day of ['2026-11-23', '2026-11-24']) onBoard.run(on, day, id)
  }
  enter('of one', '', '1', ['one'])
  enter('of both', '', '2', ['one', 'two'])
  enter('of nobody', '', '3', [])
  enter('twice', '', '4', ['two'])
  enter('own', 'two', '4', ['two'])
  before.close()
  const after = await openSqlite(file)
  const scopes = Object.fromEntries((await after.sql.select().from(after.t.papers)).map(({ id, scope }) => [id, scope]))
  await after.close()
  expect(scopes).toEqual({ 'of one': 'one', 'of both': '', 'of nobody': '', twice: '', own: 'two' })
})
