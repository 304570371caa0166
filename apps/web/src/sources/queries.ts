/** What the pages of sources ask of the server. */
import type { ChangeSource, NewSource, Reach, Source, SourceConfig, Sources } from '@paperboard/shared/sources'
import { queryOptions } from '@tanstack/react-query'
import { answer, api, queries } from '../api.ts'
import { isUnderWay } from './words.ts'

const of = api.groups[':group'].sources

/** While one is being fetched, its result is near. ms. */
const often = 1_000
const seldom = 30_000

export const sourcesQuery = (group: string) =>
  queryOptions({
    queryKey: ['sources', group],
    queryFn: () => answer(of.$get({ param: { group } })),
    refetchInterval: query => (query.state.data?.sources.some(isUnderWay) ? often : seldom),
  })

export const runsQuery = (group: string, source: string) =>
  queryOptions({
    queryKey: ['source-runs', group, source],
    queryFn: async () => (await answer(of[':source'].runs.$get({ param: { group, source }, query: {} }))).runs,
    refetchInterval: seldom / 6,
  })

const again = (group: string) => queries.invalidateQueries({ queryKey: sourcesQuery(group).queryKey })

export const saveSource = async (group: string, source: string | null, json: NewSource): Promise<Source> => {
  const saved = await (source === null ? answer(of.$post({ param: { group }, json })) : answer(of[':source'].$patch({ param: { group, source }, json })))
  await again(group)
  return saved
}

export const changeSource = async (group: string, source: string, json: ChangeSource) => {
  await answer(of[':source'].$patch({ param: { group, source }, json }))
  await again(group)
}

export const removeSource = async (group: string, source: string) => {
  await answer(of[':source'].$delete({ param: { group, source } }))
  await again(group)
}

/** Shown as under way at once: what it brings is asked for from then on. */
export const fetchSource = async (group: string, source: string, reach: Reach) => {
  const run = await answer(of[':source'].fetch.$post({ param: { group, source }, json: { reach } }))
  queries.setQueryData(
    sourcesQuery(group).queryKey,
    (all: Sources | undefined) => all && { sources: all.sources.map(each => (each.id === source ? { ...each, lastRun: run } : each)) },
  )
  await queries.invalidateQueries({ queryKey: runsQuery(group, source).queryKey })
}

export const previewOf = (group: string, config: SourceConfig, board: NewSource['board']) =>
  answer(of.preview.$post({ param: { group }, json: { config, board } }))
