/** What the search asks of the server, and what of the group's papers is known here already. */
import type { Listing, Paper } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import type { SearchAnswer, SearchKind } from '@paperboard/shared/search'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api, isCode, queries, RequestError } from '../api.ts'
import { fold, matches } from '../paper/words.ts'
import { plainWords } from './plainWords.ts'

interface Wanted {
  q: string
  kind: SearchKind
  limit: number
  offset?: number
}

/** Throws `RequestError`. */
export const search = (group: string, { q, kind, limit, offset = 0 }: Wanted, signal?: AbortSignal): Promise<SearchAnswer> =>
  answer(
    api.groups[':group'].search.$get(
      { param: { group }, query: { q, kind, limit: String(limit), offset: String(offset) } },
      { init: { signal: signal ?? null } },
    ),
  )

/**
 * Pause before what got no answer is asked again by itself, ms: as long as the server says; else a server that starts anew is
 * there soon, and one that has failed is not. Null for what asking again does not mend.
 */
export const againAfter = (error: unknown): number | null => {
  const soon = isCode(error, 'offline', 'unavailable')
  if (!soon && !isCode(error, 'internal', 'too-many-requests')) return null
  const wanted = error instanceof RequestError ? error.pause : null
  return Math.max(1_000, wanted ?? (soon ? 2_000 : 10_000))
}

/** What stands on a page is asked again by itself, while somebody looks at it. */
const untilAnswered = ({ state: { status, error } }: { state: { status: string; error: unknown } }) => (status === 'error' && againAfter(error)) || false

/** Hits of one page of a list: some screens of them. */
const pageOfHits = 50

/** All hits of a kind, page by page; those of the last question stay until the next ones are there. */
export const hitsQuery = (group: string, q: string, kind: SearchKind) =>
  infiniteQueryOptions({
    queryKey: ['search', group, kind, q],
    queryFn: ({ pageParam, signal }) => search(group, { q, kind, limit: pageOfHits, offset: pageParam }, signal),
    initialPageParam: 0,
    // A page has fewer hits than it has places for, where one of them has gone meanwhile.
    getNextPageParam: (last: SearchAnswer, _all, offset) => (offset + pageOfHits < last.total ? offset + pageOfHits : null),
    placeholderData: keepPreviousData,
    // What was found before is shown at once, and asked anew: a paper is found a second or two after it was added.
    staleTime: 0,
    gcTime: 5 * 60_000,
    refetchInterval: untilAnswered,
  })

/** Whether the group has any paper at all: what was on a board, whenever. */
export const anyPaperQuery = (group: string) =>
  queryOptions({
    queryKey: ['search', group, 'any'],
    queryFn: async ({ signal }) => (await search(group, { q: 'before:9999', kind: 'papers', limit: 1 }, signal)).total > 0,
  })

/** How many hits of a kind there are. */
export const countQuery = (group: string, q: string, kind: SearchKind) =>
  queryOptions({
    queryKey: ['search', group, 'count', kind, q],
    queryFn: async ({ signal }) => {
      const { total, more } = await search(group, { q, kind, limit: 1 }, signal)
      return { total, more }
    },
    staleTime: 0,
    gcTime: 5 * 60_000,
    refetchInterval: untilAnswered,
  })

/** How many are asked for. */
const suggestions = { limit: '10' }

export const relatedQuery = (group: string, paper: string) =>
  queryOptions({
    queryKey: ['related', group, paper],
    queryFn: ({ signal }) => answer(api.groups[':group'].papers[':paper'].related.$get({ param: { group, paper }, query: suggestions }, { init: { signal } })),
    staleTime: 10 * 60_000,
    refetchInterval: untilAnswered,
  })
export const forGroupQuery = (group: string) =>
  queryOptions({
    queryKey: ['for-you', group],
    queryFn: ({ signal }) => answer(api.groups[':group']['for-you'].$get({ param: { group }, query: suggestions }, { init: { signal } })),
    staleTime: 5 * 60_000,
    refetchInterval: untilAnswered,
  })

/** What a paper is called by, of any paper that was shown here before. */
export type KnownPaper = Pick<Paper, 'id' | 'title' | 'arxivId' | 'doi' | 'url' | 'authors'>

/** The group's papers that answers of the server have told of in this browser, by id. */
export const papersKnown = (group: string): ReadonlyMap<string, KnownPaper> => {
  const known = new Map<string, KnownPaper>()
  for (const [, data] of queries.getQueriesData<Listing>({ queryKey: ['listing', group] })) for (const paper of data?.papers ?? []) known.set(paper.id, paper)
  for (const [, data = []] of queries.getQueriesData<Paper | Paper[]>({ queryKey: ['papers', group] }))
    for (const paper of [data].flat()) known.set(paper.id, paper)
  return known
}

/** Those that have all the words in their title or authors: without a connection that is all there is. */
export const searchKnown = (group: string, q: string, most: number): KnownPaper[] => {
  const words = plainWords(q)
  const found: KnownPaper[] = []
  if (words.length === 0) return found
  for (const paper of papersKnown(group).values()) {
    if (!matches(fold(`${paper.title ?? ''} ${paper.authors.join(' ')} ${paper.arxivId ?? ''}`), words)) continue
    if (found.push(paper) === most) break
  }
  return found
}

/** The ids of all papers that a query finds, the best first. Throws `RequestError`. */
export const papersFound = async (group: string, q: string): Promise<string[]> => {
  const ids = new Set<string>()
  for (let offset = 0; ; offset += limits.searchPage) {
    const { hits, total } = await search(group, { q, kind: 'papers', limit: limits.searchPage, offset })
    for (const hit of hits) if (hit.kind === 'paper') ids.add(hit.paper.id)
    if (offset + limits.searchPage >= total) return [...ids]
  }
}
