/** States that come packed. */
import { addComment, castVote, voteOf } from '@paperboard/shared/board'
import { describe, expect, test } from 'vitest'
import { asideOf } from '../../apps/web/src/live/setAside.ts'
import { cast, openRoom, saved, startServer, untilState } from './browser.ts'

const up = (paper: string, me: string) => ({ paper, me, value: 1 as const, now: Date.now() })

describe('a state that comes packed', () => {
  test('[L110] is unpacked before the room is live, and what is told behind it is heard after it', async () => {
    const { name, alice, bob, paper, other } = cast()
    const server = await startServer()
    server.behaviour.packs = 'packed'
    castVote(server.doc(name), up(paper, bob))
    const room = openRoom(server, name, alice)
    const atFirst: unknown[] = []
    room.subscribe(() => room.state().synced && atFirst.push(voteOf(room.doc, paper, bob), room.doc.store.pendingStructs))
    // It builds on the state: heard before it, it would have to wait in the document.
    const heard: unknown[] = []
    room.doc.on('update', () => heard.push(voteOf(room.doc, paper, bob)))
    await expect.poll(() => server.queries).toEqual(['ack=1&packed=deflate'])
    castVote(server.doc(name), up(other, bob))
    await untilState(room, saved)
    expect(atFirst.slice(0, 2)).toEqual([1, null])
    await expect.poll(() => voteOf(room.doc, other, bob)).toBe(1)
    expect(heard[0]).toBe(1)
  })

  test('[L111] keeps nobody from writing meanwhile', async () => {
    const { name, alice, bob, paper } = cast()
    const server = await startServer()
    server.behaviour.packs = 'packed'
    castVote(server.doc(name), up(paper, bob))
    const room = openRoom(server, name, alice)
    castVote(room.doc, up(paper, alice))
    await expect.poll(() => server.queries).toHaveLength(1)
    addComment(room.doc, { paper, me: alice, text: 'While it loads', now: Date.now() })
    await untilState(room, saved)
    expect([voteOf(server.doc(name), paper, alice), server.doc(name).getMap('comments').size]).toEqual([1, 1])
  })

  test('[L112] and is damaged is asked for once more, as it is, and nothing is lost', async () => {
    const { name, alice, bob, paper, other } = cast()
    const server = await startServer()
    server.behaviour.packs = 'damaged'
    castVote(server.doc(name), up(paper, bob))
    const room = openRoom(server, name, alice)
    castVote(room.doc, up(other, alice))
    await untilState(room, saved)
    expect(server.queries).toEqual(['ack=1&packed=deflate', 'ack=1'])
    expect([voteOf(room.doc, paper, bob), voteOf(server.doc(name), other, alice)]).toEqual([1, 1])
    expect(asideOf(alice)).toEqual([])
  })
})
