/** What the parts of a meeting's floor share: whose meeting it is, who is looking, at which item, and what they may do. */
import type { Paper } from '@paperboard/shared/api'
import { leads as leadsIn } from '@paperboard/shared/floorRules'
import { everInMeeting, meetingKind } from '@paperboard/shared/meeting'
import { hasEnded, type MeetingItem } from '@paperboard/shared/meetingFloor'
import type { Refusal } from '@paperboard/shared/refusals'
import { circumstancesIn } from '@paperboard/shared/room'
import { createContext, use } from 'react'
import { type GroupView, sentence } from '../../board/board.ts'
import { serverNow } from '../../live/clock.ts'
import { useView } from '../../live/hooks.ts'
import type { LiveRoom } from '../../live/LiveRoom.ts'
import { view } from '../../live/views.ts'
import { toast } from '../../ui/toast.ts'
import { floorNow } from './views.ts'

export interface FloorView extends GroupView {
  meeting: string
  /** The session of the group that it is held for, by its key; null for one ad hoc. */
  session: string | null
  /** The meeting's own room. */
  room: LiveRoom
  /** What the meeting is called. */
  title: string
  /** What the meeting goes through. */
  items: readonly MeetingItem[]
  /** What is known of the papers among these. */
  papers: ReadonlyMap<string, Paper>
  /** Where the facilitator is. */
  at: MeetingItem
  /** The item that is shown, which need not be where the facilitator is. */
  item: MeetingItem
  /** Shows an item, on this screen alone. */
  look: (item: MeetingItem) => void
  /** The item about which I write a line just now: it stays on this screen where the meeting goes on. */
  writing: MeetingItem | null
  setWriting: (item: MeetingItem | null) => void
  /** What a paper is called. */
  titleOf: (paper: string) => string
}

export const FloorContext = createContext<FloorView | null>(null)
export const useFloor = (): FloorView => {
  const floor = use(FloorContext)
  if (floor === null) throw new Error('A part of a meeting stands outside of one')
  return floor
}

/** The paper of an item; null in the lobby and at the closing. */
export const paperOf = (item: MeetingItem): string | null => (item === 'lobby' || item === 'closing' ? null : item)

const endedView = view(['meeting'], hasEnded)
/** Whether the meeting has ended. */
export const useEnded = (): boolean => useView(useFloor().room, endedView)

/** Whether I lead: the facilitator does, and organizers may. */
export const useLeads = (): boolean => {
  const { room, me } = useFloor()
  useView(room, floorNow)
  return leadsIn(me, { record: (root, key) => room.doc.getMap(root).get(key) })
}

/** Whether I am the facilitator: who leads moves all. */
export const useFacilitates = (): boolean => {
  const { room, me } = useFloor()
  const now = useView(room, floorNow)
  return !useEnded() && now?.facilitator === me.id
}

/** The reasons as one reads them before the act. */
const beforehand: Partial<Record<Refusal, string>> = {
  'meeting-ended': 'The meeting has ended.',
  'poll-closed': 'The poll is closed.',
  'votes-closed': 'The votes for this meeting are closed.',
  'not-yours': 'Only whoever wrote it and whoever leads can do that.',
  'not-allowed': 'Your role in this group does not allow that in a meeting.',
}

/** Why I can only listen; null where I take part. */
export const whyListening = ({ me, group }: FloorView): string | null =>
  me.role === 'guest' && group.settings.guests !== 'take-part' ? 'Guests of this group listen in meetings.' : null

/** A record to be set, or with `after` undefined removed. */
export interface Wish {
  root: string
  key: string
  after: unknown
}

/** Why the server would refuse a change of the meeting, as a sentence; null when it would not. */
export const whyNot = ({ group, me, room: { doc } }: FloorView, { root, key, after }: Wish): string | null => {
  const known = { now: serverNow(), settings: group.settings, closed: hasEnded(doc), knows: (key: string) => everInMeeting(doc, key) }
  const refusal = meetingKind.roots[root]?.check({ key, after, before: () => doc.getMap(root).get(key) }, me, circumstancesIn(doc, known)) ?? null
  return refusal === null ? null : (beforehand[refusal] ?? sentence(refusal))
}

/** Whether a change is allowed; says why, if not. */
export const may = (floor: FloorView, wish: Wish): boolean => {
  const reason = whyNot(floor, wish)
  if (reason !== null) toast(reason, { key: 'not-allowed', tone: 'warn' })
  return reason === null
}
