/** What people do with the plan, by pointer or by key: asked of the rules first, done at once, said with a way back. */
import type { Day } from '@paperboard/shared/days'
import { assignReading, changeReading, type Reading, type ReadingChange, removeReading } from '@paperboard/shared/group'
import { changeSession, type GroupSession, nameGuest, planSession, putPaper, takeGuest } from '@paperboard/shared/groupSessions'
import { newId } from '@paperboard/shared/ids'
import { mathIn } from '@paperboard/shared/mathText'
import { movePaper, type PlanPaper, type PlanSession, reorder, takeOut, takeSessionOut } from '@paperboard/shared/plan'
import { removePresenter } from '@paperboard/shared/presenters'
import type { ReadingRole } from '@paperboard/shared/readingRoles'
import { type GroupView, whyNotAllInGroup, whyNotInGroup } from '../../board/board.ts'
import { dayNear } from '../../board/dates.ts'
import { count, roleNames } from '../../board/names.ts'
import { serverNow } from '../../live/clock.ts'
import type { LiveRoom } from '../../live/LiveRoom.ts'
import { type Outcome, planSteps, type Wished } from '../../live/steps.ts'
import { dismissToast, toast } from '../../ui/toast.ts'

/** One message at a time: the last step is what Undo undoes. */
const key = 'plan'
/** The longest title in a message. */
const longest = 48

/** A title as a sentence has room for it: a formula is there as a whole or not at all. */
export const short = (title: string): string => {
  if (title.length <= longest) return title
  const cut = mathIn(title).find(({ start, end }) => start < longest && end > longest)
  return `${title.slice(0, cut?.start ?? longest).trimEnd()}…`
}

const say = (message: string) => toast(message, { key })
const refuse = (reason: string) => toast(reason, { key: 'not-allowed', tone: 'warn' })

/** Takes a step if the rules allow it, and says so. `says` is in the past tense: "Moved X to Thu 3 Dec". */
function take(view: GroupView, says: string, wishes: readonly Wished[], act: (doc: LiveRoom['doc']) => void): boolean {
  const why = whyNotAllInGroup(view, wishes)
  if (why !== null) {
    refuse(why)
    return false
  }
  planSteps(view.groupRoom).take(says, act)
  toast(says, { key, action: { label: 'Undo', run: () => undo(view) } })
  return true
}

/** Why there is no way back or forth. */
export const nothingToUndo = 'You have changed nothing here yet.'
export const nothingToRedo = 'Nothing was undone.'

const said = (outcome: Outcome | null, verb: string, nothing: string) => {
  if (outcome === null) return void say(nothing)
  if (outcome.why === null) return void say(`${verb}: ${outcome.says}`)
  dismissToast(key)
  refuse(`“${outcome.says}” cannot be ${verb.toLowerCase()}. ${outcome.why}`)
}

export const undo = (view: GroupView) =>
  said(
    planSteps(view.groupRoom).undo(wishes => whyNotAllInGroup(view, wishes)),
    'Undone',
    nothingToUndo,
  )
export const redo = (view: GroupView) =>
  said(
    planSteps(view.groupRoom).redo(wishes => whyNotAllInGroup(view, wishes)),
    'Done again',
    nothingToRedo,
  )

const dayOf = ({ group }: GroupView, { day, time }: { day: Day; time?: string | null }) => `${dayNear(day, group.today)}${time ? `, ${time}` : ''}`
const nameFor = ({ me, nameOf }: GroupView, member: string) => (member === me.id ? 'you' : nameOf(member))

const paperWish = (session: string, paper: string): Wished => ({
  root: 'sessionPapers',
  key: `${session}:${paper}`,
  after: { order: 1, part: '', at: serverNow() },
})

/** Why one cannot plan here, as a sentence; null when one can. */
export const whyNotPlan = (view: GroupView, session: string): string | null => whyNotInGroup(view, paperWish(session, newId()))

/** A paper with its title, as the messages say it. */
interface Titled {
  paper: string
  title: string
}

export const put = (view: GroupView, session: PlanSession, { paper, title }: Titled): boolean => {
  if (session.papers.some(each => each.paper === paper)) {
    say(`“${short(title)}” is planned for ${dayOf(view, session)} already`)
    return false
  }
  return take(view, `Put “${short(title)}” into ${dayOf(view, session)}`, [paperWish(session.key, paper)], doc =>
    putPaper(doc, { session: session.key, paper, now: serverNow() }),
  )
}

