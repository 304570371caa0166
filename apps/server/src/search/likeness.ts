/** How like two papers are by the words of their titles and abstracts, and what they share. */
import type { Database } from '../db/database.ts'
import type { PaperRow } from '../db/papers.ts'
import { wordCounts } from '../db/searchIndex.ts'
import { isCommon, stem, type Token, tokensOf } from './text.ts'

export type Words = ReadonlyMap<string, number>

/** A word of the title counts as so many of the abstract. */
const titleCounts = 3

const tells = ({ word }: Token) => word.length > 2 && !isCommon(word) && !/^\d+$/.test(word)

const known = new WeakMap<object, Words>()

/** How often each telling word stands in a paper, the logarithm of it. */
export function wordsOfPaper(paper: Pick<PaperRow, 'title' | 'abstract'>): Words {
  const words = known.get(paper) ?? countedWords(paper)
  known.set(paper, words)
  return words
}

function countedWords({ title, abstract }: Pick<PaperRow, 'title' | 'abstract'>): Words {
  const counts = new Map<string, number>()
  const count = (text: string, times: number) => {
    for (const token of tokensOf(text)) {
      if (!tells(token)) continue
      const word = stem(token.word)
      counts.set(word, (counts.get(word) ?? 0) + times)
    }
  }
  count(title ?? '', titleCounts)
  count(abstract, 1)
  for (const [word, times] of counts) counts.set(word, 1 + Math.log(times))
  return counts
}

/** How much each word tells: the rarer it is, the more; 0 for one that no other text has. */
export type Rarity = (word: string) => number

export async function rarityOf(index: Database, words: Iterable<string>): Promise<Rarity> {
  const { texts, of } = await wordCounts(index, [...words])
  return word => {
    const found = of.get(word) ?? 0
    return found < 2 ? 0 : Math.max(0, Math.log((texts + 1) / found))
  }
}

/** Words with their weights, of length one. */
export function vectorOf(words: Words, rarity: Rarity): Map<string, number> {
  const weighted = new Map([...words].map(([word, times]) => [word, times * rarity(word)]))
  const length = Math.hypot(...weighted.values()) || 1
  for (const [word, weight] of weighted) weighted.set(word, weight / length)
  return weighted
}

/** The cosine of the angle between two vectors of length one. */
export function likeness(one: Words, other: Words): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let sum = 0
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0)
  return sum
}

/** Words rarer than one in twenty texts: what others find is mostly like them by chance, and there is much of it. */
const rare = Math.log(20)

/** The words that weigh most, rare ones where there are any. */
export function strongest(vector: Words, rarity: Rarity, most: number): string[] {
  const words = [...vector].filter(([, weight]) => weight > 0).sort((a, b) => b[1] - a[1])
  const rareOnes = words.filter(([word]) => rarity(word) >= rare)
  return (rareOnes.length >= 3 ? rareOnes : words).slice(0, most).map(([word]) => word)
}

/** Pairs of words that stand side by side, as they are written. */
function pairsIn(text: string): Map<string, string> {
  const tokens = tokensOf(text)
  const pairs = new Map<string, string>()
  for (const [n, token] of tokens.entries()) {
    const next = tokens[n + 1]
    if (next === undefined || !tells(token) || !tells(next) || !/^[ -]$/.test(text.slice(token.to, next.from))) continue
    const key = `${stem(token.word)} ${stem(next.word)}`
    if (!pairs.has(key)) pairs.set(key, text.slice(token.from, next.to).toLowerCase())
  }
  return pairs
}

const textOf = ({ title, abstract }: Pick<PaperRow, 'title' | 'abstract'>) => `${title ?? ''}. ${abstract}`

/** What tells most of what two papers have in common: words side by side first, as the first paper writes them. */
export function shared(one: PaperRow, other: PaperRow, rarity: Rarity, most = 3): string[] {
  const [mine, theirs] = [textOf(one), textOf(other)]
  const there = pairsIn(theirs)
  const taken = new Set<string>()
  const found: string[] = []
  const weight = (key: string) => key.split(' ').reduce((sum, word) => sum + rarity(word), 0)
  const take = (key: string, written: string) => {
    const words = key.split(' ')
    if (found.length === most || words.some(word => taken.has(word))) return
    for (const word of words) taken.add(word)
    found.push(written)
  }
  for (const [key, written] of [...pairsIn(mine)].filter(([key]) => there.has(key) && weight(key) > 0).sort((a, b) => weight(b[0]) - weight(a[0])))
    take(key, written)
  const single = new Map(
    tokensOf(mine)
      .filter(tells)
      .map(token => [stem(token.word), token.word]),
  )
  const theirWords = wordsOfPaper(other)
  for (const [key, written] of [...single].filter(([key]) => theirWords.has(key) && rarity(key) > 0).sort((a, b) => rarity(b[0]) - rarity(a[0])))
    take(key, written)
  return found
}

/** Authors of both, as the first paper names them. */
export function sharedAuthors(one: Pick<PaperRow, 'authors'>, other: Pick<PaperRow, 'authors'>): string[] {
  const name = (author: string) =>
    tokensOf(author)
      .map(({ word }) => word)
      .join(' ')
  const there = new Set(other.authors.map(name))
  return one.authors.filter(author => there.has(name(author)))
}

/** "Shares “state space”, “mamba”; also by Albert Gu." */
export function reason(words: readonly string[], authors: readonly string[]): string {
  const quoted = words.map(word => `“${word}”`).join(', ')
  const names = authors.length > 3 ? `${authors.slice(0, 2).join(', ')} and ${authors.length - 2} others of its authors` : authors.join(', ')
  if (names === '') return quoted === '' ? '' : `Shares ${quoted}.`
  return quoted === '' ? `Also by ${names}.` : `Shares ${quoted}; also by ${names}.`
}
