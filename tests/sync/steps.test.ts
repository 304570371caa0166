/** Rooms that were stored in an older shape. */
import { readingsOf } from '@paperboard/shared/group'
import { sessionsOf } from '@paperboard/shared/groupSessions'
import { groupRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import * as Y from 'yjs'
import { sessionsForCalendar } from '../../apps/server/src/db/groupSessions.ts'
import { appendShared, findRoom } from '../../apps/server/src/db/rooms.ts'
import { connect } from '../support/peer.ts'
import { withServer } from '../support/server.ts'

const test = withServer({ upkeep: { idle: 3_600_000 } })
const [first, second] = ['paper0000001', 'paper0000002']

describe('rooms of an older shape', () => {
  test('[R49] a stored room of old is in the shape of today for whoever opens it, and for calendars before anybody does', async ({
    server,
    alice,
    bob,
    group,
  }) => {
    const name = groupRoom(group)
    const old = new Y.Doc()
    const key = `session00001:${alice.id}`
    const session = { day: '2099-03-31', time: '16:00', minutes: 60, title: '', place: '', cancelled: false, at: 1 }
    old.getMap('sessions').set(key, { ...session, papers: [second, first], guests: ['Grace Hopper'] })
    old
      .getMap('readings')
      .set(`reading00001:${alice.id}`, { paper: first, board: session.day, member: bob.id, role: 'presenter', part: '', due: session.day, at: 1 })
    const update = { data: Y.encodeStateAsUpdate(old), actor: 'server', at: 1, newClients: [old.clientID] }
    await appendShared(server.db, { id: null, name, group, version: 1 }, 0, () => [{ ...update, room: { id: null, name, group, version: 1 } }])
    await server.rooms.catchUp()
    expect(await sessionsForCalendar(server.db, { person: bob.id, group }, '2099-01-01')).toMatchObject([{ papers: [second, first], guests: ['Grace Hopper'] }])
    expect(await server.db.sql.select().from(server.db.t.readings)).toMatchObject([{ session: key, due: null }])
    const stored = await findRoom(server.db, name)
    expect(stored).toMatchObject({ version: 3, updates: [{}, {}] })
    await server.rooms.catchUp()
    const peer = await connect(server, bob, name)
    await peer.until(() => sessionsOf(peer.doc).length === 1)
    expect(sessionsOf(peer.doc)).toMatchObject([{ key, papers: [{ paper: second }, { paper: first }], guests: [{ name: 'Grace Hopper' }] }])
    expect(readingsOf(peer.doc)).toMatchObject([{ session: key, due: session.day }])
    expect((await findRoom(server.db, name))?.updates).toHaveLength(2)
  })
})
