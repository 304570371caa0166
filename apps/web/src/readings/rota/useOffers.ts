import type { Group } from '@paperboard/shared/api'
import { allOpenOffers, type OpenOffer } from '@paperboard/shared/standingOffers'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answer, api } from '../../api.ts'
import { useGroupView } from '../../board/board.ts'
import { useView } from '../../live/hooks.ts'
import * as views from '../../live/views.ts'

/** Boards are rooms of their own: what is offered there is asked of the server. */
const boardOffersQuery = (group: Group['id']) => ({
  queryKey: ['offers', group],
  queryFn: async () => (await answer(api.groups[':group'].offers.$get({ param: { group } }))).offers,
  staleTime: 30_000,
  refetchInterval: 60_000,
})
const none: never[] = []

/** Who would like to present, standing or on a board, the earliest first. */
export function useOffers(): OpenOffer[] {
  const { group, groupRoom } = useGroupView()
  const onBoards = useQuery(boardOffersQuery(group.id)).data ?? none
  const standing = useView(groupRoom, views.standingOffers)
  const readings = useView(groupRoom, views.readings)
  const sessions = useView(groupRoom, views.sessions)
  const presenters = useView(groupRoom, views.presenters)
  return useMemo(() => allOpenOffers(standing, onBoards, { readings, sessions, presenters }), [standing, onBoards, readings, sessions, presenters])
}
