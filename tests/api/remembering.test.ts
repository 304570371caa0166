/** Answers that are kept while nothing is committed: never older than what is committed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultSettings } from '@paperboard/shared/members'
import Client from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, remembering } from '../../apps/server/src/db/database.ts'
import { addGroup, endMembership, findMembership } from '../../apps/server/src/db/groups.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { addSession, findSession, removeSession } from '../../apps/server/src/db/sessions.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'

let folder: string
let file: string
let db: Database
let asked: number
/** Counts what is looked for. */
const membership = remembering((from, group: string, person: string) => {
  asked += 1
  return findMembership(from, group, person)
})

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboard-'))
  file = join(folder, 'paperboard.sqlite')
  db = await openSqlite(file)
  await addPerson(db, { id: 'alice', email: 'alice@example.org', name: 'Alice', passwordHash: 'x', createdAt: 1 })
  await addGroup(db, { id: 'g', name: 'G', timeZone: 'UTC', settings: defaultSettings, owner: 'alice', createdAt: 1 })
  asked = 0
})
afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

test('[D80] what every socket asks is looked for once while nothing is committed, and again after each commit', async () => {
  expect([await membership(db, 'g', 'alice'), await membership(db, 'g', 'alice')]).toEqual([
    expect.objectContaining({ role: 'owner' }),
    expect.objectContaining({ role: 'owner' }),
  ])
  expect(asked).toBe(1)
  await addPerson(db, { id: 'bob', email: 'bob@example.org', name: 'Bob', passwordHash: 'x', createdAt: 1 })
  expect(await membership(db, 'g', 'alice')).not.toBeNull()
  expect(asked).toBe(2)
})

test('[D81] who is removed or signed out is so for the very next who asks, whoever committed it', async () => {
  await addSession(db, { id: 's', person: 'alice', expiresAt: 10 })
  expect([await findMembership(db, 'g', 'alice'), await findSession(db, 's')]).not.toContain(null)
  await endMembership(db, { group: 'g', person: 'alice', now: 2, by: null })
  expect(await findMembership(db, 'g', 'alice')).toBeNull()
  await removeSession(db, 's')
  expect(await findSession(db, 's')).toBeNull()
  // Another process, such as a command on the same data.
  const other = new Client(file)
  other.prepare('UPDATE memberships SET left_at = NULL').run()
  expect(await findMembership(db, 'g', 'alice')).toMatchObject({ role: 'owner' })
  other.prepare("UPDATE memberships SET role = 'member'").run()
  expect(await findMembership(db, 'g', 'alice')).toMatchObject({ role: 'member' })
  other.close()
})

test('[D82] what was committed while it was looked for is looked for again', async () => {
  const found = remembering(async (from, group: string, person: string) => {
    asked += 1
    const before = await findMembership(from, group, person)
    if (asked === 1) await endMembership(from, { group, person, now: 2, by: null })
    return before
  })
  expect(await found(db, 'g', 'alice')).not.toBeNull()
  expect(await found(db, 'g', 'alice')).toBeNull()
})

test('[D83] a transaction sees its own changes, and others none of them before it commits', async () => {
  expect(await membership(db, 'g', 'alice')).not.toBeNull()
  await db.transaction(async tx => {
    await endMembership(tx, { group: 'g', person: 'alice', now: 2, by: null })
    expect(await membership(tx, 'g', 'alice')).toBeNull()
    expect(await membership(db, 'g', 'alice')).not.toBeNull()
  })
  expect(await membership(db, 'g', 'alice')).toBeNull()
})
