import { saidSince } from '@paperboard/shared/board'
import { createContext, use } from 'react'
import { useView } from '../live/hooks.ts'
import { discussions } from '../live/views.ts'
import { useBoard } from './board.ts'

/** How many comments others wrote on a paper since I looked at it; of one I never opened, all of it is unread, and none is new. */
export const useNewComments = (paper: string, seen: number | null): number => {
  const { room, me } = useBoard()
  return useView(room, discussions, all => {
    if (seen === null || (all.get(paper)?.lastAt ?? 0) <= seen) return 0
    return saidSince(room.doc, { paper, since: seen, me: me.id })
  })
}

/** Since when comments of an open thread are new: when it was looked at before. */
export const NewSince = createContext(Number.POSITIVE_INFINITY)
export const useIsNew = ({ author, at }: { author: string; at: number }): boolean => {
  const { me } = useBoard()
  return at > use(NewSince) && author !== me.id
}
