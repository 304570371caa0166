/**
 * Who wants to speak in a meeting, who speaks, and who is ready, in its live document:
 *
 *   hands  memberId       a raised hand
 *   word   now            who has the word; given by whoever leads
 *   ready  item:memberId  a member who is ready for an item: a paper, the lobby or the closing
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { inOwnName, mayLead, mayTakeAway, takesPart } from './floorRules.ts'
import { Id, idPattern } from './ids.ts'
import { MeetingItem } from './meetingFloor.ts'
import { idKey, type Records, records } from './room.ts'
import { all, justNow, meetingGoesOn, notInFuture, ownOnly } from './rules.ts'

const Time = z.int().min(0)

export const Hand = z.strictObject({ at: Time })
export const Word = z.strictObject({ member: Id, by: Id, at: Time })
export type Word = z.infer<typeof Word>
export const Ready = z.strictObject({ at: Time })

const readyKey = (key: string) => {
  const [item = '', member = '', ...rest] = key.split(':')
  return MeetingItem.safeParse(item).success && idPattern.test(member) && rest.length === 0 ? [item, member] : null
}

export const handRoots: Record<'hands' | 'word' | 'ready', Records> = {
  hands: records({
    key: idKey(1),
    record: Hand,
    may: (c, actor, at) =>
      all(
        takesPart(actor, at),
        () => (c.after === undefined ? mayTakeAway(c, actor, at) : ownOnly(c, actor)),
        () => notInFuture(c.after?.at, at),
        () => justNow(c.after?.at, at),
      ),
  }),
  word: records({
    key: key => (key === 'now' ? [key] : null),
    record: Word,
    may: (c, actor, at) =>
      all(
        takesPart(actor, at),
        // Whoever has the word may give it back.
        () => (c.after === undefined && c.before()?.member === actor.id ? null : mayLead(actor, at)),
        () => inOwnName(c.after, actor),
        () => notInFuture(c.after?.at, at),
      ),
  }),
  ready: records({
    key: readyKey,
    record: Ready,
    may: (c, actor, at) =>
      all(
        meetingGoesOn(at),
        () => ownOnly(c, actor),
        () => notInFuture(c.after?.at, at),
      ),
  }),
}

const hands = (doc: Y.Doc) => doc.getMap<z.infer<typeof Hand>>('hands')
const word = (doc: Y.Doc) => doc.getMap<Word>('word')
const ready = (doc: Y.Doc) => doc.getMap<z.infer<typeof Ready>>('ready')

/** Raises a hand; one that is up keeps its place in the queue. */
export const raiseHand = (doc: Y.Doc, { me, now }: { me: string; now: number }) => {
  if (!hands(doc).has(me)) hands(doc).set(me, { at: now })
}
export const lowerHand = (doc: Y.Doc, member: string) => hands(doc).delete(member)
export const lowerAllHands = (doc: Y.Doc) =>
  doc.transact(() => {
    for (const member of [...hands(doc).keys()]) lowerHand(doc, member)
  })

/** Gives a member the word, and lowers their hand. */
export const giveWord = (doc: Y.Doc, { member, me, now }: { member: string; me: string; now: number }) =>
  doc.transact(() => {
    word(doc).set('now', { member, by: me, at: now })
    if (hands(doc).has(member)) lowerHand(doc, member)
  })
export const takeWordBack = (doc: Y.Doc) => word(doc).delete('now')

export const setReady = (doc: Y.Doc, { item, me, is, now }: { item: string; me: string; is: boolean; now: number }) => {
  const key = `${item}:${me}`
  if (is) ready(doc).set(key, { at: now })
  else ready(doc).delete(key)
}

/** Who wants to speak, in the order of raising a hand. */
export const handsOf = (doc: Y.Doc): { member: string; at: number }[] =>
  [...hands(doc).entries()].map(([member, { at }]) => ({ member, at })).sort((a, b) => a.at - b.at || (a.member < b.member ? -1 : 1))

/** Who has the word; null when nobody was given it. */
export const wordOf = (doc: Y.Doc): Word | null => word(doc).get('now') ?? null

/** Who is ready for an item, in the order of saying so. */
export const readyFor = (doc: Y.Doc, item: string): string[] =>
  [...ready(doc).entries()]
    .filter(([key]) => key.startsWith(`${item}:`))
    .sort(([x, a], [y, b]) => a.at - b.at || (x < y ? -1 : 1))
    .map(([key]) => key.split(':')[1] ?? '')
