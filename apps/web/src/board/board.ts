/** What the parts of a board's page share: which board it is, who is looking, and what they may do. */
import type { Group } from '@paperboard/shared/api'
import { board as boardKind, closedOf, everOnBoard } from '@paperboard/shared/board'
import type { Day } from '@paperboard/shared/days'
import { everInGroup, group as groupKind } from '@paperboard/shared/group'
import { type Refusal, refusals } from '@paperboard/shared/refusals'
import { type Actor, type Circumstances, circumstancesIn } from '@paperboard/shared/room'
import { createContext, use } from 'react'
import { serverNow } from '../live/clock.ts'
import type { LiveRoom } from '../live/LiveRoom.ts'

export interface GroupView {
  group: Group
  /** The member who is looking. */
  me: Actor
  /** The group's room: readings, and who is here. */
  groupRoom: LiveRoom
  /** A member's name, also of one who has left. */
  nameOf: (member: string) => string
  /** Tells of members met in a room: whoever is not known yet has joined meanwhile, and is asked for. */
  meet: (members: Iterable<string>) => void
}
export interface Board extends GroupView {
  day: Day
  /** The board's own room. */
  room: LiveRoom
}

export const GroupContext = createContext<GroupView | null>(null)
export const BoardContext = createContext<Board | null>(null)

export const useGroupView = (): GroupView => {
  const view = use(GroupContext)
  if (view === null) throw new Error('A part of a group stands outside of one')
  return view
}
export const useBoard = (): Board => {
  const board = use(BoardContext)
  if (board === null) throw new Error('A part of a board stands outside of one')
  return board
}

/** The reasons as one reads them before the act, where the shared sentence tells of one that came too late. */
const beforehand: Partial<Record<Refusal, string>> = {
  'board-closed': 'This board is closed.',
  'over-budget': 'All of your votes on this board are given. Withdraw one to vote here.',
  'not-yours': 'Only whoever made it and organizers can do that.',
}
export const sentence = (refusal: Refusal): string => beforehand[refusal] ?? refusals[refusal]

/** A record to be set, or with `after` undefined removed. */
interface Wish {
  root: string
  key: string
  after: unknown
}

/** Why the server would refuse a change of the board, as a sentence; null when it would not. */
export const whyNot = ({ group, me, room }: Board, { root, key, after }: Wish): string | null => {
  const { doc } = room
  const circumstances = circumstancesIn(doc, {
    now: serverNow(),
    settings: group.settings,
    closed: closedOf(doc) !== null,
    knows: paper => everOnBoard(doc, paper),
  })
  const refusal = boardKind.roots[root]?.check({ key, after, before: () => doc.getMap(root).get(key) }, me, circumstances) ?? null
  return refusal === null ? null : sentence(refusal)
}

/** The same for the group's document. */
export const whyNotInGroup = (view: GroupView, wish: Wish): string | null => whyNotAllInGroup(view, [wish])

/** The same for changes of the group's document that go together: the first that would be refused says why. */
export const whyNotAllInGroup = ({ group, me, groupRoom: { doc } }: GroupView, wishes: readonly Wish[]): string | null => {
  const now = circumstancesIn(doc, { now: serverNow(), settings: group.settings, closed: false, knows: key => everInGroup(doc, key) })
  const wished = new Map(wishes.map(({ root, key, after }) => [`${root}/${key}`, after]))
  const record: Circumstances['record'] = (root, key) => (wished.has(`${root}/${key}`) ? wished.get(`${root}/${key}`) : now.record(root, key))
  for (const { root, key, after } of wishes) {
    const refusal = groupKind.roots[root]?.check({ key, after, before: () => doc.getMap(root).get(key) }, me, { ...now, record }) ?? null
    if (refusal !== null) return sentence(refusal)
  }
  return null
}
