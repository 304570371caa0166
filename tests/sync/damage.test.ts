/** What is stored has changed by itself, as on a failing disk: what can be read is served, nothing is made worse, and the check names it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addComment, castVote } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import Sqlite from 'better-sqlite3'
import { test as base, expect, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { projectAnew } from '../../apps/server/src/db/check.ts'
import { findRoom } from '../../apps/server/src/db/rooms.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { acceptLoss } from '../../apps/server/src/sync/acceptLoss.ts'
import { checkRooms } from '../../apps/server/src/sync/check.ts'
import { boardWith, connect, paperId, storedState } from '../support/peer.ts'
import { codeOf, Person, startServer, type TestServer } from '../support/server.ts'

interface World {
  file: string
  room: string
  group: string
  alice: Person
  /** Changes the file while no server has it open. */
  damage: (work: (db: Sqlite.Database) => void) => void
  start: () => Promise<TestServer>
}

/** A board with a vote and a comment, stored and closed, with all of its log. */
const test = base.extend<{ world: World }>({
  world: async ({ task: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboard-damage-'))
    const file = join(folder, 'paperboard.sqlite')
    const server = await startServer({ file })
    const alice = await new Person(server, 'Alice').signUp()
    const group = await alice.createGroup()
    const room = await boardWith(server, { group, by: alice.id })
    await server.db.sql
      .insert(server.db.t.papers)
      .values([1, 2, 3].map(n => ({ id: paperId(n), scope: group, title: `${n}`, titleKey: `${n}`, authors: [], abstract: '', links: [], createdAt: 1 })))
    const peer = await connect(server, alice, room)
    castVote(peer.doc, { paper: paperId(1), me: alice.id, value: 1, now: server.clock.now })
    await peer.saved()
    addComment(peer.doc, { paper: paperId(1), me: alice.id, text: 'Where is the ablation?', now: server.clock.now })
    await peer.saved()
    await server.close()
    const open = new Set<TestServer>()
    const start = async () => {
      const again = await startServer({ file })
      open.add(again)
      alice.server = again
      const close = async () => {
        if (open.delete(again)) await again.close()
      }
      return { ...again, close }
    }
    const damage = (work: (db: Sqlite.Database) => void) => {
      const db = new Sqlite(file)
      work(db)
      db.close()
    }
    await use({ file, room, group, alice, damage, start })
    for (const each of open) await each.close()
    rmSync(folder, { recursive: true })
  },
})

/** One byte of a text within an update: it can be read as well as before. */
const flipByte = (db: Sqlite.Database, seq: number) => {
  const data = db.prepare<[number], Buffer>('SELECT data FROM doc_updates WHERE seq = ?').pluck().get(seq) ?? Buffer.alloc(0)
  const at = data.indexOf('ablation')
  data.writeUInt8(data.readUInt8(at) ^ 1, at)
  db.prepare('UPDATE doc_updates SET data = ? WHERE seq = ?').run(data, seq)
}
const lastUpdate = (db: Sqlite.Database) => db.prepare<[], number>('SELECT max(seq) FROM doc_updates').pluck().get() ?? 0

async function check(file: string) {
  const [db, scratch] = [await openSqlite(file), await openSqlite(':memory:')]
  try {
    return await checkRooms(db, scratch)
  } finally {
    await db.close()
    await scratch.close()
  }
}

test('[O20] a board with a changed byte in its log is served without that update, takes no change, and says so; what members hold stays with them', async ({
  world,
}) => {
  let broken = 0
  world.damage(db => {
    db.exec('DELETE FROM doc_snapshots')
    broken = lastUpdate(db)
    flipByte(db, broken)
  })
  const server = await world.start()
  const reader = await connect(server, world.alice, world.room)
  expect([reader.doc.getMap('votes').size, reader.doc.getMap('comments').size]).toEqual([1, 0])
  expect(server.logged.map(line => JSON.parse(line)).find(line => line.level === 50)).toMatchObject({ room: world.room, updates: [broken] })
  castVote(reader.doc, { paper: paperId(2), me: world.alice.id, value: 1, now: server.clock.now })
  expect(await reader.whenClosed()).toMatchObject({ code: closeCodes.damaged })
  expect(reader.acknowledged).toBe(1)
  const day = world.room.split('/')[2]
  const added = await world.alice.post(`/api/groups/${world.group}/boards/${day}/papers`, { source: { from: 'sample' } })
  expect(codeOf(added)).toBe('503 unavailable')
  expect(server.rooms.status().damagedRooms).toBe(1)
  // Neither its rows nor a snapshot are made of what is left.
  expect(await server.db.sql.select().from(server.db.t.comments)).toHaveLength(1)
  await server.rooms.close()
  expect(await server.db.sql.select().from(server.db.t.snapshots)).toHaveLength(0)
})

test('[O21] a torn snapshot harms nothing while the log goes back to the beginning: the board is whole, takes changes, and gets a new one', async ({
  world,
}) => {
  world.damage(db => db.exec('UPDATE doc_snapshots SET data = substr(data, 1, length(data) / 2)'))
  const server = await world.start()
  const peer = await connect(server, world.alice, world.room)
  expect([peer.doc.getMap('votes').size, peer.doc.getMap('comments').size]).toEqual([1, 1])
  castVote(peer.doc, { paper: paperId(2), me: world.alice.id, value: 1, now: server.clock.now })
  await peer.saved()
  expect(server.logged.some(line => line.includes('read from its log'))).toBe(true)
  await server.rooms.close()
  expect((await check(world.file)).faults).toEqual([])
})

test('[O29] the state vector kept beside a snapshot is that of the snapshot, and is found anew where it has changed or there is none', async ({ world }) => {
  const vectorOf = async () => {
    const db = await openSqlite(world.file)
    const snapshot = (await findRoom(db, world.room))?.snapshot
    await db.close()
    return snapshot
  }
  const kept = await vectorOf()
  expect(kept?.vector).not.toBeNull()
  const doc = new Y.Doc()
  Y.applyUpdate(doc, kept?.data ?? new Uint8Array())
  expect(Y.decodeStateVector(kept?.vector ?? new Uint8Array())).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)))
  for (const change of ["vector = x'0101ff01'", 'vector = NULL, vector_sum = NULL']) {
    world.damage(db => db.exec(`UPDATE doc_snapshots SET ${change}`))
    expect((await vectorOf())?.vector).toBeNull()
  }
  const server = await world.start()
  const peer = await connect(server, world.alice, world.room)
  castVote(peer.doc, { paper: paperId(2), me: world.alice.id, value: 1, now: server.clock.now })
  await peer.saved()
  expect(peer.doc.getMap('votes').size).toBe(2)
})

