/** Search in a group: papers on its boards, comments, minutes and people. */
import { dayAt } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import {
  type AskedFor,
  kindAsked,
  parseSearch,
  type SearchAnswer,
  type SearchHit,
  type SearchKind,
  type SearchQuery,
  searchTerms,
} from '@paperboard/shared/search'
import type { Database } from '../db/database.ts'
import { type GroupRow, membersOf } from '../db/groups.ts'
import { hasIndex } from '../db/searchIndex.ts'
import type { Clause, DocumentKind } from '../db/searchTexts.ts'
import { candidates } from './candidates.ts'
import { type Asked, askedOf } from './clauses.ts'
import { conditions, type Searcher, unknownNames } from './filters.ts'
import { shownHits } from './hits.ts'
import { marked } from './marks.ts'
import { insteadOf } from './near.ts'
import { tokensOf } from './text.ts'

interface Asking {
  group: Pick<GroupRow, 'id' | 'timeZone'>
  me: string
  now: number
}

const kindsOf: Record<SearchKind, DocumentKind[]> = { all: ['paper', 'comment', 'note'], papers: ['paper'], comments: ['comment'], notes: ['note'], people: [] }

/** What the address and the query agree on; null where they do not. */
function kindOf(query: SearchQuery, asked: AskedFor): SearchKind | null {
  const typed = kindAsked(asked) ?? 'all'
  if (typed === 'all' || query.kind === 'all' || typed === query.kind) return query.kind === 'all' ? typed : query.kind
  return null
}

export async function search(db: Database, { group, me, now }: Asking, query: SearchQuery): Promise<SearchAnswer> {
  const index = await db.index()
  const understood = parseSearch(query.q)
  const { terms } = searchTerms(query.q)
  const kind = kindOf(query, understood)
  const nothing: SearchAnswer = { hits: [], total: 0, more: false, asked: understood }
  if (kind === null || terms.every(({ field }) => field === 'kind') || !(await hasIndex(index))) return nothing

  const searcher: Searcher = { group: group.id, timeZone: group.timeZone, me, members: await membersOf(db, group.id) }
  const problems = [...understood.problems, ...unknownNames(terms, searcher)]
  const find = (asked: Asked) => candidates(index, { group: group.id, kinds: kindsOf[kind], asked, where: one => conditions(terms, searcher, one), now })

  let asked = askedOf(terms, dayAt(now, group.timeZone))
  const people = kind === 'all' || kind === 'people' ? peopleFound(searcher, asked, understood) : []
  let { found, more } = await find(asked)
  const instead: NonNullable<AskedFor['instead']> = []
  if (found.length === 0 && people.length === 0 && kind !== 'people') {
    const { all, told } = await mended(index, group.id, asked.all)
    instead.push(...told)
    if (told.length > 0) {
      asked = { ...asked, all }
      ;({ found, more } = await find(asked))
    }
  }

  const total = Math.min(people.length + found.length, limits.searchHits)
  const page = people.slice(query.offset, query.offset + query.limit)
  const from = Math.max(0, query.offset - people.length)
  const others = found.slice(from, from + Math.min(query.limit - page.length, Math.max(0, total - query.offset - page.length)))
  const names = new Map(searcher.members.map(({ id, name }) => [id, name]))
  const hits = await shownHits(index, others, { group: group.id, me, now, clauses: asked.all, nameOf: person => names.get(person) ?? '' })
  return {
    hits: [...page, ...hits],
    total,
    more: more || people.length + found.length > limits.searchHits,
    asked: { ...understood, problems, ...(instead.length > 0 ? { instead } : {}) },
  }
}

/** The same with other words in the place of those that are nowhere. */
async function mended(index: Database, group: string, all: readonly Clause[]) {
  const told: { word: string; taken: string[] }[] = []
  const clauses: Clause[] = []
  for (const clause of all) {
    const other = await insteadOf(index, group, clause)
    clauses.push(other?.clause ?? clause)
    if (other !== null) told.push({ word: other.word, taken: other.taken })
  }
  return { all: clauses, told }
}

/** Whose names have all the words; nobody where something is asked of more than names. */
function peopleFound({ members }: Searcher, { all, none }: Asked, { fields }: AskedFor): SearchHit[] {
  if (all.length === 0 || fields.some(({ field }) => field !== 'kind')) return []
  const isIn = (name: string, clause: Clause) =>
    marked(name, [clause], 'title').hits.length > 0 ||
    tokensOf(name).some(({ word }) => tokensOf(clause.typed).length === 1 && word === tokensOf(clause.typed)[0]?.word)
  return members
    .filter(({ name }) => all.every(clause => isIn(name, clause)) && !none.some(clause => isIn(name, clause)))
    .map(({ id, name, gone }): SearchHit => ({ kind: 'person', id, name: marked(name, all, 'title'), member: !gone }))
}
