/** What an accepted swap may move, and when it may: what presenters, readings and answers are judged by. */
import { z } from 'zod'
import { Absence, isAway } from './absences.ts'
import { Day } from './days.ts'
import { Id, PairKey } from './ids.ts'
import { limits } from './limits.ts'
import type { Actor, Change, Circumstances } from './room.ts'

const Time = z.int().min(0)

export const Swap = z.strictObject({
  /** The session at which whoever asks presents. */
  mine: PairKey,
  /** Who is asked. */
  member: Id,
  /** The session at which they present, to be had for `mine`; null where they are asked to stand in. */
  theirs: PairKey.nullable(),
  note: z.string().max(limits.reasonLength),
  at: Time,
})
export type Swap = z.infer<typeof Swap>

export const SwapAnswer = z.strictObject({ accepted: z.boolean(), at: Time })
export type SwapAnswer = z.infer<typeof SwapAnswer>

/** A swap with who asked for it. */
export interface AskedSwap extends Swap {
  asker: string
}

/** What of a presenter's record counts here. */
const Turn = z.object({ turnOf: Id })
const turnIn = (record: unknown): string | undefined => Turn.safeParse(record).data?.turnOf

/** The places that a swap changes: who leaves, and who comes instead. */
export const movesOf = ({ mine, theirs, asker, member }: AskedSwap): { session: string; from: string; to: string }[] => [
  { session: mine, from: asker, to: member },
  ...(theirs === null ? [] : [{ session: theirs, from: member, to: asker }]),
]

/** The swap that the actor accepts in this very message, and that moves who presents at `session`. */
export function acceptedNow(session: string, actor: Actor, at: Circumstances): AskedSwap | null {
  for (const [key, record] of at.records('swaps')) {
    const swap = Swap.safeParse(record).data
    if (swap === undefined || swap.member !== actor.id || (swap.mine !== session && swap.theirs !== session)) continue
    const answer = `${key}:${actor.id}`
    const isNew = at.earlier('swapAnswers', answer) === undefined
    if (isNew && SwapAnswer.safeParse(at.record('swapAnswers', answer)).data?.accepted === true) return { ...swap, asker: key.split(':')[1] ?? '' }
  }
  return null
}

/** Whether a change of who presents is part of a swap that the actor accepts with it. That all of it is right, its answer is judged by. */
export function movesInSwap(c: Change<unknown>, actor: Actor, at: Circumstances): boolean {
  const swap = acceptedNow(c.key.slice(0, 2).join(':'), actor, at)
  return swap !== null && [swap.asker, swap.member].includes(c.key[2] ?? '')
}

/**
 * Whether an accepted swap may be, and the message does what it says and no more: both still presented where they did, now
 * each does where the other did, nobody speaks twice there or while away, and whose turn it was stays. Who stands in has had the turn.
 */
export function isDone(swap: AskedSwap, at: Circumstances): boolean {
  return movesOf(swap).every(({ session, from, to }) => {
    const [left, came] = [`${session}:${from}`, `${session}:${to}`]
    const turn = turnIn(at.earlier('presenters', left))
    const was = turn !== undefined && at.earlier('presenters', came) === undefined
    const isMoved = at.record('presenters', left) === undefined && turnIn(at.record('presenters', came)) === (swap.theirs === null ? to : turn)
    const day = DayOnly.safeParse(at.record('sessions', session)).data?.day
    return was && isMoved && day !== undefined && !isAway(absencesIn(at, to), to, day)
  })
}

const DayOnly = z.object({ day: Day })

const absencesIn = (at: Circumstances, member: string) =>
  [...at.records('absences')].flatMap(([key, record]) => {
    const absence = key.endsWith(`:${member}`) ? Absence.safeParse(record).data : undefined
    return absence === undefined ? [] : [{ ...absence, member }]
  })
