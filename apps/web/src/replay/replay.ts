import type { Paper } from '@paperboard/shared/api'
import type { Day } from '@paperboard/shared/days'
import type { History } from '@paperboard/shared/history'
import { useQueries, useQuery } from '@tanstack/react-query'
import { answer, api } from '../api.ts'

/** What is gone through: a board or a meeting. */
export type Of = { kind: 'board'; day: Day } | { kind: 'meeting'; meeting: string }

export const useHistory = (group: string, of: Of) =>
  useQuery<History>({
    queryKey: ['history', group, of],
    queryFn: () =>
      of.kind === 'board'
        ? answer(api.groups[':group'].boards[':day'].history.$get({ param: { group, day: of.day } }))
        : answer(api.groups[':group'].meetings[':meeting'].history.$get({ param: { group, meeting: of.meeting } })),
    // One looks at what was: it does not move while one does.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchOnMount: 'always',
  })

/** Papers that are asked for at once. */
const atOnce = 100

const gathered = (answers: readonly { data?: { papers: Paper[] } | undefined }[]): ReadonlyMap<string, Paper> =>
  new Map(answers.flatMap(({ data }) => data?.papers ?? []).map(paper => [paper.id, paper]))

/** What is known of these papers; the same map until more is. */
export const usePapers = (group: string, ids: readonly string[]): ReadonlyMap<string, Paper> => {
  const parts = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, n) => ids.slice(n * atOnce, (n + 1) * atOnce))
  return useQueries({
    queries: parts.map(part => ({
      queryKey: ['papers', group, 'some', part],
      queryFn: () => answer(api.groups[':group'].papers.$get({ param: { group }, query: { ids: part.join(',') } })),
    })),
    combine: gathered,
  })
}
