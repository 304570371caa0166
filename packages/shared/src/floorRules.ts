/** Who may do what on the floor of a meeting, as sentences; see rules.ts. */
import { Floor } from './meetingFloor.ts'
import type { Actor, Change, Circumstances, Verdict } from './room.ts'
import { all, mayAssign, mayClose, mayTakePart, meetingGoesOn, refuse } from './rules.ts'

/** Whoever leads the meeting: its facilitator of the moment, and organizers at any time. */
export const leads = (actor: Actor, at: Pick<Circumstances, 'record'>): boolean =>
  mayClose(actor) === null || Floor.safeParse(at.record('floor', 'floor')).data?.facilitator === actor.id

/** Who takes part asks, votes and speaks, until the meeting has ended. */
export const takesPart = (actor: Actor, at: Circumstances): Verdict => all(meetingGoesOn(at), () => mayTakePart(actor, at.settings))

/** The word is given, polls are closed and takes are revealed by whoever leads. */
export const mayLead = (actor: Actor, at: Pick<Circumstances, 'record'>): Verdict => refuse(!leads(actor, at), 'not-allowed')

/** What one has put before all is taken away again by whoever put it there, or by whoever leads. */
export const mayTakeAway = (change: Change<unknown>, actor: Actor, at: Circumstances): Verdict =>
  refuse(change.key.at(-1) !== actor.id && !leads(actor, at), 'not-yours')

/** Guests ask, vote and speak; what the group decides, its members write down. */
export const mayDecide = (actor: Actor): Verdict => refuse(actor.role === 'guest', 'not-allowed')

/** Whoever says that something happened says so in their own name. */
export const inOwnName = (record: { by: string } | undefined, actor: Actor): Verdict => refuse(record !== undefined && record.by !== actor.id, 'not-yours')

/** What is about a paper is about one of this meeting: of its agenda, or one that it has come to. Taking it away always is. */
export const aboutItem = (paper: string | null | undefined, at: Circumstances): Verdict =>
  refuse(paper !== null && paper !== undefined && !at.knows(paper) && at.record('clock', paper) === undefined && !isAt(paper, at), 'not-here')

const isAt = (paper: string, at: Pick<Circumstances, 'record'>) => Floor.safeParse(at.record('floor', 'floor')).data?.item === paper

/** A vote is on what is there; what was taken away while it was on its way is no offence. */
export const onWhatWas = (root: string, key: string, after: unknown, at: Circumstances): Verdict =>
  refuse(after !== undefined && at.record(root, key) === undefined && !at.knows(key), 'not-here')

interface Item {
  kind: string
  assignee: string | null
}

/** A reading is handed out by whoever may hand out readings in the group. */
export const mayPromise = (item: Item, before: Item | undefined, actor: Actor, at: Circumstances): Verdict => {
  const isNew = item.kind === 'reading' && item.assignee !== null && (before?.kind !== 'reading' || before.assignee !== item.assignee)
  return all(mayDecide(actor), () => (isNew ? mayAssign(actor, item.assignee ?? undefined, at) : null))
}
