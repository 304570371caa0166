/** Lists over boards are told of what changed on them. */

import type { RoomName } from '@paperboard/shared/room'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startBoardNews } from '../../apps/server/src/boardNews.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[U102] what changes on boards is told to each group once for all of a while, and what no list shows is not', () => {
  const told: string[] = []
  let written: (room: RoomName, roots: ReadonlySet<string>) => void = () => undefined
  const news = startBoardNews({
    rooms: {
      onWritten: listener => {
        written = listener
        return () => undefined
      },
      tell: news => {
        if (news.kind === 'boards') told.push(`${news.group} ${news.days.join()}`)
      },
    },
    times: { lists: 1_000 },
  })
  const onBoard = (group: string, day: string, ...roots: string[]) => written({ kind: 'board', group, day }, new Set(roots))
  onBoard('a', '2026-12-01', 'votes')
  onBoard('a', '2026-11-30', 'papers', 'resolved')
  onBoard('b', '2026-12-01', 'comments')
  onBoard('a', '2026-12-01', 'votes')
  onBoard('c', '2026-12-01', 'resolved')
  written({ kind: 'group', group: 'd' }, new Set(['readings']))
  vi.advanceTimersByTime(999)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1)
  expect(told).toEqual(['a 2026-11-30,2026-12-01', 'b 2026-12-01'])
  onBoard('a', '2026-12-01', 'votes')
  news.close()
  vi.advanceTimersByTime(5_000)
  expect(told.length).toBe(2)
})
