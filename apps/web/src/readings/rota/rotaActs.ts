/** What members do with the rota: asked of the rules first, then done at once on the live document. */
import { assignReading } from '@paperboard/shared/group'
import { type PlannedSession, putPaper } from '@paperboard/shared/groupSessions'
import { agreeToPresent, setPresenter, skipTurn } from '@paperboard/shared/presenters'
import { mayPlan } from '@paperboard/shared/rules'
import { type Share, setHidden, setShare } from '@paperboard/shared/shares'
import { offerToPresent, takeBackOffer } from '@paperboard/shared/standingOffers'
import { answerSwap, askSwap } from '@paperboard/shared/swaps'
import type { Candidate } from '@paperboard/shared/turns'
import { type GroupView, whyNotInGroup } from '../../board/board.ts'
import { serverNow } from '../../live/clock.ts'
import { toast } from '../../ui/toast.ts'

/** Why a member may not be put down; null when they may. */
export const whyNotPutDown = (view: GroupView, session: string, member: string): string | null =>
  whyNotInGroup(view, {
    root: 'presenters',
    key: `${session}:${member}`,
    after: { turnOf: member, way: 'rota', asked: false, offer: null, by: view.me.id, at: serverNow() },
  })

/** Puts a candidate down; whoever is somebody else is asked. */
export const putDown = (view: GroupView, { key: session, papers }: PlannedSession, { member, offer }: Candidate) => {
  const { doc } = view.groupRoom
  const why = whyNotPutDown(view, session, member)
  if (why !== null) return void toast(why, { tone: 'warn' })
  const asked = member !== view.me.id && offer === null
  doc.transact(() => {
    const way = offer === null ? 'rota' : 'offer'
    setPresenter(doc, { session, member, way, asked, offer: offer?.key ?? null, me: view.me.id, now: serverNow() })
    if (offer?.paper == null || offer.board === null) return
    // What was offered on a board is what they present.
    const { paper, board } = offer
    if (mayPlan(view.me) === null && !papers.some(each => each.paper === paper)) putPaper(doc, { session, paper, now: serverNow() })
    assignReading(doc, view.me.id, { paper, board, member, role: 'presenter', part: '', session, due: null, at: serverNow() })
  })
  toast(asked ? `${view.nameOf(member)} is asked` : `${member === view.me.id ? 'You are' : `${view.nameOf(member)} is`} down to present`)
}

export const agree = (view: GroupView, session: string) => agreeToPresent(view.groupRoom.doc, { session, me: view.me.id })

/** Why one may not skip, or have another skip; null when one may. */
export const whyNotSkip = (view: GroupView, { session, member, reason = '' }: { session: string; member: string; reason?: string }): string | null =>
  whyNotInGroup(view, { root: 'skips', key: `${session}:${member}`, after: { reason, by: view.me.id, at: serverNow() } })

/** Skips for oneself, or for another as an organizer. */
export const skip = (view: GroupView, { session, member, reason }: { session: string; member: string; reason: string }) => {
  const why = whyNotSkip(view, { session, member, reason })
  if (why !== null) return void toast(why, { tone: 'warn' })
  skipTurn(view.groupRoom.doc, { session, member, reason, me: view.me.id, now: serverNow() })
}

export const ask = (view: GroupView, swap: { mine: string; member: string; theirs: string | null }) => {
  askSwap(view.groupRoom.doc, view.me.id, { ...swap, note: '', at: serverNow() })
  toast(`${view.nameOf(swap.member)} is asked, and told under the bell`)
}

export const answer = (view: GroupView, swap: string, accepted: boolean) => {
  if (!answerSwap(view.groupRoom.doc, { swap, accepted, me: view.me.id, now: serverNow() }))
    toast('What was to be swapped has changed meanwhile.', { tone: 'warn' })
}

export const offer = (view: GroupView, text: string) => {
  offerToPresent(view.groupRoom.doc, { paper: null, text, me: view.me.id, at: serverNow() })
}
export const withdraw = (view: GroupView, key: string) => takeBackOffer(view.groupRoom.doc, key)

export const hide = (view: GroupView, on: boolean) => setHidden(view.groupRoom.doc, { me: view.me.id, on, now: serverNow() })

/** Says how often a member presents beside others. */
export const share = (view: GroupView, member: string, factor: Share['factor']) =>
  void setShare(view.groupRoom.doc, { member, factor, me: view.me.id, now: serverNow() })
