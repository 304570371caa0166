/** Minutes of meetings: as they were made, as people edited them, and whether they were mailed. */
import { markdownPlain } from '@paperboard/shared/markdownText'
import type { MinutesFacts } from '@paperboard/shared/minutes'
import { and, desc, eq, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import type { MeetingPaperState } from './agendas.ts'
import type { Database } from './database.ts'
import type { MeetingRow } from './meetings.ts'

export interface MinutesRow {
  meeting: string
  group: string
  facts: MinutesFacts
  generated: string
  edited: string | null
  editedBy: string | null
  editedAt: number | null
  /** What is read now, without markup: for search. */
  plain: string
  madeAt: number
  mailAt: number
  mailedAt: number | null
}

export async function findMinutes(db: Database, meeting: string): Promise<MinutesRow | null> {
  const { minutes: t } = db.t
  const [row] = await db.sql.select().from(t).where(eq(t.meeting, meeting))
  return row ?? null
}

/** Puts minutes down; again, as they are made then. What people made of them, and when they are mailed, stays. */
export async function putMinutes(db: Database, made: Pick<MinutesRow, 'meeting' | 'group' | 'facts' | 'generated' | 'madeAt' | 'mailAt'>): Promise<void> {
  const { minutes: t } = db.t
  const { facts, generated, madeAt } = made
  await db.transaction(async tx => {
    const [before] = await tx.sql.select({ edited: t.edited }).from(t).where(eq(t.meeting, made.meeting))
    const plain = markdownPlain(before?.edited ?? generated)
    await tx.sql
      .insert(t)
      .values({ ...made, plain, edited: null, editedBy: null, editedAt: null, mailedAt: null })
      .onConflictDoUpdate({ target: t.meeting, set: { facts, generated, madeAt, plain } })
  })
}

/** What people made of them; null takes that back. */
export async function editMinutes(db: Database, meeting: string, edit: { text: string | null; by: string; at: number }): Promise<void> {
  const { minutes: t } = db.t
  const { text, by, at } = edit
  await db.transaction(async tx => {
    const [row] = await tx.sql.select({ generated: t.generated }).from(t).where(eq(t.meeting, meeting))
    if (row === undefined) return
    const edited = text === null ? { edited: null, editedBy: null, editedAt: null } : { edited: text, editedBy: by, editedAt: at }
    await tx.sql
      .update(t)
      .set({ ...edited, plain: markdownPlain(text ?? row.generated) })
      .where(eq(t.meeting, meeting))
  })
}

/** Brings forward when they are mailed. */
export async function mailMinutesAt(db: Database, meeting: string, at: number): Promise<void> {
  const { minutes: t } = db.t
  await db.sql
    .update(t)
    .set({ mailAt: at })
    .where(and(eq(t.meeting, meeting), isNull(t.mailedAt)))
}

/** Minutes whose time to be mailed has come, with what the meeting is called. */
export async function minutesToMail(db: Database, now: number): Promise<MinutesRow[]> {
  const { minutes: t } = db.t
  return db.sql
    .select()
    .from(t)
    .where(and(isNull(t.mailedAt), lte(t.mailAt, now)))
}

export async function noteMailed(db: Database, meeting: string, at: number): Promise<void> {
  const { minutes: t } = db.t
  await db.sql.update(t).set({ mailedAt: at }).where(eq(t.meeting, meeting))
}

/** The meetings of a group that have ended, the newest first, with the facts of their minutes where there are any. */
export function endedMeetings(db: Database, group: string, most: number): Promise<{ meeting: MeetingRow; facts: MinutesFacts | null }[]> {
  const { minutes: t, meetings: m } = db.t
  return db.sql
    .select({ meeting: m, facts: t.facts })
    .from(m)
    .leftJoin(t, eq(t.meeting, m.id))
    .where(and(eq(m.group, group), isNotNull(m.endedAt)))
    .orderBy(desc(m.endedAt), desc(m.id))
    .limit(most)
}

/** The meetings that had any of these papers on their agenda, the newest first. */
export function meetingsWithPaper(
  db: Database,
  group: string,
  papers: readonly string[],
): Promise<{ meeting: string; title: string; startedAt: number | null; createdAt: number; state: MeetingPaperState; spent: number }[]> {
  const { meetingPapers: t, meetings: m } = db.t
  return db.sql
    .select({ meeting: t.meeting, title: m.title, startedAt: m.startedAt, createdAt: m.createdAt, state: t.state, spent: t.spent })
    .from(t)
    .innerJoin(m, eq(m.id, t.meeting))
    .where(and(eq(t.group, group), inArray(t.paper, [...papers]), isNotNull(m.endedAt)))
    .orderBy(desc(m.startedAt), desc(t.meeting))
}
