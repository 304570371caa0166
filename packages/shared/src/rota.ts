/**
 * Who is next to present. Pure: it replays the talks of a group and says who follows, and why.
 *
 * A member's weight is their factor ÷ (turns + 1). Turns are talks, those that are planned for later too, and a share of each
 * talk that was given while the member was away or not yet in the group: whoever comes back stands to the others as before,
 * whoever is new in the middle of them, and nobody makes up for a leave. Offers come first; then the greatest weight; of equals, whoever was
 * given a turn least recently.
 */
import { isAway, type MemberAbsence } from './absences.ts'
import { addDays, type Day } from './days.ts'

export interface RotaMember {
  id: string
  joined: Day
  /** How often one presents beside others: 1 as usual, 0.5 half as often, 0 never. */
  factor: number
}

export interface Talk {
  day: Day
  /** Who speaks. */
  member: string
  /** Whose turn it was, where two have swapped and both halves of the swap stand: the turns stay as they were. */
  turnOf?: string
  /** Since when they are down for it, and so were given a turn. Without it, its day. */
  since?: Day
}

export interface Rota {
  /** Of equals, the first here comes first. */
  members: readonly RotaMember[]
  /** Held and planned, in any order; co-presenters are talks of the same day. */
  talks: readonly Talk[]
  absences: readonly Pick<MemberAbsence, 'member' | 'from' | 'to'>[]
}

export interface Standing {
  member: string
  talks: number
  /** Turns that passed by while they were away or not there yet. */
  excused: number
  last: Day | null
  /** Talks that they are down for on later days, and the first of these. */
  later: number
  next: Day | null
  weight: number
}

export interface Proposal extends Standing {
  offered: boolean
}

interface Count extends RotaMember {
  /** The member's own absences: every talk of the past asks for them. */
  away: Rota['absences']
  talks: number
  turns: number
  excused: number
  last: Day | null
  later: number
  next: Day | null
  /** The last turn they were given, as `givenOrder` has it. */
  lastTurn: string
}

const weightOf = ({ factor, turns }: Pick<Count, 'factor' | 'turns'>) => factor / (turns + 1)

/** Where every member stands before a session on `day`; talks of that day do not count. */
export const standings = (rota: Rota, day: Day): Standing[] => countFor(rota, day).map(standing)

const standing = (count: Count): Standing => ({
  member: count.id,
  talks: count.talks,
  excused: count.excused,
  last: count.last,
  later: count.later,
  next: count.next,
  weight: weightOf(count),
})

const nothing = { talks: 0, turns: 0, excused: 0, last: null, later: 0, next: null, lastTurn: '' }

const givenOn = ({ day, since = day }: Talk): Day => (since < day ? since : day)
/** Turns in the order in which they were given; of one day, the earlier talk first. */
const givenOrder = (talk: Talk) => `${givenOn(talk)} ${talk.day}`

/** What is planned for later is a turn already, or somebody would be proposed again just before it. */
function countFor({ members, talks, absences }: Rota, day: Day): Count[] {
  const away = Map.groupBy(absences, absence => absence.member)
  const counts = members.map((member): Count => ({ ...member, ...nothing, away: away.get(member.id) ?? [] }))
  const of = new Map(counts.map(count => [count.id, count]))
  const others = talks.filter(talk => talk.day !== day).sort((a, b) => givenOrder(a).localeCompare(givenOrder(b)))
  for (const talk of others) {
    const turn = of.get(talk.turnOf ?? talk.member)
    if (turn === undefined) continue
    Object.assign(turn, { turns: turn.turns + 1, lastTurn: givenOrder(talk) })
    if (turn.factor > 0) excuse(counts, talk.day)
  }
  for (const talk of others) {
    const speaker = of.get(talk.member)
    if (speaker !== undefined) Object.assign(speaker, talk.day < day ? heldBy(speaker, talk.day) : planned(speaker, talk.day))
  }
  return counts
}

const heldBy = ({ talks, last }: Count, day: Day) => ({ talks: talks + 1, last: last === null || day > last ? day : last })
const planned = ({ later, next }: Count, day: Day) => ({ later: later + 1, next: next === null || day < next ? day : next })

