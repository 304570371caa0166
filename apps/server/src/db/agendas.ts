/** What counts for the agenda of a meeting: votes and offers since the one before, read from the projections; and what became of papers in meetings. */
import type { CastOffer } from '@paperboard/shared/agendaRules'
import { and, desc, eq, gt, inArray, isNotNull, lt, ne } from 'drizzle-orm'
import type { Database } from './database.ts'
import type { MeetingRow } from './meetings.ts'
import { chunked } from './papers.ts'

/** What became of a paper that stood for a meeting: `passed` was not on its agenda. */
export type MeetingPaperState = 'discussed' | 'carried' | 'dropped' | 'passed'

export interface MeetingPaper {
  meeting: string
  group: string
  paper: string
  state: MeetingPaperState
  /** On the agenda, from 1; null for what was not on it. */
  place: number | null
  /** ms that the meeting spent on it. */
  spent: number
  /** How often it was carried over before. */
  carried: number
  /** Votes for it count that were cast after that. */
  votesFrom: number
  proposer: string | null
}

/** The last meeting of a group that had started before a time. */
export async function meetingBefore(db: Database, group: string, { id, before }: { id: string; before: number }): Promise<MeetingRow | null> {
  const { meetings: m } = db.t
  const [row] = await db.sql
    .select()
    .from(m)
    .where(and(eq(m.group, group), ne(m.id, id), isNotNull(m.startedAt), lt(m.startedAt, before)))
    .orderBy(desc(m.startedAt))
    .limit(1)
  return row ?? null
}

/** Meetings that have not started, and whose votes are to be closed by now. */
export function meetingsClosing(db: Database, now: number): Promise<MeetingRow[]> {
  const { meetings: m } = db.t
  return db.sql
    .select()
    .from(m)
    .where(and(isNotNull(m.votesCloseAt), lt(m.votesCloseAt, now + 1), gt(m.votesCloseAt, now - 7 * 86_400_000)))
}

/** Papers that somebody voted on, or offered to present, after a time. */
export async function papersWantedAfter(db: Database, group: string, after: number): Promise<string[]> {
  const { votes: v, offers: o } = db.t
  const voted = await db.sql
    .selectDistinct({ paper: v.paper })
    .from(v)
    .where(and(eq(v.group, group), gt(v.at, after)))
  const offered = await db.sql
    .selectDistinct({ paper: o.paper })
    .from(o)
    .where(and(eq(o.group, group), gt(o.at, after)))
  return [...new Set([...voted, ...offered].map(({ paper }) => paper))]
}

export async function offersOf(db: Database, group: string, papers: readonly string[]): Promise<(CastOffer & { paper: string })[]> {
  const { offers: t } = db.t
  const found: (CastOffer & { paper: string })[] = []
  for (const some of chunked(papers))
    found.push(
      ...(await db.sql
        .select({ paper: t.paper, member: t.member, at: t.at })
        .from(t)
        .where(and(eq(t.group, group), inArray(t.paper, some)))),
    )
  return found
}

/** What became of the papers of a meeting, in the order of its agenda. */
export function papersOfMeeting(db: Database, meeting: string): Promise<MeetingPaper[]> {
  const { meetingPapers: t } = db.t
  return db.sql.select().from(t).where(eq(t.meeting, meeting)).orderBy(t.place, t.paper)
}

/** How many papers each member has proposed for the last meetings, and how many of them were discussed. */
export async function pastProposals(db: Database, group: string, meetings: number): Promise<{ member: string; proposed: number; discussed: number }[]> {
  const { meetings: m, meetingPapers: t } = db.t
  const last = await db.sql
    .select({ id: m.id })
    .from(m)
    .where(and(eq(m.group, group), isNotNull(m.endedAt)))
    .orderBy(desc(m.endedAt))
    .limit(meetings)
  if (last.length === 0) return []
  const rows = await db.sql
    .select({ member: t.proposer, paper: t.paper, state: t.state })
    .from(t)
    .where(
      and(
        inArray(
          t.meeting,
          last.map(({ id }) => id),
        ),
        isNotNull(t.proposer),
      ),
    )
  const byMember = Map.groupBy(rows, ({ member }) => member ?? '')
  return [...byMember]
    .map(([member, of]) => ({
      member,
      // A paper that stood for several meetings was proposed once.
      proposed: new Set(of.map(({ paper }) => paper)).size,
      discussed: new Set(of.filter(({ state }) => state === 'discussed').map(({ paper }) => paper)).size,
    }))
    .sort((a, b) => (a.member < b.member ? -1 : 1))
}

/** Writes down what became of the papers of a meeting; again, as it is then. */
export async function setMeetingPapers(db: Database, meeting: string, papers: readonly MeetingPaper[]): Promise<void> {
  const { meetingPapers: t } = db.t
  await db.transaction(async tx => {
    await tx.sql.delete(t).where(eq(t.meeting, meeting))
    for (const row of papers) await tx.sql.insert(t).values(row)
  })
}