test('[O22] a torn snapshot without the log behind it leaves a board that does not crash the server and cannot be changed', async ({ world }) => {
  world.damage(db => {
    db.exec('UPDATE doc_snapshots SET data = substr(data, 1, length(data) / 2)')
    db.exec('UPDATE rooms SET dropped_seq = (SELECT max(seq) FROM doc_updates)')
    db.exec('DELETE FROM doc_updates')
  })
  const server = await world.start()
  await connect(server, world.alice, world.room)
  expect((await storedState(server, world.room)).votes).toEqual({})
  await expect(server.rooms.edit(world.room, doc => doc.getMap('papers').clear())).rejects.toThrow('cannot be changed')
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})

const faults: { title: string; damage: (db: Sqlite.Database) => void; says: (last: number) => string }[] = [
  {
    title: 'a changed byte in the log',
    damage: db => flipByte(db, lastUpdate(db)),
    says: last => `update ${last}: its bytes have changed since they were stored`,
  },
  {
    title: 'an update of old that cannot be read',
    damage: db => db.prepare("UPDATE doc_updates SET sum = NULL, data = x'01ffffff' WHERE seq = ?").run(lastUpdate(db)),
    says: last => `update ${last}: its bytes cannot be read`,
  },
  {
    title: 'an update that is gone',
    damage: db => {
      db.prepare('DELETE FROM doc_updates WHERE seq = ?').run(lastUpdate(db) - 1)
    },
    says: last => `update ${last} builds on something that is not in the log`,
  },
  {
    title: 'the last update gone',
    damage: db => void db.prepare('DELETE FROM doc_updates WHERE seq = ?').run(lastUpdate(db)),
    says: last => `the snapshot at ${last} is not what the log makes`,
  },
  {
    title: 'a snapshot of another length',
    damage: db => db.exec('UPDATE doc_snapshots SET data = substr(data, 1, 40)'),
    says: last => `snapshot at ${last}: its bytes have changed since they were stored`,
  },
  {
    title: 'a client id that is somebody else',
    damage: db => void db.prepare('UPDATE doc_clients SET actor = ? WHERE actor <> ?').run('mallory', 'server'),
    says: () => 'of mallory',
  },
  {
    title: 'a writer whom nobody knows',
    damage: db => void db.prepare('UPDATE doc_updates SET actor = ? WHERE seq = ?').run('nobody', lastUpdate(db)),
    says: last => `update ${last} is by nobody, whom nobody knows`,
  },
  {
    title: 'a paper without an entry',
    damage: db => db.exec(`DELETE FROM papers WHERE id = '${paperId(2)}'`),
    says: () => `its paper ${paperId(2)} is not in the catalogue`,
  },
  {
    title: 'a row that its document does not have',
    damage: db => db.exec("UPDATE comments SET text = 'something else'"),
    says: () => 'comments: 1 rows are missing or differ, 1 are there that should not be',
  },
]

