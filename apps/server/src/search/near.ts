/** Words that were misspelt. */
import type { Database } from '../db/database.ts'
import { finds, wordsLike } from '../db/searchIndex.ts'
import type { Clause } from '../db/searchTexts.ts'
import { stem, tokensOf } from './text.ts'

/** Words that are compared letter by letter, and those that are looked for in place of one. */
const most = { compared: 60, asked: 12, taken: 5 }

/** Letters that may be wrong. */
export const mayDiffer = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/**
 * How many letters must be put in, left out, changed or swapped with the next to make one word of the other; where `beginning`,
 * to make the first one the beginning of the other.
 */
export function distance(typed: string, word: string, beginning = false): number {
  const [a, b] = [[...typed], [...word]]
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, n) => n)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    ;[before, last] = [last, row]
  }
  return beginning ? Math.min(...last) : (last[b.length] ?? 0)
}

/** A clause with words like the one that is nowhere in the group, and these words; null where there is nothing to be done for it. */
export async function insteadOf(index: Database, group: string, clause: Clause): Promise<{ clause: Clause; word: string; taken: string[] } | null> {
  const tokens = tokensOf(clause.typed)
  const word = tokens[0]?.word ?? ''
  const allowed = mayDiffer(word.length)
  if (tokens.length !== 1 || allowed === 0 || !/^\p{L}+$/u.test(word) || (await stands(index, group, clause))) return null
  const open = clause.any.some(({ prefix }) => prefix)
  const near = (await wordsLike(index, word, most.compared))
    .map(like => ({ like, apart: Math.min(distance(word, like), open ? distance(word, like, true) + 0.5 : Number.POSITIVE_INFINITY) }))
    .filter(({ apart }) => apart > 0 && apart <= allowed + (open ? 0.5 : 0))
    .toSorted((one, other) => one.apart - other.apart)
  const taken: string[] = []
  for (const { like } of near.slice(0, most.asked)) {
    if (taken.length === most.taken) break
    // The words are those of all groups: none is told of that is not in this one.
    if (await stands(index, group, { ...clause, any: [exactly(like)] })) taken.push(like)
  }
  return taken.length === 0 ? null : { clause: { ...clause, any: taken.map(exactly) }, word: clause.typed, taken }
}

const exactly = (word: string) => ({ words: [stem(word)], prefix: false })

const stands = (index: Database, group: string, clause: Clause): Promise<boolean> => finds(index, { group, kind: 'paper', all: [clause], none: [], where: [] })
