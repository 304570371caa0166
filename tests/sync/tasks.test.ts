/** What meetings leave somebody to do: found in their list, and marked done there or in the room. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Task, Tasks } from '@paperboard/shared/api'
import { type ActionItem, actionsOf, addAction, changeAction, marked } from '@paperboard/shared/decisions'
import { readingsOf } from '@paperboard/shared/group'
import { moveTo } from '@paperboard/shared/meetingFloor'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { groupRoom, meetingRoom } from '@paperboard/shared/room'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished } from 'vitest'
import type * as Y from 'yjs'
import { boardsWith } from '../../apps/server/src/db/boards.ts'
import { openSqlite } from '../../apps/server/src/db/sqlite.ts'
import { boardWith, connect, paperId } from '../support/peer.ts'
import { Person, startServer, type TestServer, withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)
const week = 7 * 86_400_000

const tasksOf = async (person: Person): Promise<Task[]> => (await person.get<Tasks>('/api/tasks')).body.tasks
const textsOf = async (person: Person) => (await tasksOf(person)).map(({ text }) => text)

/** A meeting that is on, with alice in it. */
async function meet({ server, group, alice }: { server: TestServer; group: string; alice: Person }) {
  const path = `/api/groups/${group}/meetings`
  const { id } = (await alice.post<MeetingSummary>(path, { title: 'Tuesday' })).body
  const room = meetingRoom(group, id)
  await alice.post(`${path}/${id}/start`)
  const peer = await connect(server, alice, room)
  let written = 0
  const write = (text: string, assignee: string | null, more: Partial<ActionItem> = {}): string =>
    addAction(peer.doc, { me: alice.id, now: server.clock.now + written++, paper: null, text, kind: 'task', assignee, due: null, ...more })
  const mark = (who: Person, key: string, done: boolean) => who.send('PUT', `${path}/${id}/actions/${key}/done`, { done })
  return { id, room, peer, write, mark, end: () => alice.post(`${path}/${id}/end`) }
}
const isDone = (doc: Y.Doc, key: string) => actionsOf(doc).find(action => action.key === key)?.done

test('[H39] what somebody is to do after a meeting is in their list alone, and not any more once another does it, nobody, or it is taken away', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const { id, peer, write, end } = await meet({ server, group, alice })
  const keys = ['Mail them', 'Book a room', 'Bring cake'].map(text => write(text, bob.id))
  const due = write('Ask Grace', bob.id, { due: '2026-12-04' })
  write('Nobody yet', null)
  await expect.poll(() => textsOf(bob)).toEqual(['Ask Grace', 'Mail them', 'Book a room', 'Bring cake'])
  const [first] = await tasksOf(bob)
  expect(first).toEqual({
    group,
    meeting: id,
    title: 'Tuesday',
    at: server.clock.now,
    key: due,
    text: 'Ask Grace',
    paper: null,
    due: '2026-12-04',
    until: expect.any(Number),
    doneAt: null,
  })
  expect(await textsOf(alice)).toEqual([])
  changeAction(peer.doc, keys[0] ?? '', { assignee: alice.id })
  changeAction(peer.doc, keys[1] ?? '', { assignee: null })
  peer.doc.getMap('actions').delete(keys[2] ?? '')
  await expect.poll(async () => [await textsOf(bob), await textsOf(alice)]).toEqual([['Ask Grace'], ['Mail them']])
  await end()
  expect(await textsOf(bob)).toEqual(['Ask Grace'])
})

test('[H40] what becomes something to be read is in the list no more, and what is read is never in it', async ({ server, group, alice, bob }) => {
  const day = (await boardWith(server, { group, by: alice.id })).split('/')[2]
  const { room, peer, write, end } = await meet({ server, group, alice })
  await server.rooms.edit(room, doc => moveTo(doc, { item: paper, now: server.clock.now }))
  const key = write('Sec. 3', bob.id, { paper })
  await expect.poll(() => textsOf(bob)).toEqual(['Sec. 3'])
  changeAction(peer.doc, key, { kind: 'reading' })
  await expect.poll(() => textsOf(bob)).toEqual([])
  await expect.poll(() => boardsWith(server.db, group, [paper])).toEqual([{ paper, day }])
  await end()
  expect(await server.rooms.read(groupRoom(group), readingsOf)).toMatchObject([{ key, member: bob.id, part: 'Sec. 3' }])
  expect(await textsOf(bob)).toEqual([])
})

