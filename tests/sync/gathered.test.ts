/** What is told to those who wrote some of it: everything but their own, in order. */
import { expect, test } from 'vitest'
import { gathered, gatheredBut } from '../../apps/server/src/sync/messages.ts'
import { randomFrom } from '../support/random.ts'

test('[K22] whoever wrote part of what is told gets all the rest, in order, and what is for them alone behind it', () => {
  const random = randomFrom()
  console.info(`what is told: FUZZ_SEED=${random.seed}`)
  const frame = (byte: number) => Buffer.alloc(1 + random.below(random.chance(0.1) ? 20_000 : 300), byte)
  for (let round = 0; round < 500; round++) {
    const frames = Array.from({ length: 1 + random.below(80) }, (_, n) => frame(n))
    const share = random.next()
    const own = [...frames.keys()].filter(() => random.chance(share))
    const behind = random.chance(0.7) ? [frame(255)] : []
    const parts = gathered(frames)
    expect(Buffer.concat(parts.map(({ piece }) => piece)).equals(Buffer.concat(frames))).toBe(true)
    const told = Buffer.concat(gatheredBut(parts, own, behind))
    expect(told.equals(Buffer.concat([...frames.filter((_, n) => !own.includes(n)), ...behind])), `round ${round}`).toBe(true)
  }
})