export const move = (view: GroupView, { paper, title }: Titled, from: PlanSession, to: PlanSession): boolean =>
  take(
    view,
    `Moved “${short(title)}” to ${dayOf(view, to)}`,
    [paperWish(to.key, paper), { root: 'sessionPapers', key: `${from.key}:${paper}`, after: undefined }],
    doc => movePaper(doc, { paper, from: from.key, to: to.key, me: view.me.id, now: serverNow() }),
  )

export const shift = (view: GroupView, { paper, title }: Titled, session: PlanSession, by: 1 | -1) => {
  const at = session.papers.findIndex(each => each.paper === paper) + by
  if (at < 0 || at >= session.papers.length) return void say(`“${short(title)}” is the ${by === 1 ? 'last' : 'first'} of its session`)
  take(view, `Moved “${short(title)}” ${by === 1 ? 'down' : 'up'}`, [paperWish(session.key, paper)], doc =>
    reorder(doc, { paper, session: session.key, by, now: serverNow() }),
  )
}

export const remove = (view: GroupView, { paper, title }: Titled, session: PlanSession) =>
  take(view, `Took “${short(title)}” out of ${dayOf(view, session)}`, [{ root: 'sessionPapers', key: `${session.key}:${paper}`, after: undefined }], doc =>
    takeOut(doc, { paper, session: session.key, me: view.me.id, now: serverNow() }),
  )

export const setPart = (view: GroupView, session: PlanSession, { paper, part }: { paper: PlanPaper; part: string }) => {
  if (part === paper.part) return
  const { readings: _, paper: id, ...record } = paper
  const says = part === '' ? 'Planned the whole paper' : `Planned ${part} alone`
  take(view, says, [{ root: 'sessionPapers', key: `${session.key}:${id}`, after: { ...record, part } }], doc =>
    putPaper(doc, { session: session.key, paper: id, part, now: serverNow() }),
  )
}

/** Whom to hand what, for a session. */
export interface Handing {
  session: PlanSession
  /** Null while the paper is open. */
  paper: string | null
  /** The board where the paper is discussed. */
  board: Day
  member: string
  role: ReadingRole
  part: string
  /** Null: with the session. */
  due: Day | null
}

const readingFrom = ({ session, paper, board, member, role, part, due }: Handing): Reading => ({
  paper,
  board,
  member,
  role,
  part,
  session: session.key,
  due,
  at: serverNow(),
})

/** A reading of the same part that the member has here already: handing it out again changes its role. */
export const sameReading = ({ session, paper, member, part }: Pick<Handing, 'session' | 'paper' | 'member' | 'part'>) =>
  [...session.papers.flatMap(({ readings }) => readings), ...session.others].find(
    reading => reading.member === member && reading.paper === paper && reading.part === part,
  )

export const whyNotHand = (view: GroupView, handing: Handing): string | null =>
  whyNotInGroup(view, { root: 'readings', key: `${newId()}:${view.me.id}`, after: readingFrom(handing) })

export const hand = (view: GroupView, handing: Handing): boolean => {
  const { member, role, due } = handing
  const as = roleNames[role].toLowerCase()
  const there = sameReading(handing)
  if (there !== undefined && there.role === role && there.setDue === due) {
    const who = member === view.me.id ? 'You are' : `${view.nameOf(member)} is`
    say(`${who} ${as} there already`)
    return false
  }
  if (there !== undefined) return changeOf(view, there.key, { role, due, session: handing.session.key }, `Made ${nameFor(view, member)} ${as}`)
  const reading = readingFrom(handing)
  return take(view, `Put ${nameFor(view, member)} down as ${as}`, [{ root: 'readings', key: `${newId()}:${view.me.id}`, after: reading }], doc =>
    assignReading(doc, view.me.id, reading),
  )
}

