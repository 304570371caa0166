import { lastVotes, leastHeat, recentHalfLife, recentScore, trending, trendOf, trendWindow } from '@paperboard/shared/ranking'
import { expect, test } from 'vitest'

const now = 1_800_000_000_000
const day = 86_400_000
const vote = (member: string, value: number, ago: number) => ({ member, value, at: now - ago })
const comment = (author: string, ago: number) => ({ author, at: now - ago })

test('[V10] over several boards the last vote of each member counts, and no other', () => {
  expect(lastVotes([vote('a', 1, 3), vote('b', 1, 3), vote('a', -1, 1), vote('a', 1, 2)])).toEqual([vote('a', -1, 1), vote('b', 1, 3)])
})

test('[V11] in top recent a vote counts half after a week, up or down', () => {
  expect(recentScore([vote('a', 1, 0)], now)).toBe(1)
  expect(recentScore([vote('a', 1, recentHalfLife)], now)).toBe(0.5)
  expect(recentScore([vote('a', 1, 0), vote('b', -1, 2 * recentHalfLife)], now)).toBe(0.75)
  expect(recentScore([], now)).toBe(0)
  // A clock that is ahead gives no vote more weight.
  expect(recentScore([vote('a', 1, -day)], now)).toBe(1)
})

test('[V12] heat is up-votes and half of comments, halved by the day, of two days, and two comments of each member at most', () => {
  expect(trendOf([vote('a', 1, 0), vote('b', 1, day), vote('c', -1, 0), vote('d', 1, trendWindow)], [], now)).toEqual({ heat: 1.5, ups: 2, comments: 0 })
  expect(trendOf([], [comment('a', 0), comment('a', 0), comment('a', 0), comment('b', day)], now)).toEqual({ heat: 1.25, ups: 0, comments: 4 })
})

test('[V13] what trends is hot enough, the hottest first, and five at most', () => {
  const papers = [1, 9, 3, leastHeat, 4, 5, 6, 7].map(heat => ({ heat, ups: 0, comments: 0 }))
  expect(trending(papers).map(({ heat }) => heat)).toEqual([9, 7, 6, 5, 4])
  expect(trending([{ heat: leastHeat - 0.01, ups: 9, comments: 9 }])).toEqual([])
})
