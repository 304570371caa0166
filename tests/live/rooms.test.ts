import { addComment, castVote, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { serverNow, setServerTime } from '../../apps/web/src/live/clock.ts'
import { forgetMember, holdRoom, keepSaving, onSignedOut, retryAside, roomFor, unsavedOf } from '../../apps/web/src/live/rooms.ts'
import { asideOf } from '../../apps/web/src/live/setAside.ts'
import { cast, openRoom, Storage, saved, startServer, untilState } from './browser.ts'
import type { StandInServer } from './standInServer.ts'

let server: StandInServer
beforeEach(async () => {
  server = await startServer()
  vi.stubGlobal('localStorage', new Storage())
  vi.stubGlobal('location', { origin: new URL(server.url.replace('ws', 'http')).origin })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const copiesOf = async (member: string) => (await indexedDB.databases()).filter(({ name }) => name?.includes(member)).length

describe('the rooms of a window', () => {
  test('[L60] components that ask for the same room share one, and it outlives a change of page', async () => {
    const { name, alice, bob } = cast()
    const room = roomFor(name, alice)
    const [one, two] = [holdRoom(name, alice), holdRoom(name, alice)]
    await untilState(room, saved)
    one()
    two()
    expect(roomFor(name, alice)).toBe(room)
    expect(room.state().status).toBe('live')
    expect(roomFor(name, bob)).not.toBe(room)
    await forgetMember(alice)
  })

  test('[L61] unsaved changes are known without opening their room, and are saved in the background', async () => {
    const { name, alice, paper } = cast()
    const letGo = holdRoom(name, alice)
    const room = roomFor(name, alice)
    await untilState(room, saved)
    await server.stop()
    await untilState(room, { status: 'offline' })
    castVote(room.doc, { paper, me: alice, value: 1, now: 1 })
    expect(unsavedOf(alice)).toEqual([{ room: name, count: 1 }])
    await room.close()
    letGo()
    // The page is loaded again, elsewhere in the app.
    vi.resetModules()
    const again = await import('../../apps/web/src/live/rooms.ts')
    await server.start()
    const stop = again.keepSaving(alice)
    await expect.poll(() => voteOf(server.doc(name), paper, alice)).toBe(1)
    stop()
    await again.forgetMember(alice)
  })

  test('[L62] what was set aside can be tried again', async () => {
    const { name, alice, paper } = cast()
    const letGo = holdRoom(name, alice)
    const room = roomFor(name, alice)
    await untilState(room, saved)
    server.behaviour.refuse = record => (record.startsWith('comments/') ? { code: closeCodes.refused, reason: `board-closed ${record}` } : null)
    addComment(room.doc, { paper, me: alice, text: 'Too late?', now: 1 })
    await expect.poll(() => asideOf(alice).length).toBe(1)
    server.behaviour.refuse = () => null
    expect(await retryAside(alice, asideOf(alice)[0]?.id ?? '')).toBe(true)
    await expect.poll(() => server.doc(name).getMap('comments').size).toBe(1)
    expect(asideOf(alice)).toEqual([])
    expect(await retryAside(alice, 'unknown')).toBe(false)
    letGo()
    await forgetMember(alice)
  })

  test('[L63] signing out leaves nothing of the member in the browser', async () => {
    const { name, alice, bob, paper } = cast()
    const letGo = [holdRoom(name, alice), holdRoom(name, bob)]
    await untilState(roomFor(name, alice), saved)
    await untilState(roomFor(name, bob), saved)
    await server.stop()
    castVote(roomFor(name, alice).doc, { paper, me: alice, value: 1, now: 1 })
    expect(await copiesOf(alice)).toBe(1)
    await forgetMember(alice)
    expect(await copiesOf(alice)).toBe(0)
    expect(await copiesOf(bob)).toBe(1)
    expect([unsavedOf(alice), asideOf(alice)]).toEqual([[], []])
    for (const go of letGo) go()
    await forgetMember(bob)
  })

  test('[L64] the app hears when the session has ended', async () => {
    const { name, alice } = cast()
    server.behaviour.turnAway = closeCodes.signedOut
    const told = vi.fn()
    const stop = onSignedOut(told)
    const letGo = holdRoom(name, alice)
    await expect.poll(() => told.mock.calls.length).toBe(1)
    server.behaviour.turnAway = null
    const done = keepSaving(alice)
    await untilState(roomFor(name, alice), saved)
    for (const end of [done, stop, letGo]) end()
    await forgetMember(alice)
  })

  test('[L65] a window whose local copy was deleted by another keeps working and makes a new one', async () => {
    const { name, alice, paper } = cast()
    const [one, two] = [openRoom(server, name, alice), openRoom(server, name, alice)]
    await untilState(one, saved)
    await untilState(two, saved)
    server.behaviour.refuse = record => (record.startsWith('comments/') ? { code: closeCodes.refused, reason: `not-here ${record}` } : null)
    addComment(one.doc, { paper, me: alice, text: 'Refused', now: 1 })
    await expect.poll(() => two.durable).toBe(false)
    castVote(two.doc, { paper, me: alice, value: 1, now: 1 })
    await untilState(two, saved)
    await expect.poll(() => two.durable).toBe(true)
    await one.close()
    await two.close()
    await server.stop()
    const again = openRoom(server, name, alice)
    await untilState(again, { status: 'offline', known: true })
    expect(voteOf(again.doc, paper, alice)).toBe(1)
    expect(again.doc.getMap('comments').size).toBe(0)
  })
})

describe('the clock', () => {
  test('[L66] times are those of the server, whatever this device believes', () => {
    const ahead = Date.now() + 3_600_000
    setServerTime(ahead)
    expect(Math.abs(serverNow() - ahead)).toBeLessThan(1_000)
    setServerTime(Date.now())
  })
})
