/** What is left of a meeting: minutes, made when it ends, mended by those who may, told to each member once. */
import { entriesOf, setAgendaOf } from '@paperboard/shared/agenda'
import { castVote } from '@paperboard/shared/board'
import { note } from '@paperboard/shared/decisions'
import { readingsOf } from '@paperboard/shared/group'
import { sessionsOf } from '@paperboard/shared/groupSessions'
import { moveTo } from '@paperboard/shared/meetingFloor'
import type { Archive, MeetingStanding, MeetingSummary, MeetingsOfPaper, Minutes, NextMeeting } from '@paperboard/shared/meetings'
import { noteOf } from '@paperboard/shared/notes'
import { groupRoom, meetingRoom } from '@paperboard/shared/room'
import { expect } from 'vitest'
import { insertPapers } from '../../apps/server/src/db/papers.ts'
import { createLogger } from '../../apps/server/src/logger.ts'
import { startMeetings } from '../../apps/server/src/meetings/keeping.ts'
import { paperRow } from '../support/longBoard.ts'
import { boardWith, connect, paperId } from '../support/peer.ts'
import { codeOf, type Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer()
const [P, Q] = [paperId(1), paperId(2)]

/** A meeting on two papers, of which it discusses the first. */
const held = async (server: TestServer, { lead, group }: { lead: Person; group: string }) => {
  await insertPapers(
    server.db,
    [1, 2].map(n => ({ ...paperRow(group, n), id: paperId(n) })),
    server.clock.now,
  )
  const board = await boardWith(server, { group, by: lead.id })
  const voter = await connect(server, lead, board)
  for (const paper of [P, Q]) castVote(voter.doc, { paper, me: lead.id, value: 1, now: server.clock.now })
  await voter.saved()
  const { id } = (await lead.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Tuesday' })).body
  const path = `/api/groups/${group}/meetings/${id}`
  const room = meetingRoom(group, id)
  await lead.post(`${path}/start`)
  const peer = await connect(server, lead, room)
  moveTo(peer.doc, { item: P, now: server.clock.now })
  note(peer.doc, 'decisions', { paper: P, text: 'We reproduce it', me: lead.id, now: server.clock.now })
  await peer.saved()
  server.clock.now += 20 * 60_000
  await lead.post(`${path}/end`)
  return { id, path, room, peer }
}

const keep = ({ db, rooms, clock }: TestServer, more: { mailsFrom: string | null; tell?: (people: readonly string[]) => void }) =>
  startMeetings({
    db,
    rooms,
    log: createLogger('silent', { write: () => undefined }),
    now: () => clock.now,
    tell: () => undefined,
    times: { every: 3_600_000 },
    ...more,
  })

test('[Y50] when a meeting ends there are minutes of it, and ending it again changes nothing', async ({ server, alice, bob, group }) => {
  const { path, room } = await held(server, { lead: alice, group })
  const { body } = await bob.get<Minutes>(`${path}/minutes`)
  expect(body).toMatchObject({ title: 'Tuesday', edited: false, mailedAt: null, mailAt: server.clock.now + 30 * 60_000 })
  expect(body.papers.map(({ paper, state }) => [paper, state])).toEqual([
    [P, 'discussed'],
    [Q, 'carried'],
  ])
  expect(body.text).toContain('## Decisions\n\n- We reproduce it\n')
  expect(body.text).toContain(paperRow(group, 1).title)
  expect((await server.rooms.read(room, entriesOf)).get(Q)?.state).toBe('carried')
  await alice.post(`${path}/end`)
  expect((await bob.get<Minutes>(`${path}/minutes`)).body).toEqual(body)
})

test('[Y51] what a meeting did not get to stands for the next one, with the votes that it had, and comes first', async ({ server, alice, bob, group }) => {
  await held(server, { lead: alice, group })
  const next = (await bob.post<MeetingSummary>(`/api/groups/${group}/meetings`, {})).body
  const path = `/api/groups/${group}/meetings/${next.id}`
  const { body } = await bob.get<MeetingStanding>(`${path}/standing`)
  expect(body.candidates.map(({ paper, votes, carried }) => [paper, votes.length, carried])).toEqual([[Q, 1, 1]])
  expect(body.past).toEqual([{ member: alice.id, proposed: 2, discussed: 1 }])
  await bob.post(`${path}/start`)
  expect((await server.rooms.read(meetingRoom(group, next.id), setAgendaOf)).map(({ paper }) => paper)).toEqual([Q])
  // Passed over again: it still stands, with its vote of before.
  server.clock.now += 60_000
  await bob.post(`${path}/end`)
  const third = (await bob.post<MeetingSummary>(`/api/groups/${group}/meetings`, {})).body
  const again = (await bob.get<MeetingStanding>(`/api/groups/${group}/meetings/${third.id}/standing`)).body
  expect(again.candidates.map(({ paper, votes, carried }) => [paper, votes.length, carried])).toEqual([[Q, 1, 2]])
})

test('[Y52] minutes are mended by organizers and by whoever led; what they wrote stays when they are made anew', async ({
  server,
  alice,
  bob,
  group,
  join,
}) => {
  const carol = await join('Carol')
  const { path, peer } = await held(server, { lead: bob, group })
  for (const [method, at, body] of [
    ['PUT', '', { text: 'Mine' }],
    ['POST', '/make', undefined],
    ['POST', '/mail', undefined],
  ] as const)
    expect.soft(codeOf(await carol.send(method, `${path}/minutes${at}`, body)), method + at).toBe('403 forbidden')
  expect((await bob.send<Minutes>('PUT', `${path}/minutes`, { text: '# Ours\n' })).body).toMatchObject({ text: '# Ours\n', edited: true, editedBy: bob.id })
  // Notes are mended after the end, too.
  noteOf(peer.doc, P).insert(0, 'A late note')
  await peer.saved()
  const { body } = await alice.post<Minutes>(`${path}/minutes/make`)
  expect([body.text, body.generated.includes('A late note')]).toEqual(['# Ours\n', true])
  expect((await alice.send<Minutes>('PUT', `${path}/minutes`, { text: null })).body).toMatchObject({ text: body.generated, edited: false, editedBy: null })
})

test('[Y53] minutes go to each member once: half an hour after the end, or when they are sent', async ({ server, alice, bob, group, onTestFinished }) => {
  const { path, id } = await held(server, { lead: alice, group })
  const told: string[] = []
  const keeper = keep(server, { mailsFrom: 'https://papers.example.org', tell: people => told.push(...people) })
  onTestFinished(() => keeper.close())
  const queued = async () => (await server.db.sql.select().from(server.db.t.mails)).map(({ person, kind, subject }) => [person, kind, subject]).sort()
  const both = [alice.id, bob.id].sort().map(person => [person, 'minutes', 'Minutes: Tuesday'])
  await keeper.run()
  expect(await queued()).toEqual([])
  await bob.send('PUT', '/api/reminders', { ...(await bob.get<{ settings: object }>('/api/reminders')).body.settings, minutes: 'both' })
  server.clock.now += 30 * 60_000
  await keeper.run()
  await keeper.run()
  await alice.post(`${path}/minutes/mail`)
  await keeper.run()
  expect(await queued()).toEqual(both)
  expect(told).toEqual([bob.id])
  const [mail] = await server.db.sql.select().from(server.db.t.mails)
  expect(mail?.text).toContain(`https://papers.example.org/g/${group}/meetings/${id}/minutes`)
  expect(mail?.html).toContain('<h2>Decisions</h2>')
})

test('[Y54] without a mail server minutes come in the app', async ({ server, alice, bob, group, onTestFinished }) => {
  const { path } = await held(server, { lead: alice, group })
  const keeper = keep(server, { mailsFrom: null })
  onTestFinished(() => keeper.close())
  await alice.post(`${path}/minutes/mail`)
  await keeper.run()
  const { body } = await bob.get<{ notices: { title: string; path: string }[] }>('/api/notices')
  expect(body.notices.map(({ title, path }) => [title, path])).toEqual([['Minutes: Tuesday', `${path.slice(4).replace('/groups/', '/g/')}/minutes`]])
})

test('[Y55] the archive has every meeting that has ended, with papers and decisions; a paper has its meetings', async ({ server, alice, bob, group }) => {
  const { id } = await held(server, { lead: alice, group })
  const { body } = await bob.get<Archive>(`/api/groups/${group}/archive`)
  expect(body.meetings.map(({ id, title, papers, decisions }) => [id, title, papers.map(({ paper }) => paper), decisions])).toEqual([
    [id, 'Tuesday', [P], ['We reproduce it']],
  ])
  const of = async (paper: string) =>
    (await bob.get<MeetingsOfPaper>(`/api/groups/${group}/papers/${paper}/meetings`)).body.meetings.map(({ meeting, state }) => [meeting, state])
  expect([await of(P), await of(Q), await of(paperId(3))]).toEqual([[[id, 'discussed']], [[id, 'carried']], []])
})

test('[H35] a meeting of which no minutes were made is in the archive, too; organizers make them, and have half an hour to mend them', async ({
  server,
  alice,
  bob,
  group,
}) => {
  const { id, path } = await held(server, { lead: alice, group })
  const { db, clock } = server
  await db.sql.delete(db.t.minutes)
  clock.now += 90 * 86_400_000
  const archive = async () => (await bob.get<Archive>(`/api/groups/${group}/archive`)).body.meetings.map(({ id, title, hasMinutes }) => [id, title, hasMinutes])
  expect(await archive()).toEqual([[id, 'Tuesday', false]])
  expect(codeOf(await bob.post(`${path}/minutes/make`))).toBe('403 forbidden')
  expect((await alice.post<Minutes>(`${path}/minutes/make`)).body.mailAt).toBe(clock.now + 30 * 60_000)
  expect(await archive()).toEqual([[id, 'Tuesday', true]])
})

test('[Y56] minutes are had as Markdown and as HTML, by members of the group alone', async ({ server, alice, bob, group }) => {
  const { path } = await held(server, { lead: alice, group })
  const [md, html] = [await bob.get<string>(`${path}/minutes/as/md`), await bob.get<string>(`${path}/minutes/as/html`)]
  expect([md.headers.get('content-type'), html.headers.get('content-type')]).toEqual(['text/markdown; charset=utf-8', 'text/html; charset=utf-8'])
  expect(md.body).toMatch(/^# Tuesday\n/)
  expect(html.body).toContain('<h1>Tuesday</h1>')
  expect(codeOf(await bob.get(`${path}/minutes/as/pdf`))).toBe('404 not-found')
  const other = await bob.createGroup('Other')
  expect(codeOf(await bob.get(`${path.replace(group, other)}/minutes`))).toBe('404 not-found')
})

test('[Y57] at the end the next session is proposed with what was carried over and who presents, and is planned once by organizers', async ({
  server,
  alice,
  bob,
  group,
}) => {
  const { path } = await held(server, { lead: alice, group })
  const { body } = await bob.get<NextMeeting>(`${path}/next`)
  expect(body.session).toBeNull()
  expect(body.papers.map(({ paper, why, presenter }) => [paper, why, presenter?.why])).toEqual([[Q, 'carried', 'rota']])
  const accept = { session: null, day: body.day, time: '16:00', papers: [{ paper: Q, presenter: bob.id }] }
  expect(codeOf(await bob.post(`${path}/next`, accept))).toBe('403 forbidden')
  const [first, again] = [await alice.post<MeetingSummary>(`${path}/next`, accept), await alice.post<MeetingSummary>(`${path}/next`, accept)]
  expect(first.status).toBe(201)
  expect(again.body.id).toBe(first.body.id)
  expect((await bob.get<NextMeeting>(`${path}/next`)).body).toMatchObject({ session: first.body.session, meeting: first.body.id })
  const planned = await server.rooms.read(groupRoom(group), doc => ({ sessions: sessionsOf(doc), readings: readingsOf(doc) }))
  expect(planned.sessions.map(({ day, time, papers }) => [day, time, papers.map(({ paper }) => paper)])).toEqual([[body.day, '16:00', [Q]]])
  expect(planned.readings.map(({ paper, member, role, session }) => [paper, member, role, session])).toEqual([[Q, bob.id, 'presenter', first.body.session]])
  // Its agenda are the papers of the session.
  await bob.post(`/api/groups/${group}/meetings/${first.body.id}/start`)
  expect((await server.rooms.read(meetingRoom(group, first.body.id), setAgendaOf)).map(({ paper }) => paper)).toEqual([Q])
})
