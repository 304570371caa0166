import { difference, stateAfter } from '@paperboard/shared/history'
import { describe, expect, test } from 'vitest'
import { momentsIn } from '../../apps/server/src/sync/moments.ts'

describe('a history', () => {
  test.each([
    ['', 'abc', { at: 0, removed: 0, inserted: 'abc' }],
    ['abc', 'abxc', { at: 2, removed: 0, inserted: 'x' }],
    ['abab', 'ab', { at: 2, removed: 2, inserted: '' }],
    ['one two', 'one three', { at: 5, removed: 2, inserted: 'hree' }],
    ['😀', '😁', { at: 0, removed: 2, inserted: '😁' }],
    ['a😀b', 'a😁😀b', { at: 1, removed: 0, inserted: '😁' }],
    ['same', 'same', null],
  ])('[Z18] of %j and %j tells the difference as %j', (before, after, expected) => {
    const change = difference(before, after)
    if (expected !== null) expect(before.slice(0, change?.at) + change?.inserted + before.slice((change?.at ?? 0) + (change?.removed ?? 0))).toBe(after)
    else expect(change).toBeNull()
    expect(change).toEqual(expected)
  })

  test('[Z19] gives what stood at each of its moments', () => {
    const text = (inserted: string, at = 0, removed = 0) => ({ by: ['a'], root: 'notes', key: 'meeting', at, removed, inserted })
    const moments = [
      { at: 1, records: [{ by: 'a', root: 'votes', key: 'p:a', after: { value: 1 } }], texts: [] },
      { at: 2, records: [], texts: [text('Hello')] },
      { at: 3, records: [{ by: 'a', root: 'votes', key: 'p:a' }], texts: [text('i', 1, 4)] },
    ]
    const states = [0, 1, 2, 3].map(count => stateAfter({ moments }, count))
    expect(states.map(({ records }) => records.get('votes')?.get('p:a'))).toEqual([undefined, { value: 1 }, { value: 1 }, undefined])
    expect(states.map(({ texts }) => texts.get('meeting'))).toEqual([undefined, undefined, 'Hello', 'Hi'])
  })

  test.each([
    [[], 10, []],
    [[0, 500, 999, 1_000, 5_000], 10, [2, 3, 4]],
    [[0, 1_500, 3_000, 4_500], 2, [1, 3]],
    [Array.from({ length: 5_000 }, (_, n) => n * 10_000), 100, null],
  ])('[Z20] takes updates at %j in at most %i moments as those that end at %j', (times, most, expected) => {
    const ends = momentsIn(times, most)
    if (expected !== null) expect(ends).toEqual(expected)
    expect(ends.length).toBeLessThanOrEqual(most)
    expect(ends.at(-1) ?? -1).toBe(times.length - 1)
  })
})
