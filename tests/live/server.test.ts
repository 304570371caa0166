/** The live layer against the real server. */
import { addComment, addPapers, castVote, offersOf, setOffer, talliesOf, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { syncPath } from '@paperboard/shared/protocol'
import { afterEach, expect } from 'vitest'
import { LiveRoom } from '../../apps/web/src/live/LiveRoom.ts'
import { asideOf } from '../../apps/web/src/live/setAside.ts'
import { boardWith, paperId } from '../support/peer.ts'
import { type Person, type TestServer, withServer } from '../support/server.ts'
import { saved, untilState } from './browser.ts'

const test = withServer()
const open: LiveRoom[] = []

/** The socket class of a browser in which a person is signed in. */
const socketOf = (server: TestServer, person: Person) =>
  new Proxy(WebSocket, {
    construct: (target, [url], newTarget) => Reflect.construct(target, [url, { headers: { cookie: person.cookie, origin: server.url } }], newTarget),
  })

const enter = (server: TestServer, person: Person, name: string, also: { slowDown?: number } = {}) => {
  const url = server.url.replace('http', 'ws') + syncPath
  const room = new LiveRoom({ name, member: person.id, url, socket: socketOf(server, person), ...also })
  open.push(room)
  void room.open()
  return room
}

afterEach(async () => {
  await Promise.all(open.splice(0).map(room => room.close()))
})

const [paper, missing] = [paperId(1), 'notOnTheBoa0']

test("[L80] a vote is on the other member's screen, and saved", async ({ server, group, alice, bob }) => {
  const name = await boardWith(server, { group, by: alice.id })
  const [hers, his] = [enter(server, alice, name), enter(server, bob, name)]
  await untilState(hers, saved)
  await untilState(his, saved)
  castVote(hers.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  await expect.poll(() => voteOf(his.doc, paper, alice.id)).toBe(1)
  await untilState(hers, saved)
  hers.setPresence({ paper })
  await expect.poll(() => his.presence.here().get(alice.id)?.papers).toEqual([paper])
  expect(hers.state().status).toBe('live')
})

test('[L81] of a day of offline work the server takes what it may and the rest is set aside', async ({ server, group, alice }) => {
  const name = await boardWith(server, { group, by: alice.id })
  const room = enter(server, alice, name)
  await untilState(room, saved)
  room.disconnect()
  await untilState(room, { status: 'offline' })
  castVote(room.doc, { paper, me: alice.id, value: 1, now: server.clock.now })
  addComment(room.doc, { paper: missing, me: alice.id, text: 'About nothing here', now: server.clock.now })
  setOffer(room.doc, { paper: paperId(2), me: alice.id, offered: true, now: server.clock.now })
  room.reconnect()
  await expect.poll(() => asideOf(alice.id)).toMatchObject([{ why: 'refused', refusal: 'not-here', records: [{ root: 'comments' }] }])
  await untilState(room, saved)
  await expect.poll(() => server.rooms.read(name, doc => [voteOf(doc, paper, alice.id), offersOf(doc).size])).toEqual([1, 1])
})

test('[L82] a change of access reconnects without showing a failure', async ({ server, group, alice }) => {
  const name = await boardWith(server, { group, by: alice.id })
  const room = enter(server, alice, name)
  await untilState(room, saved)
  const seen: string[] = []
  room.subscribe(() => seen.push(room.state().status))
  server.rooms.disconnect({ person: alice.id }, closeCodes.accessChanged)
  await expect.poll(() => seen).toEqual(['connecting', 'live'])
})

test('[L83] a member who was removed is told why, and what was not saved is set aside', async ({ server, group, alice, bob }) => {
  const name = await boardWith(server, { group, by: alice.id })
  const room = enter(server, bob, name)
  await untilState(room, saved)
  room.disconnect()
  await untilState(room, { status: 'offline' })
  addComment(room.doc, { paper, me: bob.id, text: 'Written on the train', now: server.clock.now })
  expect((await alice.delete(`/api/groups/${group}/members/${bob.id}`)).status).toBeLessThan(300)
  room.reconnect()
  await untilState(room, { status: 'closed', why: 'notMember' })
  expect(asideOf(bob.id)).toMatchObject([{ why: 'notMember', records: [{ value: { text: 'Written on the train' } }] }])
})

test('[L84] a session that ends closes the room', async ({ server, group, alice }) => {
  const name = await boardWith(server, { group, by: alice.id })
  const room = enter(server, alice, name)
  await untilState(room, saved)
  expect((await alice.delete('/api/session')).status).toBeLessThan(300)
  await untilState(room, { status: 'closed', why: 'signedOut' })
})

withServer({ env: { UPDATES_PER_SECOND: '1' } })(
  '[L85] a window that was closed for sending too fast comes back by itself, and nothing of what it sent or changed meanwhile is lost',
  async ({ server, group, alice }) => {
    const name = await boardWith(server, { group, by: alice.id })
    const many = Array.from({ length: 30 }, (_, i) => paperId(100 + i))
    await server.rooms.edit(name, doc => addPapers(doc, many, { member: alice.id, now: server.clock.now, source: 'ids' }))
    const room = enter(server, alice, name, { slowDown: 1_000 })
    await untilState(room, saved)
    const voteOn = (on: string) => castVote(room.doc, { paper: on, me: alice.id, value: 1, now: server.clock.now })
    let sentAway = 0
    room.subscribe(() => {
      if (room.state().why === 'tooFast') sentAway ||= performance.now()
    })
    many.forEach(voteOn)
    await untilState(room, { status: 'offline', why: 'tooFast' })
    expect(room.state().unsaved).toBeGreaterThan(0)
    // What is done meanwhile is kept, and a network that comes back is no reason to hurry.
    voteOn(paper)
    room.reconnect()
    await untilState(room, { ...saved, why: null })
    expect(performance.now() - sentAway).toBeGreaterThan(990)
    expect(await server.rooms.read(name, doc => [...talliesOf(doc).keys()].sort())).toEqual([paper, ...many].sort())
    expect(asideOf(alice.id)).toEqual([])
  },
)
