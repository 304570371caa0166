/**
 * Absences of members, in the live document of their group.
 *
 *   absences  nonce:memberId   days on which the member is away; only they say so
 *
 * One day or a long leave: both are a span. Whoever is away is not proposed to present.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { Day, type Span } from './days.ts'
import { newId } from './ids.ts'
import { idKey, records } from './room.ts'
import { all, notInFuture, ownOnly } from './rules.ts'

export const Absence = z
  .strictObject({ from: Day, to: Day, at: z.int().min(0) })
  .refine(({ from, to }) => from <= to, 'An absence ends on the day it begins, or later')
export type Absence = z.infer<typeof Absence>

export const absenceRecords = records({
  key: idKey(2),
  record: Absence,
  may: (c, actor, at) => all(ownOnly(c, actor), () => notInFuture(c.after?.at, at)),
})

const absences = (doc: Y.Doc) => doc.getMap<Absence>('absences')

/** Says that one is away. Returns the absence's key. */
export const sayAway = (doc: Y.Doc, away: Span & { me: string; now: number }): string => {
  const key = `${newId()}:${away.me}`
  absences(doc).set(key, { from: away.from, to: away.to, at: away.now })
  return key
}

export const takeBackAbsence = (doc: Y.Doc, key: string) => absences(doc).delete(key)

/** An absence as people see it. */
export interface MemberAbsence extends Absence {
  key: string
  member: string
}

/** All absences by their first day. */
export const absencesOf = (doc: Y.Doc): MemberAbsence[] =>
  [...absences(doc).entries()]
    .map(([key, absence]) => ({ ...absence, key, member: key.split(':')[1] ?? '' }))
    .sort((a, b) => a.from.localeCompare(b.from) || (a.key < b.key ? -1 : 1))

/** Whether a member is away on a day. */
export const isAway = (absences: readonly Pick<MemberAbsence, 'member' | 'from' | 'to'>[], member: string, day: Day): boolean =>
  absences.some(absence => absence.member === member && absence.from <= day && day <= absence.to)
