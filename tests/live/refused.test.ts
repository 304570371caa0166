import { addComment, castVote, voteOf } from '@paperboard/shared/board'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { assignReading, readingsOf } from '@paperboard/shared/group'
import { newId } from '@paperboard/shared/ids'
import { groupRoom } from '@paperboard/shared/room'
import { describe, expect, test } from 'vitest'
import { connectionOf } from '../../apps/web/src/board/Connection.tsx'
import type { RoomState } from '../../apps/web/src/live/LiveRoom.ts'
import { asideOf, asideText, dismissAside, toResume } from '../../apps/web/src/live/setAside.ts'
import { cast, openRoom, saved, startServer, untilState } from './browser.ts'

const refuseComments = (record: string) => (record.startsWith('comments/') ? { code: closeCodes.refused, reason: `not-here ${record}` } : null)

describe('a refused change', () => {
  test('[L20] is set aside with the reason, and the room goes on without it', async () => {
    const { name, alice, bob, paper } = cast()
    const server = await startServer()
    server.behaviour.refuse = refuseComments
    castVote(server.doc(name), { paper, me: bob, value: 1, now: 1 })
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    const before = room.doc
    addComment(room.doc, { paper, me: alice, text: 'An hour of my evening', now: Date.now() })
    await expect.poll(() => asideOf(alice).length).toBe(1)
    await untilState(room, saved)
    expect(room.doc).not.toBe(before)
    expect(voteOf(room.doc, paper, bob)).toBe(1)
    expect(room.doc.getMap('comments').size).toBe(0)
    const [entry] = asideOf(alice)
    expect(entry).toMatchObject({ room: name, why: 'refused', refusal: 'not-here', records: [{ root: 'comments', value: { text: 'An hour of my evening' } }] })
    expect(entry && asideText(entry, { titleOf: () => 'Attention' })).toBe('On Attention:\nAn hour of my evening')
    expect(entry?.about).toMatch(/^comments\//)
    dismissAside(alice, entry?.id ?? '')
    expect(asideOf(alice)).toEqual([])
  })

  test('[L21] leaves no trace in the local copy', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    server.behaviour.refuse = refuseComments
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    addComment(room.doc, { paper, me: alice, text: 'No', now: Date.now() })
    await expect.poll(() => asideOf(alice).length).toBe(1)
    await untilState(room, saved)
    await room.close()
    await server.stop()
    const again = openRoom(server, name, alice)
    await untilState(again, { status: 'offline', unsaved: 0 })
    expect(again.doc.getMap('comments').size).toBe(0)
  })

  test('[L22] does not take with it what was only sent together with it', async () => {
    const { name, alice, paper, other } = cast()
    const server = await startServer()
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    await server.stop()
    await untilState(room, { status: 'offline' })
    castVote(room.doc, { paper, me: alice, value: 1, now: Date.now() })
    addComment(room.doc, { paper, me: alice, text: 'First', now: Date.now() })
    addComment(room.doc, { paper: other, me: alice, text: 'Second', now: Date.now() })
    castVote(room.doc, { paper: other, me: alice, value: -1, now: Date.now() })
    server.behaviour.refuse = refuseComments
    await server.start()
    await expect.poll(() => asideOf(alice).length).toBe(2)
    await untilState(room, saved)
    expect(asideOf(alice).flatMap(entry => entry.records.map(record => record.root))).toEqual(['comments', 'comments'])
    expect(toResume(alice, name)).toEqual([])
    await expect.poll(() => voteOf(server.doc(name), paper, alice)).toBe(1)
    expect(voteOf(server.doc(name), other, alice)).toBe(-1)
    expect(room.doc.getMap('comments').size).toBe(0)
  })

  test('[L23] is set aside whole when the server does not say which record it was about', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    server.behaviour.refuse = () => ({ code: closeCodes.malformed, reason: 'malformed' })
    castVote(room.doc, { paper, me: alice, value: 1, now: Date.now() })
    await expect.poll(() => asideOf(alice)).toMatchObject([{ why: 'malformed', refusal: 'malformed', about: null, records: [{ root: 'votes' }] }])
    await untilState(room, saved)
  })

  test('[L24] tried again is performed on the new document, and set aside again if refused again', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    server.behaviour.refuse = refuseComments
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    addComment(room.doc, { paper, me: alice, text: 'Again', now: Date.now() })
    await expect.poll(() => asideOf(alice).length).toBe(1)
    await untilState(room, saved)
    const [first] = asideOf(alice)
    room.perform(first?.records ?? [])
    await expect.poll(() => asideOf(alice)[0]?.id).not.toBe(first?.id)
    await untilState(room, saved)
    server.behaviour.refuse = () => null
    room.perform(asideOf(alice)[0]?.records ?? [])
    await untilState(room, saved)
    expect(server.doc(name).getMap('comments').size).toBe(1)
  })

  test('[L25] tried again does not overwrite what is newer', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    castVote(room.doc, { paper, me: alice, value: -1, now: 2_000 })
    room.perform([{ root: 'votes', key: `${paper}:${alice}`, value: { value: 1, at: 1_000 }, at: 1_000 }])
    expect(voteOf(room.doc, paper, alice)).toBe(-1)
    room.perform([{ root: 'votes', key: `${paper}:${alice}`, value: null, at: 1_000 }])
    expect(voteOf(room.doc, paper, alice)).toBe(-1)
    room.perform([{ root: 'votes', key: `${paper}:${alice}`, value: null, at: 3_000 }])
    expect(voteOf(room.doc, paper, alice)).toBe(0)
  })

  test('[L95] because somebody else did the same at the same time is told, and the rest of the step is saved', async () => {
    const { name: boardName, alice, bob, paper, other: cy } = cast()
    const name = groupRoom(boardName.split('/')[1] ?? '')
    const session = `${newId()}:${bob}`
    const presenter = `${session}:${cy}`
    const server = await startServer()
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    await server.stop()
    await untilState(room, { status: 'offline' })
    const handed = { paper, member: cy, board: '2026-11-24', role: 'presenter' as const, part: '', session, due: null }
    assignReading(room.doc, alice, { ...handed, at: 2_000 })
    assignReading(server.doc(name), bob, { ...handed, at: 1_000 })
    server.behaviour.refuse = record => (record === `presenters/${presenter}` ? { code: closeCodes.refused, reason: `not-yours ${record}` } : null)
    await server.start()
    await expect.poll(() => asideOf(alice)).toMatchObject([{ settled: true, records: [{ root: 'presenters', key: presenter }] }])
    await untilState(room, saved)
    expect(readingsOf(server.doc(name)).map(({ by, role }) => [by, role])).toEqual([
      [bob, 'presenter'],
      [alice, 'presenter'],
    ])
    const [entry] = asideOf(alice)
    expect(entry && asideText(entry, { nameOf: () => 'Cy' })).toBe('Cy down to present')
    dismissAside(alice, entry?.id ?? '')
  })

  test('[L26] that keeps coming back without a change made here closes the room', async () => {
    const { name, alice } = cast()
    const server = await startServer()
    server.behaviour.turnAway = closeCodes.refused
    const room = openRoom(server, name, alice)
    await untilState(room, { status: 'closed', why: 'refused' })
  })

  test('[L27] too big for one message is set aside as well', async () => {
    const { name, alice, paper } = cast()
    const server = await startServer()
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    server.behaviour.refuse = () => ({ code: 1009, reason: '' })
    addComment(room.doc, { paper, me: alice, text: 'Long', now: Date.now() })
    await expect.poll(() => asideOf(alice)).toMatchObject([{ why: 'tooBig', refusal: null }])
    server.behaviour.refuse = () => null
    await untilState(room, saved)
  })
})

