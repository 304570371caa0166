/**
 * What is secret in a meeting until it is opened: looked for in all that a member can get, byte by byte, and in all that
 * the server keeps beside the one table where it waits.
 */

import { addAction } from '@paperboard/shared/decisions'
import { readingsOf } from '@paperboard/shared/group'
import { moveTo } from '@paperboard/shared/meetingFloor'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { castBallot, pollsOf, putPoll, removePoll } from '@paperboard/shared/polls'
import { groupRoom, meetingRoom } from '@paperboard/shared/room'
import { type MySealed, takesOf } from '@paperboard/shared/takes'
import { getTableName } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { boardsWith } from '../../apps/server/src/db/boards.ts'
import { boardWith, connect, type Peer, paperId, storedState } from '../support/peer.ts'
import { codeOf, type Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)
/** A sentence that is nowhere else. */
const secret = 'xylophone quasar marmalade'

/** A meeting that Alice has started and taken to its first paper. */
async function meetingOf({ server, group, alice }: { server: TestServer; group: string; alice: Person }) {
  const { body } = await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Thursday' })
  const path = `/api/groups/${group}/meetings/${body.id}`
  expect((await alice.post(`${path}/start`)).status).toBe(200)
  const room = meetingRoom(group, body.id)
  await server.rooms.edit(room, doc => moveTo(doc, { item: paper, now: server.clock.now }))
  return { path, room }
}

/** Every byte that a peer's socket receives from now on. */
const overhear = (peer: Peer): Uint8Array[] => {
  const heard: Uint8Array[] = []
  peer.socket.on('message', data => heard.push(new Uint8Array(data as ArrayBuffer)))
  return heard
}
const holds = (bytes: Iterable<Uint8Array>, text: string) => [...bytes].some(part => Buffer.from(part).includes(text))

/** All rows of all tables but those named, as text; bytes as they are. */
async function everyRow({ db }: TestServer, but: readonly string[]): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = []
  for (const table of Object.values(db.t)) {
    if (but.includes(getTableName(table))) continue
    for (const row of await db.sql.select().from(table))
      for (const value of Object.values(row)) parts.push(value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value) ?? ''))
  }
  return parts
}

/** What the API answers to a member who asks for everything there is about a meeting. */
async function askedFor(person: Person, group: string, path: string): Promise<Uint8Array[]> {
  const pages = [path, `${path}/sealed`, `/api/groups/${group}/meetings`, `/api/groups/${group}`, `${path}/takes/${paper}`, `${path}/takes`]
  return Promise.all(pages.map(async page => Buffer.from(JSON.stringify((await person.get(page)).body))))
}

