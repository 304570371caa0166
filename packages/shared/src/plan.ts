/**
 * The plan of a group as people see it: sessions by week, each with its papers and with who presents, discusses and reads
 * them. Pure views, and the acts that change several records at once.
 */
import type * as Y from 'yjs'
import { addDays, type Day, type Span, weekOf } from './days.ts'
import { type AssignedReading, changeReading, readingsOf, removeReading } from './group.ts'
import { type PlannedPaper, type PlannedSession, putPaper, removeSession, sessionsOf, takePaper } from './groupSessions.ts'
import { presentersOf, removePresenter, type SessionPresenter } from './presenters.ts'
import { readingRoles } from './readingRoles.ts'

/** A paper in a session, with all who read it for that. */
export interface PlanPaper extends PlannedPaper {
  readings: AssignedReading[]
}
export interface PlanSession extends Omit<PlannedSession, 'papers'> {
  papers: PlanPaper[]
  /** Those who have a part in the session while its paper is open, or read one that is not in it any more. */
  others: AssignedReading[]
  /** Who presents there, and none of its papers alone. */
  presenters: SessionPresenter[]
}
export interface PlanWeek extends Span {
  sessions: PlanSession[]
}

interface PlanOf {
  sessions: readonly PlannedSession[]
  readings: readonly AssignedReading[]
  presenters: readonly SessionPresenter[]
}

/** All sessions with everybody who has a part in them. */
export function planOf({ sessions, readings, presenters }: PlanOf): PlanSession[] {
  const home = homesOf(sessions)
  const bySession = Map.groupBy(readings, reading => home(reading) ?? reading.session ?? '')
  const presenting = Map.groupBy(presenters, ({ session }) => session)
  return sessions.map(session => {
    const here = bySession.get(session.key) ?? []
    const papers = session.papers.map(paper => ({ ...paper, readings: byRole(here.filter(reading => reading.paper === paper.paper)) }))
    const others = byRole(here.filter(reading => !session.papers.some(({ paper }) => paper === reading.paper)))
    const withPaper = new Set(here.flatMap(({ role, member }) => (role === 'presenter' ? [member] : [])))
    const alone = (presenting.get(session.key) ?? []).filter(({ member }) => !withPaper.has(member))
    return { ...session, papers, others, presenters: alone }
  })
}

/**
 * A reading stands with its paper in the session that it names. One that names none, or one that the paper has left while it
 * was handed out, stands in the session of the day that it is due, else in the paper's last one.
 */
const homesOf = (sessions: readonly PlannedSession[]) => {
  const of = new Map<string, PlannedSession[]>()
  for (const session of sessions) for (const { paper } of session.papers) of.set(paper, [...(of.get(paper) ?? []), session])
  return ({ paper, session, due }: AssignedReading): string | undefined => {
    const homes = paper === null ? [] : (of.get(paper) ?? [])
    return (homes.find(({ key }) => key === session) ?? homes.find(({ day }) => day === due) ?? homes.at(-1))?.key
  }
}

/** Presenters, then discussants, then readers; each in the order of handing out. */
const byRole = (readings: AssignedReading[]) => readings.sort((a, b) => readingRoles.indexOf(a.role) - readingRoles.indexOf(b.role) || a.at - b.at)

/** How many weeks are shown on either side of this one. */
export interface Reach {
  before: number
  after: number
}

export interface Weeks {
  /** Those that have sessions, and this week and the next in any case. */
  weeks: PlanWeek[]
  /** Sessions before and after the weeks shown. */
  earlier: number
  later: number
}

/** Sessions by week, as far as one looks. */
export function weeksOf(sessions: readonly PlanSession[], today: Day, { before, after }: Reach): Weeks {
  const now = weekOf(today)
  const from = addDays(now.from, -7 * before)
  const to = addDays(now.to, 7 * after)
  const shown = Map.groupBy(
    sessions.filter(({ day }) => day >= from && day <= to),
    ({ day }) => weekOf(day).from,
  )
  const starts = new Set([...shown.keys(), now.from, ...(after > 0 ? [addDays(now.from, 7)] : [])])
  return {
    weeks: [...starts].sort().map(start => ({ from: start, to: addDays(start, 6), sessions: shown.get(start) ?? [] })),
    earlier: sessions.filter(({ day }) => day < from).length,
    later: sessions.filter(({ day }) => day > to).length,
  }
}

