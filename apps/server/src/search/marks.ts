/** Where in a text stands what was asked for. */
import type { Marked } from '@paperboard/shared/search'
import type { Clause, Sequence, TextPart } from '../db/searchTexts.ts'
import { joinedTokens, stem, type Token, tokensOf } from './text.ts'

/** Characters of a snippet, and of what stands before its first hit. */
const snippet = { length: 260, before: 60 }

/** Whether a word has this stem. Most have not even its first letter, which no stem changes. */
const hasStem = (word: string, wanted: string) => word.charCodeAt(0) === wanted.charCodeAt(0) && stem(word) === wanted

function standsAt(tokens: readonly Token[], at: number, { words, prefix }: Sequence): boolean {
  const last = words.length - 1
  return words.every((wanted, n) => {
    const there = tokens[at + n]
    return there !== undefined && (prefix && n === last ? there.word.startsWith(wanted) : hasStem(there.word, wanted))
  })
}

function hitsOf(text: string, clauses: readonly Clause[]): [number, number][] {
  if (clauses.length === 0) return []
  const tokens = tokensOf(text)
  const joined = joinedTokens(text, tokens)
  const hits: [number, number][] = []
  const find = (some: readonly Token[], sequence: Sequence) => {
    for (const [at, { from }] of some.entries()) if (standsAt(some, at, sequence)) hits.push([from, some[at + sequence.words.length - 1]?.to ?? from])
  }
  for (const sequence of clauses.flatMap(({ any }) => any)) {
    find(tokens, sequence)
    if (sequence.words.length === 1) find(joined, sequence)
  }
  return apart(hits)
}

/** In order, those that touch as one. */
function apart(hits: [number, number][]): [number, number][] {
  const marks: [number, number][] = []
  for (const [from, to] of hits.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = marks.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else marks.push([from, to])
  }
  return marks
}

const isFor = (part: TextPart) => (clause: Clause) => clause.within === undefined || clause.within.includes(part)

/** A text that is shown whole. */
export const marked = (text: string, clauses: readonly Clause[], part: TextPart): Marked => ({ text, hits: hitsOf(text, clauses.filter(isFor(part))) })

/** The place of a long text where most of what was asked for stands together; its beginning where nothing does. */
export function excerpt(text: string, clauses: readonly Clause[]): Marked {
  const hits = hitsOf(text, clauses.filter(isFor('body')))
  const best = hits.reduce((best, hit) => (within(hits, hit) > within(hits, best) ? hit : best), hits[0] ?? [0, 0])
  const start = text.length <= snippet.length ? 0 : startBefore(text, Math.min(best[0] - snippet.before, text.length - snippet.length))
  const end = endAfter(text, start + snippet.length)
  const [lead, tail] = [start > 0 ? '…' : '', end < text.length ? '…' : '']
  const shift = lead.length - start
  return {
    text: `${lead}${text.slice(start, end)}${tail}`,
    hits: hits.flatMap(([from, to]) => (from >= start && to <= end ? [[from + shift, to + shift] as [number, number]] : [])),
  }
}

const within = (hits: readonly [number, number][], [from]: [number, number]): number =>
  hits.filter(hit => hit[0] >= from && hit[1] <= from + snippet.length - snippet.before).length

/** The beginning of a word, a little before. */
function startBefore(text: string, at: number): number {
  if (at <= 0) return 0
  const space = text.lastIndexOf(' ', at)
  return space > at - 40 ? space + 1 : wholeSign(text, at)
}

function endAfter(text: string, at: number): number {
  if (at >= text.length) return text.length
  const space = text.lastIndexOf(' ', at)
  return space > at - 40 ? space : wholeSign(text, at)
}

/** Not between the two halves of a sign. */
const wholeSign = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at)
