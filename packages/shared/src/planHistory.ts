/**
 * Who changed what in a group's plan, and when; in sentences. A step is often several changes of one moment: a paper that
 * moves leaves one session, enters another, and takes its people along. It is one sentence.
 */
import type { Day } from './days.ts'
import { type ReadingRole, readingRoles } from './readingRoles.ts'

/** The roots of the group's document whose history is kept. */
export const planRoots = ['sessions', 'sessionPapers', 'sessionGuests', 'readings', 'presenters'] as const
export type PlanRoot = (typeof planRoots)[number]

type Facts = Readonly<Record<string, string | number | boolean | null>>

export interface PlanChange {
  id: string
  /** The key of the session it is about; empty for a reading without one. */
  session: string
  at: number
  /** A member, `server`, or null where nobody knows. */
  by: string | null
  root: PlanRoot
  key: string
  /** What of the record the history tells; null where it was not there, or is gone. */
  before: Facts | null
  after: Facts | null
}

/** A sentence of the history: who, what they did in the past tense, and when. */
export interface PlanStep {
  id: string
  by: string | null
  at: number
  says: string
}

/** How the history names things. */
export interface Naming {
  /** A member, as the object of a sentence: "Bob", "you". */
  nameOf: (member: string) => string
  titleOf: (paper: string) => string
  dayOf: (day: Day) => string
  /** The day of a session as it is now; null when it is gone. */
  sessionDay: (session: string) => Day | null
}

const lastOf = (key: string) => key.slice(key.lastIndexOf(':') + 1)
const text = (facts: Facts | null, name: string): string => String(facts?.[name] ?? '')
const roleOf = (facts: Facts | null): ReadingRole => readingRoles.find(role => role === facts?.role) ?? 'reader'

/** The history in sentences, the latest first as the changes are. */
export function stepsOf(changes: readonly PlanChange[], naming: Naming): PlanStep[] {
  const days = daysIn(changes, naming)
  const told = new Set<string>()
  return changes.flatMap(change => {
    if (told.has(change.id)) return []
    const beside = changes.filter(other => other.id !== change.id && other.by === change.by && other.at === change.at)
    const moved = movedIn(change, beside)
    for (const { id } of moved?.all ?? []) told.add(id)
    if (moved === null && isSaidBeside(change, beside)) return []
    const says = moved === null ? sentence(change, { ...naming, days }) : `moved ${naming.titleOf(moved.paper)} ${fromTo(moved, days)}`
    return says === null ? [] : [{ id: change.id, by: change.by, at: change.at, says }]
  })
}

/** The day of each session, also of one that is gone, as far as its changes tell. */
const daysIn = (changes: readonly PlanChange[], { sessionDay, dayOf }: Naming) => {
  const known = new Map<string, Day>()
  for (const { root, key, before, after } of changes) if (root === 'sessions' && !known.has(key)) known.set(key, text(after ?? before, 'day'))
  return (session: string): string | null => {
    const day = sessionDay(session) ?? known.get(session)
    return day === undefined || day === null ? null : dayOf(day)
  }
}

const fromTo = ({ from, to }: { from: string; to: string }, days: (session: string) => string | null) =>
  [days(from) !== null && `from ${days(from)}`, `to ${days(to) ?? 'another session'}`].filter(Boolean).join(' ')

/** The move of a paper that a change is part of: out of one session, into another, at once. */
function movedIn(change: PlanChange, beside: readonly PlanChange[]): { paper: string; from: string; to: string; all: PlanChange[] } | null {
  if (change.root !== 'sessionPapers' && change.root !== 'readings' && change.root !== 'presenters') return null
  const papers = [change, ...beside].filter(({ root }) => root === 'sessionPapers')
  const paper = change.root === 'sessionPapers' ? lastOf(change.key) : text(change.after ?? change.before, 'paper')
  const of = (isIt: (candidate: PlanChange) => boolean) =>
    papers.find(candidate => isIt(candidate) && (change.root === 'presenters' || lastOf(candidate.key) === paper))
  const out = of(({ after }) => after === null)
  const into = of(({ before }) => before === null)
  if (out === undefined || into === undefined || lastOf(out.key) !== lastOf(into.key) || out.session === into.session) return null
  const isAlong = ({ root, key, session, before, after }: PlanChange) =>
    (root === 'readings' &&
      before !== null &&
      after !== null &&
      text(after, 'paper') === lastOf(out.key) &&
      before.session === out.session &&
      after.session === into.session) ||
    (root === 'presenters' && ((after === null && session === out.session) || (before === null && session === into.session)) && key !== '')
  if (change !== out && change !== into && !isAlong(change)) return null
  return { paper: lastOf(out.key), from: out.session, to: into.session, all: [out, into, ...[change, ...beside].filter(isAlong)] }
}

