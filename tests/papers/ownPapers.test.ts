/** A database of before, when papers with an identifier had one entry for all groups. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { defaultSettings } from '@paperboard/shared/members'
import { expect, onTestFinished, test } from 'vitest'
import { addGroup } from '../../apps/server/src/db/groups.ts'
import { migrationsFolder } from '../../apps/server/src/db/migrate.ts'
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
  const before = await openSqlite(file, migrationsBefore('0003', folder))
  const { t } = before
  await before.sql.insert(t.people).values({ id: 'alice', email: 'a@example.org', name: 'Alice', passwordHash: '', createdAt: 1 })
  for (const id of ['one', 'two']) await addGroup(before, { id, name: id, timeZone: 'UTC', settings: defaultSettings, owner: 'alice', createdAt: 1 })
  const enter = async (id: string, scope: string, arxivId: string, groups: string[]) => {
    const empty = { title: null, titleKey: null, authors: [], abstract: '', arxivVersion: null, doi: null, url: null, links: [] }
    await before.sql.insert(t.papers).values({ id, scope, arxivId, ...empty, createdAt: 1 })
    for (const group of groups)
      for (const day of ['2026-11-23', '2026-11-24'])
        await before.sql.insert(t.boardPapers).values({ group, day, paper: id, addedBy: 'alice', addedAt: 1, position: 0 })
  }
  await enter('of one', '', '1', ['one'])
  await enter('of both', '', '2', ['one', 'two'])
  await enter('of nobody', '', '3', [])
  await enter('twice', '', '4', ['two'])
  await enter('own', 'two', '4', ['two'])
  await before.close()
  const after = await openSqlite(file)
  const scopes = Object.fromEntries((await after.sql.select().from(after.t.papers)).map(({ id, scope }) => [id, scope]))
  await after.close()
  expect(scopes).toEqual({ 'of one': 'one', 'of both': '', 'of nobody': '', twice: '', own: 'two' })
})
