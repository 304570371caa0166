import type { Paper } from '@paperboard/shared/api'
import type { AssignedReading } from '@paperboard/shared/group'
import { useQueries } from '@tanstack/react-query'
import { answer, api, boardPapersQuery } from '../api.ts'

/** The papers of readings by id: from the boards they were handed out on, and one by one where they were taken off since. */
export const useReadingPapers = (group: string, all: readonly Pick<AssignedReading, 'board' | 'paper'>[]): ReadonlyMap<string, Paper> => {
  const readings = all.flatMap(({ board, paper }) => (paper === null ? [] : [{ board, paper }]))
  const days = [...new Set(readings.map(({ board }) => board))]
  const boards = useQueries({ queries: days.map(day => boardPapersQuery(group, day)) })
  const papers = new Map(boards.flatMap(({ data }) => data ?? []).map(paper => [paper.id, paper]))
  const settled = boards.every(({ isPending }) => !isPending)
  const missing = settled ? [...new Set(readings.map(({ paper }) => paper))].filter(id => !papers.has(id)) : []
  const others = useQueries({
    queries: missing.map(paper => ({
      queryKey: ['papers', group, 'alone', paper],
      queryFn: () => answer(api.groups[':group'].papers[':paper'].$get({ param: { group, paper } })),
    })),
  })
  for (const { data } of others) if (data !== undefined) papers.set(data.id, data)
  return papers
}
