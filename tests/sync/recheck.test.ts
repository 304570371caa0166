/** Access is looked at again while sockets are open, whatever changed it. */
import { createHash } from 'node:crypto'
import { castVote, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { defaultSettings } from '@paperboard/shared/members'
import { groupRoom } from '@paperboard/shared/room'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { describe, expect, test as plain, vi } from 'vitest'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { startRecheck } from '../../apps/server/src/sync/recheck.ts'
import { boardWith, connect, paperId } from '../support/peer.ts'
import { Person, withServer } from '../support/server.ts'

const test = withServer({ upkeep: { recheck: 25 } })
const paper = paperId(1)

describe('[S40] an open socket is closed soon after', () => {
  test('its session has run out, and others of the same person stay', async ({ server, group, bob }) => {
    const { sql, t } = server.db
    const other = await new Person(server, 'Bob').signIn()
    const here = await connect(server, bob, groupRoom(group))
    const there = await connect(server, other, groupRoom(group))
    const session = createHash('sha256')
      .update(bob.cookie.split('=')[1] ?? '')
      .digest('hex')
    await sql.update(t.sessions).set({ expiresAt: server.clock.now }).where(eq(t.sessions.id, session))
    expect((await here.whenClosed()).code).toBe(closeCodes.signedOut)
    expect(there.closed).toBeNull()
  })

  test('its session was deleted from the database', async ({ server, group, alice, bob }) => {
    const { sql, t } = server.db
    const hers = await connect(server, alice, groupRoom(group))
    bob.cookie = ''
    const his = await connect(server, await bob.signIn(), groupRoom(group))
    await sql.run(`DELETE FROM sessions WHERE person = '${bob.id}'`)
    expect((await his.whenClosed()).code).toBe(closeCodes.signedOut)
    expect(hers.closed).toBeNull()
    expect((await sql.select().from(t.sessions)).map(row => row.person)).toEqual([alice.id])
  })

  test('the membership was ended in the database, in that group alone', async ({ server, group, alice, bob }) => {
    const own = await bob.createGroup('Another group')
    const elsewhere = await connect(server, bob, groupRoom(own))
    const peers = [await connect(server, bob, groupRoom(group)), await connect(server, bob, await boardWith(server, { group, by: alice.id }))]
    await server.db.sql.run(`UPDATE memberships SET left_at = 1 WHERE person = '${bob.id}' AND group_id = '${group}'`)
    for (const peer of peers) expect((await peer.whenClosed()).code).toBe(closeCodes.notMember)
    expect(elsewhere.closed).toBeNull()
  })

  test('the role was changed in the database, and acts by the new one once it is back', async ({ server, group, alice, bob }) => {
    const room = await boardWith(server, { group, by: alice.id })
    const before = await connect(server, bob, room)
    await server.db.sql.run(`UPDATE memberships SET role = 'organizer' WHERE person = '${bob.id}'`)
    expect((await before.whenClosed()).code).toBe(closeCodes.accessChanged)
    const after = await connect(server, bob, room, before.doc)
    after.doc.getMap('papers').delete(paper)
    await after.saved()
    expect(after.closed).toBeNull()
  })
})

test('[S41] who may go on is not disturbed by being looked at, nor is anybody put out while the database does not answer', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const peer = await connect(server, bob, await boardWith(server, { group, by: alice.id }))
  const failed = () => server.logged.filter(line => line.includes('access could not be looked at again')).length
  await server.db.sql.run('ALTER TABLE memberships RENAME TO away')
  await expect.poll(failed).toBeGreaterThan(1)
  await server.db.sql.run('ALTER TABLE away RENAME TO memberships')
  castVote(peer.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await peer.saved()
  expect(peer.closed).toBeNull()
  expect(voteOf(peer.doc, paper, bob.id)).toBe(1)
})

plain('[S42] four thousand sockets are looked at with two questions to the database', async () => {
  const db = await openSqlite(':memory:')
  const { t } = db
  const people = Array.from({ length: 2_000 }, (_, i) => ({
    id: `person${String(i).padStart(6, '0')}`,
    email: `${i}@example.org`,
    name: 'A',
    passwordHash: '',
    createdAt: 1,
  }))
  await db.transaction(async tx => {
    await tx.sql.insert(t.groups).values({ id: 'group', name: 'G', timeZone: 'UTC', settings: defaultSettings, createdAt: 1 })
    for (const person of people) {
      await tx.sql.insert(t.people).values(person)
      await tx.sql.insert(t.sessions).values({ id: `session ${person.id}`, person: person.id, expiresAt: 2_000 })
      await tx.sql.insert(t.memberships).values({ group: 'group', person: person.id, role: 'member', joinedAt: 1, leftAt: null })
    }
  })
  const close = vi.fn()
  const connections = [...people, ...people].map(({ id }) => ({
    actor: { id, role: 'member' as const },
    session: `session ${id}`,
    group: 'group',
    open: true,
    close,
  }))
  const select = vi.spyOn(db.sql, 'select')
  const clock = { now: 1_000 }
  const stop = startRecheck({ db, log: pino({ level: 'silent' }), now: () => clock.now, every: 1, connections: () => connections })
  await expect.poll(() => select.mock.calls.length).toBeGreaterThanOrEqual(2)
  await stop()
  expect(select.mock.calls.length % 2).toBe(0)
  expect(close).not.toHaveBeenCalled()
  await db.close()
})
