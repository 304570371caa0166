/** The boards that a paper was on. */
import type { Day } from '@paperboard/shared/days'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api } from '../api.ts'

export const boardsOfQuery = (group: string, paper: string) =>
  queryOptions({ queryKey: ['boards-of', group, paper], queryFn: () => answer(api.groups[':group'].papers[':paper'].boards.$get({ param: { group, paper } })) })

/** The last board that a paper was on, where it is discussed; null asks nothing. */
export const useLastBoard = (group: string, paper: string | null): Day | undefined => {
  const { data } = useQuery({ ...boardsOfQuery(group, paper ?? ''), enabled: paper !== null })
  return data?.boards[0]?.day
}