describe('[H11] before the reveal nothing tells what another has written', () => {
  test('a take', async ({ server, group, alice, bob, join }) => {
    const { path, room } = await meetingOf({ server, group, alice })
    const carol = await join('Carol')
    const [a, b, inGroup] = [await connect(server, alice, room), await connect(server, bob, room), await connect(server, bob, groupRoom(group))]
    const heard = [overhear(b), overhear(inGroup), overhear(a)]
    expect((await carol.send('PUT', `${path}/takes/${paper}`, { text: `draft ${secret}`, score: 2 })).status).toBe(204)
    expect((await carol.send('PUT', `${path}/takes/${paper}`, { text: secret, score: 5 })).status).toBe(204)
    await b.until(() => takesOf(b.doc, paper).takers.includes(carol.id))
    // Who comes later gets all that there is.
    const late = await connect(server, alice, room)
    expect(takesOf(late.doc, paper)).toEqual({ takers: [carol.id], revealed: null, takes: [] })
    expect(holds(heard.flat(), secret)).toBe(false)
    expect(JSON.stringify(await storedState(server, room))).not.toContain('score')
    for (const person of [alice, bob]) expect(holds(await askedFor(person, group, path), secret)).toBe(false)
    expect(holds(await everyRow(server, ['sealed']), secret)).toBe(false)
    expect(server.logged.join('\n')).not.toContain(secret)
    expect((await carol.get<MySealed>(`${path}/sealed`)).body.takes).toEqual([{ paper, text: secret, score: 5, at: server.clock.now }])

    expect(codeOf(await bob.post(`${path}/takes/${paper}/reveal`))).toBe('403 forbidden')
    expect((await alice.post(`${path}/takes/${paper}/reveal`)).status).toBe(204)
    await b.until(() => takesOf(b.doc, paper).takes.length === 1)
    expect(takesOf(b.doc, paper)).toMatchObject({ revealed: { by: alice.id }, takes: [{ member: carol.id, text: secret, score: 5 }] })
    expect(holds(heard.flat(), secret)).toBe(true)
    expect(server.logged.join('\n')).not.toContain(secret)
  })

  test('a ballot of a secret poll, then and after', async ({ server, group, alice, bob, join }) => {
    const { path, room } = await meetingOf({ server, group, alice })
    const carol = await join('Carol')
    const a = await connect(server, alice, room)
    const poll = putPoll(a.doc, {
      me: alice.id,
      now: server.clock.now,
      paper: null,
      question: 'Again?',
      options: ['Yes', 'No', 'Later'],
      many: false,
      secret: true,
    })
    await a.saved()
    const b = await connect(server, bob, room)
    const heard = overhear(b)
    for (const [person, choice] of [
      [carol, 0],
      [carol, 2],
      [alice, 2],
      [bob, 1],
    ] as const)
      expect((await person.send('PUT', `${path}/ballots/${poll}`, { choices: [choice] })).status).toBe(204)
    await b.until(() => pollsOf(b.doc)[0]?.voters.length === 3)
    expect(holds(heard, 'choices')).toBe(false)
    expect(pollsOf(b.doc)).toMatchObject([{ counts: null, chosen: new Map() }])
    expect((await bob.get<MySealed>(`${path}/sealed`)).body.ballots).toMatchObject([{ poll, choices: [1] }])
    expect(holds(await everyRow(server, ['sealed']), 'choices')).toBe(false)

    expect(codeOf(await bob.post(`${path}/polls/${poll}/close`))).toBe('403 forbidden')
    expect((await alice.post(`${path}/polls/${poll}/close`)).status).toBe(204)
    await b.until(() => pollsOf(b.doc)[0]?.result !== null)
    expect(pollsOf(b.doc)).toMatchObject([{ counts: [0, 1, 2], result: { ballots: 3, by: alice.id } }])
    // Nobody will ever learn who chose what, whoever reads the database.
    expect(await server.db.sql.select().from(server.db.t.sealed)).toEqual([])
    expect(holds(heard, 'choices')).toBe(false)
    expect(codeOf(await carol.send('PUT', `${path}/ballots/${poll}`, { choices: [0] }))).toBe('409 conflict')
    expect((await alice.post(`${path}/polls/${poll}/close`)).status).toBe(204)
  })
})

test('[H12] a take is changed and taken back until the reveal, which happens once and holds', async ({ server, group, alice, bob }) => {
  const { path, room } = await meetingOf({ server, group, alice })
  const take = `${path}/takes/${paper}`
  expect(codeOf(await alice.post(`${take}/reveal`))).toBe('409 conflict')
  await bob.send('PUT', take, { text: 'Bold', score: 4 })
  await bob.delete(take)
  expect(await server.rooms.read(room, doc => takesOf(doc, paper).takers)).toEqual([])
  expect(codeOf(await alice.post(`${take}/reveal`))).toBe('409 conflict')
  await bob.send('PUT', take, { text: 'Bold', score: 4 })
  await alice.post(`${take}/reveal`)
  server.clock.now += 1_000
  expect((await alice.post(`${take}/reveal`)).status).toBe(204)
  expect(codeOf(await bob.send('PUT', take, { text: 'Thin', score: 1 }))).toBe('409 conflict')
  expect(codeOf(await alice.send('PUT', take, { text: 'Me too', score: 4 }))).toBe('409 conflict')
  expect(codeOf(await bob.delete(take))).toBe('409 conflict')
  expect(await server.rooms.read(room, doc => takesOf(doc, paper))).toMatchObject({
    revealed: { by: alice.id, at: server.clock.now - 1_000 },
    takes: [{ member: bob.id, text: 'Bold', score: 4 }],
  })
})

