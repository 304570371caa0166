/** Which texts a query finds, and in which order. */
import { limits } from '@paperboard/shared/limits'
import type { Database } from '../db/database.ts'
import type { Condition } from '../db/searchFilters.ts'
import { findDocuments } from '../db/searchIndex.ts'
import type { DocumentKind, FoundDocument, Looked } from '../db/searchTexts.ts'
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

/** Better by an eighth for each doubling of votes, and by a third when it is new, less from year to year. */
const worth = ({ score, net, at }: FoundDocument, now: number): number =>
  score * (1 + 0.125 * Math.log2(1 + Math.max(0, net))) * (1 + 0.3 * 2 ** (-Math.max(0, now - at) / yearMs))

interface Asking {
  group: string
  kind: DocumentKind
  asked: Asked
  where: Condition[]
  now: number
}

/**
 * The first thousand: those with all of it in the title, then in title and authors, then anywhere; within each the newest.
 * These are ranked; who is not among them is only known to be there.
 */
export async function candidates(index: Database, { group, kind, asked, where, now }: Asking): Promise<{ found: Candidate[]; more: boolean }> {
  const most = limits.searchHits + 1
  const found = new Map<number, Candidate>()
  const find = async (tier: number, rest: Pick<Looked, 'within' | 'scored'>) => {
    const some = await findDocuments(index, { group, kind, ...asked, where, most, ...rest })
    return some.map(document => ({ ...document, kind, tier, value: worth(document, now) }))
  }
  const take = (some: readonly Candidate[]) => {
    for (const candidate of some) if (!found.has(candidate.id)) found.set(candidate.id, candidate)
  }
  // Of words that say where they must stand, and of texts without a title, there is only one tier.
  const tiers = kind === 'paper' && asked.all.some(({ within }) => within === undefined)
  if (tiers) take(await find(2, { within: ['title'] }))
  if (tiers && found.size < most) take(await find(1, { within: ['title', 'authors'] }))
  if (found.size < most) take(await find(0, { scored: found.size < enough }))
  const all = [...found.values()]
  return { found: oncePerWork(all.slice(0, limits.searchHits).toSorted(better)), more: all.length >= most }
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
