import { lineDiff } from '@paperboard/shared/lineDiff'
import { describe, expect, test } from 'vitest'

const signs = { both: ' ', first: '-', second: '+' }
const shown = (a: string, b: string) =>
  lineDiff(a.replaceAll(' ', '\n'), b.replaceAll(' ', '\n'))
    .map(({ kind, text }) => signs[kind] + text)
    .join('|')

describe('[Y44] of two texts the lines are told that are in one alone, in their order', () => {
  test.each([
    ['a b c', 'a b c', ' a| b| c'],
    ['a b c', 'a x c', ' a|-b|+x| c'],
    ['a c', 'a b c', ' a|+b| c'],
    ['a b c', 'c', '-a|-b| c'],
    ['a b c d', 'b d e', '-a| b|-c| d|+e'],
    ['x', 'y', '-x|+y'],
  ])('%s and %s', (a, b, expected) => expect(shown(a, b)).toBe(expected))

  test('each text is in it whole', () => {
    const words = (seed: number) => Array.from({ length: 60 }, (_, i) => String((i * seed) % 7)).join('\n')
    const diff = lineDiff(words(3), words(5))
    const of = (kind: 'first' | 'second') =>
      diff
        .filter(line => line.kind === 'both' || line.kind === kind)
        .map(({ text }) => text)
        .join('\n')
    expect([of('first'), of('second')]).toEqual([words(3), words(5)])
  })
})
