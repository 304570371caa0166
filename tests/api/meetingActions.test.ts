/** What meetings leave to do as rows, on each engine, and those of meetings from before there were such rows. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultAgendaRule } from '@paperboard/shared/agendaRules'
import { defaultSettings } from '@paperboard/shared/members'
import Client from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { projectionFaults } from '../../apps/server/src/db/check.ts'
import type { Database } from '../../apps/server/src/db/database.ts'
import { addGroup } from '../../apps/server/src/db/groups.ts'
import { tasksOf } from '../../apps/server/src/db/meetingActions.ts'
import { addMeeting } from '../../apps/server/src/db/meetings.ts'
import { migrateSqlite, migrationsFolder, tagsIn } from '../../apps/server/src/db/migrate.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { type Projection, project } from '../../apps/server/src/db/projections.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { onEachStore } from '../support/stores.ts'

const me = 'AdaAdaAdaAda'
const keyOf = (n: number) => `action00000${n}:${me}`
const action = { paper: null, text: 'Mail them', assignee: me, due: null, kind: 'task', done: false, at: 5 }
const at = (n: number, change: object = {}) => ({ root: 'actions', key: keyOf(n), record: { ...action, ...change } })
const projection = (seq: number, records: Projection['records'], whole = false): Projection => ({
  room: 1,
  name: { kind: 'meeting', group: 'g', meeting: 'm' },
  seq,
  whole,
  records,
})

async function settle(db: Database) {
  await addPerson(db, { id: me, email: 'ada@example.org', name: 'Ada', passwordHash: 'x', createdAt: 1 })
  await addGroup(db, { id: 'g', name: 'g', timeZone: 'UTC', settings: defaultSettings, owner: me, createdAt: 1 })
  const common = { session: null, title: '', rule: defaultAgendaRule, votesFrom: null, votesCloseAt: null, startedAt: null, endedAt: null, createdBy: me }
  for (const [n, id] of ['m', 'n'].entries()) {
    await addMeeting(db, { ...common, id, group: 'g', createdAt: n })
    await db.sql.insert(db.t.rooms).values({ id: n + 1, name: `meeting/g/${id}`, group: 'g', version: 1, projectedSeq: 0 })
  }
}
const told = async (db: Database) => (await tasksOf(db, me, 0)).map(({ meeting, key, text, due, doneAt }) => [meeting, key, text, due, doneAt])

onEachStore(store => {
  test('[H44] what is due first comes first, and what is done last; when it was done is not before it was written down', async () => {
    const { db } = store
    await settle(db)
    await project(db, { ...projection(1, [at(9)]), room: 2, name: { kind: 'meeting', group: 'g', meeting: 'n' } })
    await project(db, projection(1, [at(1, { done: true }), at(2), at(3, { due: '2026-12-04' }), at(4, { due: '2026-12-03' }), at(5, { assignee: null })]))
    expect(await told(db)).toEqual([
      ['m', keyOf(4), 'Mail them', '2026-12-03', null],
      ['m', keyOf(3), 'Mail them', '2026-12-04', null],
      ['m', keyOf(2), 'Mail them', null, null],
      ['n', keyOf(9), 'Mail them', null, null],
      ['m', keyOf(1), 'Mail them', null, 5],
    ])
    await project(db, projection(2, [at(1, { done: false, doneAt: 7, text: 'Call them' }), at(2, { done: true, doneAt: 8 }), { ...at(3), record: undefined }]))
    await project(db, projection(3, [at(4, { assignee: 'BobBobBobBob' })]))
    expect(await told(db)).toEqual([
      ['m', keyOf(1), 'Call them', null, null],
      ['n', keyOf(9), 'Mail them', null, null],
      ['m', keyOf(2), 'Mail them', null, 8],
    ])
    await project(db, projection(4, [at(6)], true))
    expect((await told(db)).map(([meeting, key]) => [meeting, key])).toEqual([
      ['m', keyOf(6)],
      ['n', keyOf(9)],
    ])
    await db.sql.delete(db.t.groups)
    expect(await db.sql.select().from(db.t.meetingActions)).toEqual([])
  })
})

test('[H45] the check of an installation holds the rows of a meeting against its document', async () => {
  const [db, scratch] = [await openSqlite(':memory:'), await openSqlite(':memory:')]
  onTestFinished(async () => void (await Promise.all([db.close(), scratch.close()])))
  await settle(db)
  const whole = projection(1, [at(1), { root: 'notes', key: 'meeting', record: 'Hello' }])
  await project(db, whole)
  expect(await projectionFaults(db, scratch, whole)).toEqual([])
  await db.sql.update(db.t.meetingActions).set({ assignee: 'BobBobBobBob' })
  await db.sql.delete(db.t.meetingNotes)
  expect(await projectionFaults(db, scratch, whole)).toEqual([
    'meeting_notes: 1 rows are missing or differ, 0 are there that should not be',
    'meeting_actions: 1 rows are missing or differ, 1 are there that should not be',
  ])
})

test('[H46] meetings from before there was a list of tasks are marked for their rows to be made, and other rooms stay as they are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-'))
  const real = migrationsFolder('sqlite')
  const older = pathToFileURL(`${join(folder, 'older')}/`)
  mkdirSync(older)
  for (const tag of tagsIn(real).filter(tag => tag < '0025')) copyFileSync(new URL(`${tag}.sql`, real), new URL(`${tag}.sql`, older))
  const client = new Client(join(folder, 'paperboard.sqlite'))
  onTestFinished(() => {
    client.close()
    rmSync(folder, { recursive: true })
  })
  migrateSqlite(client, { file: client.name, migrations: older })
  client.exec(`INSERT INTO groups (id, name, time_zone, settings, created_at) VALUES ('g', 'G', 'UTC', '{}', 1)`)
  const insert = client.prepare('INSERT INTO rooms (name, group_id, version, projected_seq) VALUES (?, ?, 1, 7)')
  for (const name of ['meeting/g/m', 'group/g', 'board/g/2026-12-01']) insert.run(name, 'g')
  migrateSqlite(client, { file: client.name, migrations: real })
  expect(client.prepare('SELECT name, projected_seq FROM rooms ORDER BY id').raw().all()).toEqual([
    ['meeting/g/m', 0],
    ['group/g', 7],
    ['board/g/2026-12-01', 7],
  ])
})
