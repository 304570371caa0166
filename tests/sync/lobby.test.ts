/** Lobbies hear that what stands for their agenda has changed, off the way of votes and not too often. */
import { castVote, setOffer } from '@paperboard/shared/board'
import type { MeetingStanding, MeetingSummary } from '@paperboard/shared/meetings'
import { meetingRoom, type RoomName } from '@paperboard/shared/room'
import { expect, test as plainTest, vi } from 'vitest'
import { startBoardNews } from '../../apps/server/src/boardNews.ts'
import type { News } from '../../apps/server/src/sync/news.ts'
import { boardWith, connect, paperId } from '../support/peer.ts'
import { type Person, withServer } from '../support/server.ts'

const test = withServer()

const open = async (person: Person, group: string) => {
  const { body } = await person.post<MeetingSummary>(`/api/groups/${group}/meetings`, {})
  return { path: `/api/groups/${group}/meetings/${body.id}`, room: meetingRoom(group, body.id) }
}

test('[H33] a lobby is told of votes, offers and the end of another meeting, and then asks for what stands', async ({ server, alice, bob, group }) => {
  const board = await boardWith(server, { group, by: alice.id })
  const { path, room } = await open(alice, group)
  const other = await open(alice, await alice.createGroup('Other'))
  const [lobby, elsewhere] = [await connect(server, alice, room), await connect(server, alice, other.room)]
  const voter = await connect(server, bob, board)
  /** Asks when it is told, and never else, until that stands. */
  const shows = async (expected: (now: MeetingStanding) => boolean) => {
    for (;;) {
      const heard = lobby.standings
      if (expected((await alice.get<MeetingStanding>(`${path}/standing`)).body)) return
      await lobby.until(() => lobby.standings > heard)
    }
  }
  await shows(({ candidates }) => candidates.length === 0)
  castVote(voter.doc, { paper: paperId(1), me: bob.id, value: 1, now: server.clock.now })
  await shows(({ candidates }) => candidates.map(({ paper, votes }) => `${paper} ${votes.length}`).join() === `${paperId(1)} 1`)
  setOffer(voter.doc, { paper: paperId(2), me: bob.id, offered: true, now: server.clock.now })
  await shows(({ candidates }) => candidates.some(({ paper, offers }) => paper === paperId(2) && offers.length === 1))
  const held = await open(bob, group)
  await bob.post(`${held.path}/start`)
  const heard = lobby.standings
  await bob.post(`${held.path}/end`)
  await lobby.until(() => lobby.standings > heard)
  expect(elsewhere.standings).toBe(0)
})

plainTest('[H34] however much is voted, the lobbies of a group are told at once, and then once in a while', () => {
  vi.useFakeTimers()
  const told: string[] = []
  let write: (room: RoomName, roots: ReadonlySet<string>) => void = () => undefined
  const rooms = {
    tell: (news: News) => {
      if (news.kind === 'standing') told.push(news.group)
    },
    onWritten: (listener: typeof write) => {
      write = listener
      return () => undefined
    },
  }
  const news = startBoardNews({ rooms, times: { lobbies: 1_000 } })
  const board = (group: string): RoomName => ({ kind: 'board', group, day: '2026-11-24' })
  for (let n = 0; n < 50; n++) write(board('one'), new Set(['votes']))
  write(board('two'), new Set(['offers']))
  write(board('one'), new Set(['comments']))
  write({ kind: 'group', group: 'three' }, new Set(['votes']))
  expect(told).toEqual(['one', 'two'])
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual(['one', 'two', 'one'])
  vi.advanceTimersByTime(5_000)
  expect(told).toEqual(['one', 'two', 'one'])
  news.close()
  vi.useRealTimers()
})
