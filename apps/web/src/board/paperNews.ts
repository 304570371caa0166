/** Keeps the papers that are shown as they are known now. */
import type { Paper } from '@paperboard/shared/api'
import { useEffect } from 'react'
import { answer, api, queries } from '../api.ts'
import { onPaperNews } from '../live/paperNews.ts'

/** Answers that hold papers: those of a board, and single ones. */
type Shown = Paper[] | Paper

/** Puts papers into the answers that have them. Boards and papers that stay as they are keep their objects. */
export const showPapers = (group: string, papers: readonly Paper[]) => {
  const fresh = new Map(papers.map(paper => [paper.id, paper]))
  queries.setQueriesData<Shown>({ queryKey: ['papers', group] }, known => {
    if (!Array.isArray(known)) return known && fresh.get(known.id)
    return known.some(({ id }) => fresh.has(id)) ? known.map(paper => fresh.get(paper.id) ?? paper) : undefined
  })
  void queries.invalidateQueries({ queryKey: ['days', group] })
}

/** Those of the papers that some page of this group shows. */
const shownOf = (group: string, papers: readonly string[]): string[] => {
  const shown = new Set(queries.getQueriesData<Shown>({ queryKey: ['papers', group] }).flatMap(([, known = []]) => [known].flat().map(({ id }) => id)))
  return papers.filter(id => shown.has(id))
}

/** What is being asked for now may have been read before the news, and is not shown yet. */
const answered = (group: string) =>
  Promise.allSettled(
    queries
      .getQueryCache()
      .findAll({ queryKey: ['papers', group], fetchStatus: 'fetching' })
      .map(query => query.promise),
  )

/** Asks for papers of which the server says that more is known, while a page of the group is open. */
export const usePaperNews = (group: string) => {
  useEffect(
    () =>
      onPaperNews(async papers => {
        await answered(group)
        const ids = shownOf(group, papers)
        if (ids.length === 0) return
        await answer(api.groups[':group'].papers.$get({ param: { group }, query: { ids: ids.join(',') } })).then(
          told => showPapers(group, told.papers),
          // Without a connection: the board is asked for as a whole when there is one.
          () => queries.invalidateQueries({ queryKey: ['papers', group] }),
        )
      }),
    [group],
  )
}
