/** What members do on the floor of a meeting: asked of the rules first, then done at once on the live document. */
import { entriesOf } from '@paperboard/shared/agenda'
import {
  type ActionItem,
  addAction,
  changeAction,
  note,
  removeAction,
  removeNote,
  rewriteNote,
  type WrittenAction,
  type WrittenNote,
} from '@paperboard/shared/decisions'
import { giveWord, handsOf, lowerAllHands, lowerHand, raiseHand, readyFor, setReady, takeWordBack, wordOf } from '@paperboard/shared/hands'
import { newId } from '@paperboard/shared/ids'
import { addTime, clockOf, type MeetingItem, moveTo, pauseClock, startClock } from '@paperboard/shared/meetingFloor'
import { castBallot, type Poll, putPoll, removePoll } from '@paperboard/shared/polls'
import { type AskedQuestion, ask, setAnswered, setQuestionVote, withdrawQuestion } from '@paperboard/shared/questions'
import { serverNow } from '../../live/clock.ts'
import { toast } from '../../ui/toast.ts'
import { type FloorView, may, paperOf } from './floor.ts'

/** A key that a new record of mine could have. */
const fresh = ({ me }: FloorView) => `${newId()}:${me.id}`

/** Minutes that a paper gets unless the agenda or the facilitator says otherwise. */
const usualMinutes = 15

/** Whether what counts only at this moment can be done: without a connection nobody would see it. Says so, if not. */
const isReachable = ({ room }: FloorView, why: string): boolean => {
  const isOff = room.state().status === 'offline'
  if (isOff) toast(`You are offline: ${why}`, { key: 'not-allowed', tone: 'warn' })
  return !isOff
}

/** The facilitator takes everyone to an item. */
export const bringTo = (floor: FloorView, item: MeetingItem): boolean => {
  if (!isReachable(floor, 'nobody would come along.')) return false
  const now = serverNow()
  if (!may(floor, { root: 'floor', key: 'floor', after: { facilitator: floor.me.id, item, at: now } })) return false
  moveTo(floor.room.doc, { item, now, minutes: entriesOf(floor.room.doc).get(item)?.minutes ?? usualMinutes })
  return true
}

/** Lets the clock of the item run, or stand. Asked of the rules, since somebody else may lead by now. */
export const toggleClock = (floor: FloorView) => {
  const { room, item } = floor
  const now = serverNow()
  const clock = clockOf(room.doc, item)
  if (!may(floor, { root: 'clock', key: item, after: { box: 0, spent: 0, since: now } })) return
  if (clock === null || clock.since === null) startClock(room.doc, item, { now, minutes: usualMinutes })
  else pauseClock(room.doc, item, now)
}
/** Gives the item so many minutes more, or fewer. */
export const moreTime = (floor: FloorView, minutes: number) => {
  const { room, item } = floor
  const now = serverNow()
  if (may(floor, { root: 'clock', key: item, after: { box: 0, spent: 0, since: null } })) addTime(room.doc, item, { ms: minutes * 60_000, now })
}

export const toggleHand = (floor: FloorView) => {
  const { room, me } = floor
  const isUp = handsOf(room.doc).some(({ member }) => member === me.id)
  const now = serverNow()
  if (!isUp && !isReachable(floor, 'nobody would see your hand.')) return
  if (!may(floor, { root: 'hands', key: me.id, after: isUp ? undefined : { at: now } })) return
  if (isUp) lowerHand(room.doc, me.id)
  else raiseHand(room.doc, { me: me.id, now })
}

export const lower = (floor: FloorView, member: string) => {
  if (may(floor, { root: 'hands', key: member, after: undefined })) lowerHand(floor.room.doc, member)
}
export const lowerAll = (floor: FloorView) => {
  const first = handsOf(floor.room.doc)[0]
  if (first !== undefined && may(floor, { root: 'hands', key: first.member, after: undefined })) lowerAllHands(floor.room.doc)
}

/** Gives the word to a member, or to the first of the queue. */
export const giveWordTo = (floor: FloorView, member?: string) => {
  const { room, me } = floor
  const to = member ?? handsOf(room.doc)[0]?.member
  const now = serverNow()
  if (to === undefined || !isReachable(floor, 'nobody would hear of it.')) return
  if (may(floor, { root: 'word', key: 'now', after: { member: to, by: me.id, at: now } })) giveWord(room.doc, { member: to, me: me.id, now })
}
export const endWord = (floor: FloorView) => {
  if (wordOf(floor.room.doc) !== null && may(floor, { root: 'word', key: 'now', after: undefined })) takeWordBack(floor.room.doc)
}

export const toggleReady = (floor: FloorView, item: string) => {
  const { room, me } = floor
  const is = !readyFor(room.doc, item).includes(me.id)
  const now = serverNow()
  if (may(floor, { root: 'ready', key: `${item}:${me.id}`, after: is ? { at: now } : undefined })) setReady(room.doc, { item, me: me.id, is, now })
}

