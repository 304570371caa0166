/** The agenda of a meeting as pages show it: worked out from the votes of the moment, or from those that were counted. */
import { countedOf, entriesOf, planOf, rankingsOf, standingOf } from '@paperboard/shared/agenda'
import { type Agenda, type AgendaParts, agendaFrom } from '@paperboard/shared/agendaOrder'
import type { AgendaRule } from '@paperboard/shared/agendaRules'
import type { Group, Paper } from '@paperboard/shared/api'
import type { MeetingStanding } from '@paperboard/shared/meetings'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { answer, api, queries, sentenceOf } from '../../api.ts'
import type { GroupView } from '../../board/board.ts'
import { useRoomState, useView } from '../../live/hooks.ts'
import type { LiveRoom } from '../../live/LiveRoom.ts'
import { onStandingNews } from '../../live/standingNews.ts'
import { sessions, view } from '../../live/views.ts'
import { toast } from '../../ui/toast.ts'
import { stateNow } from '../floor/views.ts'

const one = api.groups[':group'].meetings[':meeting']

const plan = view(['plan'], planOf)
/** What was said of papers by hand, and once the meeting has started its agenda. */
export const entries = view(['agenda'], entriesOf)
const rankings = view(['rankings'], rankingsOf)
const counted = view(['counted'], countedOf)
const countedStanding = view(['counted', 'standing', 'rankings'], standingOf)

const standingQuery = (group: string, meeting: string) =>
  queryOptions({ queryKey: ['standing', group, meeting], queryFn: () => answer(one.standing.$get({ param: { group, meeting } })) })

/** How often (ms) it is asked what stands in any case: the server tells of changes at once. */
const askEvery = 60_000

export interface AgendaView {
  agenda: Agenda
  /** What it was worked out from. */
  parts: AgendaParts
  /** Votes count that were cast after `from`; null while that is not known. */
  from: number | null
  /** Until when votes counted; null while they count. */
  until: number | null
  votesCloseAt: number | null
  /** Since when votes are to count, as somebody set it; null: since the meeting before. */
  votesFrom: number | null
  /** The meeting before, null where there was none; undefined while that is not known. */
  before: MeetingStanding['before'] | undefined
  /** Whether the meeting has started: the agenda is set, and changes by hand alone. */
  set: boolean
  /** Whether it is still asked what stands. */
  loading: boolean
  failed: boolean
  /** Without a connection, when (ms) the votes stood so; else null. */
  stoodAt: number | null
}

const nothing: AgendaParts['standing'] = { candidates: [], past: [], rankings: new Map() }
const nobody: readonly string[] = []

/** The agenda of a meeting of the group, held for a session or, with null, ad hoc. */
export function useAgenda({ group, groupRoom }: GroupView, room: LiveRoom, { meeting, session }: { meeting: string; session: string | null }): AgendaView {
  const { rule, votesFrom, votesCloseAt } = useView(room, plan)
  const said = useView(room, entries)
  const ranked = useView(room, rankings)
  const count = useView(room, counted)
  const kept = useView(room, countedStanding)
  const set = useView(room, stateNow).state !== 'planned'
  const planned = useView(groupRoom, sessions).find(({ key }) => key === session)?.papers
  const { synced } = useRoomState(room)
  const asked = useQuery({
    ...standingQuery(group.id, meeting),
    enabled: !set && kept === null,
    refetchInterval: askEvery,
  })
  const now = asked.data
  const parts = useMemo((): AgendaParts => {
    const standing = kept ?? (now === undefined ? nothing : { candidates: now.candidates, past: now.past, rankings: ranked })
    const ofSession = set ? nobody : (planned ?? []).map(({ paper }) => paper)
    // Once it is set, votes bring nothing to it.
    return { rule: set ? { ...rule, most: 0 } : rule, standing, entries: said, planned: ofSession }
  }, [rule, kept, now, ranked, said, planned, set])
  const agenda = useMemo(() => agendaFrom(parts), [parts])
  const asking = !set && kept === null && now === undefined
  return {
    agenda,
    parts: useMemo(() => ({ ...parts, rule }), [parts, rule]),
    from: count?.from ?? now?.from ?? null,
    until: count?.until ?? null,
    votesCloseAt,
    votesFrom,
    before: now?.before,
    set,
    loading: asking && asked.error === null,
    failed: asking && asked.error !== null,
    stoodAt: !set && kept === null && now !== undefined && !synced ? asked.dataUpdatedAt : null,
  }
}

/** Asks anew what stands as soon as the server says that it has changed. Once for a page, however many of its parts show it. */
export function useStandingNews(room: LiveRoom, { group, meeting }: { group: string; meeting: string }) {
  const { synced } = useRoomState(room)
  useEffect(() => {
    const { queryKey } = standingQuery(group, meeting)
    const again = () => void queries.invalidateQueries({ queryKey })
    // What was told while there was no connection was missed.
    if (synced && queries.getQueryData(queryKey) !== undefined) again()
    return onStandingNews(again)
  }, [group, meeting, synced])
}

/** What is known of papers that stand for the agenda. */
export const useStandingPapers = ({ id: group, role }: Pick<Group, 'id' | 'role'>, ids: readonly string[]): ReadonlyMap<string, Paper> => {
  const { data } = useQuery({
    queryKey: ['papers', group, 'some', ids],
    queryFn: () => answer(api.groups[':group'].papers.$get({ param: { group }, query: { ids: ids.join(',') } })),
    // Guests are told of the papers of the meeting alone, one by one.
    enabled: ids.length > 0 && role !== 'guest',
    staleTime: 300_000,
    placeholderData: before => before,
  })
  return useMemo(() => new Map((data?.papers ?? []).map(paper => [paper.id, paper])), [data])
}

/** Changes by which rule papers are ranked, and until when votes count. */
export const useChangePlan = (group: string, meeting: string) =>
  useMutation({
    mutationFn: (change: { rule: AgendaRule; votesFrom: number | null; votesCloseAt: number | null }) =>
      answer(one.$patch({ param: { group, meeting }, json: change })),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['meetings', group] }),
        queries.invalidateQueries({ queryKey: standingQuery(group, meeting).queryKey }),
      ]),
    onError: error => toast(sentenceOf(error), { key: 'plan', tone: 'warn' }),
  })
