/** Who gets in, and who is put out again while their socket is open. */
import { request } from 'node:http'
import { castVote, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { addDays, dayAt } from '@paperboard/shared/days'
import { assignReading } from '@paperboard/shared/group'
import { newId } from '@paperboard/shared/ids'
import { limits } from '@paperboard/shared/limits'
import { boardRoom, groupRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import { changeGroup, findGroup } from '../../apps/server/src/db/groups.ts'
import { boardWith, connect, Peer, paperId } from '../support/peer.ts'
import { Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer()
const paper = paperId(1)

/** The status of an upgrade's answer; 101 when it is granted. The path travels as it is: a WebSocket client would tidy it up. */
const upgrade = (server: TestServer, path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.url)
    const handshake = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' }
    const asked = request({ host: '127.0.0.1', port, path, headers: { ...handshake, ...headers } }, answer => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('upgrade', (_, socket) => {
      socket.destroy()
      resolve(101)
    })
    asked.on('error', reject)
    asked.end()
  })

interface Where {
  group: string
  other: string
  today: string
}

describe('[S26] a room is not opened under', () => {
  const names: { title: string; name: (at: Where) => string; code: number }[] = [
    { title: 'a name without a group', name: () => 'board', code: closeCodes.noRoom },
    { title: 'a name without a day', name: at => `board/${at.group}`, code: closeCodes.noRoom },
    { title: 'a name with a slash at its end', name: at => `board/${at.group}/${at.today}/`, code: closeCodes.noRoom },
    { title: 'a name with a part too many', name: at => `group/${at.group}/${at.today}`, code: closeCodes.noRoom },
    { title: 'a kind that does not exist', name: at => `meeting/${at.group}`, code: closeCodes.noRoom },
    { title: 'a kind in other letters', name: at => `Board/${at.group}/${at.today}`, code: closeCodes.noRoom },
    { title: 'a kind named like a property of every object', name: at => `constructor/${at.group}`, code: closeCodes.noRoom },
    { title: 'a day that no calendar has', name: at => `board/${at.group}/2026-02-30`, code: closeCodes.noRoom },
    { title: 'a day with a time', name: at => `board/${at.group}/${at.today}T00:00`, code: closeCodes.noRoom },
    { title: 'a day too far ahead', name: at => boardRoom(at.group, addDays(at.today, limits.boardDaysAhead + 1)), code: closeCodes.noRoom },
    { title: 'a day too far back on which nothing is', name: at => boardRoom(at.group, addDays(at.today, -limits.boardDaysBack - 1)), code: closeCodes.noRoom },
    { title: 'the last day there is', name: at => boardRoom(at.group, '9999-12-31'), code: closeCodes.noRoom },
    { title: 'a group one is not in', name: at => groupRoom(at.other), code: closeCodes.notMember },
    { title: 'a board of a group one is not in', name: at => boardRoom(at.other, at.today), code: closeCodes.notMember },
    { title: 'a group that does not exist, told as one that one is not in', name: () => groupRoom(newId()), code: closeCodes.notMember },
    { title: 'an id with a NUL at its end', name: at => `group/${at.group}%00`, code: closeCodes.noRoom },
    { title: 'a name encoded twice', name: at => `group%252F${at.group}`, code: closeCodes.noRoom },
    { title: 'an encoding that is none', name: at => `group/${at.group}%E0%A4%A`, code: closeCodes.noRoom },
    { title: 'an encoded way up', name: at => `group/${at.other}%2f..%2f${at.group}`, code: closeCodes.noRoom },
    { title: 'a name of 4,000 characters', name: () => `group/${'a'.repeat(4_000)}`, code: closeCodes.noRoom },
  ]
  for (const { title, name, code } of names) {
    test(title, async ({ server, group, alice, bob }) => {
      const other = await alice.createGroup('Another group')
      const rooms = async () => (await server.db.sql.select().from(server.db.t.rooms)).length
      const peer = new Peer(server, { cookie: bob.cookie, room: name({ group, other, today: dayAt(server.clock.now, 'Europe/Berlin') }) })
      expect((await peer.whenClosed()).code).toBe(code)
      expect(await rooms()).toBe(0)
    })
  }
})

test('[S27] a room has one name, however its address is written', async ({ server, group, alice, bob }) => {
  const room = await boardWith(server, { group, by: alice.id })
  const a = await connect(server, alice, room)
  const b = await connect(server, bob, room.replaceAll('/', '%2F'))
  castVote(b.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
  await a.until(() => voteOf(a.doc, paper, bob.id) === 1)
  expect((await server.db.sql.select().from(server.db.t.rooms)).map(row => row.name)).toEqual([room])
})

describe('[S28] the upgrade of a socket', () => {
  const handshakes: { title: string; headers: (server: TestServer) => Record<string, string>; path?: (room: string) => string; status: number }[] = [
    { title: 'from our own pages is granted', headers: server => ({ origin: server.url }), status: 101 },
    { title: 'from a program that is no browser is granted', headers: () => ({}), status: 101 },
    { title: 'from a page of another site is refused', headers: () => ({ origin: 'https://elsewhere.example' }), status: 403 },
    { title: 'from a page of the same host at another port is refused', headers: () => ({ origin: 'http://127.0.0.1:1' }), status: 403 },
    { title: 'from a sandboxed frame is refused', headers: () => ({ origin: 'null' }), status: 403 },
    { title: 'from an origin that is none is refused', headers: () => ({ origin: 'papers' }), status: 403 },
    { title: 'from a browser that does not say whence is refused', headers: () => ({ 'sec-fetch-site': 'cross-site' }), status: 403 },
    { title: 'from a browser that only claims to be here is refused', headers: () => ({ 'sec-fetch-site': 'same-origin' }), status: 403 },
    { title: 'to no room at all finds nothing', headers: server => ({ origin: server.url }), path: () => '/sync/', status: 404 },
    { title: 'to a way out of the rooms finds nothing', headers: server => ({ origin: server.url }), path: room => `/sync/../${room}`, status: 404 },
  ]
  for (const { title, headers, status, path = (room: string) => `/sync/${room}` } of handshakes) {
    test(title, async ({ server, group, alice }) => {
      expect(await upgrade(server, path(groupRoom(group)), { cookie: alice.cookie, ...headers(server) })).toBe(status)
    })
  }
})

test('[S29] without a session that is valid, nobody gets in', async ({ server, group, bob }) => {
  const ended = bob.cookie
  await bob.delete('/api/session')
  for (const cookie of ['', 'paperboard=', 'paperboard=0123456789abcdef', ended]) {
    expect((await new Peer(server, { cookie, room: groupRoom(group) }).whenClosed()).code).toBe(closeCodes.signedOut)
  }
})

describe('[S30] an open socket is closed', () => {
  test('when its session is signed out, and others of the same person stay', async ({ server, group, bob }) => {
    const other = await new Person(server, 'Bob').signIn()
    const here = await connect(server, bob, groupRoom(group))
    const there = await connect(server, other, groupRoom(group))
    await bob.delete('/api/session')
    expect((await here.whenClosed()).code).toBe(closeCodes.signedOut)
    expect(there.closed).toBeNull()
  })

  test('when the person signs out everywhere', async ({ server, group, bob }) => {
    const other = await new Person(server, 'Bob').signIn()
    const peers = [await connect(server, bob, groupRoom(group)), await connect(server, other, groupRoom(group))]
    await bob.delete('/api/sessions')
    for (const peer of peers) expect((await peer.whenClosed()).code).toBe(closeCodes.signedOut)
  })

  test('when the person is removed from the group, in all of its rooms and in no other group, and they cannot come back', async ({
    server,
    group,
    alice,
    bob,
  }) => {
    const own = await bob.createGroup('Another group')
    const peers = [await connect(server, bob, groupRoom(group)), await connect(server, bob, await boardWith(server, { group, by: alice.id }))]
    const elsewhere = await connect(server, bob, groupRoom(own))
    await alice.delete(`/api/groups/${group}/members/${bob.id}`)
    for (const peer of peers) expect((await peer.whenClosed()).code).toBe(closeCodes.notMember)
    expect(elsewhere.closed).toBeNull()
    expect((await new Peer(server, { cookie: bob.cookie, room: groupRoom(group) }).whenClosed()).code).toBe(closeCodes.notMember)
  })

  test('when the role changes, and acts by the new one once it is back', async ({ server, group, alice, bob }) => {
    const room = await boardWith(server, { group, by: alice.id })
    const before = await connect(server, bob, room)
    await alice.patch(`/api/groups/${group}/members/${bob.id}`, { role: 'organizer' })
    expect((await before.whenClosed()).code).toBe(closeCodes.accessChanged)
    const after = await connect(server, bob, room, before.doc)
    after.doc.getMap('papers').delete(paper)
    await after.saved()
    expect(after.closed).toBeNull()
  })

  test('with nothing of what it sent afterwards stored', async ({ server, group, alice, bob }) => {
    const room = await boardWith(server, { group, by: alice.id })
    const peer = await connect(server, bob, room)
    const gone = alice.delete(`/api/groups/${group}/members/${bob.id}`)
    await peer.whenClosed()
    castVote(peer.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
    await gone
    expect(await server.rooms.read(room, doc => voteOf(doc, paper, bob.id))).toBe(0)
  })
})

describe('[S64] a socket is closed that was let in by what holds no more once it is open:', () => {
  const endings = {
    'its session has been signed out': { end: ({ bob }: { bob: Person }) => bob.delete('/api/session'), after: closeCodes.signedOut },
    'the person has been removed from the group': {
      end: ({ alice, bob, group }: { alice: Person; bob: Person; group: string }) => alice.delete(`/api/groups/${group}/members/${bob.id}`),
      after: closeCodes.notMember,
    },
  }
  for (const [title, { end, after }] of Object.entries(endings)) {
    test(title, async ({ server, group, alice, bob }) => {
      const { cookie } = bob
      const open = server.rooms.open.bind(server.rooms)
      // It comes when the decision has been made and the socket is not there yet, so that nothing could close it.
      server.rooms.open = async name => {
        server.rooms.open = open
        expect((await end({ alice, bob, group })).status).toBeLessThan(300)
        return open(name)
      }
      const peer = new Peer(server, { cookie, room: groupRoom(group) })
      expect((await peer.whenClosed()).code).toBe(closeCodes.accessChanged)
      expect(peer.synced).toBe(false)
      expect((await new Peer(server, { cookie, room: groupRoom(group) }).whenClosed()).code).toBe(after)
    })
  }
})

describe('[S31] a changed setting holds at once for sockets that are open:', () => {
  test('the budget of votes', async ({ server, group, alice, bob }) => {
    const peer = await connect(server, bob, await boardWith(server, { group, by: alice.id }))
    castVote(peer.doc, { paper, me: bob.id, value: 1, now: server.clock.now })
    await peer.saved()
    await alice.patch(`/api/groups/${group}`, { settings: { voteBudget: 1 } })
    castVote(peer.doc, { paper: paperId(2), me: bob.id, value: 1, now: server.clock.now })
    expect((await peer.whenClosed()).reason).toBe(`over-budget votes/${paperId(2)}:${bob.id}`)
  })

  test('who hands out readings', async ({ server, group, alice, bob }) => {
    const peer = await connect(server, bob, groupRoom(group))
    const reading = { paper, board: '2026-11-24', member: alice.id, role: 'reader' as const, part: '', due: null, at: server.clock.now }
    assignReading(peer.doc, bob.id, reading)
    await peer.saved()
    await alice.patch(`/api/groups/${group}`, { settings: { whoAssigns: 'organizers' } })
    const key = assignReading(peer.doc, bob.id, reading)
    expect((await peer.whenClosed()).reason).toBe(`not-allowed readings/${key}`)
  })

  test('for a room that is just being opened', async ({ server, group, alice }) => {
    expect(alice.id).not.toBe('')
    const row = await findGroup(server.db, group)
    if (row === null) throw new Error('There is no group')
    const opening = server.rooms.open(groupRoom(group))
    await changeGroup(server.db, { ...row, settings: { ...row.settings, voteBudget: 7 } })
    await server.rooms.refresh(group)
    expect((await opening).settings.voteBudget).toBe(7)
  })
})
