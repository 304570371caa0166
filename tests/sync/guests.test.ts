/** Guests of a meeting: let in by a link with only a name, for that meeting alone. On the wire. */
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import type { Group, Me } from '@paperboard/shared/api'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { note } from '@paperboard/shared/decisions'
import type { GuestDoor, GuestLinkPreview } from '@paperboard/shared/guests'
import { raiseHand } from '@paperboard/shared/hands'
import { doorOf } from '@paperboard/shared/meetingFloor'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { putPoll } from '@paperboard/shared/polls'
import { ask } from '@paperboard/shared/questions'
import { boardRoom, groupRoom, meetingRoom } from '@paperboard/shared/room'
import { expect, test as plainTest } from 'vitest'
import type * as Y from 'yjs'
import { readEnv } from '../../apps/server/src/env.ts'
import { lanAddresses, lanOrigins } from '../../apps/server/src/lan.ts'
import { connect, Peer, paperId } from '../support/peer.ts'
import { Client, codeOf, type Person, todayAt, withServer } from '../support/server.ts'

const test = withServer()

const open = async (person: Person, group: string) => {
  const { body } = await person.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Tuesday' })
  return { id: body.id, path: `/api/groups/${group}/meetings/${body.id}`, room: meetingRoom(group, body.id) }
}
const letIn = async (person: Person, path: string) => (await person.send<GuestDoor>('PUT', `${path}/guest-link`)).body.token ?? ''

/** Somebody without an account who follows a link. */
class Visitor extends Client {
  id = ''
  async comeIn(token: string, name = 'Mia') {
    const answer = await this.post<Me>(`/api/guest-links/${token}`, { name })
    this.id = answer.body?.person?.id ?? ''
    return answer
  }
}

test('[H21] by the link of a meeting anybody comes in with only a name, into that meeting alone', async ({ server, alice, group }) => {
  const { id, path, room } = await open(alice, group)
  const other = await open(alice, group)
  const token = await letIn(alice, path)
  expect(await server.rooms.read(room, doorOf)).toEqual({ by: alice.id, at: server.clock.now })
  const mia = new Visitor(server)
  expect((await mia.get<GuestLinkPreview>(`/api/guest-links/${token}`)).body).toEqual({
    group,
    meeting: id,
    groupName: 'Reading group',
    title: 'Tuesday',
    takePart: true,
    member: false,
  })
  expect((await mia.comeIn(token)).body).toMatchObject({ person: { id: mia.id, name: 'Mia', email: '' }, groups: [], guest: { group, meeting: id } })
  expect((await mia.me()).guest).toEqual({ group, meeting: id })
  const peer = await connect(server, mia, room)
  expect(peer.closed).toBeNull()
  const day = todayAt(server.clock.now)
  for (const name of [other.room, groupRoom(group), boardRoom(group, day)])
    expect.soft((await new Peer(server, { cookie: mia.cookie, room: name }).whenClosed()).code, name).toBe(closeCodes.notMember)
  // What the page of the meeting needs is answered, and nothing else.
  for (const asked of [path, `${path}/sealed`, `/api/groups/${group}`]) expect.soft((await mia.get(asked)).status, asked).toBe(200)
  for (const asked of [other.path, `${other.path}/sealed`]) expect.soft(codeOf(await mia.get(asked)), asked).toBe('404 not-found')
  for (const asked of ['meetings', 'boards/2026-11-24', 'counts?from=2026-11-01&to=2026-11-24', 'invitations'])
    expect.soft(codeOf(await mia.get(`/api/groups/${group}/${asked}`)), asked).toBe('401 not-signed-in')
  for (const asked of [`${path}/guests`, '/api/notices', '/api/reminders']) expect.soft(codeOf(await mia.get(asked)), asked).toBe('401 not-signed-in')
  for (const asked of [`${path}/start`, `${path}/end`, '/api/groups']) expect.soft(codeOf(await mia.post(asked, {})), asked).toBe('401 not-signed-in')
  // All in the group know them by name, and take them for no member.
  const { body } = await alice.get<Group>(`/api/groups/${group}`)
  expect(body.members.find(member => member.id === mia.id)).toMatchObject({ name: 'Mia (guest)', role: 'guest', gone: true })
})

test('[H22] guests ask, vote and raise hands where the group lets them, and decide nothing', async ({ server, alice, group }) => {
  const { path, room } = await open(alice, group)
  const mia = new Visitor(server)
  await mia.comeIn(await letIn(alice, path))
  const peer = await connect(server, mia, room)
  const by = { me: mia.id, now: server.clock.now, paper: null }
  raiseHand(peer.doc, by)
  ask(peer.doc, { ...by, text: 'Does it scale?' })
  await peer.saved()
  const forgeries: [what: string, reason: RegExp, forge: (doc: Y.Doc) => void][] = [
    ['a decision', /^not-allowed/, doc => note(doc, 'decisions', { ...by, text: 'We read it' })],
    ['a poll', /^not-allowed/, doc => putPoll(doc, { ...by, question: 'Again?', options: ['Yes', 'No'], many: false, secret: false })],
    ['another hand', /^not-yours/, doc => void doc.getMap('hands').set(alice.id, { at: by.now })],
    ['the floor', /^not-facilitator/, doc => void doc.getMap('floor').set('floor', { facilitator: mia.id, item: 'closing', at: by.now })],
    ['the door', /^not-allowed/, doc => void doc.getMap('door').set('guests', { by: mia.id, at: by.now })],
  ]
  const refusal = async (forge: (doc: Y.Doc) => void) => {
    const attacker = await connect(server, mia, room)
    forge(attacker.doc)
    return (await attacker.whenClosed()).reason
  }
  for (const [what, reason, forge] of forgeries) expect.soft(await refusal(forge), what).toMatch(reason)
  expect((await alice.patch(`/api/groups/${group}`, { settings: { guests: 'listen' } })).status).toBe(200)
  expect(await refusal(doc => void doc.getMap('hands').delete(mia.id))).toMatch(/^not-allowed/)
  expect(codeOf(await mia.send('PUT', `${path}/takes/${paperId(1)}`, { text: 'Bold', score: 5 }))).toBe('403 forbidden')
})

