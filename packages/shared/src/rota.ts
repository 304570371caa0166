/**
 * Who is next to present. Pure: it replays the talks of a group and says who follows, and why.
 *
 * A member's weight is their factor ÷ (turns + 1). Turns are talks, and the turns that passed by while the member was
 * away or not yet in the group: whoever comes back, or is new, stands beside those who have presented least and need not
 * make up for it. Offers come first; then the greatest weight; of equals, whoever presented least recently.
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
  /** Of the last turn, which a swap leaves where it was. */
  lastTurn: Day | null
}

const weightOf = ({ factor, turns }: Pick<Count, 'factor' | 'turns'>) => factor / (turns + 1)

/** Where every member stands before a session on `day`; talks of that day and later do not count. */
export const standings = (rota: Rota, day: Day): Standing[] => countBefore(rota, day).map(standing)

const standing = (count: Count): Standing => ({
  member: count.id,
  talks: count.talks,
  excused: count.excused,
  last: count.last,
  weight: weightOf(count),
})

function countBefore({ members, talks, absences }: Rota, day: Day): Count[] {
  const away = Map.groupBy(absences, absence => absence.member)
  const counts = members.map((member): Count => ({ ...member, away: away.get(member.id) ?? [], talks: 0, turns: 0, excused: 0, last: null, lastTurn: null }))
  const byDay = Map.groupBy(talks, talk => talk.day)
  for (const at of [...byDay.keys()].filter(at => at < day).sort()) {
    excuse(counts, at)
    for (const talk of byDay.get(at) ?? []) {
      const speaker = counts.find(({ id }) => id === talk.member)
      const turn = counts.find(({ id }) => id === (talk.turnOf ?? talk.member))
      if (speaker !== undefined) Object.assign(speaker, { talks: speaker.talks + 1, last: at })
      if (turn !== undefined) Object.assign(turn, { turns: turn.turns + 1, lastTurn: at })
    }
  }
  excuse(counts, day)
  return counts
}

/** Whoever is not there falls behind nobody who is: their turns are brought up to the least of those present. */
function excuse(counts: readonly Count[], day: Day) {
  const isHere = (count: Count) => count.joined <= day && !isAway(count.away, count.id, day)
  const greatest = Math.max(0, ...counts.filter(isHere).map(weightOf))
  if (greatest === 0) return
  for (const count of counts) {
    if (isHere(count) || count.factor === 0) continue
    const least = Math.max(count.turns, count.factor / greatest - 1)
    Object.assign(count, { turns: least, excused: count.excused + least - count.turns })
  }
}

/** Who could present on `day`, the next one first. Whoever is away, not in the group yet, or speaks that day already is not among them. */
export const proposals = (rota: Rota, day: Day, offers: readonly string[] = []): Proposal[] => {
  const taken = new Set(rota.talks.filter(talk => talk.day === day).map(talk => talk.member))
  const place = (id: string) => (offers.includes(id) ? offers.indexOf(id) : offers.length)
  return countBefore(rota, day)
    .filter(({ id, joined, factor }) => factor > 0 && joined <= day && !taken.has(id) && !isAway(rota.absences, id, day))
    .sort(
      (a, b) =>
        place(a.id) - place(b.id) || weightOf(b) - weightOf(a) || (a.lastTurn ?? '').localeCompare(b.lastTurn ?? '') || a.joined.localeCompare(b.joined),
    )
    .map(count => ({ ...standing(count), offered: offers.includes(count.id) }))
}

/** Why somebody is proposed: "last presented 3 March, 2 talks, 1 turn passed by while away"; of what is planned, "next on". */
export const reasonFor = ({ offered, last, talks, excused }: Proposal, dayName: (day: Day) => string, today: Day | null = null): string => {
  const away = Math.round(excused)
  return [
    offered && 'offers to present',
    last === null ? 'has not presented yet' : `${today !== null && last >= today ? 'before that on' : 'last presented'} ${dayName(last)}`,
    last !== null && (talks === 1 ? '1 talk' : `${talks} talks`),
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
    talk === one
      ? { day: one.day, member: other.member, turnOf: one.member }
      : talk === other
        ? { day: other.day, member: one.member, turnOf: other.member }
        : talk,
  )
}

/** The day after the last talk that is held or planned: from when on the rota is free. */
export const freeFrom = (talks: readonly Talk[], today: Day): Day => talks.reduce((free, { day }) => (day >= free ? addDays(day, 1) : free), today)
