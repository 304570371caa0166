/** What the page of a plan shows: the sessions, and the papers in them. */
import type { ListedPaper, Paper } from '@paperboard/shared/api'
import type { PlanSession } from '@paperboard/shared/plan'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useMemo } from 'react'
import { answer, api } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { useView } from '../../live/hooks.ts'
import { titleOf } from '../../paper/links.ts'
import { planned } from './planned.ts'

/** What of a paper the plan shows. */
export type KnownPaper = Pick<Paper, 'id' | 'title' | 'arxivId' | 'doi' | 'url' | 'authors'>

/** How many papers one question may name. */
const atOnce = 100

/** The sessions of the group, oldest first. */
export const usePlan = (): readonly PlanSession[] => useView(useGroupView().groupRoom, planned)

const askFor = async (group: string, ids: readonly string[]) => {
  const parts = Array.from({ length: Math.ceil(ids.length / atOnce) }, (_, i) => ids.slice(i * atOnce, (i + 1) * atOnce))
  const answers = await Promise.all(parts.map(part => answer(api.groups[':group'].papers.$get({ param: { group }, query: { ids: part.join(',') } }))))
  return answers.flatMap(({ papers }) => papers)
}

/** Papers by id. What a list has shown already is known at once. */
export const usePlanPapers = (group: string, wanted: readonly string[]): ReadonlyMap<string, KnownPaper> => {
  const client = useQueryClient()
  const ids = [...new Set(wanted)].sort()
  const { data } = useQuery({
    queryKey: ['papers', group, 'planned', ids.join()],
    queryFn: () => askFor(group, ids),
    enabled: ids.length > 0,
    placeholderData: before => before,
  })
  return useMemo(() => {
    const listed = client.getQueriesData<{ papers: ListedPaper[] }>({ queryKey: ['listing', group] }).flatMap(([, answer]) => answer?.papers ?? [])
    const known = new Map<string, KnownPaper>(listed.map(paper => [paper.id, paper]))
    for (const paper of data ?? []) known.set(paper.id, paper)
    return known
  }, [client, group, data])
}

export interface PlanContext {
  papers: ReadonlyMap<string, KnownPaper>
  /** Selects a paper, as `placeId` names it. Which one is selected rows are told one by one: all others stay as they are. */
  select: (place: string) => void
  /** Opens the form that puts people down for a paper, or for a session whose paper is open. */
  assign: (session: PlanSession, paper: string | null) => void
  /** Opens the form for when and where. */
  edit: (session: PlanSession) => void
  /** Opens the list of papers to put into a session. */
  pick: (session: PlanSession) => void
}

export const PlanOnPage = createContext<PlanContext | null>(null)
export const usePlanPage = (): PlanContext => {
  const page = use(PlanOnPage)
  if (page === null) throw new Error('A part of a plan stands outside of one')
  return page
}

/** A paper in a session, as the page knows where it is. */
export const placeId = (session: string, paper: string) => `${session}:${paper}`
export const placeOf = (place: string) => ({ session: place.slice(0, place.lastIndexOf(':')), paper: place.slice(place.lastIndexOf(':') + 1) })

/** What a paper is called while it is not known yet. */
export const titleIn = (papers: ReadonlyMap<string, KnownPaper>, paper: string): string => {
  const known = papers.get(paper)
  return known === undefined ? 'this paper' : titleOf(known)
}
