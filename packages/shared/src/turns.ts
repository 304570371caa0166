/**
 * The rota and the ledger of a group, from the records of its document. Pure: what is there is passed in.
 *
 * A talk is a presenter of a session that takes place, or where a paper is presented without a session, a reading of the
 * role `presenter` that is due on a day; both on one day are one talk.
 */
import type { MemberAbsence } from './absences.ts'
import { type Day, dayAt } from './days.ts'
import type { AssignedReading } from './group.ts'
import type { PlannedSession } from './groupSessions.ts'
import type { Role } from './members.ts'
import type { SessionPresenter, SessionSkip } from './presenters.ts'
import { gini, type Proposal, proposals, type Rota, standings, type Talk } from './rota.ts'
import type { Share } from './shares.ts'
import { type OpenOffer, offersFor } from './standingOffers.ts'

export interface TurnsOf {
  sessions: readonly Pick<PlannedSession, 'key' | 'day' | 'cancelled'>[]
  presenters: readonly SessionPresenter[]
  readings: readonly Pick<AssignedReading, 'member' | 'role' | 'due' | 'session' | 'at'>[]
  absences: readonly MemberAbsence[]
  shares: ReadonlyMap<string, Share['factor']>
  /** Whoever has left presents no more. */
  members: readonly { id: string; role: Role; joinedAt: number; gone: boolean }[]
  timeZone: string
}

/** What the rota goes by. Guests present when they are asked by hand. */
export const rotaOf = (of: TurnsOf): Rota => ({
  members: of.members
    .filter(({ gone }) => !gone)
    .sort((a, b) => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1))
    .map(({ id, role, joinedAt }) => ({ id, joined: dayAt(joinedAt, of.timeZone), factor: role === 'guest' ? 0 : (of.shares.get(id) ?? 1) })),
  talks: talksOf(of),
  absences: of.absences,
})

/** All talks, held and planned; each member once a day. */
export function talksOf({ sessions, presenters, readings, timeZone }: Pick<TurnsOf, 'sessions' | 'presenters' | 'readings' | 'timeZone'>): Talk[] {
  const held = new Map(sessions.filter(({ cancelled }) => !cancelled).map(({ key, day }) => [key, day]))
  const off = new Set(sessions.filter(({ day, cancelled }) => cancelled && ![...held.values()].includes(day)).map(({ day }) => day))
  const talks = new Map<string, Talk>()
  const isSwapped = standingSwaps(presenters.filter(({ session }) => held.has(session)))
  for (const { session, member, turnOf, at } of presenters) {
    const day = held.get(session)
    if (day !== undefined) talks.set(`${day} ${member}`, { day, member, ...(isSwapped(member, turnOf) ? { turnOf } : {}), since: dayAt(at, timeZone) })
  }
  for (const { member, role, due, session, at } of readings)
    if (role === 'presenter' && session === undefined && due !== null && !off.has(due) && !talks.has(`${due} ${member}`))
      talks.set(`${due} ${member}`, { day: due, member, since: dayAt(at, timeZone) })
  return [...talks.values()]
}

/**
 * Whether a swap stands, over however many members: who speaks in another's turn is owed one, round to themselves. Where
 * one of them has skipped since, whoever speaks has the turn.
 */
function standingSwaps(presenters: readonly Pick<SessionPresenter, 'member' | 'turnOf'>[]) {
  const owed = Map.groupBy(
    presenters.filter(({ member, turnOf }) => member !== turnOf),
    ({ member }) => member,
  )
  const leads = (from: string, to: string, seen: Set<string>): boolean =>
    (owed.get(from) ?? []).some(({ turnOf }) => turnOf === to || (!seen.has(turnOf) && leads(turnOf, to, seen.add(turnOf))))
  return (member: string, turnOf: string): boolean => member !== turnOf && leads(turnOf, member, new Set([turnOf]))
}

export interface Candidate extends Proposal {
  /** The offer that brings them to the front. */
  offer: OpenOffer | null
}

