import type { Paper } from '@paperboard/shared/api'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api } from '../api.ts'
import { useOpened } from '../board/opened.ts'
import { type KnownPaper, papersKnown } from './asking.ts'

/** Papers to come back to. */
const most = 5

/** The papers that I opened last, on any device. */
export const useRecentPapers = (group: string, me: string): KnownPaper[] => {
  const opened = useOpened(group, me)
  const ids = opened === null ? [] : [...opened.keys()].slice(0, most)
  const [known] = useState(() => papersKnown(group))
  const asked = useQueries({
    queries: ids
      .filter(id => !known.has(id))
      .map(paper => ({
        queryKey: ['papers', group, 'one', paper],
        queryFn: (): Promise<Paper> => answer(api.groups[':group'].papers[':paper'].$get({ param: { group, paper } })),
      })),
  })
  const papers = new Map<string, KnownPaper>(known)
  for (const { data } of asked) if (data !== undefined) papers.set(data.id, data)
  return ids.flatMap(id => papers.get(id) ?? [])
}