test('[H23] whoever leads shows a guest out at once, closes the link, and nobody else does; a group may have no guests at all', async ({
  server,
  alice,
  bob,
  group,
}) => {
  const { path, room } = await open(alice, group)
  for (const method of ['PUT', 'DELETE']) expect.soft(codeOf(await bob.send(method, `${path}/guest-link`))).toBe('403 forbidden')
  const token = await letIn(alice, path)
  const [mia, noa] = [new Visitor(server), new Visitor(server)]
  await mia.comeIn(token)
  await noa.comeIn(token, 'Noa')
  expect((await bob.get<GuestDoor>(`${path}/guests`)).body.guests.map(({ name }) => name).sort()).toEqual(['Mia', 'Noa'])
  const [peer, stays] = [await connect(server, mia, room), await connect(server, noa, room)]
  expect(codeOf(await bob.delete(`${path}/guests/${mia.id}`))).toBe('403 forbidden')
  expect((await alice.delete<GuestDoor>(`${path}/guests/${mia.id}`)).body.guests.map(({ name }) => name)).toEqual(['Noa'])
  expect((await peer.whenClosed()).code).toBe(closeCodes.notMember)
  expect((await new Peer(server, { cookie: mia.cookie, room }).whenClosed()).code).toBe(closeCodes.signedOut)
  expect(stays.closed).toBeNull()
  await alice.delete(`${path}/guest-link`)
  expect(codeOf(await new Visitor(server).comeIn(token))).toBe('404 not-found')
  const again = await letIn(alice, path)
  expect(again).not.toBe(token)
  await alice.patch(`/api/groups/${group}`, { settings: { guests: 'none' } })
  await stays.whenClosed()
  expect((await new Peer(server, { cookie: noa.cookie, room }).whenClosed()).code).toBe(closeCodes.notMember)
  expect(codeOf(await new Visitor(server).comeIn(again))).toBe('404 not-found')
  expect(codeOf(await alice.send('PUT', `${path}/guest-link`))).toBe('403 forbidden')
})

test('[H24] a link ends with its meeting or after a week, and guests stay a day after the end to read', async ({ server, alice, group }) => {
  const { path, room } = await open(alice, group)
  const late = await open(alice, group)
  const [token, other] = [await letIn(alice, path), await letIn(alice, late.path)]
  const mia = new Visitor(server)
  await mia.comeIn(token)
  await alice.post(`${path}/start`)
  await alice.post(`${path}/end`)
  expect(codeOf(await new Visitor(server).comeIn(token))).toBe('404 not-found')
  expect((await connect(server, mia, room)).closed).toBeNull()
  server.clock.now += 25 * 3_600_000
  expect((await new Peer(server, { cookie: mia.cookie, room }).whenClosed()).code).toBe(closeCodes.notMember)
  expect((await mia.me()).person).toBeNull()
  server.clock.now += 7 * 86_400_000
  expect(codeOf(await new Visitor(server).comeIn(other))).toBe('404 not-found')
})

const at = (address: string, more: object = {}) =>
  [{ address, family: 'IPv4', internal: false, netmask: '', mac: '', cidr: null, ...more }] as NetworkInterfaceInfo[]

plainTest('[H36] phones are shown addresses of the machine in its network, those of networks within the machine last', () => {
  const interfaces = {
    lo: at('127.0.0.1', { internal: true }),
    docker0: at('172.17.0.1'),
    eth0: [...at('169.254.3.4'), ...at('fe80::1', { family: 'IPv6' })],
    wlan0: at('192.168.1.20'),
    'br-1a2b': at('172.18.0.1'),
    en1: at('10.0.0.7'),
  }
  expect(lanAddresses(interfaces)).toEqual(['192.168.1.20', '10.0.0.7', '172.17.0.1', '172.18.0.1'])
  expect(lanAddresses({})).toEqual([])
})

const listening: [title: string, env: Record<string, string>, offers: boolean][] = [
  ['listens to the network', { HOST: '0.0.0.0' }, true],
  ['listens to itself alone', { HOST: '127.0.0.1' }, false],
  ['is told where people reach it', { HOST: '0.0.0.0', PUBLIC_URL: 'http://papers.local' }, false],
  ['runs in a container', { HOST: '0.0.0.0', LAN: 'off' }, false],
]
for (const [title, env, offers] of listening)
  plainTest(`[H37] addresses in the network are offered, with the port that was asked, by a server that ${title}: ${offers}`, () => {
    const expected = offers ? lanAddresses(networkInterfaces()).map(address => `http://${address}:3000`) : []
    expect(lanOrigins(readEnv(env), '3000')).toEqual(expected)
  })
