/** One room does not hold up the others, neither by its many changes nor by what goes wrong in it. */
import { addComment, castVote, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { addDays } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { boardRoom, parseRoomName } from '@paperboard/shared/room'
import { eq } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import { locking } from '../../apps/server/src/db/database.ts'
import { boardWith, connect, paperId, storedState } from '../support/peer.ts'
import { type TestServer, withServer } from '../support/server.ts'

const test = withServer()
const small = withServer({ env: { UPDATES_PER_SECOND: '1' } })
const fast = withServer({ env: { UPDATES_PER_SECOND: '1000000' } })
const paper = paperId(1)

/** The board of the day before, with papers of its own. */
async function otherBoard(server: TestServer, room: string, by: string): Promise<string> {
  const name = parseRoomName(room)
  if (name?.kind !== 'board') throw new Error('Not a board')
  const other = boardRoom(name.group, addDays(name.day, -1))
  await boardWith({ rooms: { ...server.rooms, edit: (_, change) => server.rooms.edit(other, change) }, clock: server.clock }, { group: name.group, by })
  return other
}

test('[S44] a vote is stored before a flood in another room that came first', async ({ server, group, alice, bob }) => {
  const flooded = await boardWith(server, { group, by: alice.id })
  const calm = await otherBoard(server, flooded, alice.id)
  const writers = await Promise.all([alice, alice, bob, bob].map(who => connect(server, who, flooded)))
  const voter = await connect(server, bob, calm)
  for (const [n, writer] of writers.entries())
    for (let m = 0; m < 550; m++) addComment(writer.doc, { paper, me: n < 2 ? alice.id : bob.id, text: `${m}`, now: server.clock.now })
  const room = await server.rooms.open(flooded)
  while (room.turnsWaiting < 1_000) await new Promise(setImmediate)
  castVote(voter.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await voter.saved()
  expect(writers.map(writer => writer.acknowledged < writer.sent)).toContain(true)
  // Nothing of the flood is lost.
  for (const writer of writers) await writer.until(() => writer.acknowledged === writer.sent && writer.doc.getMap('comments').size === 2_200)
}, 60_000)

small(
  '[S45] of those who send too much for one room together, the busiest are sent away and lose nothing; the others go on',
  async ({ server, group, alice, bob, join }) => {
    const room = await boardWith(server, { group, by: alice.id })
    const carol = await join('Carol')
    const light = await connect(server, carol, room)
    const heavy = await Promise.all(Array.from({ length: 30 }, (_, n) => connect(server, n % 2 === 0 ? alice : bob, room)))
    for (const [n, peer] of heavy.entries())
      for (let m = 0; m < 7; m++) addComment(peer.doc, { paper, me: n % 2 === 0 ? alice.id : bob.id, text: `${m}`, now: server.clock.now })
    await light.until(() => heavy.some(peer => peer.closed !== null))
    for (const peer of heavy)
      if (peer.closed !== null) expect(peer.closed).toEqual({ code: closeCodes.unavailable, reason: 'too many changes in this room: try again' })
    castVote(light.doc, { paper, me: carol.id, value: 1, now: server.clock.now })
    await light.saved()
    // Time goes by, and they come back.
    server.clock.now += 10_000
    for (const [n, peer] of heavy.entries()) if (peer.closed !== null) await connect(server, n % 2 === 0 ? alice : bob, room, peer.doc)
    await light.until(() => light.doc.getMap('comments').size === 210)
  },
  60_000,
)

test('[S46] what goes wrong in one room, even after its commit, ends neither other rooms nor the way to the store', async ({ server, group, alice, bob }) => {
  const broken = await boardWith(server, { group, by: alice.id })
  const whole = await otherBoard(server, broken, alice.id)
  const [a, b] = [await connect(server, alice, broken), await connect(server, bob, whole)]
  const room = await server.rooms.open(broken)
  castVote(a.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  castVote(b.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  while (room.turnsWaiting === 0) await new Promise(setImmediate)
  room.afterStored(() => {
    throw new Error('this went wrong')
  })
  expect((await a.whenClosed()).code).toBe(closeCodes.unavailable)
  await b.saved()
  expect(room.gone).toBe(true)
  expect(server.logged.some(line => line.includes('this went wrong'))).toBe(true)
  // What was stored stays, and is told by the room that is loaded anew.
  const again = await connect(server, alice, broken, a.doc)
  castVote(again.doc, { paper: paperId(2), me: alice.id, value: -1, now: server.clock.now })
  await again.saved()
  expect(Object.keys(Object((await storedState(server, broken)).votes)).sort()).toEqual([`${paper}:${alice.id}`, `${paperId(2)}:${alice.id}`])
  expect(voteOf(b.doc, paper, bob.id)).toBe(1)
})

/** Does something while the store takes nothing into a room. */
async function whileStoreWaits({ db }: TestServer, room: string, work: () => Promise<void>): Promise<void> {
  await db.transaction(
    async tx => {
      await locking(tx.sql.select().from(tx.t.rooms).where(eq(tx.t.rooms.name, room)))
      await work()
    },
    { isolation: 'locks' },
  )
}

fast(
  '[S47] what waits in a room while the store takes nothing is bounded: who sends on is not read, then sent away, and loses nothing',
  async ({ server, group, alice, bob }) => {
    const name = await boardWith(server, { group, by: alice.id })
    const room = await server.rooms.open(name)
    const [voter, light] = [await connect(server, alice, name), await connect(server, bob, name)]
    const senders = await Promise.all(Array.from({ length: 24 }, () => connect(server, bob, name)))
    await whileStoreWaits(server, name, async () => {
      for (let n = 0; n < 6_000; n++) castVote(voter.doc, { paper, me: alice.id, value: n % 2 === 0 ? 1 : -1, now: server.clock.now })
      // Read on until the bound, and what had come by then. The batch that the store has begun with counts, and does not wait.
      await light.until(() => room.turnsWaiting > 1_000)
      await settled(() => room.turnsWaiting)
      expect(room.turnsWaiting).toBeLessThan(5_000)
      // Nobody has looked into these yet.
      for (const sender of senders) sender.sendUpdate(new Uint8Array(1_000_000).fill(255))
      await light.until(() => senders.some(sender => sender.closed !== null))
      expect(senders.filter(({ closed }) => closed === null).length).toBeGreaterThan(10)
    })
    await light.until(() => senders.every(sender => sender.closed !== null))
    const tooMany = { code: closeCodes.unavailable, reason: 'too many changes in this room: try again' }
    expect(senders.map(({ closed }) => closed)).toContainEqual(tooMany)
    expect(senders.filter(({ closed }) => closed?.code === closeCodes.malformed).length).toBeGreaterThan(10)
    await voter.saved()
    await light.until(() => voteOf(light.doc, paper, alice.id) === -1)
    castVote(light.doc, { paper: paperId(2), me: bob.id, value: 1, now: server.clock.now })
    await light.saved()
  },
  60_000,
)

/** Waits until a number stays as it is, for twenty turns of the loop. */
async function settled(number: () => number) {
  for (let turn = 0, before = -1; turn < 20; turn = number() === before ? turn + 1 : 0) {
    before = number()
    await new Promise(setImmediate)
  }
}

fast(
  '[S50] of much that waits, a piece is told at a time, so that nobody who reads falls behind',
  async ({ server, group, alice, bob }) => {
    const name = await boardWith(server, { group, by: alice.id })
    const room = await server.rooms.open(name)
    const [writer, reader] = [await connect(server, alice, name), await connect(server, bob, name)]
    const served = [...room.connections].find(connection => connection.member === bob.id)
    if (served === undefined) throw new Error('Nobody reads')
    const told = vi.spyOn(served, 'tell')
    const text = '☕'.repeat(limits.commentLength)
    // Four megabytes are there when the store takes something again.
    await whileStoreWaits(server, name, async () => {
      for (let n = 0; n < 130; n++) addComment(writer.doc, { paper, me: alice.id, text, now: server.clock.now })
      await settled(() => room.turnsWaiting)
      expect(room.turnsWaiting).toBeGreaterThan(100)
    })
    await reader.until(() => reader.doc.getMap('comments').size === 130)
    const sizes = told.mock.calls.map(([pieces]) => pieces.reduce((sum, { length }) => sum + length, 0))
    expect(sizes.length).toBeGreaterThan(3)
    expect(Math.max(...sizes)).toBeLessThan(600 * 1024)
  },
  60_000,
)
