/** Which texts a query finds, and in which order. */
import { limits } from '@paperboard/shared/limits'
import type { Database } from '../db/database.ts'
import { findDocuments } from '../db/searchIndex.ts'
import type { Clause, Condition, DocumentKind, FoundDocument, Step } from '../db/searchTexts.ts'
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
  kinds: readonly DocumentKind[]
  asked: Asked
  where: (kind: DocumentKind) => Condition[]
  now: number
}

/** Nearly every text has a word that begins with a letter, and to find them all takes longer than all else: it narrows titles and names alone. */
const isOneLetter = ({ any, within }: Clause): boolean => within === undefined && any.some(({ words, prefix }) => prefix && /^[a-z]$/.test(words.join(' ')))

/** What must be anywhere in a paper. */
function anywhere(all: readonly Clause[]): readonly Clause[] {
  const telling = all.filter(clause => !isOneLetter(clause))
  return telling.length > 0 ? telling : all
}

/** Papers with all of it in the title go first, then those that have it in title and authors, then whatever has it anywhere. */
const stepsFor = (all: readonly Clause[]): Step[] => [{ all, within: ['title'] }, { all, within: ['title', 'authors'] }, { all: anywhere(all) }]

/**
 * The first thousand of each kind, by steps and then the newest. These are ranked; who is not among them is only known to be there.
 * Comments and minutes have no steps; beside papers they come after these, the newest first.
 */
export async function candidates(index: Database, { group, kinds, asked, where, now }: Asking): Promise<{ found: Candidate[]; more: boolean }> {
  const find = async (kind: DocumentKind): Promise<Candidate[]> => {
    // Where all words say in which part they must stand, nothing stands higher by that.
    const steps = kind === 'paper' && asked.all.some(({ within }) => within === undefined) ? stepsFor(asked.all) : [{ all: asked.all }]
    const last = steps.length - 1
    const looked = { group, kind, ...asked, steps, where: where(kind), most: limits.searchHits + 1 }
    const found = await findDocuments(index, { ...looked, enough: kind === 'paper' || !kinds.includes('paper') ? enough : 0 })
    return found.map(document =>
      candidate(kind, document, { tier: last - document.step, score: document.step < last ? titleScore(document) : document.score, now }),
    )
  }
  const ofKinds = await Promise.all(kinds.map(find))
  return {
    found: ofKinds.flatMap(some => oncePerWork(some.slice(0, limits.searchHits).sort(better))).sort(better),
    more: ofKinds.some(some => some.length > limits.searchHits),
  }
}

const candidate = (kind: DocumentKind, document: FoundDocument, { tier, score, now }: { tier: number; score: number; now: number }): Candidate => ({
  ...document,
  kind,
  tier,
  value: worth(score, document, now),
})

/** Those without words are in the order of their coming. */
const better = (one: Candidate, other: Candidate): number => other.tier - one.tier || other.value - one.value || other.at - one.at || other.id - one.id

/** A work that stands on boards under two ids is found once. */
function oncePerWork(found: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>()
  return found.filter(({ work }) => {
    if (seen.has(work)) return false
    seen.add(work)
    return true
  })
}
