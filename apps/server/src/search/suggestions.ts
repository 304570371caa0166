/** Papers of the group that are near a paper, or near what the group voted for; from the same index, with what speaks for each. */
import { addDays, dayAt } from '@paperboard/shared/days'
import { lastVotes } from '@paperboard/shared/ranking'
import type { PapersForYou, RelatedPapers } from '@paperboard/shared/search'
import type { Database } from '../db/database.ts'
import type { GroupRow } from '../db/groups.ts'
import { papersActiveSince, votesOf } from '../db/listings.ts'
import { findPapers, type PaperRow } from '../db/papers.ts'
import { otherWork, untouched } from '../db/searchFilters.ts'
import { findDocuments, hasIndex } from '../db/searchIndex.ts'
import type { Clause, Condition } from '../db/searchTexts.ts'
import { Problem } from '../errors.ts'
import { listed } from '../papers/listing.ts'
import { likeness, type Rarity, rarityOf, reason, shared, sharedAuthors, strongest, vectorOf, type Words, wordsOfPaper } from './likeness.ts'
import { stem, tokensOf } from './text.ts'

interface Asking {
  group: Pick<GroupRow, 'id' | 'timeZone'>
  me: string
  now: number
  limit: number
}

const dayMs = 86_400_000
/** Words of a paper that are asked for, those of what the group voted for, papers that are compared, and authors that are asked for. */
const most = { words: 14, liked: 24, compared: 80, authors: 8 }
/** Papers less like than this are not near; an author in common counts as so much. */
const near = { least: 0.06, author: 0.12 }
/** Votes of the last half year count, half after two months; and so many papers that were voted for. */
const votesCount = { days: 180, half: 60, papers: 16 }
/** A paper that was on a board within these days needs no suggestion. */
const lately = 14

const anyWord = (words: readonly string[]): Clause => ({ any: words.map(word => ({ words: [word], prefix: false })), typed: '' })

/** The rows of what is nearest by words, and by authors. */
async function nearest(
  index: Database,
  group: string,
  { words, authors = [], where }: { words: string[]; authors?: string[]; where: Condition[] },
): Promise<PaperRow[]> {
  const find = (clause: Clause) => findDocuments(index, { group, kind: 'paper', all: [clause], none: [], where, most: most.compared, order: 'best' })
  const found = words.length === 0 ? [] : await find(anyWord(words))
  const names = authors.slice(0, most.authors).flatMap(author => {
    const parts = tokensOf(author).map(({ word }) => stem(word))
    return parts.length < 2 ? [] : [{ words: parts, prefix: false }]
  })
  if (names.length > 0) found.push(...(await find({ any: names, typed: '', within: ['authors'] })))
  // A work under two ids is one.
  const ids = new Map(found.map(({ key, work }) => [work, key]))
  return findPapers(index, [...ids.values()])
}

const rarityFor = (index: Database, papers: readonly PaperRow[]): Promise<Rarity> =>
  rarityOf(
    index,
    papers.flatMap(paper => [...wordsOfPaper(paper).keys()]),
  )

export async function relatedPapers(db: Database, { group, me, now, limit }: Asking, paper: string): Promise<RelatedPapers> {
  const index = await db.index()
  const asking = { group: group.id, me, now }
  const [row] = await findPapers(index, [paper])
  if (row === undefined || (await listed(index, asking, [paper])).length === 0)
    throw new Problem('not-found', 'There is no such paper on a board of the group.')
  if (!(await hasIndex(index))) return { papers: [] }
  const own = await rarityFor(index, [row])
  const words = strongest(vectorOf(wordsOfPaper(row), own), own, most.words)
  const rows = await nearest(index, group.id, { words, authors: row.authors, where: [otherWork(row.sameAs ?? row.id)] })
  const rarity = await rarityFor(index, [row, ...rows])
  const vector = vectorOf(wordsOfPaper(row), rarity)
  const ranked = rows
    .map(other => {
      const authors = sharedAuthors(row, other)
      return { other, authors, value: likeness(vector, vectorOf(wordsOfPaper(other), rarity)) + near.author * Math.min(authors.length, 3) }
    })
    .filter(({ value }) => value >= near.least)
    .toSorted((a, b) => b.value - a.value)
    .slice(0, limit)
  const whys = new Map(ranked.map(({ other, authors }) => [other.id, reason(shared(row, other, rarity), authors)]))
  const papers = await listed(index, asking, [...whys.keys()])
  return { papers: papers.map(each => ({ paper: each, why: whys.get(each.id) ?? '' })) }
}

