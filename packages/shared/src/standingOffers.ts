/**
 * "I would like to present": offers that hold until they are taken up, in the live document of the group.
 *
 *   standingOffers  nonce:memberId   what somebody would like to present, or that they would; only their own
 *
 * One is taken up when somebody is put down to present with it (`presenters`, `offer`). Offers to present a paper of a board
 * are records of that board.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Id, newId } from './ids.ts'
import { limits } from './limits.ts'
import type { SessionPresenter } from './presenters.ts'
import { idKey, records } from './room.ts'
import { all, notInFuture, ownOnly } from './rules.ts'

export const StandingOffer = z.strictObject({
  paper: Id.nullable(),
  /** What it is about, in words; may be empty. */
  text: z.string().max(limits.reasonLength),
  at: z.int().min(0),
})
export type StandingOffer = z.infer<typeof StandingOffer>

export const standingOfferRecords = records({
  key: idKey(2),
  record: StandingOffer,
  may: (c, actor, at) => all(ownOnly(c, actor), () => notInFuture(c.after?.at, at)),
})

const offers = (doc: Y.Doc) => doc.getMap<StandingOffer>('standingOffers')

/** Offers to present. Returns the offer's key. */
export const offerToPresent = (doc: Y.Doc, offer: StandingOffer & { me: string }): string => {
  const { me, ...record } = offer
  const key = `${newId()}:${me}`
  offers(doc).set(key, record)
  return key
}

export const takeBackOffer = (doc: Y.Doc, key: string) => offers(doc).delete(key)

/** An offer as people see it. */
export interface MemberOffer extends StandingOffer {
  key: string
  member: string
}

/** Offers that nobody has taken up yet, the earliest first. */
export const openOffersOf = (doc: Y.Doc, presenters: readonly Pick<SessionPresenter, 'offer'>[]): MemberOffer[] => {
  const taken = new Set(presenters.map(({ offer }) => offer))
  return [...offers(doc).entries()]
    .filter(([key]) => !taken.has(key))
    .map(([key, offer]) => ({ ...offer, key, member: key.split(':')[1] ?? '' }))
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
}