/** The day of the last session before today that took place: votes since then are for what comes. */
export const lastSessionDay = (sessions: readonly Pick<PlannedSession, 'day' | 'cancelled'>[], today: Day): Day | null =>
  sessions.filter(({ day, cancelled }) => day < today && !cancelled).at(-1)?.day ?? null

interface Voted {
  id: string
  up: number
  down: number
}

/** Papers that no session from today on has: those with the most votes first. */
export function unplannedOf<T extends Voted>(papers: readonly T[], sessions: readonly PlannedSession[], today: Day): T[] {
  const planned = new Set(sessions.filter(({ day }) => day >= today).flatMap(session => session.papers.map(({ paper }) => paper)))
  return papers.filter(({ id }) => !planned.has(id)).sort((a, b) => b.up - b.down - (a.up - a.down))
}

/** Moves a paper into another session, at its end, with all who read it for the one it leaves. */
export const movePaper = (doc: Y.Doc, { paper, from, to, me, now }: { paper: string; from: string; to: string; me: string; now: number }) =>
  doc.transact(() => {
    const part = sessionsOf(doc)
      .find(({ key }) => key === from)
      ?.papers.find(each => each.paper === paper)?.part
    for (const { key } of readingsIn(doc, from, paper)) changeReading(doc, key, { session: to }, { me, now })
    takePaper(doc, from, paper)
    putPaper(doc, { session: to, paper, now, ...(part === undefined ? {} : { part }) })
  })

/** Takes a paper out of a session. Who reads it still does, but not for that session. */
export const takeOut = (doc: Y.Doc, { paper, session, me, now }: { paper: string; session: string; me: string; now: number }) =>
  doc.transact(() => {
    for (const { key } of readingsIn(doc, session, paper)) changeReading(doc, key, { session: undefined }, { me, now })
    takePaper(doc, session, paper)
  })

/**
 * Takes a session out with its papers and guests. Who reads one of them still does; who had a part without a paper has none,
 * and nobody presents there any more.
 */
export const takeSessionOut = (doc: Y.Doc, { session, me, now }: { session: string; me: string; now: number }) =>
  doc.transact(() => {
    for (const reading of readingsOf(doc).filter(reading => reading.session === session)) {
      if (reading.paper === null) removeReading(doc, reading.key)
      else changeReading(doc, reading.key, { session: undefined }, { me, now })
    }
    for (const { session: at, member } of presentersOf(doc)) if (at === session) removePresenter(doc, { session, member })
    removeSession(doc, session)
  })

const readingsIn = (doc: Y.Doc, session: string, paper: string) => readingsOf(doc).filter(reading => reading.session === session && reading.paper === paper)

/** Moves a paper up or down among those of its session. False where it stands at that end already. */
export const reorder = (doc: Y.Doc, { paper, session, by, now }: { paper: string; session: string; by: 1 | -1; now: number }): boolean => {
  const papers = sessionsOf(doc).find(({ key }) => key === session)?.papers ?? []
  const at = papers.findIndex(each => each.paper === paper)
  const next = papers[at + by]
  if (at === -1 || next === undefined) return false
  const beyond = papers[at + 2 * by]
  putPaper(doc, { session, paper, order: beyond === undefined ? next.order + by : (next.order + beyond.order) / 2, now })
  return true
}

/** The session before or after one, of those that take place. */
export const neighbour = (sessions: readonly PlanSession[], session: string, by: 1 | -1): PlanSession | undefined => {
  const open = sessions.filter(({ key, cancelled }) => key === session || !cancelled)
  return open[open.findIndex(({ key }) => key === session) + by]
}
