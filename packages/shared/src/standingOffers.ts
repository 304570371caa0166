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
import type { BoardOffer } from './api/lists.ts'
import type { Day } from './days.ts'
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

/** An offer that is open, standing or on a board. */
export interface OpenOffer extends Pick<MemberOffer, 'member' | 'paper' | 'text' | 'at'> {
  /** Of a standing one; null of one on a board. */
  key: string | null
  /** The board where it was made. */
  board: Day | null
}

interface PresentedPapers {
  readings: readonly { member: string; role: string; paper: string | null }[]
  sessions: readonly { key: string; papers: readonly { paper: string }[] }[]
  presenters: readonly Pick<SessionPresenter, 'session' | 'member'>[]
}

/** All that are open, the earliest first. One on a board is taken up once its member is to present the paper, or presents where it stands. */
export const allOpenOffers = (
  standing: readonly MemberOffer[],
  onBoards: readonly BoardOffer[],
  { readings, sessions, presenters }: PresentedPapers,
): OpenOffer[] => {
  const papersOf = new Map(sessions.map(({ key, papers }) => [key, papers.map(({ paper }) => paper)]))
  const presented = new Set([
    ...readings.filter(({ role }) => role === 'presenter').map(({ member, paper }) => `${paper} ${member}`),
    ...presenters.flatMap(({ session, member }) => (papersOf.get(session) ?? []).map(paper => `${paper} ${member}`)),
  ])
  const open = new Map<string, OpenOffer>()
  for (const { paper, day, member, at } of onBoards) {
    const name = `${paper} ${member}`
    if (!presented.has(name) && !open.has(name)) open.set(name, { key: null, board: day, paper, member, at, text: '' })
  }
  return [...standing.map(offer => ({ ...offer, board: null })), ...open.values()].sort((a, b) => a.at - b.at)
}

/** Of these, what could be presented at a session: anything while it has no papers, else what is about one of them, or about none. */
export const offersFor = (offers: readonly OpenOffer[], papers: readonly { paper: string }[]): OpenOffer[] => {
  const here = new Set(papers.map(({ paper }) => paper))
  const fits = offers.filter(({ paper }) => paper === null || here.size === 0 || here.has(paper))
  // Whoever offers one of its papers comes before whoever offers anything.
  return [...fits.filter(({ paper }) => paper !== null && here.has(paper)), ...fits.filter(({ paper }) => paper === null || !here.has(paper))]
}
