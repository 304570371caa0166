/** When a room gets a new snapshot. */
import { expect, test } from 'vitest'
import { Tail } from '../../apps/server/src/sync/tail.ts'

const stored = (snapshot: number, updates: readonly number[] = []) => ({
  snapshot: snapshot === 0 ? null : { seq: 1, data: new Uint8Array(snapshot), sum: null, vector: null },
  updates: updates.map((bytes, n) => ({ seq: 2 + n, data: new Uint8Array(bytes), sum: null })),
})

test('[S48] a room gets a new snapshot once what came since weighs as much, or is many changes, so that a large one is not rewritten all the time', () => {
  const after = 200
  const cases: [snapshot: number, updates: number, each: number, due: boolean][] = [
    [0, 199, 60, false],
    [0, 200, 60, true],
    [10_000, 200, 40, false],
    [10_000, 250, 40, true],
    [230_000, 1_999, 60, false],
    [230_000, 2_000, 60, true],
    [230_000, 199, 10_000, false],
    [230_000, 200, 10_000, true],
    // While a large one is written all else waits.
    [10_000_000, 3_999, 10_000, false],
    [10_000_000, 4_000, 10_000, true],
    [10_000_000, 7_999, 60, false],
    [10_000_000, 8_000, 60, true],
  ]
  for (const [snapshot, updates, each, due] of cases) {
    const tail = new Tail(stored(snapshot))
    for (let n = 0; n < updates; n++) tail.add(1, each)
    expect({ snapshot, updates, each, due: tail.isDue(after) }).toEqual({ snapshot, updates, each, due })
  }
  // What comes while a snapshot is being written counts for the next one.
  const tail = new Tail(stored(0, Array(200).fill(1_000)))
  const was = { updates: tail.updates, bytes: tail.bytes }
  for (let n = 0; n < 250; n++) tail.add(1, 100)
  tail.cut(was, 30_000)
  expect(tail).toMatchObject({ updates: 250, bytes: 25_000, wholeBytes: 55_000 })
  expect(tail.isDue(after)).toBe(false)
  tail.add(50, 5_000)
  expect(tail.isDue(after)).toBe(true)
})
