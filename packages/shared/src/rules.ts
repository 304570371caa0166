/**
 * Who may do what, as sentences. The interface asks them to grey things out, the server asks them before a change is
 * stored. Pure: the time is passed in. Each gives null, or why not.
 */
import { limits } from './limits.ts'
import type { Role } from './members.ts'
import type { Refusal } from './refusals.ts'
import type { Actor, Change, Circumstances, Verdict } from './room.ts'

export const refuse = (broken: boolean, why: Refusal): Verdict => (broken ? why : null)

/** The first refusal, asking no further. */
export const all = (first: Verdict, ...rest: (() => Verdict)[]): Verdict => {
  if (first !== null) return first
  for (const rule of rest) {
    const verdict = rule()
    if (verdict !== null) return verdict
  }
  return null
}

const organizes = (role: Actor['role']) => role === 'owner' || role === 'organizer' || role === 'server'

/** A record whose key ends in a member's id is that member's alone. */
export const ownOnly = (change: Change<unknown>, actor: Actor): Verdict => refuse(change.key.at(-1) !== actor.id, 'not-yours')

/** A record is made in one's own name. An organizer puts back what was there, as when a step is undone. */
export const mayCreateOrPutBack = (change: Change<unknown>, actor: Actor, at: Circumstances): Verdict =>
  change.before() === undefined && change.after !== undefined && !(organizes(actor.role) && at.knows(change.key.join(':'))) ? ownOnly(change, actor) : null

/** A record about a member, as its key says, is theirs and the organizers'. */
export const ownOrOrganizer = (change: Change<unknown>, actor: Actor): Verdict => refuse(change.key.at(-1) !== actor.id && !organizes(actor.role), 'not-yours')

/** Nothing changes on a closed board. */
export const stillOpen = (at: Circumstances): Verdict => refuse(at.closed, 'board-closed')

/** A time may lie in the past (offline work arrives late), not in the future. */
export const notInFuture = (time: number | undefined, at: Circumstances): Verdict =>
  refuse(time !== undefined && time > at.now + limits.clockSkew, 'wrong-time')

/** What puts one before others happened just now: nobody waits since yesterday. */
export const justNow = (time: number | undefined, at: Circumstances): Verdict => refuse(time !== undefined && time < at.now - limits.handLate, 'too-late')

export const serverOnly = (actor: Actor): Verdict => refuse(actor.role !== 'server', 'not-allowed')

/** Everyone in the group may vote, comment and settle threads. */
export const mayWrite = (actor: Actor): Verdict => refuse(actor.role === 'server', 'not-allowed')

/** Organizers close a board and open it again. */
export const mayClose = (actor: Actor): Verdict => refuse(!organizes(actor.role), 'not-allowed')

/** A comment is removed by its author or by an organizer. */
export const mayModerate = (change: Change<unknown>, actor: Actor): Verdict => refuse(change.key.at(-1) !== actor.id && !organizes(actor.role), 'not-yours')

/** A paper is taken off a board by whoever put it there, or by an organizer. Nobody takes off what is not there. */
export const mayRemovePaper = (actor: Actor, paper: { by: string } | undefined): Verdict =>
  paper === undefined ? serverOnly(actor) : refuse(paper.by !== actor.id && !organizes(actor.role), 'not-yours')

/** Papers are put on a board by everyone but guests, or by organizers alone, as the group decides. */
export const mayAddPapers = (actor: Actor, settings: Circumstances['settings']): Verdict =>
  refuse(actor.role === 'guest' || (settings.whoAdds === 'organizers' && !organizes(actor.role)), 'not-allowed')

/** What a paper says is the group's matter, and each correction can be taken back. */
export const mayCorrect = (actor: Actor): Verdict => refuse(actor.role === 'guest' || actor.role === 'server', 'not-allowed')

/** One more up-vote must fit the group's budget; changing or withdrawing one always does. */
export const withinBudget = (change: Change<{ value: number }>, actor: Actor, at: Circumstances): Verdict => {
  const budget = at.settings.voteBudget
  if (budget === null || change.after?.value !== 1 || change.before()?.value === 1) return null
  let given = 0
  const own = change.key.join(':')
  for (const [key, vote] of at.records('votes')) if (key !== own && key.endsWith(`:${actor.id}`) && isUp(vote)) given++
  return refuse(given >= budget, 'over-budget')
}

const isUp = (vote: unknown) => typeof vote === 'object' && vote !== null && 'value' in vote && vote.value === 1

/** Members hand readings to anyone, or organizers do and members take their own, as the group decides. */
export const mayAssign = (actor: Actor, reader: string | undefined, at: Circumstances): Verdict =>
  refuse(reader !== actor.id && (actor.role === 'guest' || (at.settings.whoAssigns === 'organizers' && !organizes(actor.role))), 'not-allowed')

/** Every member gives papers tags and takes them off, whoever gave them: they are the group's. Guests read them. */
export const mayTag = (actor: Actor): Verdict => refuse(actor.role === 'guest' || actor.role === 'server', 'not-allowed')

/** Everyone takes notes, before the meeting too. Once it has ended, members go on to mend them, and guests read them. */
export const mayTakeNotes = (actor: Actor, at: Pick<Circumstances, 'closed'>): Verdict =>
  refuse(actor.role === 'server' || (actor.role === 'guest' && at.closed), 'not-allowed')