for (const { title, damage, says } of faults) {
  test(`[O23] the check finds ${title}, and names it`, async ({ world }) => {
    expect(await check(world.file)).toMatchObject({ rooms: 1, updates: 3, behind: 0, faults: [] })
    let last = 0
    world.damage(db => {
      last = lastUpdate(db)
      db.pragma('foreign_keys = OFF')
      damage(db)
    })
    const found = await check(world.file)
    expect(found.faults.length).toBeGreaterThan(0)
    expect(found.faults[0]).toContain(world.room)
    expect(found.faults.join('\n')).toContain(says(last))
  })
}

test('[O24] rows that are not what their document says are made anew from it, and of a damaged document none are', async ({ world }) => {
  world.damage(db => db.exec('DELETE FROM votes'))
  const { rows, faults } = await check(world.file)
  expect(faults).toHaveLength(1)
  const db = await openSqlite(world.file)
  onTestFinished(() => db.close())
  for (const projection of rows) await projectAnew(db, projection)
  expect((await check(world.file)).faults).toEqual([])
  world.damage(file => {
    file.exec('DELETE FROM votes')
    flipByte(file, lastUpdate(file))
  })
  expect((await check(world.file)).rows).toEqual([])
})

test('[O25] what is lost of a board can be given up: then it takes changes again, and a member brings back what the server has lost of theirs', async ({
  world,
}) => {
  const held = await world.start()
  const before = await connect(held, world.alice, world.room)
  expect(before.doc.getMap('comments').size).toBe(1)
  await held.close()
  world.damage(db => {
    db.exec('DELETE FROM doc_snapshots')
    flipByte(db, lastUpdate(db))
  })
  const db = await openSqlite(world.file)
  const log = createLogger('silent', { write: () => {} })
  expect(await acceptLoss(db, 'board/nowhere/2026-11-24', { now: 1, log })).toBeNull()
  expect(await acceptLoss(db, world.room, { now: 1, log })).toBe(4)
  expect(await acceptLoss(db, world.room, { now: 1, log })).toBeNull()
  expect(await db.sql.select().from(db.t.comments)).toEqual([])
  await db.close()
  const server = await world.start()
  const fresh = await connect(server, world.alice, world.room)
  expect(fresh.doc.getMap('comments').size).toBe(0)
  const back = await connect(server, world.alice, world.room, before.doc)
  expect(back.closed).toBeNull()
  await fresh.until(() => fresh.doc.getMap('comments').size === 1)
})
