/** A store that takes no more: everybody is sent away before anybody is told, and comes back with what they hold. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addComment, castVote, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { limits } from '@paperboard/shared/limits'
import { groupRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import type { Database } from '../../apps/server/src/db/database.ts'
import { boardWith, connect, paperId, storedState } from '../support/peer.ts'
import { startServer, type TestServer, withServer } from '../support/server.ts'

const test = withServer().extend<{ server: TestServer }>({
  server: async ({ task: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'paperboard-store-'))
    const server = await startServer({ file: join(folder, 'paperboard.sqlite') })
    await use(server)
    await server.close()
    rmSync(folder, { recursive: true })
  },
})
const paper = paperId(1)

/** Refuses an insert in the file itself, whichever connection makes it. */
const refusing = (table: string, how: 'ABORT' | 'FAIL') => ({
  begin: `CREATE TRIGGER trouble AFTER INSERT ON ${table} BEGIN SELECT RAISE(${how}, 'disk I/O error'); END`,
  end: 'DROP TRIGGER trouble',
})

/** Ways in which a real file takes no more, and how that ends. */
const troubles: { title: string; begin: string; end: string }[] = [
  { title: 'takes no update', ...refusing('doc_updates', 'ABORT') },
  // Of what a statement has done, this keeps what came before: only the end of the transaction undoes it.
  { title: 'takes an update and fails before its end', ...refusing('doc_clients', 'FAIL') },
]

describe('[K4] when the database', () => {
  for (const { title, begin, end } of troubles) {
    test(`${title}, members are sent away and nobody is told; when it works again, they come back with everything`, async ({
      server,
      group,
      alice,
      bob,
      join: signUp,
    }) => {
      const carol = await signUp('Carol')
      const room = await boardWith(server, { group, by: alice.id })
      const [a, b, c] = [await connect(server, alice, room), await connect(server, bob, room), await connect(server, carol, room)]
      await server.db.sql.run(begin)
      // Long enough not to fit into pages that the file has already.
      const text = 'x'.repeat(limits.commentLength)
      const first = addComment(a.doc, { paper, me: alice.id, text, now: server.clock.now })
      const second = addComment(b.doc, { paper, me: bob.id, text, now: server.clock.now })
      for (const peer of [a, b, c]) expect((await peer.whenClosed()).code).toBe(closeCodes.unavailable)
      expect(b.doc.getMap('comments').has(first)).toBe(false)
      expect(c.doc.getMap('comments').size).toBe(0)
      expect([a.acknowledged, b.acknowledged]).toEqual([1, 1])
      await server.db.sql.run(end)
      expect((await storedState(server, room)).comments).toEqual({})
      const back = [await connect(server, alice, room, a.doc), await connect(server, bob, room, b.doc), await connect(server, carol, room, c.doc)]
      for (const peer of back) await peer.until(() => peer.doc.getMap('comments').size === 2)
      expect(Object.keys(Object((await storedState(server, room)).comments)).sort()).toEqual([first, second].sort())
    })
  }
})

/** Holds the next append to the log, or the next transaction, of a database until it is told to fail; all others run. */
const holdNext = (db: Database, kind: 'append' | 'transaction') => {
  const verdict = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const before = db[kind]
  const held = async () => {
    Object.assign(db, { [kind]: before })
    begun.resolve()
    await verdict.promise
    throw new Error('disk I/O error')
  }
  Object.assign(db, { [kind]: held })
  return { begun: begun.promise, fail: verdict.resolve }
}

test('[K5] what waits behind a change that could not be stored is not stored either, in its room alone', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const other = groupRoom(group)
  const a = await connect(server, alice, room)
  const b = await connect(server, bob, room)
  const elsewhere = await connect(server, bob, other)
  const held = holdNext(server.db, 'append')
  castVote(a.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  await held.begun
  castVote(a.doc, { paper, me: alice.id, value: -1, now: server.clock.now })
  castVote(b.doc, { paper: paperId(2), me: bob.id, value: 1, now: server.clock.now })
  const reading = elsewhere.doc.getMap('readings')
  reading.set(`abcdefghijkl:${bob.id}`, { paper, board: '2026-11-24', member: bob.id, role: 'reader', part: '', due: null, at: server.clock.now })
  // All of it has arrived, and nobody is told.
  await expect.poll(() => server.rooms.status().turnsWaiting).toBe(3)
  expect([a.acknowledged, b.acknowledged, elsewhere.acknowledged]).toEqual([1, 1, 1])
  held.fail()
  for (const peer of [a, b]) expect((await peer.whenClosed()).code).toBe(closeCodes.unavailable)
  await elsewhere.saved()
  expect(elsewhere.closed).toBeNull()
  expect((await storedState(server, room)).votes).toEqual({})
  const again = await connect(server, alice, room, a.doc)
  await again.until(() => voteOf(again.doc, paper, alice.id) === -1)
  expect((await storedState(server, room)).votes).toMatchObject({ [`${paper}:${alice.id}`]: { value: -1 } })
})

test('[K6] a change of the server itself that could not be stored is an error to whoever asked for it, and can be repeated', async ({
  server,
  group,
  alice,
}) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  const held = holdNext(server.db, 'append')
  const remove = () => server.rooms.edit(room, doc => doc.getMap('papers').delete(paper))
  const removed = remove()
  await held.begun
  held.fail()
  await expect(removed).rejects.toThrow('could not be stored')
  expect((await a.whenClosed()).code).toBe(closeCodes.unavailable)
  expect(a.doc.getMap('papers').has(paper)).toBe(true)
  await remove()
  expect((await storedState(server, room)).papers).not.toHaveProperty(paper)
})

test('[K7] rows that could not be written are written later, and changes are stored meanwhile as ever', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const b = await connect(server, bob, room)
  await expect.poll(async () => (await server.db.sql.select().from(server.db.t.boardPapers)).length).toBe(3)
  castVote(b.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await b.saved()
  const held = holdNext(server.db, 'transaction')
  await held.begun
  held.fail()
  // Other changes of the room go on.
  castVote(b.doc, { paper: paperId(2), me: bob.id, value: 1, now: server.clock.now })
  await b.saved()
  await expect.poll(async () => (await server.db.sql.select().from(server.db.t.votes)).length).toBe(2)
  expect(b.closed).toBeNull()
})

test('[K21] what could not be written to its rows is written with what was asked for meanwhile', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const b = await connect(server, bob, room)
  await expect.poll(async () => (await server.db.sql.select().from(server.db.t.boardPapers)).length).toBe(3)
  castVote(b.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await b.saved()
  const held = holdNext(server.db, 'transaction')
  await held.begun
  castVote(b.doc, { paper: paperId(2), me: bob.id, value: 1, now: server.clock.now })
  await b.saved()
  const asked = server.rooms.boardsWritten(group)
  held.fail()
  await asked
  await expect.poll(async () => (await server.db.sql.select().from(server.db.t.votes)).map(vote => vote.paper).sort()).toEqual([paper, paperId(2)].sort())
})