/**
 * Whoever is not there for a talk neither falls behind nor gets ahead: they are given as much of a turn as each of those had
 * who are there. Talks of people who have left, or who present by their own will alone, took nobody's turn.
 */
function excuse(counts: readonly Count[], day: Day) {
  const isHere = (count: Count) => count.joined <= day && !isAway(count.away, count.id, day)
  const here = counts.reduce((sum, count) => sum + (isHere(count) ? count.factor : 0), 0)
  if (here === 0) return
  for (const count of counts) {
    if (count.factor === 0 || isHere(count)) continue
    const turns = count.turns + count.factor / here
    Object.assign(count, { turns, excused: count.excused + count.factor / here })
  }
}

/** Who could present on `day`, the next one first. Whoever is away, not in the group yet, or speaks that day already is not among them. */
export const proposals = (rota: Rota, day: Day, offers: readonly string[] = []): Proposal[] => {
  const taken = new Set(rota.talks.filter(talk => talk.day === day).map(talk => talk.member))
  const place = (id: string) => (offers.includes(id) ? offers.indexOf(id) : offers.length)
  return countFor(rota, day)
    .filter(({ id, joined, factor }) => factor > 0 && joined <= day && !taken.has(id) && !isAway(rota.absences, id, day))
    .sort((a, b) => place(a.id) - place(b.id) || weightOf(b) - weightOf(a) || a.lastTurn.localeCompare(b.lastTurn) || a.joined.localeCompare(b.joined))
    .map(count => ({ ...standing(count), offered: offers.includes(count.id) }))
}

/** Why somebody is proposed: "last presented 3 March, 2 talks, is down for 7 April, 1 turn passed by while away". */
export const reasonFor = ({ offered, last, talks, later, next, excused }: Proposal, dayName: (day: Day) => string, today: Day | null = null): string => {
  const away = Math.round(excused)
  return [
    offered && 'offers to present',
    last === null ? 'has not presented yet' : `${today !== null && last >= today ? 'before that on' : 'last presented'} ${dayName(last)}`,
    last !== null && (talks === 1 ? '1 talk' : `${talks} talks`),
    next !== null && `is down for ${dayName(next)}${later === 1 ? '' : ` and ${later - 1} more`}`,
    away > 0 && (away === 1 ? '1 turn passed by while away' : `${away} turns passed by while away`),
  ]
    .filter(Boolean)
    .join(', ')
}

/**
 * How unequal counts are: 0 when all are the same, towards 1 when one member has them all. The Gini coefficient, half of
 * the mean difference of all pairs over the mean.
 */
export const gini = (counts: readonly number[]): number => {
  const sum = counts.reduce((all, count) => all + count, 0)
  if (sum === 0) return 0
  const ranked = [...counts].sort((a, b) => a - b)
  return ranked.reduce((all, count, rank) => all + (2 * (rank + 1) - counts.length - 1) * count, 0) / (counts.length * sum)
}

/** Exchanges whose talk is when: what both have agreed to. Null where one of them would speak while away, or there is nothing to swap. */
export const swapped = ({ talks, absences }: Pick<Rota, 'talks' | 'absences'>, one: Talk, other: Talk): Talk[] | null => {
  const hasMoved = one.turnOf !== undefined || other.turnOf !== undefined
  if (hasMoved || one.member === other.member || one.day === other.day) return null
  if (isAway(absences, one.member, other.day) || isAway(absences, other.member, one.day)) return null
  const isTwice = (member: string, day: Day) => talks.some(talk => talk.day === day && talk.member === member)
  if (isTwice(one.member, other.day) || isTwice(other.member, one.day)) return null
  return talks.map(talk =>
    talk === one ? { ...one, member: other.member, turnOf: one.member } : talk === other ? { ...other, member: one.member, turnOf: other.member } : talk,
  )
}

/** The day after the last talk that is held or planned: from when on the rota is free. */
export const freeFrom = (talks: readonly Talk[], today: Day): Day => talks.reduce((free, { day }) => (day >= free ? addDays(day, 1) : free), today)