/** Organizers plan sessions. */
export const mayPlan = (actor: Actor): Verdict => refuse(!organizes(actor.role), 'not-allowed')

/** Once a meeting has ended it stays as it was. */
export const meetingGoesOn = (at: Circumstances): Verdict => refuse(at.closed, 'meeting-ended')

/** In a meeting guests ask, raise their hands, vote and write, or listen, as the group decides; all others may. */
export const mayTakePart = (actor: Actor, settings: Circumstances['settings']): Verdict =>
  refuse(actor.role === 'guest' && settings.guests !== 'take-part', 'not-allowed')

/**
 * A reading's role, part, session and date are changed by whoever handed it out or by an organizer, and its reader chooses
 * the paper where that was left open; its reader stays, and so does a paper that was chosen.
 */
export const mayChangeReading = (change: Change<ReadingFacts>, before: ReadingFacts, actor: Actor): Verdict => {
  const { after } = change
  // A choice that was lost is brought back as it is known from whoever handed the reading out: nothing changes.
  const isAsKnown = JSON.stringify(after) === JSON.stringify(before)
  const choosesOwn = before.member === actor.id && (isAsKnown || (before.paper === null && sameButPaper(before, after)))
  return all(refuse(change.key.at(-1) !== actor.id && !organizes(actor.role) && !choosesOwn, 'not-yours'), () =>
    refuse(after?.member !== before.member || (before.paper !== null && after.paper !== before.paper), 'invalid-record'),
  )
}

interface ReadingFacts {
  paper: string | null
  member: string
  role: string
  roleName?: string | undefined
  task?: string | undefined
  part: string
  session?: string | undefined
  due: string | null
}

const sameButPaper = (before: ReadingFacts, after: ReadingFacts | undefined) =>
  after?.role === before.role &&
  after.roleName === before.roleName &&
  after.task === before.task &&
  after.part === before.part &&
  after.session === before.session &&
  after.due === before.due

/** A reading is taken back by whoever handed it out or an organizer, and declined by its reader. */
export const mayRemoveReading = (change: Change<unknown>, before: { member: string } | undefined, actor: Actor): Verdict =>
  refuse(change.key.at(-1) !== actor.id && before?.member !== actor.id && !organizes(actor.role), 'not-yours')

// What happens over HTTP: people, groups, invitations.

const rank: Record<Role, number> = { owner: 0, organizer: 1, member: 2, guest: 3 }

/** Organizers invite, as anything up to their own standing; there is one owner. */
export const mayInvite = (actor: Role, as: Role): Verdict => refuse(!organizes(actor) || as === 'owner' || rank[as] < rank[actor], 'not-allowed')

/** Organizers change the group's name and settings. */
export const mayConfigure = (actor: Role): Verdict => refuse(!organizes(actor), 'not-allowed')

/** Organizers decide where the group's papers come from; everyone sees it. */
export const mayChangeSources = (actor: Role): Verdict => refuse(!organizes(actor), 'not-allowed')

/** Meetings are opened, started and ended by all but guests: whoever comes first unlocks the door. */
export const mayHoldMeetings = (actor: Role): Verdict => refuse(actor === 'guest', 'not-allowed')

/**
 * Who may say who leads a meeting: the facilitator hands it on, organizers take or give it, and any member takes it while
 * the facilitator is gone, or while nobody leads. Guests do not lead.
 */
export const mayChooseFacilitator = (
  actor: { id: string; role: Role },
  to: { id: string; role: Role },
  now: { facilitator: string | null; present: boolean },
): Verdict => {
  if (to.role === 'guest') return 'not-allowed'
  if (now.facilitator === actor.id || organizes(actor.role)) return null
  return refuse(actor.role === 'guest' || to.id !== actor.id || (now.facilitator !== null && now.present), 'not-allowed')
}

/** Guests are let into a meeting, and shown out, by whoever leads it, where the group has guests at all. */
export const mayLetIn = (leads: boolean, settings: Circumstances['settings']): Verdict => refuse(!leads || settings.guests === 'none', 'not-allowed')

/** Minutes are mended, and sent, by organizers and by whoever led the meeting last. */
export const mayMendMinutes = (actor: { id: string; role: Role }, led: string | null): Verdict =>
  refuse(actor.role === 'guest' || (!organizes(actor.role) && actor.id !== led), 'not-allowed')

/** Members are removed by whoever stands above them. */
export const mayRemoveMember = (actor: Role, target: Role): Verdict => refuse(!organizes(actor) || rank[target] <= rank[actor], 'not-allowed')

/** The owner decides who organizes; ownership itself is handed over, never given away by the way. */
export const mayChangeRole = (actor: Role, from: Role, to: Role): Verdict => refuse(actor !== 'owner' || from === 'owner' || to === 'owner', 'not-allowed')

/** Whoever owns the group hands it over before leaving. */
export const mayLeave = (actor: Role): Verdict => refuse(actor === 'owner', 'not-allowed')

export const mayHandOver = (actor: Role, to: Role): Verdict => refuse(actor !== 'owner' || to === 'guest' || to === 'owner', 'not-allowed')
