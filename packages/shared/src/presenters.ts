/**
 * Who presents at a session, with or without a paper, in the live document of the group.
 *
 *   presenters  session:memberId   the member presents there; several are co-presenters
 *   skips       session:memberId   the member does not present there, and why
 *
 * A session's key has two parts, so these have three. They alone say who presents: a reading of the role `presenter` says
 * which paper, and is one of a reader while its member does not present at its session.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Id, PairKey } from './ids.ts'
import { limits } from './limits.ts'
import { type Actor, type Change, type Circumstances, idKey, records, type Verdict } from './room.ts'
import { all, mayAssign, mayPlan, notInFuture, ownOrOrganizer, refuse } from './rules.ts'
import { movesInSwap } from './swapRules.ts'

const Time = z.int().min(0)

/** How somebody came to present: put down by hand, with a paper, proposed by the rota, by an offer of theirs, by a swap, or standing in. */
export const presenterWays = ['hand', 'paper', 'rota', 'offer', 'swap', 'substitute'] as const
export type PresenterWay = (typeof presenterWays)[number]

export const Presenter = z.strictObject({
  /** Whose turn it counts as: their own, but after a swap. */
  turnOf: Id,
  way: z.enum(presenterWays),
  /** Asked, and has not agreed yet. */
  asked: z.boolean(),
  /** The standing offer that this takes up. */
  offer: PairKey.nullable(),
  by: Id,
  at: Time,
})
export type Presenter = z.infer<typeof Presenter>

export const Skip = z.strictObject({ reason: z.string().max(limits.reasonLength), by: Id, at: Time })
export type Skip = z.infer<typeof Skip>

/** Of a key of three parts: the session, and the member. */
const partsOf = (key: readonly string[]) => ({ session: key.slice(0, 2).join(':'), member: key[2] ?? '' })

/** Sessions are there, or were before they were taken out. */
const isSession = (session: string, at: Circumstances) => at.record('sessions', session) !== undefined || at.knows(session)

export const presenterRecords = records({
  key: idKey(3),
  record: Presenter,
  may: (c, actor, at) => {
    const verdict = byHand(c, actor, at)
    return verdict !== null && movesInSwap(c, actor, at) ? null : verdict
  },
})

/** Whoever may hand out readings puts members down, everybody themselves; of their own turn, unless an organizer knows better. */
function byHand(c: Change<Presenter>, actor: Actor, at: Circumstances): Verdict {
  const { session, member } = partsOf(c.key)
  const before = c.before()
  const { after } = c
  const mine = () => (before?.by === actor.id ? null : ownOrOrganizer(c, actor))
  // As when a step is undone: it comes back as it was, by whomever.
  const putsBack = before === undefined && mayPlan(actor) === null && at.knows(c.key.join(':'))
  if (after === undefined) return mine()
  return all(
    before === undefined ? mayAssign(actor, member, at) : mine(),
    () => refuse(before === undefined && !putsBack && after.by !== actor.id, 'not-yours'),
    () => refuse(!putsBack && after.turnOf !== (before?.turnOf ?? member), 'not-yours'),
    // Nobody agrees in another's name to what they were asked for.
    () => refuse(before?.asked === true && !after.asked && actor.id !== member, 'not-yours'),
    () => refuse(before === undefined && !isSession(session, at), 'not-here'),
    () => notInFuture(after.at, at),
  )
}

export const skipRecords = records({
  key: idKey(3),
  record: Skip,
  may: (c, actor, at) =>
    all(
      ownOrOrganizer(c, actor),
      () => refuse(c.after !== undefined && c.after.by !== actor.id, 'not-yours'),
      () => refuse(c.after !== undefined && !isSession(partsOf(c.key).session, at), 'not-here'),
      () => notInFuture(c.after?.at, at),
    ),
})

/** Whether somebody presents at a session, or was down to: Yjs keeps the key of a deleted record. */
export const everPresenting = (doc: Y.Doc, key: string): boolean => presenters(doc)._map.has(key)

const presenters = (doc: Y.Doc) => doc.getMap<Presenter>('presenters')
const skips = (doc: Y.Doc) => doc.getMap<Skip>('skips')

export interface NewPresenter {
  session: string
  member: string
  way: 'hand' | 'paper' | 'rota' | 'offer'
  asked: boolean
  offer: string | null
  me: string
  now: number
}

/** Puts a member down to present, or asks them to. */
export const setPresenter = (doc: Y.Doc, { session, member, way, asked, offer, me, now }: NewPresenter) =>
  doc.transact(() => {
    const key = `${session}:${member}`
    // Another's skip is not for everybody to take away; who presents all the same does not skip.
    if (member === me && skips(doc).has(key)) skips(doc).delete(key)
    presenters(doc).set(key, { turnOf: member, way, asked, offer, by: me, at: now })
  })

/** Puts a member down, unless they are or ever were: who skipped or swapped since is left alone. */
export const putDownOnce = (doc: Y.Doc, presenter: NewPresenter) => {
  // Yjs keeps the key of a deleted record.
  if (!presenters(doc)._map.has(`${presenter.session}:${presenter.member}`)) setPresenter(doc, presenter)
}

/** Agrees to what one was asked for. The time stays that of the question. */
export const agreeToPresent = (doc: Y.Doc, { session, me }: { session: string; me: string }) => {
  const key = `${session}:${me}`
  const before = presenters(doc).get(key)
  if (before !== undefined) presenters(doc).set(key, { ...before, asked: false })
}

/** Whether a member presents at a session. */
export const presentsAt = (doc: Y.Doc, session: string, member: string): boolean => presenters(doc).has(`${session}:${member}`)

/** Takes off who was put down with a paper, when they are no longer to present one: by whoever put them down with it, or themselves. */
export const takeOffWithPaper = (doc: Y.Doc, { session, member, by }: { session: string; member: string; by: readonly string[] }) => {
  const key = `${session}:${member}`
  const before = presenters(doc).get(key)
  if (before?.way === 'paper' && by.includes(before.by)) presenters(doc).delete(key)
}

export const removePresenter = (doc: Y.Doc, { session, member }: { session: string; member: string }) => presenters(doc).delete(`${session}:${member}`)

/** The member does not present there, and is not proposed for it; their turn stays theirs. */
export const skipTurn = (doc: Y.Doc, { session, member, reason, me, now }: { session: string; member: string; reason: string; me: string; now: number }) =>
  doc.transact(() => {
    const key = `${session}:${member}`
    if (presenters(doc).has(key)) presenters(doc).delete(key)
    skips(doc).set(key, { reason, by: me, at: now })
  })

export const takeBackSkip = (doc: Y.Doc, { session, member }: { session: string; member: string }) => skips(doc).delete(`${session}:${member}`)

/** A member who presents at a session, as people see it. */
export interface SessionPresenter extends Presenter {
  session: string
  member: string
}
export interface SessionSkip extends Skip {
  session: string
  member: string
}

/** All presenters, whoever was put down first first. */
export const presentersOf = (doc: Y.Doc): SessionPresenter[] =>
  [...presenters(doc).entries()]
    .map(([key, record]) => ({ ...record, ...partsOf(key.split(':')) }))
    .sort((a, b) => a.at - b.at || (a.member < b.member ? -1 : 1))

/** All skips, but of who presents there all the same. */
export const skipsOf = (doc: Y.Doc): SessionSkip[] =>
  [...skips(doc).entries()]
    .filter(([key]) => !presenters(doc).has(key))
    .map(([key, record]) => ({ ...record, ...partsOf(key.split(':')) }))
    .sort((a, b) => a.at - b.at)
