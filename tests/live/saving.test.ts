import { addComment, castVote, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { describe, expect, test } from 'vitest'
import { cast, openRoom, saved, startServer, untilState } from './browser.ts'

const up = (paper: string, me: string, now = Date.now()) => ({ paper, me, value: 1 as const, now })

describe('the saved state of a room', () => {
  test('[L1] a change counts as unsaved until the server confirms that it is stored', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    server.behaviour.holdAcks = true
    castVote(room.doc, up(paper, alice))
    expect(room.state()).toMatchObject({ status: 'live', unsaved: 1 })
    await expect.poll(() => voteOf(server.doc(name), paper, alice)).toBe(1)
    expect(room.state().unsaved).toBe(1)
    server.releaseAcks()
    await untilState(room, saved)
  })

  test('[L2] two changes of one record are one unsaved change, saved with the later of them', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    server.behaviour.holdAcks = true
    castVote(room.doc, up(paper, alice))
    castVote(room.doc, { ...up(paper, alice), value: null })
    expect(room.state().unsaved).toBe(1)
    server.releaseAcks()
    await untilState(room, saved)
  })

  test('[L3] changes made offline are kept and counted across a reload, and saved when the connection is back', async () => {
    const { name, alice, paper, other } = cast()
    const server = await startServer()
    const first = openRoom(server, name, alice)
    await untilState(first, saved)
    await server.stop()
    await untilState(first, { status: 'offline' })
    castVote(first.doc, up(paper, alice))
    addComment(first.doc, { paper: other, me: alice, text: 'Worth an hour', now: Date.now() })
    expect(first.state().unsaved).toBe(2)
    await first.close()

    const again = openRoom(server, name, alice)
    await untilState(again, { status: 'offline', unsaved: 2, known: true })
    expect(voteOf(again.doc, paper, alice)).toBe(1)
    await server.start()
    await untilState(again, saved)
    expect(voteOf(server.doc(name), paper, alice)).toBe(1)
    expect(server.doc(name).getMap('comments').size).toBe(1)
  })

  test('[L4] what was sent before the full state counts as saved only with the full state', async () => {
    const { name, alice, bob, paper, other } = cast()
    const server = await startServer()
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    await server.stop()
    await untilState(room, { status: 'offline' })
    castVote(room.doc, up(paper, alice))
    const kinds: string[] = []
    server.behaviour.received = kind => kinds.push(kind)
    server.behaviour.holdGreeting = true
    await server.start()
    await untilState(room, { status: 'live', unsaved: 1 })
    // The server has not asked for the full state yet: this leaves ahead of it, and builds on what the server lacks.
    castVote(room.doc, up(other, alice))
    await expect.poll(() => kinds).toEqual(['update'])
    castVote(server.doc(name), up(paper, bob))
    // Told after the confirmation of the update, so that has arrived, too.
    await expect.poll(() => voteOf(room.doc, paper, bob)).toBe(1)
    expect(room.state()).toMatchObject({ status: 'live', unsaved: 2 })
    server.greet()
    await untilState(room, saved)
    expect(kinds).toEqual(['update', 'step2'])
    expect([voteOf(server.doc(name), paper, alice), voteOf(server.doc(name), other, alice)]).toEqual([1, 1])
  })

  test('[L5] a room that was never loaded here says so while the server cannot be reached', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    await server.stop()
    const room = openRoom(server, name, alice)
    expect(room.state()).toMatchObject({ status: 'loading', known: false })
    await untilState(room, { status: 'offline', known: false })
    castVote(room.doc, up(paper, alice))
    await server.start()
    await untilState(room, { ...saved, known: true })
  })

  test('[L6] an empty board that was loaded once is known to be empty', async () => {
    const { name, alice } = cast()
    const server = await startServer()
    const first = openRoom(server, name, alice)
    await untilState(first, saved)
    await first.close()
    await server.stop()
    await untilState(openRoom(server, name, alice), { status: 'offline', known: true, unsaved: 0 })
  })

  test('[L7] a member never sees the local copy of another', async () => {
    const { name, alice, bob, paper } = cast()
    const server = await startServer()
    await server.stop()
    const hers = openRoom(server, name, alice)
    await untilState(hers, { status: 'offline' })
    castVote(hers.doc, up(paper, alice))
    await hers.close()
    const his = openRoom(server, name, bob)
    await untilState(his, { status: 'offline', known: false, unsaved: 0 })
    expect(voteOf(his.doc, paper, alice)).toBe(0)
  })

  test('[L8] two windows of one member keep their own lists of unsaved changes, and a reload finds both', async () => {
    const { name, alice, paper, other } = cast()
    const server = await startServer()
    await server.stop()
    const [one, two] = [openRoom(server, name, alice), openRoom(server, name, alice)]
    await untilState(one, { status: 'offline' })
    await untilState(two, { status: 'offline' })
    castVote(one.doc, up(paper, alice))
    castVote(two.doc, up(other, alice))
    await one.close()
    await two.close()
    const again = openRoom(server, name, alice)
    await untilState(again, { unsaved: 2 })
    await server.start()
    await untilState(again, saved)
    await again.close()
    await untilState(openRoom(server, name, alice), saved)
  })

  test('[L9] without IndexedDB a room works as long as the page is open', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    const { indexedDB } = globalThis
    Reflect.deleteProperty(globalThis, 'indexedDB')
    try {
      const room = openRoom(server, name, alice)
      await untilState(room, saved)
      castVote(room.doc, up(paper, alice))
      await untilState(room, saved)
      expect(room.durable).toBe(false)
      expect(voteOf(server.doc(name), paper, alice)).toBe(1)
    } finally {
      globalThis.indexedDB = indexedDB
    }
  })

  test.each(['signedOut', 'notMember', 'noRoom'] as const)('[L10] a room closed with %s says why and stays closed', async why => {
    const { name, alice } = cast()
    const server = await startServer()
    server.behaviour.turnAway = closeCodes[why]
    let told = 0
    const room = openRoom(server, name, alice, { onSignedOut: () => told++ })
    await untilState(room, { status: 'closed', why })
    expect(told).toBe(why === 'signedOut' ? 1 : 0)
  })

  test('[L11] after signing in again a room that was closed for want of a session goes on, with what was changed meanwhile', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    server.behaviour.turnAway = closeCodes.signedOut
    const room = openRoom(server, name, alice)
    await untilState(room, { status: 'closed', why: 'signedOut' })
    castVote(room.doc, up(paper, alice))
    server.behaviour.turnAway = null
    room.reconnect()
    await untilState(room, saved)
    expect(voteOf(server.doc(name), paper, alice)).toBe(1)
  })

  test('[L12] presence is sent for oneself alone, and nothing before something is said', async () => {
    const { name, alice, bob, paper } = cast()
    const server = await startServer()
    const [hers, his] = [openRoom(server, name, alice), openRoom(server, name, bob)]
    await untilState(hers, saved)
    await untilState(his, saved)
    expect(server.presence).toEqual([])
    hers.setPresence({ paper })
    hers.setPresence({ paper })
    const said = [{ client: hers.doc.clientID, state: { member: alice, paper } }]
    await expect.poll(() => his.presence.here().get(alice)?.papers).toEqual([paper])
    his.setPresence({ paper: null })
    await expect.poll(() => hers.presence.here().has(bob)).toBe(true)
    expect(server.presence).toEqual([...said, { client: his.doc.clientID, state: { member: bob, paper: null } }])
    expect(hers.presence.here().get(alice)).toEqual({ board: undefined, papers: [paper], items: [] })
  })
})