test('[H41] a task is marked done in the list as in the room, also after the meeting, each sees it at once, and it stays in the list for a week', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const { room, peer, write, mark, end } = await meet({ server, group, alice })
  const [one, two] = [write('Mail them', bob.id), write('Book a room', bob.id)]
  await expect.poll(() => textsOf(bob)).toHaveLength(2)
  const doneOf = async (key: string) => (await tasksOf(bob)).find(task => task.key === key)?.doneAt
  const { now } = server.clock
  expect((await mark(bob, one, true)).status).toBe(204)
  await peer.until(() => isDone(peer.doc, one) === true)
  await expect.poll(() => doneOf(one)).toBe(now)
  await end()
  const mine = await connect(server, bob, room)
  changeAction(mine.doc, two, marked(true, now))
  await expect.poll(() => doneOf(two)).toBe(now)
  expect((await mark(bob, one, false)).status).toBe(204)
  await peer.until(() => isDone(peer.doc, one) === false)
  await expect.poll(() => doneOf(one)).toBe(null)
  expect((await mark(alice, one, true)).status).toBe(204)
  await mine.until(() => isDone(mine.doc, one) === true)
  await expect.poll(() => doneOf(one)).toBe(now)
  server.clock.now += week - 1
  expect(await textsOf(bob)).toHaveLength(2)
  server.clock.now += 1
  expect(await textsOf(bob)).toEqual([])
})

test('[H42] whoever has left the group finds none of its tasks, and marks none', async ({ server, group, alice, bob }) => {
  const { write, mark } = await meet({ server, group, alice })
  const key = write('Mail them', bob.id)
  await expect.poll(() => textsOf(bob)).toEqual(['Mail them'])
  await bob.post(`/api/groups/${group}/leave`)
  expect(await textsOf(bob)).toEqual([])
  expect((await mark(bob, key, true)).status).toBe(404)
})

test('[H43] what another is to do is marked by who wrote it down or leads alone, and nothing that is not there', async ({ server, group, alice, bob }) => {
  const { id, peer, write, mark, end } = await meet({ server, group, alice })
  const key = write('Mail them', alice.id)
  await expect.poll(() => textsOf(alice)).toEqual(['Mail them'])
  expect((await mark(bob, key, true)).status).toBe(403)
  await end()
  expect((await mark(bob, key, true)).status).toBe(403)
  expect((await mark(alice, `${key.slice(0, -1)}x`, true)).status).toBe(404)
  expect((await alice.send('PUT', `/api/groups/${group}/meetings/nomeeting/actions/${key}/done`, { done: true })).status).toBe(404)
  expect((await alice.send('PUT', `/api/groups/${group}/meetings/${id}/actions/${key}/done`, { done: 1 })).status).toBe(400)
  expect(isDone(peer.doc, key)).toBe(false)
})

test('[H48] a meeting whose tasks have no rows yet gets them with the next start, without anybody opening it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperboard-'))
  const file = join(folder, 'paperboard.sqlite')
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const before = await startServer({ file })
  const alice = await new Person(before, 'Alice').signUp()
  const group = await alice.createGroup()
  const { room, write } = await meet({ server: before, group, alice })
  write('Mail them', alice.id)
  await expect.poll(() => textsOf(alice)).toEqual(['Mail them'])
  await before.close()
  // As the migration leaves a meeting from before there were such rows.
  const db = await openSqlite(file)
  await db.sql.delete(db.t.meetingActions)
  await db.sql.update(db.t.rooms).set({ projectedSeq: 0 }).where(eq(db.t.rooms.name, room))
  await db.close()
  const after = await startServer({ file })
  onTestFinished(() => after.close())
  alice.server = after
  expect(await textsOf(alice)).toEqual([])
  await after.rooms.catchUp()
  expect(await textsOf(alice)).toEqual(['Mail them'])
})
