/** The rows of plans: their history on each engine, notes of readers, and what a migration made of readings from before. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultSettings } from '@paperboard/shared/members'
import Client from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { addGroup } from '../../apps/server/src/db/groups.ts'
import { migrateSqlite, migrationsFolder, tagsIn } from '../../apps/server/src/db/migrate.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { planChangesOf } from '../../apps/server/src/db/planChanges.ts'
import { project } from '../../apps/server/src/db/projections.ts'
import { mayHaveNote, notesOf, writeNote } from '../../apps/server/src/db/readingNotes.ts'
import type { RecordNow } from '../../apps/server/src/db/recordRows.ts'
import { appendShared } from '../../apps/server/src/db/rooms.ts'
import { onEachStore } from '../support/stores.ts'

const name = { kind: 'group' as const, group: 'g' }
const key = 'session00001:AliceAliceAl'
const session = { day: '2026-12-01', time: '16:00', minutes: 60, title: '', place: '', cancelled: false, at: 1 }
const paper = { root: 'sessionPapers', key: `${key}:paper0000001`, record: { order: 1.5, part: 'Ch. 3', at: 1 } }
const reading = {
  root: 'readings',
  key: 'reading00001:AliceAliceAl',
  record: { paper: 'paper0000001', board: '2026-12-01', member: 'BobBobBobBob', role: 'reader', part: '', session: key, due: null, at: 1 },
}
const presenter = {
  root: 'presenters',
  key: `${key}:BobBobBobBob`,
  record: { turnOf: 'BobBobBobBob', way: 'hand', asked: true, offer: null, by: 'AliceAliceAl', at: 1 },
}
const guest = { root: 'sessionGuests', key: `${key}:guest0000001`, record: { name: 'Grace', role: 'presenter', paper: null, at: 1 } }
const sessionIs = (change: object = {}) => ({ root: 'sessions', key, record: { ...session, ...change } })
const all = [sessionIs(), paper, reading, presenter, guest]

async function settle(db: Database): Promise<(seq: number, records: readonly RecordNow[], more?: { whole?: boolean; by?: string | null }) => Promise<unknown>> {
  await addPerson(db, { id: 'alice', email: 'alice@example.org', name: 'Alice', passwordHash: 'x', createdAt: 1 })
  await addGroup(db, { id: 'g', name: 'G', timeZone: 'UTC', settings: defaultSettings, owner: 'alice', createdAt: 1 })
  const room = { id: null, name: 'group/g', group: 'g', version: 1 }
  const { id } = await appendShared(db, room, 0, () => [{ room, data: Buffer.from('x'), actor: 'alice', at: 1, newClients: [] }])
  return (seq, records, { whole = false, by = 'alice' } = {}) => {
    const writers = new Map(by === null ? [] : records.map(({ root, key }) => [`${root}/${key}`, { by, at: seq }]))
    return project(db, { room: id ?? 0, name, seq, whole, records, history: { writers, now: seq } })
  }
}
const told = async (db: Database) =>
  (await planChangesOf(db, 'g', { before: null, most: 100 }))
    .map(({ root, by, at, before, after }) => `${at} ${by} ${root} ${before === null ? 'new' : after === null ? 'gone' : 'changed'}`)
    .sort()

onEachStore(store => {
  test('[R86] each kind of record of a plan is told when it comes, changes and goes, and not when nothing of it changes', async () => {
    const { db } = store
    const write = await settle(db)
    await write(1, all)
    expect(await told(db)).toEqual(['presenters', 'readings', 'sessionGuests', 'sessionPapers', 'sessions'].map(root => `1 alice ${root} new`))
    await write(2, all)
    await write(3, [sessionIs({ day: '2026-12-08' }), { ...paper, record: { ...paper.record, order: 2.25 } }], { by: 'bob' })
    await write(
      4,
      [guest, presenter].map(gone => ({ ...gone, record: undefined })),
    )
    expect((await told(db)).filter(line => !line.startsWith('1'))).toEqual([
      '3 bob sessionPapers changed',
      '3 bob sessions changed',
      '4 alice presenters gone',
      '4 alice sessionGuests gone',
    ])
    const [latest] = (await planChangesOf(db, 'g', { before: 4, most: 100 })).filter(({ root }) => root === 'sessions')
    expect(latest).toMatchObject({ session: key, before: { day: '2026-12-01', time: '16:00', cancelled: false }, after: { day: '2026-12-08' } })
  })

  test('[R87] what changed before a crash is told without a name, also what went; a plan that never had rows begins without a history', async () => {
    const { db } = store
    const write = await settle(db)
    await write(1, all, { whole: true, by: null })
    expect(await told(db)).toEqual([])
    await write(2, [sessionIs({ place: 'Room 2' }), paper, reading, presenter], { whole: true, by: null })
    expect(await told(db)).toEqual(['2 null sessionGuests gone', '2 null sessions changed'])
  })

  test('[R88] a note is its writer’s alone, stays when the reading is taken back, and goes with the group', async () => {
    const { db } = store
    const write = await settle(db)
    await addPerson(db, { id: 'bob', email: 'bob@example.org', name: 'Bob', passwordHash: 'x', createdAt: 1 })
    const mine = { ...reading, record: { ...reading.record, member: 'AliceAliceAl' } }
    await write(1, [mine])
    const of = { group: 'g', person: 'alice', reading: reading.key }
    // The rows say who reads; ids of people here are short.
    await db.sql.update(db.t.readings).set({ member: 'alice' })
    expect([await mayHaveNote(db, of), await mayHaveNote(db, { ...of, person: 'bob' })]).toEqual([true, false])
    await writeNote(db, of, { text: 'Why?', now: 1 })
    await writeNote(db, of, { text: 'Because', now: 2 })
    await write(2, [{ ...mine, record: undefined }])
    expect(await mayHaveNote(db, of)).toBe(true)
    expect(await notesOf(db, 'alice')).toEqual([{ group: 'g', reading: reading.key, text: 'Because', at: 2 }])
    expect(await notesOf(db, 'bob')).toEqual([])
    await db.sql.delete(db.t.groups)
    expect(await db.sql.select().from(db.t.readingNotes)).toEqual([])
  })
})

test('[R89] readings from before they could name a session are as they were after the migration, without one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-'))
  const real = migrationsFolder('sqlite')
  const older = pathToFileURL(`${join(folder, 'older')}/`)
  mkdirSync(older)
  for (const tag of tagsIn(real).filter(tag => tag < '0014')) copyFileSync(new URL(`${tag}.sql`, real), new URL(`${tag}.sql`, older))
  const client = new Client(join(folder, 'paperboard.sqlite'))
  try {
    const file = client.name
    migrateSqlite(client, { file, migrations: older })
    client.exec(`INSERT INTO groups (id, name, time_zone, settings, created_at) VALUES ('g', 'G', 'UTC', '{}', 1)`)
    const insert = client.prepare('INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    for (let n = 0; n < 50; n++)
      insert.run('g', `reading${n}`, `paper${n}`, '2026-11-24', 'bob', 'reader', `Sec. ${n}`, n % 2 === 0 ? '2026-12-01' : null, 'alice', n, 'read')
    client
      .prepare('INSERT INTO group_sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run('g', 'session', '2026-12-01', '16:00', 60, 'Maps', '', '["paper1"]', '["Grace"]', 0, 'alice', 1)
    const before = client.prepare('SELECT * FROM readings ORDER BY at').all()
    migrateSqlite(client, { file, migrations: real })
    const after = client.prepare('SELECT * FROM readings ORDER BY at').all()
    expect(after).toHaveLength(50)
    expect(after).toMatchObject(before)
    expect(new Set(client.prepare('SELECT session_key FROM readings').pluck().all())).toEqual(new Set([null]))
    expect(client.prepare('SELECT day, time, title FROM group_sessions').all()).toEqual([{ day: '2026-12-01', time: '16:00', title: 'Maps' }])
    expect(client.pragma('foreign_key_check')).toEqual([])
    client.exec('PRAGMA foreign_keys = ON; DELETE FROM groups')
    expect(client.prepare('SELECT count(*) FROM readings').pluck().get()).toBe(0)
  } finally {
    client.close()
    rmSync(folder, { recursive: true })
  }
})
