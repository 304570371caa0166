/** What follows on a meeting: the next session, its papers, and who presents them. Pure. */
import { addDays, type Day } from './days.ts'
import type { PlannedSession } from './groupSessions.ts'

/** When the group meets next: at a session that is planned, or a week after this meeting. */
export interface NextTime {
  /** Null where none is planned. */
  session: string | null
  day: Day
  time: string | null
}

/** The first session after `day` that takes place and is not the one that was held; else the same time a week later. */
export function nextTime(sessions: readonly PlannedSession[], { day, held }: { day: Day; held: string | null }): NextTime {
  const next = sessions.find(({ key, day: on, cancelled }) => !cancelled && key !== held && on > day)
  if (next !== undefined) return { session: next.key, day: next.day, time: next.time }
  return { session: null, day: addDays(day, 7), time: sessions.find(({ key }) => key === held)?.time ?? null }
}

/** Who could present a paper, and why they. */
export interface ProposedPresenter {
  member: string
  why: 'offers' | 'rota'
}

/** For each paper whoever offers to present it, and else whoever is next; nobody twice as long as there are others. */
export function presentersFor(papers: readonly { paper: string; offers: readonly string[] }[], next: readonly string[]): Map<string, ProposedPresenter> {
  const proposed = new Map<string, ProposedPresenter>()
  const taken = new Set<string>()
  const take = (paper: string, member: string | undefined, why: ProposedPresenter['why']) => {
    if (member === undefined) return
    proposed.set(paper, { member, why })
    taken.add(member)
  }
  for (const { paper, offers } of papers) take(paper, offers.find(member => !taken.has(member)) ?? offers[0], 'offers')
  for (const { paper } of papers)
    if (!proposed.has(paper))
      take(
        paper,
        next.find(member => !taken.has(member)),
        'rota',
      )
  return proposed
}
