/** Which texts a query finds, and in which order. */
import { limits } from '@paperboard/shared/limits'
import type { Database } from '../db/database.ts'
import type { Condition } from '../db/searchFilters.ts'
import { matchedDocuments, matches } from '../db/searchIndex.ts'
import type { Clause, DocumentKind, FoundDocument, Looked, Match } from '../db/searchTexts.ts'
import type { Asked } from './clauses.ts'

export interface Candidate extends FoundDocument {
  kind: DocumentKind
  /** 2 where all that was asked for stands in the title, 1 in title and authors, 0 somewhere. */
  tier: number
  value: number
}

/** With so many in titles and names, the others are in the order of their coming: to tell which of them match best takes as long again. */
const enough = 100

const yearMs = 365 * 86_400_000

/** Of titles, the shorter say the same with more weight. */
const titleScore = ({ size }: FoundDocument): number => 10 / (10 + size)

/** Better by an eighth for each doubling of votes, and by a third when it is new, less from year to year. */
const worth = (score: number, { net, at }: FoundDocument, now: number): number =>
  score * (1 + 0.125 * Math.log2(1 + Math.max(0, net))) * (1 + 0.3 * 2 ** (-Math.max(0, now - at) / yearMs))

interface Asking {
  group: string
  kind: DocumentKind
  asked: Asked
  where: Condition[]
  now: number
}

/** Nearly every text has a word that begins with a letter, and to find them all takes longer than all else: it narrows titles and names alone. */
const isOneLetter = ({ any, within }: Clause): boolean => within === undefined && any.some(({ words, prefix }) => prefix && /^[a-z]$/.test(words.join(' ')))

/** What must be anywhere in a paper. */
function anywhere(all: readonly Clause[]): readonly Clause[] {
  const telling = all.filter(clause => !isOneLetter(clause))
  return telling.length > 0 ? telling : all
}

/**
 * The first thousand: those with all of it in the title, then in title and authors, then anywhere; within each the newest.
 * These are ranked; who is not among them is only known to be there.
 */
export async function candidates(index: Database, { group, kind, asked, where, now }: Asking): Promise<{ found: Candidate[]; more: boolean }> {
  const most = limits.searchHits + 1
  const tierOf = new Map<number, number>()
  const matched: Match[] = []
  const take = async (tier: number, rest: Pick<Looked, 'within' | 'scored'> & { all?: readonly Clause[] }) => {
    if (matched.length >= most) return
    for (const match of await matches(index, { group, kind, ...asked, where, most, ...rest })) {
      if (tierOf.has(match[0])) continue
      tierOf.set(match[0], tier)
      matched.push(match)
    }
  }
  // Of words that say where they must stand, and of texts without a title, there is only one tier.
  const tiers = kind === 'paper' && asked.all.some(({ within }) => within === undefined)
  if (tiers) await take(2, { within: ['title'] })
  if (tiers) await take(1, { within: ['title', 'authors'] })
  await take(0, { scored: matched.length < enough, ...(tiers ? { all: anywhere(asked.all) } : {}) })
  const documents = await matchedDocuments(index, kind, matched.slice(0, limits.searchHits))
  const found = documents.map((document): Candidate => {
    const tier = tierOf.get(document.id) ?? 0
    return { ...document, kind, tier, value: worth(tier > 0 ? titleScore(document) : document.score, document, now) }
  })
  return { found: oncePerWork(found.toSorted(better)), more: matched.length >= most }
}

/** Those without words are in the order of their coming. */
export const better = (one: Candidate, other: Candidate): number => other.tier - one.tier || other.value - one.value || other.at - one.at || other.id - one.id

/** A work that stands on boards under two ids is found once. */
function oncePerWork(found: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>()
  return found.filter(({ work }) => {
    if (seen.has(work)) return false
    seen.add(work)
    return true
  })
}