describe('a room whose stored data is damaged', () => {
  test('[L86] is read on, keeps what is changed, says so, and saves it when the room has been restored', async () => {
    const { name, alice, bob, paper } = cast()
    const server = await startServer()
    server.behaviour.refuse = () => ({ code: closeCodes.damaged, reason: 'damaged' })
    const room = openRoom(server, name, alice)
    await untilState(room, saved)
    const states: RoomState[] = []
    room.subscribe(() => states.push(room.state()))
    castVote(room.doc, { paper, me: alice, value: 1, now: Date.now() })
    await untilState(room, { why: 'damaged', unsaved: 1 })
    expect(connectionOf(room.state()).label).toBe('Cannot be changed · 1 unsaved change')
    expect(asideOf(alice)).toEqual([])
    // Live for a moment at a time: each connection ends when the change is sent again.
    await expect.poll(() => states).toContainEqual(expect.objectContaining({ status: 'live', why: 'damaged', unsaved: 1 }))
    castVote(server.doc(name), { paper, me: bob, value: -1, now: 1 })
    await expect.poll(() => voteOf(room.doc, paper, bob)).toBe(-1)
    server.behaviour.refuse = () => null
    await untilState(room, { ...saved, why: null })
    expect(voteOf(server.doc(name), paper, alice)).toBe(1)
  })
})
