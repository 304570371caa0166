/** One hook per question about a live document. */
import type { Presence } from '@paperboard/shared/awareness'
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import type { LiveRoom, RoomState } from './LiveRoom.ts'
import type { Here } from './presence.ts'
import { holdRoom, roomFor } from './rooms.ts'
import { type Aside, asideOf, onAside } from './setAside.ts'
import { planSteps, type Ways } from './steps.ts'
import type { View } from './views.ts'

type Equal<T> = (a: T, b: T) => boolean

/** Opens the live document while the component is there. `name` from shared `boardRoom` or `groupRoom`. */
export const useRoom = (name: string, member: string): LiveRoom => {
  useEffect(() => holdRoom(name, member), [name, member])
  return roomFor(name, member)
}

/** Connection and saving. */
export const useRoomState = (room: LiveRoom): RoomState => useSyncExternalStore(room.subscribe, room.state)

const whole = <T>(value: T) => value

/** The last selection while it equals the new one, so that an unchanged slice does not render. */
const useSlice = <T, S>(read: () => T, select: (value: T) => S, equal: Equal<S>): (() => S) => {
  const last = useRef<{ slice: S } | null>(null)
  return () => {
    const slice = select(read())
    if (last.current === null || !equal(last.current.slice, slice)) last.current = { slice }
    return last.current.slice
  }
}

/**
 * What a view says, computed at most once per transaction that touched its roots, however many components ask. With
 * `select` the component renders again only when its own slice changes: `useView(room, tallies, all => all.get(id) ?? noVotes)`.
 */
export function useView<T>(room: LiveRoom, view: View<T>): T
export function useView<T, S>(room: LiveRoom, view: View<T>, select: (value: T) => S, equal?: Equal<S>): S
export function useView<T, S>(room: LiveRoom, view: View<T>, select?: (value: T) => S, equal: Equal<S | T> = Object.is): S | T {
  const subscribe = useCallback((listener: () => void) => room.views.observe(view.roots, listener), [room, view])
  const slice = useSlice<T, S | T>(() => room.views.read(view), select ?? whole, equal)
  return useSyncExternalStore(subscribe, slice)
}

/** Who is here and what they look at. With `select`, for one row: `usePresence(room, here => whoLooksAt(here, id), sameList)`. */
export function usePresence(room: LiveRoom): Here
export function usePresence<S>(room: LiveRoom, select: (here: Here) => S, equal?: Equal<S>): S
export function usePresence<S>(room: LiveRoom, select?: (here: Here) => S, equal: Equal<S | Here> = Object.is): S | Here {
  const slice = useSlice<Here, S | Here>(room.presence.here, select ?? whole, equal)
  return useSyncExternalStore(room.presence.subscribe, slice)
}

/** Says what I look at while the component is there; null says nothing. */
export const useMyPresence = (room: LiveRoom, presence: Omit<Presence, 'member'> | null) => {
  const silent = presence === null
  const { board, paper, item, screen } = presence ?? {}
  useEffect(() => room.setPresence(silent ? null : { board, paper, item, screen }), [room, silent, board, paper, item, screen])
  useEffect(() => () => room.setPresence(null), [room])
}

/** Changes of mine that the server did not take, newest first. */
export const useAside = (member: string): readonly Aside[] => {
  const subscribe = useCallback((listener: () => void) => onAside(member, listener), [member])
  return useSyncExternalStore(subscribe, () => asideOf(member))
}

/** The steps of the plan that I could undo and do again. */
export const usePlanWays = (room: LiveRoom): Ways => {
  const steps = planSteps(room)
  return useSyncExternalStore(steps.subscribe, steps.ways)
}
