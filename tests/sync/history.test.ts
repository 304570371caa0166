/** How boards and meetings came about, over HTTP. */
import { addComment, castVote, deleteComment } from '@paperboard/shared/board'
import { type History, stateAfter } from '@paperboard/shared/history'
import { moveTo } from '@paperboard/shared/meetingFloor'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { meetingNote, noteOf } from '@paperboard/shared/notes'
import { meetingRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import { boardWith, connect, paperId } from '../support/peer.ts'
import { codeOf, Person, withServer } from '../support/server.ts'

const test = withServer()

describe('the history of a room', () => {
  test('[Z21] tells each moment, who did what, and ends on what stands now', async ({ server, alice, bob, group }) => {
    const { body } = await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Tuesday' })
    const room = meetingRoom(group, body.id)
    const [a, b] = [await connect(server, alice, room), await connect(server, bob, room)]
    for (const [who, at, words] of [
      [a, 0, 'Hello'],
      [b, 5, ' all'],
      [a, 0, '# '],
    ] as const) {
      server.clock.now += 5_000
      await who.until(() => noteOf(who.doc, meetingNote).length >= at)
      noteOf(who.doc, meetingNote).insert(at, words)
      await who.saved()
    }
    await alice.post(`/api/groups/${group}/meetings/${body.id}/start`)
    const { body: history } = await bob.get<History>(`/api/groups/${group}/meetings/${body.id}/history`)
    expect(history.cut).toBeNull()
    const typed = history.moments.flatMap(({ texts }) => texts)
    expect(typed.map(({ by, inserted, at }) => [by, inserted, at])).toEqual([
      [[alice.id], 'Hello', 0],
      [[bob.id], ' all', 5],
      [[alice.id], '# ', 0],
    ])
    const now = stateAfter(history, history.moments.length)
    expect(now.texts.get(meetingNote)).toBe('# Hello all')
    expect(now.records.get('meeting')?.get('meeting')).toMatchObject({ state: 'live' })
    const middle = history.moments.findIndex(({ texts }) => texts.some(({ inserted }) => inserted === ' all'))
    expect(stateAfter(history, middle + 1).texts.get(meetingNote)).toBe('Hello all')
    expect(stateAfter(history, middle + 1).records.get('meeting')?.size ?? 0).toBe(0)
  })

  test('[Z22] shows a vote that was withdrawn, and of a comment that was taken away not what it said', async ({ server, alice, group }) => {
    const room = await boardWith(server, { group, by: alice.id })
    const paper = paperId(1)
    const peer = await connect(server, alice, room)
    const { doc } = peer
    for (const act of [
      () => castVote(doc, { paper, me: alice.id, value: 1, now: server.clock.now }),
      () => addComment(doc, { paper, me: alice.id, text: 'I regret this', now: server.clock.now }),
      () => castVote(doc, { paper, me: alice.id, value: null, now: server.clock.now }),
      () => deleteComment(doc, [...doc.getMap('comments').keys()][0] ?? ''),
    ]) {
      server.clock.now += 5_000
      act()
      await peer.saved()
    }
    const { body: history } = await alice.get<History>(`/api/groups/${group}/boards/${room.split('/').at(-1)}/history`)
    const votes = history.moments.flatMap(({ records }) => records.filter(({ root }) => root === 'votes'))
    expect(votes.map(({ after }) => after)).toMatchObject([{ value: 1 }, undefined])
    expect(history.moments.flatMap(({ records }) => records.filter(({ root }) => root === 'comments'))).toMatchObject([{ after: { text: '' } }, {}])
    expect(JSON.stringify(history)).not.toContain('regret')
  })

  test('[Z33] holds nothing of what is sealed, until it is opened', async ({ server, alice, bob, group }) => {
    await boardWith(server, { group, by: alice.id })
    const { body } = await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Tuesday' })
    const path = `/api/groups/${group}/meetings/${body.id}`
    await alice.post(`${path}/start`)
    await server.rooms.edit(meetingRoom(group, body.id), doc => moveTo(doc, { item: paperId(1), now: server.clock.now }))
    expect((await bob.send('PUT', `${path}/takes/${paperId(1)}`, { text: 'Threadbare', score: 1 })).status).toBeLessThan(300)
    const told = async () => JSON.stringify((await alice.get<History>(`${path}/history`)).body)
    const before = await told()
    expect(before).toContain('takers')
    expect(before).not.toContain('Threadbare')
    expect((await alice.post(`${path}/takes/${paperId(1)}/reveal`)).status).toBeLessThan(300)
    expect(await told()).toContain('Threadbare')
  })

  test('[Z23] is for members of the group alone, and empty where nothing was', async ({ server, alice, bob, group }) => {
    const other = await bob.createGroup('Other')
    const stranger = await new Person(server, 'Eve').signUp((await bob.invite(other)).token)
    const path = `/api/groups/${group}/boards/2026-11-24/history`
    expect(codeOf(await stranger.get(path))).toBe('404 not-found')
    expect((await alice.get<History>(path)).body).toEqual({ moments: [], cut: null })
    expect(codeOf(await alice.get(`/api/groups/${group}/boards/yesterday/history`))).toBe('404 not-found')
    expect((await alice.get<History>(`/api/groups/${other}/meetings/${paperId(1)}/history`)).status).toBe(404)
  })
})
