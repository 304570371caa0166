/**
 * How often each member is to present, and who keeps out of the ledger, in the live document of the group.
 *
 *   shares        memberId   beside others: as usual, half as often, never; organizers say so
 *   ledgerHidden  memberId   the member's row of the ledger is not shown; only they say so
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Id } from './ids.ts'
import { idKey, records } from './room.ts'
import { all, mayPlan, notInFuture, ownOnly, refuse } from './rules.ts'

const Time = z.int().min(0)

export const shareFactors = [0, 0.5, 1, 2] as const
export const Share = z.strictObject({ factor: z.literal(shareFactors), by: Id, at: Time })
export type Share = z.infer<typeof Share>
export const Hidden = z.strictObject({ at: Time })

export const shareRecords = records({
  key: idKey(1),
  record: Share,
  may: (c, actor, at) =>
    all(
      mayPlan(actor),
      () => refuse(c.after !== undefined && c.after.by !== actor.id, 'not-yours'),
      () => notInFuture(c.after?.at, at),
    ),
})

export const hiddenRecords = records({
  key: idKey(1),
  record: Hidden,
  may: (c, actor, at) => all(ownOnly(c, actor), () => notInFuture(c.after?.at, at)),
})

const shares = (doc: Y.Doc) => doc.getMap<Share>('shares')
const hidden = (doc: Y.Doc) => doc.getMap<z.infer<typeof Hidden>>('ledgerHidden')

export const setShare = (doc: Y.Doc, { member, factor, me, now }: { member: string; factor: Share['factor']; me: string; now: number }) =>
  shares(doc).set(member, { factor, by: me, at: now })

export const setHidden = (doc: Y.Doc, { me, on, now }: { me: string; on: boolean; now: number }) => {
  if (on) hidden(doc).set(me, { at: now })
  else hidden(doc).delete(me)
}

/** Factors by member; who is not among them presents as often as is usual. */
export const sharesOf = (doc: Y.Doc): Map<string, Share['factor']> => new Map([...shares(doc).entries()].map(([member, { factor }]) => [member, factor]))

export const hiddenOf = (doc: Y.Doc): Set<string> => new Set(hidden(doc).keys())