/** Hands a paper to everybody who has no part in it yet, to be read for its session. One step. */
export const handToAll = (view: GroupView, { session, paper, board }: Pick<Handing, 'session' | 'board'> & { paper: string }) => {
  const has = new Set(session.papers.find(each => each.paper === paper)?.readings.map(({ member }) => member))
  const members = view.group.members.filter(({ id, role, gone }) => !gone && role !== 'guest' && !has.has(id))
  if (members.length === 0) return void say('Everybody has a part in it already')
  const readings = members.map(({ id }) => readingFrom({ session, paper, board, member: id, role: 'reader', part: '', due: null }))
  const wishes = readings.map(after => ({ root: 'readings', key: `${newId()}:${view.me.id}`, after }))
  take(view, `Put ${count(members.length, 'member')} down as readers`, wishes, doc => {
    for (const reading of readings) assignReading(doc, view.me.id, reading)
  })
}

/** Changes a reading; `says` what was done. */
export const changeOf = (view: GroupView, reading: string, to: ReadingChange, says: string): boolean => {
  const before = view.groupRoom.doc.getMap<Reading>('readings').get(reading)
  if (before === undefined) return false
  return take(view, says, [{ root: 'readings', key: reading, after: { ...before, ...to } }], doc =>
    changeReading(doc, reading, to, { me: view.me.id, now: serverNow() }),
  )
}

export const takeReadingBack = (view: GroupView, { key: reading, member, role }: { key: string; member: string; role: ReadingRole }) =>
  take(view, `Took ${nameFor(view, member)} off as ${roleNames[role].toLowerCase()}`, [{ root: 'readings', key: reading, after: undefined }], doc =>
    removeReading(doc, reading),
  )

export const takePresenterOff = (view: GroupView, { session, member }: { session: string; member: string }) =>
  take(view, `Took ${nameFor(view, member)} off as presenter`, [{ root: 'presenters', key: `${session}:${member}`, after: undefined }], doc =>
    removePresenter(doc, { session, member }),
  )

/** Names somebody from outside. */
export const nameOutside = (
  view: GroupView,
  session: PlanSession,
  { name, role, paper }: { name: string; role: ReadingRole; paper: string | null },
): boolean => {
  const guest = { name, role, paper, at: serverNow() }
  return take(view, `Put ${name} down as ${roleNames[role].toLowerCase()}`, [{ root: 'sessionGuests', key: `${session.key}:${newId()}`, after: guest }], doc =>
    nameGuest(doc, session.key, guest),
  )
}
export const takeGuestOff = (view: GroupView, { key: guest, name }: { key: string; name: string }) =>
  take(view, `Took ${name} off`, [{ root: 'sessionGuests', key: guest, after: undefined }], doc => takeGuest(doc, guest))

export const plan = (view: GroupView, session: Omit<GroupSession, 'at'>): boolean => {
  const record = { ...session, at: serverNow() }
  return take(view, `Planned a session on ${dayOf(view, session)}`, [{ root: 'sessions', key: `${newId()}:${view.me.id}`, after: record }], doc =>
    planSession(doc, view.me.id, record),
  )
}

export const whyNotSession = (view: GroupView): string | null =>
  whyNotInGroup(view, {
    root: 'sessions',
    key: `${newId()}:${view.me.id}`,
    after: { day: view.group.today, time: null, minutes: 60, title: '', place: '', cancelled: false, at: serverNow() },
  })

export const changeWhen = (view: GroupView, { key: session, day, ...before }: PlanSession, to: Partial<Omit<GroupSession, 'at'>>): boolean => {
  const says =
    to.cancelled !== undefined && to.cancelled !== before.cancelled
      ? `${to.cancelled ? 'Called off' : 'Put on again'} ${dayOf(view, { day, ...before })}`
      : to.day !== undefined && to.day !== day
        ? `Moved the session of ${dayOf(view, { day })} to ${dayOf(view, { day: to.day, time: to.time ?? null })}`
        : `Changed the session of ${dayOf(view, { day })}`
  const record = view.groupRoom.doc.getMap<GroupSession>('sessions').get(session)
  if (record === undefined) return false
  return take(view, says, [{ root: 'sessions', key: session, after: { ...record, ...to } }], doc => changeSession(doc, session, to))
}

export const removeWhole = (view: GroupView, session: PlanSession) =>
  take(view, `Took out the session of ${dayOf(view, session)}`, [{ root: 'sessions', key: session.key, after: undefined }], doc =>
    takeSessionOut(doc, { session: session.key, me: view.me.id, now: serverNow() }),
  )