interface Liked {
  row: PaperRow
  weight: number
}

/** What the group voted for, less what it voted against, the newest votes first. */
async function likedPapers(index: Database, group: string, now: number): Promise<Liked[]> {
  const ids = await papersActiveSince(index, group, now - votesCount.days * dayMs)
  const votes = Map.groupBy(await votesOf(index, group, ids), ({ paper }) => paper)
  const weights = new Map<string, number>()
  for (const [paper, cast] of votes) {
    const weight = lastVotes(cast).reduce((sum, { value, at }) => sum + value * 2 ** (-Math.max(0, now - at) / (votesCount.half * dayMs)), 0)
    if (weight > 0) weights.set(paper, weight)
  }
  const best = [...weights].sort((a, b) => b[1] - a[1]).slice(0, votesCount.papers)
  const rows = await findPapers(
    index,
    best.map(([paper]) => paper),
  )
  return rows.map(row => ({ row, weight: weights.get(row.id) ?? 0 }))
}

/** One vector of all that was liked. Many votes count more than one, and not as many times. */
function profileOf(liked: readonly Liked[], rarity: Rarity): Map<string, number> {
  const sum = new Map<string, number>()
  for (const { row, weight } of liked)
    for (const [word, value] of vectorOf(wordsOfPaper(row), rarity)) sum.set(word, (sum.get(word) ?? 0) + value * Math.sqrt(weight))
  return vectorOf(sum, () => 1)
}

export async function papersForYou(db: Database, { group, me, now, limit }: Asking): Promise<PapersForYou> {
  const index = await db.index()
  if (!(await hasIndex(index))) return { papers: [] }
  const liked = await likedPapers(index, group.id, now)
  if (liked.length === 0) return { papers: [] }
  const likedRows = liked.map(({ row }) => row)
  const own = await rarityFor(index, likedRows)
  const since = addDays(dayAt(now, group.timeZone), -lately)
  const rows = await nearest(index, group.id, { words: strongest(profileOf(liked, own), own, most.liked), where: [untouched(group.id, since)] })
  const rarity = await rarityFor(index, [...likedRows, ...rows])
  const profile = profileOf(liked, rarity)
  const vectors = new Map(likedRows.map(row => [row.id, vectorOf(wordsOfPaper(row), rarity)]))
  const ranked = rows
    .map(row => {
      const vector = vectorOf(wordsOfPaper(row), rarity)
      return { row, value: likeness(profile, vector), because: becauseOf(likedRows, vectors, vector) }
    })
    .filter(({ value, because }) => value >= near.least && because.length > 0)
    .toSorted((a, b) => b.value - a.value)
    .slice(0, limit)
  const shown = new Map(ranked.map(({ row, because }) => [row.id, { row, because }]))
  const papers = await listed(index, { group: group.id, me, now }, [...shown.keys()])
  return {
    papers: papers.flatMap(paper => {
      const found = shown.get(paper.id)
      const [first] = found?.because ?? []
      if (found === undefined || first === undefined) return []
      const why = reason(shared(first, found.row, rarity), sharedAuthors(first, found.row))
      return { paper, because: found.because.map(({ id, title }) => ({ paper: id, title })), why }
    }),
  }
}

/** The two papers that were voted for that are most like it. */
const becauseOf = (liked: readonly PaperRow[], vectors: ReadonlyMap<string, Words>, vector: Words): PaperRow[] =>
  liked
    .map(row => ({ row, value: likeness(vectors.get(row.id) ?? new Map(), vector) }))
    .filter(({ value }) => value >= near.least)
    .toSorted((a, b) => b.value - a.value)
    .slice(0, 2)
    .map(({ row }) => row)
