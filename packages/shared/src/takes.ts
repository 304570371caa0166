/**
 * First impressions of papers, written before they are discussed, in the live document of a meeting:
 *
 *   takers    paperId:memberId   who has written one, without a word of it
 *   takes     paperId:memberId   what they wrote, from the reveal on
 *   revealed  paperId            when its takes were revealed, and by whom
 *
 * All three are written by the server. Until the reveal a take is in no document, since every peer holds those: it goes to
 * the server, and only who wrote it can read it.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Id } from './ids.ts'
import { limits } from './limits.ts'
import { idKey, type Records, records } from './room.ts'
import { serverOnly } from './rules.ts'

const Time = z.int().min(0)

/** Scores go from 1 to 5. */
export const scores = [1, 2, 3, 4, 5] as const
/** What the ends of the scale mean. */
export const scoreEnds = { low: 'not for me', high: 'one to remember' } as const
const Score = z.int().min(1).max(5)

/** A take as it is sent: a line, which may be empty, and a score. */
export const NewTake = z.strictObject({ text: z.string().trim().max(limits.takeLength), score: Score })
export type NewTake = z.infer<typeof NewTake>
export const Take = z.strictObject({ text: z.string().max(limits.takeLength), score: Score, at: Time })
export type Take = z.infer<typeof Take>
export const Taker = z.strictObject({ at: Time })
export const Revealed = z.strictObject({ by: Id, at: Time })
export type Revealed = z.infer<typeof Revealed>

/** GET …/meetings/:meeting/sealed: what I have written in this meeting, opened or not, and have chosen in secret polls that are open. */
export interface MySealed {
  takes: (Take & { paper: string })[]
  ballots: { poll: string; choices: number[]; at: number }[]
}

export const takeRoots: Record<'takes' | 'takers' | 'revealed', Records> = {
  takes: records({ key: idKey(2), record: Take, may: (_, actor) => serverOnly(actor) }),
  takers: records({ key: idKey(2), record: Taker, may: (_, actor) => serverOnly(actor) }),
  revealed: records({ key: idKey(1), record: Revealed, may: (_, actor) => serverOnly(actor) }),
}

const takes = (doc: Y.Doc) => doc.getMap<Take>('takes')
const takers = (doc: Y.Doc) => doc.getMap<z.infer<typeof Taker>>('takers')
const revealed = (doc: Y.Doc) => doc.getMap<Revealed>('revealed')

/** Notes that a member has written a take, or has taken it back. By the server. */
export const noteTaker = (doc: Y.Doc, { paper, member, now, wrote }: { paper: string; member: string; now: number; wrote: boolean }) => {
  const key = `${paper}:${member}`
  if (!wrote) takers(doc).delete(key)
  else if (!takers(doc).has(key)) takers(doc).set(key, { at: now })
}

/** Reveals the takes of a paper; done again it adds what is missing. By the server. */
export const revealTakes = (doc: Y.Doc, { paper, written, by, now }: { paper: string; written: ReadonlyMap<string, Take>; by: string; now: number }) =>
  doc.transact(() => {
    for (const [member, take] of written) {
      const key = `${paper}:${member}`
      if (!takers(doc).has(key)) takers(doc).set(key, { at: take.at })
      if (!takes(doc).has(key)) takes(doc).set(key, take)
    }
    if (!revealed(doc).has(paper)) revealed(doc).set(paper, { by, at: now })
  })

/** The takes of one paper as people see them. `takes` is empty until they are revealed. */
export interface TakesOfPaper {
  takers: string[]
  revealed: Revealed | null
  takes: (Take & { member: string })[]
}

export const takesOf = (doc: Y.Doc, paper: string): TakesOfPaper => {
  const own = <T extends { at: number }>(entries: Iterable<[string, T]>) =>
    [...entries]
      .filter(([key]) => key.startsWith(`${paper}:`))
      .map(([key, record]) => ({ ...record, member: key.split(':')[1] ?? '' }))
      .sort((a, b) => a.at - b.at || (a.member < b.member ? -1 : 1))
  const shown = revealed(doc).get(paper) ?? null
  return {
    takers: own(takers(doc).entries()).map(({ member }) => member),
    revealed: shown,
    takes: shown === null ? [] : own(takes(doc).entries()).sort((a, b) => a.score - b.score),
  }
}

/** How scores lie: of `counts` the first is of score 1. `median` and `mean` are null for none. */
export interface Spread {
  counts: number[]
  of: number
  mean: number | null
  median: number | null
  low: number | null
  high: number | null
}

export const spreadOf = (given: readonly number[]): Spread => {
  const sorted = [...given].sort((a, b) => a - b)
  const of = sorted.length
  const middle = [sorted[Math.floor((of - 1) / 2)], sorted[Math.floor(of / 2)]]
  return {
    counts: scores.map(score => sorted.filter(one => one === score).length),
    of,
    mean: of === 0 ? null : sorted.reduce((sum, score) => sum + score, 0) / of,
    median: of === 0 ? null : ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2,
    low: sorted[0] ?? null,
    high: sorted.at(-1) ?? null,
  }
}

/** How far a room agrees, in words: what a mean alone would hide. */
export const agreement = ({ of, low, high, counts }: Spread): string => {
  if (of === 0 || low === null || high === null) return 'Nobody has written a take'
  if (of === 1) return 'One take'
  if (low === high) return `All at ${low}`
  if (high - low === 1) return `Close together, at ${low} and ${high}`
  const ends = (counts[low - 1] ?? 0) + (counts[high - 1] ?? 0)
  return ends === of ? `Split between ${low} and ${high}` : `Spread from ${low} to ${high}`
}
