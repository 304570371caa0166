/** What members do on a board, by button or by key: asked of the rules first, then done at once on the live document. */
import { castVote, type Emoji, offersOf, setClosed, setOffer, setResolved, toggleReaction, type Vote, voteOf } from '@paperboard/shared/board'
import { assignReading, changeReading, type ProgressState, type Reading, type ReadingChange, removeReading, setProgress } from '@paperboard/shared/group'
import { newId } from '@paperboard/shared/ids'
import { presentsAt } from '@paperboard/shared/presenters'
import { serverNow } from '../live/clock.ts'
import { toast } from '../ui/toast.ts'
import { type Board, type GroupView, whyNot, whyNotInGroup } from './board.ts'

/** Says why not, if so. One toast for all: holding a key down must not stack them. */
const allowed = (reason: string | null): boolean => {
  if (reason !== null) toast(reason, { key: 'not-allowed', tone: 'warn' })
  return reason === null
}

/** Votes; the same vote again withdraws it. */
export const vote = (board: Board, paper: string, value: Vote['value']) => {
  const { room, me } = board
  const now = serverNow()
  const next = voteOf(room.doc, paper, me.id) === value ? null : value
  if (!allowed(whyNot(board, { root: 'votes', key: `${paper}:${me.id}`, after: next === null ? undefined : { value: next, at: now } }))) return
  castVote(room.doc, { paper, me: me.id, value: next, now })
}

export const toggleOffer = (board: Board, paper: string) => {
  const { room, me } = board
  const now = serverNow()
  const offered = !(offersOf(room.doc).get(paper) ?? []).includes(me.id)
  if (!allowed(whyNot(board, { root: 'offers', key: `${paper}:${me.id}`, after: offered ? { at: now } : undefined }))) return
  setOffer(room.doc, { paper, me: me.id, offered, now })
}

export const react = (board: Board, comment: string, emoji: Emoji) => {
  const { room, me } = board
  const now = serverNow()
  if (!allowed(whyNot(board, { root: 'reactions', key: `${comment}:${emoji}:${me.id}`, after: { at: now } }))) return
  toggleReaction(room.doc, { comment, emoji, me: me.id, now })
}

export const resolve = (board: Board, comment: string, resolved: boolean) => {
  const { room, me } = board
  const now = serverNow()
  if (!allowed(whyNot(board, { root: 'resolved', key: comment, after: resolved ? { by: me.id, at: now } : undefined }))) return
  setResolved(room.doc, { comment, me: me.id, resolved, now })
}

export const closeBoard = (board: Board, closed: boolean) => {
  const { room, me } = board
  const now = serverNow()
  if (!allowed(whyNot(board, { root: 'status', key: 'closed', after: closed ? { by: me.id, at: now } : undefined }))) return
  setClosed(room.doc, { me: me.id, closed, now })
}

/** Why a member may not be handed a reading; null when they may. */
export const whyNotAssign = (view: GroupView, reading: Omit<Reading, 'at'>): string | null =>
  whyNotInGroup(view, { root: 'readings', key: `${newId()}:${view.me.id}`, after: { ...reading, at: serverNow() } })

export const assign = (view: GroupView, reading: Omit<Reading, 'at'>): boolean => {
  if (!allowed(whyNotAssign(view, reading))) return false
  assignReading(view.groupRoom.doc, view.me.id, { ...reading, at: serverNow() })
  return true
}

/** A reading whose paper and reader stay; `reading` is it as it stands. */
export const change = (view: GroupView, key: string, to: ReadingChange) => {
  if (allowed(whyNotChange(view, key, to))) changeReading(view.groupRoom.doc, key, to, { me: view.me.id, now: serverNow() })
}
export const whyNotChange = (view: GroupView, key: string, to?: ReadingChange): string | null => {
  const before = view.groupRoom.doc.getMap<Reading>('readings').get(key)
  return before === undefined
    ? null
    : (whyNotInGroup(view, { root: 'readings', key, after: { ...before, ...to } }) ?? whyNotPresent(view, { ...before, ...to }))
}

/** Who is to present at a session is put down for it: why that may not be, null when it may, or is so. */
const whyNotPresent = (view: GroupView, { role, session, member }: Reading): string | null =>
  role !== 'presenter' || session === undefined || presentsAt(view.groupRoom.doc, session, member)
    ? null
    : whyNotInGroup(view, {
        root: 'presenters',
        key: `${session}:${member}`,
        after: { turnOf: member, way: 'paper', asked: false, offer: null, by: view.me.id, at: serverNow() },
      })

export const whyNotTakeBack = (view: GroupView, key: string): string | null => whyNotInGroup(view, { root: 'readings', key, after: undefined })

/** Takes a reading back, or declines one's own. */
export const takeBack = (view: GroupView, key: string) => {
  const before = view.groupRoom.doc.getMap<Reading>('readings').get(key)
  if (before === undefined || !allowed(whyNotTakeBack(view, key))) return
  removeReading(view.groupRoom.doc, key)
  // Only whoever handed it out can write it again under its key; others hand it out anew.
  const again = () => assign(view, before)
  toast('Reading taken back', { action: { label: 'Undo', run: again } })
}

/** Says how far one is with one's own reading. */
export const progress = (view: GroupView, reading: string, state: ProgressState) =>
  setProgress(view.groupRoom.doc, { reading, me: view.me.id, state, now: serverNow() })
