/** Lists over several boards: asked of the server, narrowed and ordered here. */
import type { ListedPaper, ListingQuery } from '@paperboard/shared/api'
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../api.ts'
import type { Looks } from '../board/looks.ts'
import type { Opened } from '../board/opened.ts'
import { fold, matches, wordsOf } from '../paper/words.ts'

export const listingQuery = (group: string, query: ListingQuery) =>
  queryOptions({
    queryKey: ['listing', group, query],
    queryFn: () => answer(api.groups[':group'].listing.$get({ param: { group }, query })),
    staleTime: 30_000,
    refetchOnWindowFocus: true,
  })

export const listOrders = ['boards', 'recent', 'votes', 'discussed', 'active', 'title'] as const
export type ListOrder = (typeof listOrders)[number]
export const listOrderNames: Record<ListOrder, string> = {
  boards: 'Newest boards',
  recent: 'Top recent',
  votes: 'Most votes',
  discussed: 'Most discussed',
  active: 'Last active',
  title: 'Title',
}

const net = ({ up, down }: ListedPaper) => up - down
const compare: Record<ListOrder, (a: ListedPaper, b: ListedPaper) => number> = {
  // As the server lists them.
  boards: () => 0,
  recent: (a, b) => b.recent - a.recent,
  votes: (a, b) => net(b) - net(a),
  discussed: (a, b) => b.comments - a.comments,
  active: (a, b) => b.lastAt - a.lastAt,
  title: (a, b) => (a.title ?? '').localeCompare(b.title ?? ''),
}

const texts = new WeakMap<ListedPaper, string>()
/** What a filter looks through. */
export const textOf = (paper: ListedPaper): string => {
  let text = texts.get(paper)
  if (text === undefined) {
    text = fold([paper.title, paper.authors.join(' '), paper.arxivId, paper.doi, paper.venue, paper.published, paper.subjects.join(' ')].join(' \n '))
    texts.set(paper, text)
  }
  return text
}

/** What the list knows beside the papers themselves. */
interface Known {
  opened: Opened | null
  tags: ReadonlyMap<string, readonly string[]>
  /** Papers handed to me as readings. */
  assigned: ReadonlySet<string>
}

/** The papers that the looks ask for, in their order. */
export const shownOf = (
  papers: readonly ListedPaper[],
  { order, narrowing, tag, filter }: Looks<ListOrder>,
  { opened, tags, assigned }: Known,
): ListedPaper[] => {
  const words = wordsOf(filter)
  const keeps: Record<Looks['narrowing'], (paper: ListedPaper) => boolean> = {
    all: () => true,
    unread: ({ id }) => opened !== null && !opened.has(id),
    unvoted: ({ mine }) => mine.vote === 0,
    mine: ({ id, mine }) => mine.added || mine.vote !== 0 || mine.commented || mine.offered || assigned.has(id),
    discussed: ({ comments }) => comments > 0,
  }
  return papers
    .filter(
      paper =>
        keeps[narrowing](paper) &&
        (tag === null || tags.get(paper.id)?.includes(tag)) &&
        (words.length === 0 || matches(`${textOf(paper)} ${(tags.get(paper.id) ?? []).join(' ')}`, words)),
    )
    .toSorted(compare[order])
}
