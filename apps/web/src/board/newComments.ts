import { type Discussion, saidSince } from '@paperboard/shared/board'
import { createContext, use } from 'react'
import { useView } from '../live/hooks.ts'
import { discussions } from '../live/views.ts'
import { type Board, useBoard } from './board.ts'

/** How many comments others wrote on a paper since I looked at it; of one I never opened, all of it is unread, and none is new. */
export const newComments = ({ room, me }: Board, all: ReadonlyMap<string, Discussion>, { paper, seen }: { paper: string; seen: number | null }): number =>
  seen === null || (all.get(paper)?.lastAt ?? 0) <= seen ? 0 : saidSince(room.doc, { paper, since: seen, me: me.id })

export const useNewComments = (paper: string, seen: number | null): number => {
  const board = useBoard()
  return useView(board.room, discussions, all => newComments(board, all, { paper, seen }))
}

/** Since when comments of an open thread are new: when it was looked at before. */
export const NewSince = createContext(Number.POSITIVE_INFINITY)
export const useIsNew = ({ author, at }: { author: string; at: number }): boolean => {
  const { me } = useBoard()
  return at > use(NewSince) && author !== me.id
}
