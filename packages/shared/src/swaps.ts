/**
 * Swaps between two presenters, and standing in, in the live document of the group.
 *
 *   swaps        nonce:memberId            one member asks another; only they ask, and take it back
 *   swapAnswers  nonce:memberId:memberId   what the other says to it, once
 *
 * Accepting moves the presenters in the same message: there is no moment at which one has agreed and the other still
 * presents. The papers stay with their sessions, since others prepare for them.
 */
import type * as Y from 'yjs'
import { newId } from './ids.ts'
import type { Presenter } from './presenters.ts'
import { type Circumstances, idKey, records, type Verdict } from './room.ts'
import { all, notInFuture, ownOnly, refuse } from './rules.ts'
import { type AskedSwap, isDone, movesOf, Swap, SwapAnswer } from './swapRules.ts'

const presentsAt = (session: string, member: string, at: Circumstances) => at.record('presenters', `${session}:${member}`) !== undefined

/** Both present where they say; nobody asks themselves. */
const canBeAsked = ({ mine, theirs, member }: Swap, asker: string, at: Circumstances): Verdict =>
  all(refuse(member === asker || mine === theirs, 'invalid-record'), () =>
    refuse(!presentsAt(mine, asker, at) || (theirs !== null && !presentsAt(theirs, member, at)), 'swap-over'),
  )

export const swapRecords = records({
  key: idKey(2),
  record: Swap,
  may: (c, actor, at) => {
    const { after } = c
    if (after === undefined) return ownOnly(c, actor)
    return all(
      ownOnly(c, actor),
      () => refuse(c.before() !== undefined, 'swap-over'),
      () => canBeAsked(after, actor.id, at),
      () => notInFuture(after.at, at),
    )
  },
})

export const swapAnswerRecords = records({
  key: idKey(3),
  record: SwapAnswer,
  may: (c, actor, at) => {
    const [nonce = '', asker = ''] = c.key
    const swap = Swap.safeParse(at.record('swaps', `${nonce}:${asker}`)).data
    return all(
      ownOnly(c, actor),
      // An answer stands: taken back, it could be given again when the two present elsewhere.
      () => refuse(c.after === undefined || c.before() !== undefined, 'swap-over'),
      () => refuse(swap?.member !== actor.id, 'swap-over'),
      () => refuse(c.after?.accepted === true && swap !== undefined && !isDone({ ...swap, asker }, at), 'swap-over'),
      () => notInFuture(c.after?.at, at),
    )
  },
})

const swaps = (doc: Y.Doc) => doc.getMap<Swap>('swaps')
const answers = (doc: Y.Doc) => doc.getMap<SwapAnswer>('swapAnswers')
const presenters = (doc: Y.Doc) => doc.getMap<Presenter>('presenters')

/** Asks a member to swap, or with `theirs` null to stand in. Returns the swap's key. */
export const askSwap = (doc: Y.Doc, me: string, swap: Swap): string => {
  const key = `${newId()}:${me}`
  swaps(doc).set(key, swap)
  return key
}

export const takeBackSwap = (doc: Y.Doc, key: string) => swaps(doc).delete(key)

/** A swap as people see it. */
export interface SwapAsked extends AskedSwap {
  key: string
  /** `over` when one of the two no longer presents there: there is nothing to answer. */
  state: 'open' | 'accepted' | 'declined' | 'over'
}

/** All swaps, the newest first. */
export const swapsOf = (doc: Y.Doc): SwapAsked[] =>
  [...swaps(doc).entries()]
    .map(([key, swap]): SwapAsked => {
      const asked = { ...swap, asker: key.split(':')[1] ?? '' }
      return { ...asked, key, state: stateOf(doc, key, asked) }
    })
    .sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1))

function stateOf(doc: Y.Doc, key: string, swap: AskedSwap): SwapAsked['state'] {
  const answer = answers(doc).get(`${key}:${swap.member}`)
  if (answer !== undefined) return answer.accepted ? 'accepted' : 'declined'
  const stands = movesOf(swap).every(({ session, from, to }) => presenters(doc).has(`${session}:${from}`) && !presenters(doc).has(`${session}:${to}`))
  return stands ? 'open' : 'over'
}

interface Answer {
  swap: string
  accepted: boolean
  me: string
  now: number
}

/** Answers a swap that one was asked for; accepting moves both at once. False when it is no longer to be had. */
export const answerSwap = (doc: Y.Doc, { swap: key, accepted, me, now }: Answer): boolean =>
  doc.transact(() => {
    const swap = swaps(doc).get(key)
    if (swap === undefined || swap.member !== me) return false
    const asked = { ...swap, asker: key.split(':')[1] ?? '' }
    if (stateOf(doc, key, asked) !== 'open') return false
    if (accepted) move(doc, asked, { me, now })
    answers(doc).set(`${key}:${me}`, { accepted, at: now })
    return true
  })

function move(doc: Y.Doc, swap: AskedSwap, { me, now }: { me: string; now: number }) {
  const steps = movesOf(swap).map(step => ({ ...step, before: presenters(doc).get(`${step.session}:${step.from}`) }))
  for (const { session, from, to, before } of steps) {
    presenters(doc).delete(`${session}:${from}`)
    const stands = swap.theirs === null
    presenters(doc).set(`${session}:${to}`, {
      turnOf: stands ? to : (before?.turnOf ?? from),
      way: stands ? 'substitute' : 'swap',
      asked: false,
      offer: null,
      by: me,
      at: now,
    })
  }
}
