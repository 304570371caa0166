/** A meeting's room: who opens it, who leads, and what nobody else may write. */
import { closeCodes } from '@paperboard/shared/closeCodes'
import { limits } from '@paperboard/shared/limits'
import { clockOf, floorOf, meetingOf, moveTo } from '@paperboard/shared/meetingFloor'
import type { MeetingSummary, Meetings } from '@paperboard/shared/meetings'
import { meetingRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import type * as Y from 'yjs'
import { connect, Peer, paperId } from '../support/peer.ts'
import { codeOf, Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)

/** Opens a meeting; gives its path and its room. */
const open = async (person: Person, group: string, body: unknown = { title: 'Tuesday' }) => {
  const { status, body: meeting } = await person.post<MeetingSummary>(`/api/groups/${group}/meetings`, body)
  expect(status).toBe(201)
  return { id: meeting.id, path: `/api/groups/${group}/meetings/${meeting.id}`, room: meetingRoom(group, meeting.id) }
}

/** Connects, and says that one is here. */
const enter = async (server: TestServer, person: Person, room: string): Promise<Peer> => {
  const peer = await connect(server, person, room)
  peer.sendAwareness(peer.doc.clientID, 1, { member: person.id })
  await peer.until(() => peer.heard.has(peer.doc.clientID))
  return peer
}

describe('A meeting', () => {
  test('[Q1] is opened by any member, who leads it; of a session there is one', async ({ server, alice, bob, group }) => {
    const ad = await open(bob, group)
    expect(await server.rooms.read(ad.room, floorOf)).toEqual({ facilitator: bob.id, item: 'lobby', at: server.clock.now })
    const session = `${paperId(9)}:${alice.id}`
    const first = await open(alice, group, { title: 'Planned', session })
    const again = await bob.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Again', session })
    expect([again.status, again.body.id, again.body.title]).toEqual([200, first.id, 'Planned'])
    const { body } = await alice.get<Meetings>(`/api/groups/${group}/meetings`)
    expect(body.meetings.map(({ id }) => id).sort()).toEqual([ad.id, first.id].sort())
  })

  test('[Q2] has a room for members of its group alone, and only once it is opened', async ({ server, alice, bob, group }) => {
    const { room, path } = await open(alice, group)
    const other = await bob.createGroup('Other')
    const stranger = await new Person(server, 'Eve').signUp((await bob.invite(other)).token)
    for (const [person, name, code] of [
      [stranger, room, closeCodes.notMember],
      [bob, meetingRoom(group, paperId(5)), closeCodes.noRoom],
      [bob, meetingRoom(other, room.split('/').at(-1) ?? ''), closeCodes.noRoom],
      [bob, `meeting/${group}`, closeCodes.noRoom],
    ] as const)
      expect.soft((await new Peer(server, { cookie: person.cookie, room: name }).whenClosed()).code, name).toBe(code)
    expect(codeOf(await stranger.get(path))).toBe('404 not-found')
    expect(codeOf(await bob.get(path.replace(group, other)))).toBe('404 not-found')
  })

  test('[Q3] starts and ends once, for all, and then stays as it was', async ({ server, alice, bob, group }) => {
    const { room, path } = await open(alice, group)
    const peer = await connect(server, alice, room)
    const at = server.clock.now
    expect((await alice.post<MeetingSummary>(`${path}/start`)).body.startedAt).toBe(at)
    server.clock.now += 1000
    expect((await bob.post<MeetingSummary>(`${path}/start`)).body.startedAt).toBe(at)
    await peer.until(() => meetingOf(peer.doc).state === 'live')
    expect(codeOf(await alice.patch(path, { title: 'Late' }))).toBe('409 conflict')
    moveTo(peer.doc, { item: paper, now: server.clock.now, minutes: 10 })
    await peer.saved()
    server.clock.now += 60_000
    expect((await alice.post(`${path}/end`)).status).toBe(200)
    await peer.until(() => meetingOf(peer.doc).state === 'ended')
    expect(clockOf(peer.doc, paper)).toEqual({ box: 600_000, spent: 60_000, since: null })
    expect(codeOf(await alice.post(`${path}/start`))).toBe('409 conflict')
    moveTo(peer.doc, { item: 'closing', now: server.clock.now })
    expect(await peer.whenClosed()).toEqual({ code: closeCodes.refused, reason: expect.stringMatching(/^meeting-ended/) })
  })
})

describe('The floor', () => {
  const forged: [title: string, refusal: string, write: (doc: Y.Doc, bob: string, now: number) => unknown][] = [
    ['the floor', 'not-facilitator', (doc, bob, at) => doc.getMap('floor').set('floor', { facilitator: bob, item: paper, at })],
    ['the floor taken away', 'not-facilitator', doc => doc.getMap('floor').delete('floor')],
    ['a clock', 'not-facilitator', doc => doc.getMap('clock').set(paper, { box: 1, spent: 0, since: null })],
    ['the state', 'not-allowed', doc => doc.getMap('meeting').set('meeting', { state: 'live', startedAt: 1, endedAt: null })],
    ['attendance', 'not-allowed', (doc, bob) => doc.getMap('attendance').set(bob, { spans: [[1, 2]] })],
    ['another floor', 'unknown-key', (doc, bob, at) => doc.getMap('floor').set('other', { facilitator: bob, item: paper, at })],
  ]
  for (const [title, refusal, write] of forged)
    test(`[Q4] who does not lead changes nothing of it: ${title}`, async ({ server, alice, bob, group }) => {
      const { room } = await open(alice, group)
      const before = await server.rooms.read(room, floorOf)
      const peer = await connect(server, bob, room)
      write(peer.doc, bob.id, server.clock.now)
      expect(await peer.whenClosed()).toEqual({ code: closeCodes.refused, reason: expect.stringMatching(new RegExp(`^${refusal}`)) })
      expect(await server.rooms.read(room, floorOf)).toEqual(before)
    })

  test('[Q5] a facilitator moves all, and names no other by the way', async ({ server, alice, bob, group }) => {
    const { room } = await open(alice, group)
    const [peer, other] = [await connect(server, alice, room), await connect(server, bob, room)]
    moveTo(peer.doc, { item: paper, now: server.clock.now })
    await other.until(() => floorOf(other.doc)?.item === paper)
    peer.doc.getMap('floor').set('floor', { facilitator: bob.id, item: paper, at: server.clock.now })
    expect((await peer.whenClosed()).reason).toMatch(/^not-allowed/)
  })

  test('[Q6] is handed on by who leads, taken by organizers, and by any member once who led is gone', async ({ server, alice, bob, group, join }) => {
    const carol = await join('Carol')
    const { room, path } = await open(bob, group)
    const leads = async () => (await server.rooms.read(room, floorOf))?.facilitator
    const name = (person: Person, member: string) => person.post(`${path}/facilitator`, { member })
    const peer = await enter(server, bob, room)
    expect(codeOf(await name(carol, carol.id))).toBe('403 forbidden')
    expect((await name(bob, carol.id)).status).toBe(204)
    expect(await leads()).toBe(carol.id)
    // Carol does not come: Bob takes it back.
    expect(codeOf(await name(bob, bob.id))).toBe('403 forbidden')
    server.clock.now += limits.leadGrace
    expect((await name(bob, bob.id)).status).toBe(204)
    expect(codeOf(await name(carol, carol.id))).toBe('403 forbidden')
    expect((await name(alice, alice.id)).status).toBe(204)
    expect((await name(alice, bob.id)).status).toBe(204)
    const watcher = await enter(server, carol, room)
    const screen = await connect(server, bob, room)
    const shows = (clock: number) => screen.sendAwareness(screen.doc.clientID, clock, { member: bob.id, screen: true })
    shows(1)
    peer.leave()
    await watcher.until(() => watcher.heard.get(peer.doc.clientID) === null)
    expect(codeOf(await name(carol, carol.id))).toBe('403 forbidden')
    server.clock.now += limits.leadGrace
    // The projector of whoever leads is nobody's presence, however often it says that it is there.
    shows(2)
    await watcher.until(() => watcher.heard.has(screen.doc.clientID))
    expect((await name(carol, carol.id)).status).toBe(204)
    expect(await leads()).toBe(carol.id)
  })

  test('[H25] of several who take the lead at once when who led is gone, one gets it, organizers and all', async ({ server, alice, bob, group, join }) => {
    const [carol, dora] = [await join('Carol'), await join('Dora', 'organizer')]
    const { room, path } = await open(bob, group)
    const peer = await enter(server, bob, room)
    const watcher = await enter(server, carol, room)
    peer.leave()
    await watcher.until(() => watcher.heard.get(peer.doc.clientID) === null)
    server.clock.now += limits.leadGrace
    const takers = [alice, carol, dora]
    const answers = await Promise.all(takers.map(person => person.post(`${path}/facilitator`, { member: person.id, instead: bob.id })))
    const leader = (await server.rooms.read(room, floorOf))?.facilitator
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409])
    expect(takers[answers.findIndex(({ status }) => status === 204)]?.id).toBe(leader)
    // Who led is back, and is told who leads now.
    expect(codeOf(await bob.post(`${path}/facilitator`, { member: bob.id, instead: bob.id }))).toBe('409 conflict')
  })
})

const quick = withServer({ upkeep: { pulse: 50 } })

quick('[H31] whose network is gone without a word is missed within two heartbeats, and who is only silent is not', async ({ server, alice, bob, group }) => {
  const { room } = await open(alice, group)
  const [lost, silent] = [await enter(server, alice, room), await enter(server, bob, room)]
  // What arrives is not even read any more, as where a cable was pulled.
  lost.socket.pause()
  await silent.until(() => silent.heard.get(lost.doc.clientID) === null)
  expect(await server.rooms.awayFor(room, bob.id)).toBe(0)
  expect(silent.closed).toBeNull()
})
