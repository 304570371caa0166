/**
 * The agenda of a meeting, in its live document:
 *
 *   plan      'plan'     by which rule papers are ranked, and until when votes count; written by the server
 *   agenda    paperId    what was said of a paper by hand: its place, or that it is off; by whoever leads
 *   rankings  memberId   papers in the order in which a member wants them, for ranked choice
 *   counted   'counted'  that votes are counted, and of what time; written by the server
 *   standing  paperId    the votes and offers of a paper as they were counted; written by the server
 *
 * Until the votes are counted the agenda is worked out anew from those of the moment. From then on it follows from what is
 * in the document alone: votes that come later change nothing, and why a paper won can be told at any time.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { AgendaRule, type Candidate, type CastVote, defaultAgendaRule, type PastProposals, type Standing, workAmong } from './agendaRules.ts'
import { Day } from './days.ts'
import { inOwnName, mayLead, takesPart } from './floorRules.ts'
import { Id } from './ids.ts'
import { limits } from './limits.ts'
import { meetingOf } from './meetingFloor.ts'
import { type Change, type Circumstances, idKey, type Records, records, type Verdict } from './room.ts'
import { all, meetingGoesOn, notInFuture, ownOnly, refuse, serverOnly } from './rules.ts'

const Time = z.int().min(0)

export const AgendaPlan = z.strictObject({
  rule: AgendaRule,
  /** Votes count that were cast after that; null: after those of the meeting before. */
  votesFrom: Time.nullable().default(null),
  /** Votes that come later count for the next meeting; null: those until it starts. */
  votesCloseAt: Time.nullable(),
})
export type AgendaPlan = z.infer<typeof AgendaPlan>

export const agendaStates = ['planned', 'dropped', 'carried'] as const
export const AgendaEntry = z
  .strictObject({
    /** `carried`: the meeting did not get to it, the next one will. */
    state: z.enum(agendaStates),
    /** From 1, with fractions; null for where its votes put it. */
    place: z.number().gt(0).max(1e6).nullable(),
    /** Its time box; null as usual. */
    minutes: z.int().min(1).max(limits.itemMinutes).nullable(),
    presenter: Id.nullable(),
    /** Who said so; null for the server. */
    by: Id.nullable(),
    at: Time,
  })
  .refine(({ state, place }) => state !== 'dropped' || place === null, 'What is off the agenda has no place on it')
export type AgendaEntry = z.infer<typeof AgendaEntry>

export const AgendaRanking = z.strictObject({
  papers: z
    .array(Id)
    .min(1)
    .max(limits.agendaPapers)
    .refine(papers => new Set(papers).size === papers.length, 'A paper stands twice'),
  at: Time,
})
export type AgendaRanking = z.infer<typeof AgendaRanking>

export const CountedVotes = z.strictObject({
  /** Votes that were cast after `from`, until `until`. */
  from: Time,
  until: Time,
  /** What became of earlier proposals: for the boost. */
  past: z.array(z.tuple([Id, z.int().min(0), z.int().min(0)])),
  at: Time,
})
export type CountedVotes = z.infer<typeof CountedVotes>

export const CountedPaper = z.strictObject({
  /** Who voted what, when, and on the board of which day. */
  votes: z.array(z.tuple([Id, z.union([z.literal(1), z.literal(-1)]), Time, Day.optional()])),
  offers: z.array(z.tuple([Id, Time])),
  proposer: Id.nullable(),
  carried: z.int().min(0),
  /** Its other ids, where it has some. */
  also: z.array(Id).optional(),
})
export type CountedPaper = z.infer<typeof CountedPaper>

const only = (name: string) => (key: string) => (key === name ? [key] : null)
const isCounted = (at: Pick<Circumstances, 'record'>) => at.record('counted', 'counted') !== undefined

/** Until votes close, or the meeting starts. */
const votesOpen = (at: Circumstances): Verdict => {
  const closeAt = AgendaPlan.safeParse(at.record('plan', 'plan')).data?.votesCloseAt ?? null
  return refuse(isCounted(at) || (closeAt !== null && at.now > closeAt), 'votes-closed')
}