/** Whoever is handed a paper to present presents at its session, too: the paper says more. */
const isSaidBeside = ({ root, key }: PlanChange, beside: readonly PlanChange[]): boolean =>
  root === 'presenters' &&
  beside.some(other => other.root === 'readings' && [other.before, other.after].some(facts => facts?.role === 'presenter' && facts.member === lastOf(key)))

type Words = Naming & { days: (session: string) => string | null }

const sentence = (change: PlanChange, words: Words): string | null => {
  const { root, before, after } = change
  if (before === null && after === null) return null
  return sentences[root](change, words)
}

const on = (session: string, { days }: Words, word = 'for') => (days(session) === null ? '' : ` ${word} ${days(session)}`)
const nameOfSession = (session: string, { days }: Words) => days(session) ?? 'a session'

const sentences: Record<PlanRoot, (change: PlanChange, words: Words) => string | null> = {
  sessions: ({ before, after }, { dayOf }) => {
    const day = (facts: Facts | null) => dayOf(text(facts, 'day'))
    if (before === null) return `planned a session on ${day(after)}`
    if (after === null) return `took out the session of ${day(before)}`
    if (before.cancelled !== after.cancelled) return after.cancelled ? `called off ${day(after)}` : `put ${day(after)} on again`
    if (before.day !== after.day) return `moved the session of ${day(before)} to ${day(after)}`
    if (before.time !== after.time) return `set the time of ${day(after)} to ${text(after, 'time') || 'open'}`
    if (before.place !== after.place)
      return after.place === '' ? `took the place off ${day(after)}` : `set the place of ${day(after)} to ${text(after, 'place')}`
    if (before.title !== after.title) return after.title === '' ? `took the title off ${day(after)}` : `called ${day(after)} “${text(after, 'title')}”`
    return `changed how long ${day(after)} takes`
  },
  sessionPapers: ({ key, session, before, after }, words) => {
    const title = words.titleOf(lastOf(key))
    if (before === null) return `put ${title} into ${nameOfSession(session, words)}`
    if (after === null) return `took ${title} out of ${nameOfSession(session, words)}`
    if (before.part !== after.part) return after.part === '' ? `planned the whole of ${title}` : `planned ${text(after, 'part')} of ${title}`
    return `changed the order of papers${on(session, words)}`
  },
  sessionGuests: ({ session, before, after }, words) =>
    after === null ? `took ${text(before, 'name')} off${on(session, words)}` : `put ${text(after, 'name')} down as ${roleOf(after)}${on(session, words)}`,
  readings: ({ session, before, after }, words) => {
    const facts = after ?? before
    const member = words.nameOf(text(facts, 'member'))
    const paper = facts?.paper ? ` of ${words.titleOf(text(facts, 'paper'))}` : on(session, words)
    if (before === null) return `put ${member} down as ${roleOf(after)}${paper}`
    if (after === null) return `took ${member} off as ${roleOf(before)}${paper}`
    if (before.role !== after.role) return `made ${member} ${roleOf(after)}${paper}`
    if (before.part !== after.part) return `gave ${member} ${text(after, 'part') || 'the whole'}${paper}`
    if (before.due !== after.due) return `set the date of ${member}${paper} to ${after.due === null ? 'that of the session' : words.dayOf(text(after, 'due'))}`
    if (before.paper !== after.paper) return `chose ${words.titleOf(text(after, 'paper'))} for ${member}`
    return after.session === null
      ? `left the date of ${member}${paper} open`
      : `put the reading of ${member}${paper} to ${nameOfSession(text(after, 'session'), words)}`
  },
  presenters: ({ session, before, after }, words) => {
    const member = words.nameOf(text(after ?? before, 'member'))
    if (before === null) return `${after?.asked ? 'asked' : 'put'} ${member} ${after?.asked ? 'to present' : 'down to present'}${on(session, words, 'on')}`
    if (after === null) return `took ${member} off as presenter${on(session, words, 'of')}`
    return before.asked && !after.asked ? `agreed that ${member} present${on(session, words, 'on')}` : null
  },
}
