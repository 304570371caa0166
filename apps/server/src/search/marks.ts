/** Where in a text stands what was asked for. */
import type { Marked } from '@paperboard/shared/search'
import type { Clause, Sequence, TextPart } from '../db/searchTexts.ts'
import { joinedTokens, stem, type Token, tokensOf } from './text.ts'

/** Characters of a snippet, and of what stands before its first hit. */
const snippet = { length: 260, before: 60 }

interface Stemmed extends Token {
  stem: string
}
const stemmed = (tokens: readonly Token[]): Stemmed[] => tokens.map(token => ({ ...token, stem: stem(token.word) }))

function standsAt(tokens: readonly Stemmed[], at: number, { words, prefix }: Sequence): boolean {
  if (at + words.length > tokens.length) return false
  const last = words.length - 1
  for (let n = 0; n <= last; n++) {
    const there = tokens[at + n]
    if (prefix && n === last ? !there?.word.startsWith(words[n] ?? '') : there?.stem !== words[n]) return false
  }
  return true
}

function hitsOf(text: string, clauses: readonly Clause[]): [number, number][] {
  if (clauses.length === 0) return []
  const found = tokensOf(text)
  const [tokens, joined] = [stemmed(found), stemmed(joinedTokens(text, found))]
  const hits: [number, number][] = []
  for (const sequence of clauses.flatMap(({ any }) => any)) {
    for (let at = 0; at < tokens.length; at++)
      if (standsAt(tokens, at, sequence)) hits.push([tokens[at]?.from ?? 0, tokens[at + sequence.words.length - 1]?.to ?? 0])
    if (sequence.words.length === 1)
      for (let at = 0; at < joined.length; at++) if (standsAt(joined, at, sequence)) hits.push([joined[at]?.from ?? 0, joined[at]?.to ?? 0])
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
