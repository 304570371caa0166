import type { Paper } from '@paperboard/shared/api'
import type { BoardOrder, Comment } from '@paperboard/shared/board'
import { useMemo, useRef, useState } from 'react'
import { useView } from '../live/hooks.ts'
import type * as Live from '../live/views.ts'
import { discussions, offers, order as orderView, papers, readingsByPaper, tallies, view, viewBy } from '../live/views.ts'
import { matches, wordsOf } from '../paper/words.ts'
import type { Board } from './board.ts'
import type { Looks, Narrowing } from './looks.ts'
import { newComments } from './newComments.ts'
import type { Opened } from './opened.ts'
import { searchable } from './papers.ts'
import { tagsView } from './Tags.tsx'

export const sameList = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((item, place) => item === b[place])

/** A view that is not asked: a board shown whole must not render when someone votes. */
const unasked: Live.View<Map<string, never>> = view([], () => new Map<string, never>())
const unaskedList: Live.View<never[]> = view([], () => [])

const useVoted = ({ room, me }: Board, on: boolean): readonly string[] =>
  useView(room, on ? tallies : unasked, all => [...all].filter(([, { up, down }]) => up.includes(me.id) || down.includes(me.id)).map(([id]) => id), sameList)
const useOffered = ({ room, me }: Board, on: boolean): readonly string[] =>
  useView(room, on ? offers : unasked, all => [...all].filter(([, members]) => members.includes(me.id)).map(([id]) => id), sameList)
const useAssigned = ({ groupRoom, me }: Board, on: boolean): readonly string[] =>
  useView(
    groupRoom,
    on ? readingsByPaper : unasked,
    all => [...all].filter(([, readings]) => readings.some(({ member }) => member === me.id)).map(([id]) => id),
    sameList,
  )
const useDiscussed = ({ room }: Board, on: boolean): readonly string[] => useView(room, on ? discussions : unasked, all => [...all.keys()].sort(), sameList)
/** Papers that I have opened, and on which others commented since. */
const useFresh = (board: Board, opened: Opened | null): readonly string[] =>
  useView(
    board.room,
    opened === null ? unasked : discussions,
    all => [...all.keys()].filter(paper => newComments(board, all, { paper, seen: opened?.get(paper) ?? null }) > 0).sort(),
    sameList,
  )

const useAdded = ({ room, me }: Board, on: boolean): readonly string[] =>
  useView(room, on ? papers : unaskedList, all => all.filter(({ by }) => by === me.id).map(({ id }) => id), sameList)
const useSaid = ({ room, me }: Board, on: boolean): readonly string[] =>
  useView(room, on ? commentedBy(me.id) : unasked, all => [...all.keys()].sort(), sameList)
const useTagged = ({ groupRoom }: Board, tag: string | null): readonly string[] =>
  useView(
    groupRoom,
    tag === null ? unasked : tagsView,
    all => [...all].filter(([, tags]: [string, readonly string[]]) => tags.includes(tag ?? '')).map(([id]) => id),
    sameList,
  )

/** Papers on which a member has commented. */
const commentedBy = viewBy((me: string) =>
  view(['comments'], doc => {
    const byPaper = new Map<string, true>()
    for (const [key, { paper }] of doc.getMap<Comment>('comments')) if (key.endsWith(`:${me}`)) byPaper.set(paper, true)
    return byPaper
  }),
)

/** The papers to show, in order. The same array while nothing about it changes. `opened` are those that one has opened, where that is known. */
export const useShown = (
  board: Board,
  known: ReadonlyMap<string, Paper>,
  { order, narrowing, tag, filter }: Looks<BoardOrder>,
  opened: Opened | null,
): readonly string[] => {
  const ids = useView(board.room, orderView(order))
  const voted = useVoted(board, narrowing === 'unvoted' || narrowing === 'mine')
  const offered = useOffered(board, narrowing === 'mine')
  const assigned = useAssigned(board, narrowing === 'mine')
  const added = useAdded(board, narrowing === 'mine')
  const saidByMe = useSaid(board, narrowing === 'mine')
  const discussed = useDiscussed(board, narrowing === 'discussed')
  const fresh = useFresh(board, narrowing === 'unread' ? opened : null)
  const tagged = useTagged(board, tag)
  return useMemo(() => {
    const words = wordsOf(filter)
    const [of, mine, said] = [new Set(voted), new Set([...added, ...voted, ...saidByMe, ...offered, ...assigned]), new Set(discussed)]
    const [ofTag, anew] = [new Set(tagged), new Set(fresh)]
    const keeps: Record<Narrowing, (id: string) => boolean> = {
      all: () => true,
      unread: id => opened !== null && (!opened.has(id) || anew.has(id)),
      unvoted: id => !of.has(id),
      mine: id => mine.has(id),
      discussed: id => said.has(id),
    }
    const found = (id: string) => {
      const paper = known.get(id)
      return words.length === 0 || (paper !== undefined && matches(searchable(paper), words))
    }
    return ids.filter(id => keeps[narrowing](id) && (tag === null || ofTag.has(id)) && found(id))
  }, [ids, known, narrowing, tag, filter, opened, added, voted, saidByMe, offered, assigned, discussed, fresh, tagged])
}

/**
 * The order in which the papers stand. While somebody is at work in the list (`hold`) it stays, so that no row jumps
 * away from under the pointer; papers that come are put last, and `stale` says that the order has moved on.
 */
export const useHeldOrder = (ids: readonly string[], hold: boolean, looks: Looks): { ids: readonly string[]; stale: boolean; catchUp: () => void } => {
  const held = useRef<{ ids: readonly string[]; looks: string }>({ ids, looks: '' })
  const [, render] = useState(0)
  const asked = JSON.stringify(looks)
  const stay = hold && asked === held.current.looks && looks.order !== 'board'
  if (stay) {
    const present = new Set(ids)
    const before = new Set(held.current.ids)
    const next = [...held.current.ids.filter(id => present.has(id)), ...ids.filter(id => !before.has(id))]
    if (!sameList(next, held.current.ids)) held.current = { ids: next, looks: asked }
  } else if (!sameList(ids, held.current.ids) || asked !== held.current.looks) held.current = { ids, looks: asked }
  const catchUp = () => {
    held.current = { ids, looks: asked }
    render(times => times + 1)
  }
  return { ids: held.current.ids, stale: stay && !sameList(held.current.ids, ids), catchUp }
}