/** Who could present at a session, the next one first: as the rota says, less whoever skips it. */
export function candidatesFor(
  rota: Rota,
  session: Pick<PlannedSession, 'key' | 'day' | 'papers'>,
  { offers, skips }: { offers: readonly OpenOffer[]; skips: readonly Pick<SessionSkip, 'session' | 'member'>[] },
): Candidate[] {
  const out = new Set(skips.filter(skip => skip.session === session.key).map(({ member }) => member))
  const here = offersFor(offers, session.papers)
  const offering = [...new Set(here.map(({ member }) => member))]
  return proposals(rota, session.day, offering)
    .filter(({ member }) => !out.has(member))
    .map(proposal => ({ ...proposal, offer: here.find(({ member }) => member === proposal.member) ?? null }))
}

/**
 * Who could present at each of the coming sessions. Each counts as held by whoever is proposed, where nobody presents
 * yet: nobody is proposed for all of them.
 */
export function candidatesAhead(
  rota: Rota,
  sessions: readonly Pick<PlannedSession, 'key' | 'day' | 'papers'>[],
  known: { offers: readonly OpenOffer[]; skips: readonly Pick<SessionSkip, 'session' | 'member'>[]; taken: ReadonlySet<string> },
): Map<string, Candidate[]> {
  const talks = [...rota.talks]
  let { offers } = known
  const ahead = new Map<string, Candidate[]>()
  for (const session of sessions) {
    const candidates = candidatesFor({ ...rota, talks }, session, { ...known, offers })
    ahead.set(session.key, candidates)
    const [next] = candidates
    if (next === undefined || known.taken.has(session.key)) continue
    // Nobody was given it yet, so it comes after whatever was.
    talks.push({ day: session.day, member: next.member })
    offers = offers.filter(offer => offer !== next.offer)
  }
  return ahead
}

/** A member's row in the ledger. */
export interface LedgerRow {
  member: string
  /** Held, and planned from today on. */
  presented: number
  planned: number
  discussed: number
  /** Offers of theirs that were taken up. */
  offers: number
  /** Turns that passed by while they were away or not there yet. */
  excused: number
  last: Day | null
  factor: number
}

export interface Ledger {
  rows: LedgerRow[]
  /** How many keep out of it: they are in no row and in no figure. */
  hidden: number
  /** Of talks held, among those shown who are to present; 0 is equal. */
  gini: number
}

/** Who has done how much, whoever presented most first. The one who looks sees their own row, hidden or not. */
export function ledgerOf(of: TurnsOf, { today, hidden, me }: { today: Day; hidden: ReadonlySet<string>; me: string }): Ledger {
  const rota = rotaOf(of)
  const excused = new Map(standings(rota, today).map(({ member, excused, last }) => [member, { excused, last }]))
  const byMember = Map.groupBy(rota.talks, ({ member }) => member)
  const rows = rota.members.map(({ id, factor }): LedgerRow => {
    const talks = byMember.get(id) ?? []
    return {
      member: id,
      presented: talks.filter(({ day }) => day < today).length,
      planned: talks.filter(({ day }) => day >= today).length,
      discussed: of.readings.filter(({ member, role, due }) => member === id && role === 'discussant' && due !== null && due < today).length,
      offers: of.presenters.filter(({ member, way }) => member === id && way === 'offer').length,
      excused: Math.round(excused.get(id)?.excused ?? 0),
      last: excused.get(id)?.last ?? null,
      factor,
    }
  })
  const open = rows.filter(({ member }) => !hidden.has(member))
  const shown = rows.filter(({ member }) => member === me || !hidden.has(member))
  return {
    rows: shown.sort((a, b) => b.presented - a.presented || b.planned - a.planned || (a.member < b.member ? -1 : 1)),
    hidden: rows.length - open.length,
    gini: gini(open.filter(({ factor }) => factor > 0).map(({ presented }) => presented)),
  }
}
