/** The agenda of a meeting over the wire: what nobody else may write of it, when votes are counted, and that it stays. */
import { countedOf, entriesOf, entryAfter, planOf, rankPapers, setAgendaOf, setEntry, standingOf } from '@paperboard/shared/agenda'
import { defaultAgendaRule } from '@paperboard/shared/agendaRules'
import { castVote, setOffer } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { newId } from '@paperboard/shared/ids'
import { limits } from '@paperboard/shared/limits'
import { attendanceOf } from '@paperboard/shared/meetingFloor'
import type { MeetingStanding, MeetingSummary } from '@paperboard/shared/meetings'
import { meetingRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import type * as Y from 'yjs'
import { insertPapers, updatePaper } from '../../apps/server/src/db/papers.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { startMeetings } from '../../apps/server/src/meetings/keeping.ts'
import { paperRow } from '../support/longBoard.ts'
import { boardWith, connect, paperId } from '../support/peer.ts'
import { codeOf, type Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer()
const [P, Q, R] = [paperId(1), paperId(2), paperId(3)]

const open = async (person: Person, group: string, body: unknown = {}) => {
  const { body: meeting } = await person.post<MeetingSummary>(`/api/groups/${group}/meetings`, body)
  return { id: meeting.id, path: `/api/groups/${group}/meetings/${meeting.id}`, room: meetingRoom(group, meeting.id) }
}

/** Looks after meetings when it is told to. */
const keep = ({ db, rooms, clock }: TestServer) =>
  startMeetings({
    db,
    rooms,
    log: createLogger('silent', { write: () => undefined }),
    now: () => clock.now,
    mailsFrom: null,
    tell: () => undefined,
    times: { every: 3_600_000 },
  })

/** Votes on today's board at the server's time; resolves when they are stored. */
const vote = async (server: TestServer, person: Person, room: string, papers: readonly string[], value: 1 | -1 = 1) => {
  const peer = await connect(server, person, room)
  for (const paper of papers) castVote(peer.doc, { paper, me: person.id, value, now: server.clock.now })
  await peer.saved()
  peer.leave()
}

describe('[Y20] what a member forges on the agenda of a meeting is refused, and changes nothing', () => {
  const by = (bob: string, at: number) => ({ ...entryAfter(undefined, { place: 1 }, { me: bob, now: at }) })
  const forged: [title: string, refusal: string, write: (doc: Y.Doc, bob: string, now: number, alice: string) => unknown][] = [
    ['a place', 'not-allowed', (doc, bob, at) => doc.getMap('agenda').set(Q, by(bob, at))],
    ['a paper left to votes', 'not-allowed', doc => doc.getMap('agenda').delete(P)],
    ['the plan', 'not-allowed', doc => doc.getMap('plan').set('plan', { rule: defaultAgendaRule, votesCloseAt: null })],
    ['the count', 'not-allowed', (doc, _, at) => doc.getMap('counted').set('counted', { from: 0, until: at, past: [], at })],
    ['what was counted', 'not-allowed', doc => doc.getMap('standing').set(P, { votes: [], offers: [], proposer: null, carried: 0 })],
    ["another's order", 'not-yours', (doc, _, at, alice) => doc.getMap('rankings').set(alice, { papers: [P], at })],
    ['a paper twice in an order', 'invalid-record', (doc, bob, at) => doc.getMap('rankings').set(bob, { papers: [P, P], at })],
  ]
  for (const [title, refusal, write] of forged)
    test(title, async ({ server, alice, bob, group }) => {
      const { room } = await open(alice, group)
      await server.rooms.edit(room, doc => setEntry(doc, P, { place: 1 }, { me: alice.id, now: server.clock.now }))
      const before = await server.rooms.read(room, doc => [entriesOf(doc), planOf(doc)])
      const peer = await connect(server, bob, room)
      write(peer.doc, bob.id, server.clock.now, alice.id)
      expect(await peer.whenClosed()).toEqual({ code: closeCodes.refused, reason: expect.stringMatching(new RegExp(`^${refusal}`)) })
      expect(await server.rooms.read(room, doc => [entriesOf(doc), planOf(doc)])).toEqual(before)
    })

  const inAnothersName: [title: string, refusal: string, write: (doc: Y.Doc, now: number, bob: string) => unknown][] = [
    ["who leads, in another's name", 'not-yours', (doc, at, bob) => doc.getMap('agenda').set(Q, by(bob, at))],
    ['who leads, in the name of the server', 'not-yours', (doc, at) => doc.getMap('agenda').set(Q, { ...by('', at), by: null })],
    ['who leads, a place on no agenda', 'invalid-record', (doc, at, bob) => doc.getMap('agenda').set(Q, { ...by(bob, at), state: 'dropped' })],
  ]
  for (const [title, refusal, write] of inAnothersName)
    test(title, async ({ server, alice, bob, group }) => {
      const { room } = await open(alice, group)
      const peer = await connect(server, alice, room)
      write(peer.doc, server.clock.now, bob.id)
      expect((await peer.whenClosed()).reason).toMatch(new RegExp(`^${refusal}`))
    })
})

test('[Y21] whoever leads puts papers on the agenda, in an order, and takes them off; a member does once they lead', async ({ server, bob, group }) => {
  const { room } = await open(bob, group)
  const peer = await connect(server, bob, room)
  setEntry(peer.doc, P, { place: 1, minutes: 20, presenter: bob.id }, { me: bob.id, now: server.clock.now })
  setEntry(peer.doc, Q, { state: 'dropped' }, { me: bob.id, now: server.clock.now })
  await peer.saved()
  expect([...(await server.rooms.read(room, entriesOf))].map(([paper, { state }]) => [paper, state]).sort()).toEqual([
    [P, 'planned'],
    [Q, 'dropped'],
  ])
})

test('[Y22] an agenda has a bound', async ({ server, alice, group }) => {
  const { room } = await open(alice, group)
  const { now } = server.clock
  await server.rooms.edit(room, doc => {
    for (let n = 0; n < 300; n++) setEntry(doc, newId(), { state: 'dropped' }, { me: alice.id, now })
  })
  const peer = await connect(server, alice, room)
  setEntry(peer.doc, P, { place: 1 }, { me: alice.id, now })
  expect((await peer.whenClosed()).reason).toMatch(/^agenda-full/)
})

test('[Y23] votes and offers count that were cast since the meeting before', async ({ server, alice, bob, group }) => {
  const board = await boardWith(server, { group, by: alice.id })
  await vote(server, alice, board, [P])
  const first = await open(alice, group)
  await alice.post(`${first.path}/start`)
  server.clock.now += 60_000
  await vote(server, bob, board, [Q])
  const peer = await connect(server, bob, board)
  setOffer(peer.doc, { paper: R, me: bob.id, offered: true, now: server.clock.now })
  await peer.saved()
  await server.rooms.boardsWritten(group)
  const second = await open(alice, group)
  const { body } = await bob.get<MeetingStanding>(`${second.path}/standing`)
  expect(body.from).toBe(server.clock.now - 60_000)
  expect(body.candidates.map(({ paper, votes, offers }) => [paper, votes.length, offers.length])).toEqual([
    [Q, 1, 0],
    [R, 0, 1],
  ])
})

test('[Y28] what was voted under two ids of one work is one paper: of a member who voted on both the later vote counts, and no other', async ({
  server,
  alice,
  bob,
  group,
}) => {
  const rows = [1, 2, 3].map(n => ({ ...paperRow(group, n), id: paperId(n) }))
  await insertPapers(server.db, rows, server.clock.now)
  const board = await boardWith(server, { group, by: alice.id })
  await vote(server, alice, board, [P, R])
  await vote(server, bob, board, [Q])
  server.clock.now += 1_000
  await vote(server, alice, board, [Q], -1)
  const early = await open(alice, group, { rule: { ...defaultAgendaRule, kind: 'ranked' } })
  await server.rooms.edit(early.room, doc => {
    rankPapers(doc, { papers: [Q, R], me: bob.id, now: server.clock.now })
    setEntry(doc, Q, { minutes: 25 }, { me: alice.id, now: server.clock.now })
  })
  await server.rooms.boardsWritten(group)
  const cast = async () =>
    (await bob.get<MeetingStanding>(`${early.path}/standing`)).body.candidates.map(({ paper, also, votes }) => [
      paper,
      also,
      votes.map(({ member, value, board }) => `${member === alice.id ? 'alice' : 'bob'} ${value} ${board}`).sort(),
    ])
  const day = board.split('/').at(-1)
  expect((await cast()).length).toBe(3)
  const [, second] = rows
  if (second !== undefined) await updatePaper(server.db, { ...second, arxivId: null, titleKey: null, sameAs: P })
  expect(await cast()).toEqual([
    [P, [Q], [`alice -1 ${day}`, `bob 1 ${day}`]],
    [R, undefined, [`alice 1 ${day}`]],
  ])
  await alice.post(`${early.path}/start`)
  const [agenda, standing] = await server.rooms.read(early.room, doc => [setAgendaOf(doc), standingOf(doc)] as const)
  expect(agenda.map(({ paper, minutes }) => [paper, minutes])).toEqual([
    [P, 25],
    [R, null],
  ])
  const counted = standing?.candidates.find(({ paper }) => paper === P)
  expect([counted?.also, counted?.votes.map(({ value }) => value).sort()]).toEqual([[Q], [-1, 1]])
})

test('[Y29] since when votes count is told with the meeting before, and can be set', async ({ server, alice, bob, group }) => {
  const board = await boardWith(server, { group, by: alice.id })
  await vote(server, alice, board, [P])
  const first = await open(alice, group, { title: 'First' })
  const standing = async ({ path }: { path: string }) => (await bob.get<MeetingStanding>(`${path}/standing`)).body
  expect(await standing(first)).toMatchObject({ before: null, from: server.clock.now - limits.agendaDays * 86_400_000 })
  await alice.post(`${first.path}/start`)
  const started = server.clock.now
  server.clock.now += 60_000
  await vote(server, bob, board, [Q])
  await server.rooms.boardsWritten(group)
  const second = await open(alice, group)
  const now = await standing(second)
  expect(now).toMatchObject({ before: { id: first.id, title: 'First', until: started }, from: started })
  expect(now.candidates.map(({ paper }) => paper)).toEqual([Q])
  expect((await bob.patch<MeetingSummary>(second.path, { votesFrom: started - 3_600_000 })).body.votesFrom).toBe(started - 3_600_000)
  expect((await standing(second)).candidates.map(({ paper }) => paper).sort()).toEqual([P, Q].sort())
  await alice.post(`${second.path}/start`)
  expect(await server.rooms.read(second.room, doc => [planOf(doc).votesFrom, countedOf(doc)?.from])).toEqual([started - 3_600_000, started - 3_600_000])
})

test('[Y24] when a meeting starts its agenda is set, with the votes that made it; later votes change nothing', async ({ server, alice, bob, group }) => {
  const board = await boardWith(server, { group, by: alice.id })
  await vote(server, alice, board, [P, Q])
  await vote(server, bob, board, [Q])
  const { path, room } = await open(alice, group)
  await alice.post(`${path}/start`)
  const set = () => server.rooms.read(room, doc => [setAgendaOf(doc), standingOf(doc), countedOf(doc)] as const)
  const [agenda, standing, counted] = await set()
  expect(agenda.map(({ paper, place, by }) => [paper, place, by])).toEqual([
    [Q, 1, null],
    [P, 2, null],
  ])
  expect(
    standing?.candidates
      .find(({ paper }) => paper === Q)
      ?.votes.map(({ member }) => member)
      .sort(),
  ).toEqual([alice.id, bob.id].sort())
  server.clock.now += 1_000
  await vote(server, bob, board, [R, P])
  await vote(server, alice, board, [Q], -1)
  await server.rooms.boardsWritten(group)
  await bob.post(`${path}/start`)
  expect(await set()).toEqual([agenda, standing, counted])
  const peer = await connect(server, alice, room)
  peer.doc.getMap('agenda').delete(Q)
  expect((await peer.whenClosed()).reason).toMatch(/^agenda-set/)
})

test('[Y25] votes close at their time by the clock of the server, are counted then, and count again when they are let go on', async ({
  server,
  alice,
  bob,
  group,
  onTestFinished,
}) => {
  const board = await boardWith(server, { group, by: alice.id })
  await vote(server, alice, board, [P])
  const closeAt = server.clock.now + 60_000
  const { path, room } = await open(alice, group, { votesCloseAt: closeAt, rule: { ...defaultAgendaRule, kind: 'ranked' } })
  const keeper = keep(server)
  onTestFinished(() => keeper.close())
  const peer = await connect(server, bob, room)
  rankPapers(peer.doc, { papers: [Q, P], me: bob.id, now: server.clock.now })
  await peer.saved()
  await keeper.run()
  expect(await server.rooms.read(room, countedOf)).toBeNull()
  server.clock.now = closeAt + 1
  // Before anybody has noticed that the time is over.
  const late = await connect(server, bob, room)
  rankPapers(late.doc, { papers: [R], me: bob.id, now: closeAt })
  expect((await late.whenClosed()).reason).toMatch(/^votes-closed/)
  await keeper.run()
  expect((await server.rooms.read(room, countedOf))?.until).toBe(closeAt)
  // Dated before, and too late all the same.
  server.clock.now = closeAt - 1_000
  await vote(server, bob, board, [R])
  server.clock.now = closeAt + 2_000
  await alice.post(`${path}/start`)
  expect((await server.rooms.read(room, setAgendaOf)).map(({ paper }) => paper)).toEqual([P])
  const other = await open(alice, group, { votesCloseAt: server.clock.now + 1 })
  server.clock.now += 10
  await keeper.run()
  expect(await server.rooms.read(other.room, countedOf)).not.toBeNull()
  expect((await alice.patch(other.path, { votesCloseAt: null })).status).toBe(200)
  expect(await server.rooms.read(other.room, doc => [countedOf(doc), planOf(doc).votesCloseAt])).toEqual([null, null])
})

test('[Y26] the rule is changed by members until the meeting starts, and everybody in the room sees it', async ({ server, alice, bob, group }) => {
  const { path, room } = await open(alice, group)
  const peer = await connect(server, bob, room)
  const rule = { kind: 'budget', votes: 5, boost: true, most: 4 }
  expect((await bob.patch(path, { rule })).status).toBe(200)
  await peer.until(() => planOf(peer.doc).rule.kind === 'budget')
  expect(planOf(peer.doc).rule).toEqual(rule)
  expect(codeOf(await bob.patch(path, { rule: { ...rule, most: 0 } }))).toBe('400 invalid')
  await alice.post(`${path}/start`)
  expect(codeOf(await bob.patch(path, { rule }))).toBe('409 conflict')
})

test('[Y27] attendance is written by the server from who is connected, and screens are not people', async ({ server, alice, bob, group, onTestFinished }) => {
  const { path, room } = await open(alice, group)
  const keeper = keep(server)
  onTestFinished(() => keeper.close())
  const here = await connect(server, bob, room)
  here.sendAwareness(here.doc.clientID, 1, { member: bob.id })
  const screen = await connect(server, alice, room)
  screen.sendAwareness(screen.doc.clientID, 1, { member: alice.id, screen: true })
  await here.until(() => here.heard.size === 2)
  await keeper.run()
  // Not before it has started.
  expect(await server.rooms.read(room, attendanceOf)).toEqual(new Map())
  await alice.post(`${path}/start`)
  const came = server.clock.now
  await keeper.run()
  expect(await server.rooms.read(room, attendanceOf)).toEqual(new Map([[bob.id, { spans: [[came, null]] }]]))
  server.clock.now += 600_000
  here.leave()
  await screen.until(() => screen.heard.get(here.doc.clientID) === null)
  await keeper.run()
  expect(await server.rooms.read(room, attendanceOf)).toEqual(new Map([[bob.id, { spans: [[came, server.clock.now]] }]]))
})