/** Once the agenda is set, what it had stays to be seen: a paper is dropped, not taken out. */
const staysOnceSet = (c: Change<AgendaEntry>, at: Circumstances): Verdict => {
  const state = meetingStateIn(at)
  return refuse(c.after === undefined && state !== 'planned', 'agenda-set')
}
const meetingStateIn = (at: Pick<Circumstances, 'record'>): string => {
  const record = at.record('meeting', 'meeting')
  return typeof record === 'object' && record !== null && 'state' in record ? String(record.state) : 'planned'
}

const roomFor = (c: Change<AgendaEntry>, at: Circumstances): Verdict => {
  if (c.after === undefined || c.before() !== undefined) return null
  let count = 1
  for (const [key] of at.records('agenda')) if (key !== c.key[0]) count++
  return refuse(count > limits.agendaEntries, 'agenda-full')
}

export const agendaRoots: Record<'plan' | 'agenda' | 'rankings' | 'counted' | 'standing', Records> = {
  plan: records({ key: only('plan'), record: AgendaPlan, may: (_, actor) => serverOnly(actor) }),
  agenda: records({
    key: idKey(1),
    record: AgendaEntry,
    may: (c, actor, at) =>
      actor.role === 'server'
        ? null
        : all(
            meetingGoesOn(at),
            () => mayLead(actor, at),
            () => (c.after === undefined ? null : inOwnName({ by: c.after.by ?? '' }, actor)),
            () => staysOnceSet(c, at),
            () => notInFuture(c.after?.at, at),
            () => roomFor(c, at),
          ),
  }),
  rankings: records({
    key: idKey(1),
    record: AgendaRanking,
    may: (c, actor, at) =>
      all(
        takesPart(actor, at),
        () => ownOnly(c, actor),
        () => votesOpen(at),
        () => notInFuture(c.after?.at, at),
      ),
  }),
  counted: records({ key: only('counted'), record: CountedVotes, may: (_, actor) => serverOnly(actor) }),
  standing: records({ key: idKey(1), record: CountedPaper, may: (_, actor) => serverOnly(actor) }),
}

const plans = (doc: Y.Doc) => doc.getMap<AgendaPlan>('plan')
const entries = (doc: Y.Doc) => doc.getMap<AgendaEntry>('agenda')
const rankings = (doc: Y.Doc) => doc.getMap<AgendaRanking>('rankings')
const counted = (doc: Y.Doc) => doc.getMap<CountedVotes>('counted')
const standing = (doc: Y.Doc) => doc.getMap<CountedPaper>('standing')

export const planOf = (doc: Y.Doc): AgendaPlan => ({ rule: defaultAgendaRule, votesFrom: null, votesCloseAt: null, ...plans(doc).get('plan') })
export const entriesOf = (doc: Y.Doc): Map<string, AgendaEntry> => new Map(entries(doc).entries())
export const rankingsOf = (doc: Y.Doc): Map<string, string[]> => new Map([...rankings(doc).entries()].map(([member, { papers }]) => [member, papers]))
/** Null while votes still count. */
export const countedOf = (doc: Y.Doc): CountedVotes | null => counted(doc).get('counted') ?? null

/** What was counted, as the rules read it; null while votes still count. */
export const standingOf = (doc: Y.Doc): Standing | null => {
  const count = countedOf(doc)
  if (count === null) return null
  const candidates = [...standing(doc).entries()].map(
    ([paper, { votes, offers, proposer, carried, also }]): Candidate => ({
      paper,
      ...(also === undefined ? {} : { also }),
      votes: votes.map(([member, value, at, board]) => ({ member, value, at, ...(board === undefined ? {} : { board }) })),
      offers: offers.map(([member, at]) => ({ member, at })),
      proposer,
      carried,
    }),
  )
  return { candidates, past: count.past.map(([member, proposed, discussed]) => ({ member, proposed, discussed })), rankings: rankingsOf(doc) }
}

/** The papers of a meeting that has started, in order; what was dropped meanwhile is not among them. */
export const setAgendaOf = (doc: Y.Doc): (AgendaEntry & { paper: string })[] =>
  [...entries(doc).entries()]
    .filter(([, { state }]) => state !== 'dropped')
    .map(([paper, entry]) => ({ ...entry, paper }))
    .sort(byPlace)

/** Of two in one place, whoever was put there first. */
export const byPlace = (a: AgendaEntry & { paper: string }, b: AgendaEntry & { paper: string }): number =>
  (a.place ?? Number.POSITIVE_INFINITY) - (b.place ?? Number.POSITIVE_INFINITY) || a.at - b.at || (a.paper < b.paper ? -1 : 1)