/** Asks about the item that is shown. False when it could not be. */
export const askQuestion = (floor: FloorView, text: string): boolean => {
  const question = { paper: paperOf(floor.item), text: text.trim() }
  const now = serverNow()
  if (!may(floor, { root: 'questions', key: fresh(floor), after: { ...question, at: now } })) return false
  ask(floor.room.doc, { ...question, me: floor.me.id, now })
  return true
}
export const toggleQuestionVote = (floor: FloorView, { key, voters }: AskedQuestion) => {
  const { room, me } = floor
  const on = !voters.includes(me.id)
  const now = serverNow()
  if (may(floor, { root: 'questionVotes', key: `${key}:${me.id}`, after: on ? { at: now } : undefined }))
    setQuestionVote(room.doc, { question: key, me: me.id, on, now })
}
export const toggleAnswered = (floor: FloorView, { key, answered }: AskedQuestion) => {
  const { room, me } = floor
  const now = serverNow()
  if (may(floor, { root: 'answered', key, after: answered === null ? { by: me.id, at: now } : undefined }))
    setAnswered(room.doc, { key, me: me.id, answered: answered === null, now })
}
export const withdraw = (floor: FloorView, { key }: AskedQuestion) => {
  if (may(floor, { root: 'questions', key, after: undefined })) withdrawQuestion(floor.room.doc, key)
}
/** Puts a question aside for another time: it is parked in its words, and closed. */
export const park = (floor: FloorView, question: AskedQuestion) => {
  if (!writeNote(floor, 'parked', { text: question.text, paper: question.paper })) return
  if (question.answered === null) toggleAnswered(floor, question)
  toast('Parked for another time')
}

type NoteRoot = 'parked' | 'decisions'
export const writeNote = (floor: FloorView, root: NoteRoot, { text, paper = paperOf(floor.item) }: { text: string; paper?: string | null }): boolean => {
  const now = serverNow()
  if (!may(floor, { root, key: fresh(floor), after: { paper, text: text.trim(), at: now } })) return false
  note(floor.room.doc, root, { me: floor.me.id, now, paper, text })
  return true
}
export const rewrite = (floor: FloorView, root: NoteRoot, written: WrittenNote, text: string): boolean => {
  const { paper, at, key } = written
  if (!may(floor, { root, key, after: { paper, text: text.trim(), at } })) return false
  rewriteNote(floor.room.doc, root, key, text)
  return true
}
/** Takes it away, with Undo where it can be written again. */
export const unwrite = (floor: FloorView, root: NoteRoot, written: WrittenNote) => {
  if (!may(floor, { root, key: written.key, after: undefined })) return
  removeNote(floor.room.doc, root, written.key)
  toast(root === 'parked' ? 'Taken out of the parking lot' : 'Decision removed', { action: { label: 'Undo', run: () => void writeNote(floor, root, written) } })
}

export const writeAction = (floor: FloorView, action: Omit<ActionItem, 'at' | 'done' | 'doneAt'>): boolean => {
  const now = serverNow()
  const after = { ...action, text: action.text.trim() }
  if (!may(floor, { root: 'actions', key: fresh(floor), after: { ...after, done: false, at: now } })) return false
  addAction(floor.room.doc, { ...after, me: floor.me.id, now })
  return true
}
export const alterAction = (floor: FloorView, written: WrittenAction, change: Partial<Omit<ActionItem, 'at'>>): boolean => {
  const { key, by: _, ...before } = written
  if (!may(floor, { root: 'actions', key, after: { ...before, ...change } })) return false
  changeAction(floor.room.doc, key, change)
  return true
}
export const dropAction = (floor: FloorView, written: WrittenAction) => {
  if (!may(floor, { root: 'actions', key: written.key, after: undefined })) return
  removeAction(floor.room.doc, written.key)
  const { key: _, by: __, at: ___, done: ____, doneAt: _____, ...again } = written
  toast('Removed', { action: { label: 'Undo', run: () => void writeAction(floor, again) } })
}

export const startPoll = (floor: FloorView, poll: Omit<Poll, 'at' | 'paper'>): boolean => {
  const now = serverNow()
  const paper = paperOf(floor.item)
  if (!may(floor, { root: 'polls', key: fresh(floor), after: { ...poll, paper, at: now } })) return false
  putPoll(floor.room.doc, { ...poll, paper, me: floor.me.id, now })
  return true
}
/** Votes in an open poll. */
export const choose = (floor: FloorView, poll: string, choices: readonly number[]) => {
  const { room, me } = floor
  const now = serverNow()
  const after = choices.length === 0 ? undefined : { choices: [...choices], at: now }
  if (may(floor, { root: 'ballots', key: `${poll}:${me.id}`, after })) castBallot(room.doc, { poll, me: me.id, choices, now })
}
export const dropPoll = (floor: FloorView, poll: string) => {
  if (may(floor, { root: 'polls', key: poll, after: undefined })) removePoll(floor.room.doc, poll)
}