test('[H13] takes and ballots are refused that are of no form, for nothing that is there, or too late', async ({ server, group, alice, bob }) => {
  const { path, room } = await meetingOf({ server, group, alice })
  const a = await connect(server, alice, room)
  const open = putPoll(a.doc, { me: alice.id, now: server.clock.now, paper: null, question: 'Again?', options: ['Yes', 'No'], many: false, secret: false })
  const sealed = putPoll(a.doc, { me: alice.id, now: server.clock.now, paper: null, question: 'Really?', options: ['Yes', 'No'], many: false, secret: true })
  await a.saved()
  const put = async (rest: string, body: unknown) => codeOf(await bob.send('PUT', `${path}/${rest}`, body))
  expect(await put(`takes/${paper}`, { text: 'x', score: 6 })).toBe('400 invalid')
  expect(await put(`takes/${paper}`, { text: 'x'.repeat(281), score: 1 })).toBe('400 invalid')
  expect(await put(`takes/${paper}`, { text: 'x', score: 1, member: alice.id })).toBe('400 invalid')
  expect(await put(`takes/${paperId(9)}`, { text: 'x', score: 1 })).toBe('403 forbidden')
  expect(await put('takes/nothing', { text: 'x', score: 1 })).toBe('400 invalid')
  expect(await put(`ballots/${open}`, { choices: [0] })).toBe('400 invalid')
  expect(await put(`ballots/${sealed}`, { choices: [0, 1] })).toBe('400 invalid')
  expect(await put(`ballots/${sealed}`, { choices: [2] })).toBe('400 invalid')
  expect(await put(`ballots/${paper}:${alice.id}`, { choices: [0] })).toBe('404 not-found')
  expect(codeOf(await bob.get(`${path.slice(0, -12)}${paper}/sealed`))).toBe('404 not-found')
  await alice.post(`${path}/end`)
  expect(await put(`takes/${paper}`, { text: 'x', score: 1 })).toBe('403 forbidden')
  expect(await put(`ballots/${sealed}`, { choices: [0] })).toBe('403 forbidden')
})

test('[H26] ballots of a secret poll that is taken away are deleted, and of no other', async ({ server, group, alice, bob }) => {
  const { path, room } = await meetingOf({ server, group, alice })
  const a = await connect(server, alice, room)
  const poll = { me: alice.id, now: server.clock.now, paper: null, options: ['Yes', 'No'], many: false, secret: true }
  const [gone, stays] = [putPoll(a.doc, { ...poll, question: 'Really?' }), putPoll(a.doc, { ...poll, question: 'Again?' })]
  await a.saved()
  for (const key of [gone, stays]) expect((await bob.send('PUT', `${path}/ballots/${key}`, { choices: [0] })).status).toBe(204)
  removePoll(a.doc, gone)
  await a.saved()
  const { sealed } = server.db.t
  await expect.poll(async () => (await server.db.sql.select({ thing: sealed.thing }).from(sealed)).map(({ thing }) => thing)).toEqual([stays])
})

test('[H14] when a meeting ends its polls are closed, and what is to be read becomes readings, once', async ({ server, group, alice, bob }) => {
  const day = (await boardWith(server, { group, by: alice.id })).split('/')[2]
  const { path, room } = await meetingOf({ server, group, alice })
  const [a, b] = [await connect(server, alice, room), await connect(server, bob, room)]
  const now = server.clock.now
  const poll = putPoll(a.doc, { me: alice.id, now, paper: null, question: 'Again?', options: ['Yes', 'No'], many: true, secret: false })
  const action = { me: alice.id, now, due: '2027-01-05', assignee: bob.id }
  const key = addAction(a.doc, { ...action, paper, text: 'Sec. 3', kind: 'reading' })
  addAction(a.doc, { ...action, paper: null, text: 'Mail the authors', kind: 'task' })
  addAction(a.doc, { ...action, paper, text: '', kind: 'reading', assignee: null })
  await a.saved()
  await b.until(() => pollsOf(b.doc).length === 1)
  castBallot(b.doc, { poll, me: bob.id, choices: [0, 1], now })
  await b.saved()
  // Where the paper stands is read from the rows.
  await expect.poll(() => boardsWith(server.db, group, [paper])).toEqual([{ paper, day }])
  expect((await alice.post(`${path}/end`)).status).toBe(200)
  await b.until(() => pollsOf(b.doc)[0]?.result !== null)
  expect(pollsOf(b.doc)).toMatchObject([{ counts: [1, 1], result: { ballots: 1 } }])
  await alice.post(`${path}/end`)
  expect(await server.rooms.read(groupRoom(group), readingsOf)).toMatchObject([
    { key, by: alice.id, member: bob.id, paper, board: day, part: 'Sec. 3', role: 'reader', due: '2027-01-05' },
  ])
})