// What whoever leads does.

interface By {
  me: string
  now: number
}
const blank: Omit<AgendaEntry, 'by' | 'at'> = { state: 'planned', place: null, minutes: null, presenter: null }

/** Says something of a paper by hand; what is not said stays as it was. */
export const setEntry = (doc: Y.Doc, paper: string, change: Partial<Omit<AgendaEntry, 'by' | 'at'>>, { me, now }: By): void => {
  entries(doc).set(paper, entryAfter(entries(doc).get(paper), change, { me, now }))
}

/** The record as it would be after a change: what is off the agenda has no place. */
export const entryAfter = (before: AgendaEntry | undefined, change: Partial<Omit<AgendaEntry, 'by' | 'at'>>, { me, now }: By): AgendaEntry => {
  const after = { ...blank, ...before, ...change, by: me, at: now }
  return after.state === 'dropped' ? { ...after, place: null } : after
}

/** Lets the votes decide on a paper again, under whichever of its ids something was said of it. */
export const leaveToVotes = (doc: Y.Doc, ids: readonly string[]): void =>
  doc.transact(() => {
    for (const id of ids) entries(doc).delete(id)
  })

/** Puts papers in the order in which I want them; none takes my order back. */
export const rankPapers = (doc: Y.Doc, { papers, me, now }: By & { papers: readonly string[] }): void => {
  if (papers.length === 0) rankings(doc).delete(me)
  else rankings(doc).set(me, { papers: papers.slice(0, limits.agendaPapers), at: now })
}

// What the server does.

export const setPlan = (doc: Y.Doc, plan: AgendaPlan): void => {
  if (JSON.stringify(plans(doc).get('plan')) !== JSON.stringify(plan)) plans(doc).set('plan', plan)
}

const countedVote = ({ member, value, at, board }: CastVote): CountedPaper['votes'][number] => {
  const sign = value > 0 ? 1 : -1
  return board === undefined ? [member, sign, at] : [member, sign, at, board]
}

/** Writes down what counts, once. */
export const countVotes = (doc: Y.Doc, of: Pick<Standing, 'candidates' | 'past'> & { from: number; until: number; now: number }): void => {
  if (countedOf(doc) !== null) return
  doc.transact(() => {
    for (const { paper, also, votes, offers, proposer, carried } of of.candidates)
      standing(doc).set(paper, {
        ...(also === undefined ? {} : { also: [...also] }),
        votes: votes.map(countedVote),
        offers: offers.map(({ member, at }) => [member, at]),
        proposer,
        carried,
      })
    const past = of.past.map(({ member, proposed, discussed }: PastProposals): [string, number, number] => [member, proposed, discussed])
    counted(doc).set('counted', { from: of.from, until: of.until, past, at: of.now })
  })
}

/** Takes back that votes are counted, before the meeting starts: an organizer lets them go on. */
export const countAgain = (doc: Y.Doc): void => {
  if (countedOf(doc) === null || meetingOf(doc).state !== 'planned') return
  doc.transact(() => {
    for (const paper of [...standing(doc).keys()]) standing(doc).delete(paper)
    counted(doc).delete('counted')
  })
}

/** Sets the agenda: each paper has its place from now on, and none is left to votes. */
export const setAgenda = (doc: Y.Doc, papers: readonly { paper: string; minutes: number | null; presenter: string | null }[], now: number): void =>
  doc.transact(() => {
    const on = new Set(papers.map(({ paper }) => paper))
    const workOf = workAmong(standingOf(doc)?.candidates ?? [])
    // What is on under one of its ids is under no other.
    for (const [id, { state }] of entriesOf(doc)) if (!on.has(id) && (state !== 'dropped' || on.has(workOf(id)))) entries(doc).delete(id)
    for (const [i, { paper, minutes, presenter }] of papers.entries())
      entries(doc).set(paper, { state: 'planned', place: i + 1, minutes, presenter, by: null, at: now })
  })

/** Marks what the meeting did not get to. */
export const carryOver = (doc: Y.Doc, papers: readonly string[], now: number): void => {
  for (const paper of papers) {
    const before = entries(doc).get(paper)
    if (before?.state === 'planned') entries(doc).set(paper, { ...before, state: 'carried', by: null, at: now })
  }
}
