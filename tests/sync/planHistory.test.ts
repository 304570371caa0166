/** Who changed what in a plan, as it is written down beside the rows. */
import type { PlanChanges, ReadingNotes } from '@paperboard/shared/api'
import { assignReading, setProgress } from '@paperboard/shared/group'
import { changeSession, planSession, putPaper, sessionsOf } from '@paperboard/shared/groupSessions'
import { takeSessionOut } from '@paperboard/shared/plan'
import { presentersOf, setPresenter } from '@paperboard/shared/presenters'
import { groupRoom } from '@paperboard/shared/room'
import { expect } from 'vitest'
import { planRoots, Steps } from '../../apps/web/src/live/steps.ts'
import { connect, paperId } from '../support/peer.ts'
import { Person, withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)
const session = { day: '2026-12-01', time: '16:00', minutes: 60, title: '', place: '', cancelled: false }

test('[R84] what changes in a plan is told to the group with who changed it and when, and what it was before; progress is not', async ({
  server,
  group,
  alice,
  bob,
}) => {
  const { clock } = server
  const history = async () => (await bob.get<PlanChanges>(`/api/groups/${group}/plan/changes`)).body.changes
  const settled = async (n: number) => {
    await expect.poll(history).toHaveLength(n)
    return history()
  }
  const a = await connect(server, alice, groupRoom(group))
  const key = planSession(a.doc, alice.id, { ...session, at: clock.now })
  await a.saved()
  expect(await settled(1)).toMatchObject([{ root: 'sessions', key, session: key, by: alice.id, at: clock.now, before: null, after: session }])
  clock.now += 60_000
  putPaper(a.doc, { session: key, paper, now: clock.now })
  changeSession(a.doc, key, { place: 'Room 2' })
  const reading = assignReading(a.doc, alice.id, {
    paper,
    board: session.day,
    member: bob.id,
    role: 'reader',
    part: '',
    session: key,
    due: null,
    at: clock.now,
  })
  await a.saved()
  const told = await settled(4)
  expect(told.map(({ root, at }) => `${root} ${at - clock.now}`).sort()).toEqual(['readings 0', 'sessionPapers 0', 'sessions -60000', 'sessions 0'])
  expect(told.find(({ root, before }) => root === 'sessions' && before !== null)).toMatchObject({ before: { place: '' }, after: { place: 'Room 2' } })
  const b = await connect(server, bob, groupRoom(group))
  setProgress(b.doc, { reading, me: bob.id, state: 'ready', now: clock.now })
  await b.saved()
  await server.rooms.edit(groupRoom(group), doc => putPaper(doc, { session: key, paper: paperId(2), now: clock.now }))
  const last = (await settled(5)).find(({ key }) => key.endsWith(paperId(2)))
  expect(last).toMatchObject({ by: 'server', root: 'sessionPapers', before: null })
  const eve = await new Person(server, 'Eve').signUp((await alice.invite(await alice.createGroup('Another'))).token)
  expect((await eve.get(`/api/groups/${group}/plan/changes`)).status).toBe(404)
  const earlier = await bob.get<PlanChanges>(`/api/groups/${group}/plan/changes?before=${clock.now}`)
  expect(earlier.body).toMatchObject({ more: false, changes: [{ key, before: null }] })
  expect((await bob.get(`/api/groups/${group}/plan/changes?before=never`)).status).toBe(400)
})

test('[R85] a reader notes for themselves on a reading of theirs; nobody else reads it, and an empty note is gone', async ({ server, group, alice, bob }) => {
  const a = await connect(server, alice, groupRoom(group))
  const of = { paper, board: session.day, role: 'reader', part: '', due: null, at: server.clock.now } as const
  const [his, hers] = [bob, alice].map(({ id }) => assignReading(a.doc, alice.id, { ...of, member: id }))
  await a.saved()
  const write = (who: typeof bob, reading: string | undefined, text: string) => who.send('PUT', `/api/groups/${group}/readings/${reading}/note`, { text })
  await expect.poll(async () => (await write(bob, his, 'Why eq. 3?')).status).toBe(204)
  expect((await write(bob, hers, 'Hers')).status).toBe(404)
  expect((await write(bob, his, 'x'.repeat(20_001))).status).toBe(400)
  const notes = async (who: typeof bob) => (await who.get<ReadingNotes>('/api/readings/notes')).body.notes
  expect(await notes(bob)).toEqual([{ group, reading: his, text: 'Why eq. 3?', at: server.clock.now }])
  expect(await notes(alice)).toEqual([])
  expect((await write(bob, his, '')).status).toBe(204)
  expect(await notes(bob)).toEqual([])
})

test('[R77] the server takes the way back of a session that was taken out with what others had put into it', async ({ server, group, alice, bob }) => {
  const now = server.clock.now
  const a = await connect(server, alice, groupRoom(group))
  const b = await connect(server, bob, groupRoom(group))
  const key = planSession(a.doc, alice.id, { ...session, at: now })
  putPaper(a.doc, { session: key, paper, now })
  await b.until(() => sessionsOf(b.doc)[0]?.papers.length === 1)
  setPresenter(b.doc, { session: key, member: bob.id, way: 'hand', asked: false, offer: null, me: bob.id, now })
  const reading = { paper, board: session.day, member: bob.id, role: 'reader', part: '', session: key, due: null, at: now } as const
  const read = assignReading(b.doc, bob.id, reading)
  await a.until(() => a.doc.getMap('readings').has(read) && presentersOf(a.doc).length === 1)
  const steps = new Steps(a, planRoots)
  steps.take('Took it out', doc => takeSessionOut(doc, { session: key, me: alice.id, now }))
  await b.until(() => sessionsOf(b.doc).length === 0 && presentersOf(b.doc).length === 0)
  expect(steps.undo(() => null)).toEqual({ says: 'Took it out', why: null })
  await b.until(() => sessionsOf(b.doc)[0]?.papers.length === 1 && presentersOf(b.doc)[0]?.by === bob.id)
  await a.saved()
  expect(a.closed).toBeNull()
  expect(b.doc.getMap('readings').get(read)).toEqual(reading)
})
