/** What slow readers get when they read again. */
import { expect, test } from 'vitest'
import { CatchUps } from '../../apps/server/src/sync/catchUps.ts'
import type { Piece } from '../../apps/server/src/sync/messages.ts'

/** A reader that was told so many bytes; its state vector says so. */
const told = (bytes: number) => ({ vector: Uint8Array.of(bytes / 100), bytes })

test('[S51] slow readers who fell behind at about the same time get one and the same difference, and what is told since', () => {
  const catchUps = new CatchUps()
  const made: number[] = []
  const make = (vector: Uint8Array) => {
    made.push((vector[0] ?? 0) * 100)
    return new Uint8Array(200_000)
  }
  const behind = [1_000, 1_200, 1_100, 4_000].map(told)
  const since = (bytes: number, now: number): Piece[] =>
    catchUps.since(
      told(bytes),
      now - bytes,
      behind.filter(one => one.bytes !== bytes),
      make,
    )
  // From where the first of them fell, whoever reads first.
  const first = since(1_200, 5_000)
  expect(made).toEqual([1_000])
  expect(since(1_000, 5_000)).toEqual(first)
  for (const [n, piece] of since(1_100, 5_000).entries()) expect(piece).toBe(first[n])
  expect(made).toEqual([1_000])
  // Whoever has missed little gets little.
  since(4_000, 5_000)
  expect(made).toEqual([1_000, 4_000])

  const more = Buffer.from('told since')
  catchUps.follow([more], () => true)
  expect(since(1_100, 5_010)).toEqual([...first, more])
  expect(made).toEqual([1_000, 4_000])
  // What is told since is not kept without bound,
  catchUps.follow([Buffer.alloc(70_000)], () => true)
  since(1_100, 75_010)
  expect(made).toEqual([1_000, 4_000, 1_000])
  // and nothing when nobody is behind.
  catchUps.follow([more], () => false)
  since(1_100, 75_020)
  expect(made).toEqual([1_000, 4_000, 1_000, 1_000])
})
