/** Memory while nobody is here. */
import { expect, onTestFinished, test, vi } from 'vitest'
import { startTidying } from '../../apps/server/src/tidying.ts'

test('[S52] memory is given back after the start and when all have left, once each time, and never while somebody is here', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  let [inUse, collected] = [0, 0]
  const tidying = startTidying({ inUse: () => inUse, collect: () => collected++, every: 10 })
  const after = (rounds: number, now: number) => {
    inUse = now
    vi.advanceTimersByTime(10 * rounds)
    return collected
  }
  expect(after(3, 0)).toBe(1)
  expect(after(3, 2)).toBe(1)
  expect(after(1, 0)).toBe(2)
  expect(after(3, 0)).toBe(2)
  tidying.close()
  after(1, 2)
  expect(after(3, 0)).toBe(2)
})
