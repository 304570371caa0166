/** What the index of texts reads of meetings: their minutes and what is written in their notes. */
import type { MinutesFacts } from '@paperboard/shared/minutes'
import { asc, eq, gt, inArray } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'

interface MinutesFound {
  meeting: string
  group: string
  /** As the minutes were made from them. */
  facts: MinutesFacts
  /** Whether people wrote something else in their place. */
  edited: boolean
  /** What is read now, without markup. */
  plain: string
  at: number
}

export async function minutesOfMeetings(db: Database, meetings: readonly string[]): Promise<MinutesFound[]> {
  const { minutes: t } = db.t
  const found: MinutesFound[] = []
  for (const some of chunked(meetings)) {
    const rows = await db.sql
      .select({ meeting: t.meeting, group: t.group, facts: t.facts, edited: t.edited, plain: t.plain, at: t.madeAt })
      .from(t)
      .where(inArray(t.meeting, some))
    found.push(...rows.map(row => ({ ...row, edited: row.edited !== null })))
  }
  return found
}

interface NoteFound {
  meeting: string
  group: string
  /** What the meeting is called; '' where it has no name. */
  title: string
  /** The paper that it is about, or `meeting`. */
  note: string
  text: string
  /** When the meeting was. */
  at: number
}

export async function notesOfMeetings(db: Database, meetings: readonly string[]): Promise<NoteFound[]> {
  const { meetingNotes: t, meetings: m } = db.t
  const found: NoteFound[] = []
  for (const some of chunked(meetings)) {
    const rows = await db.sql
      .select({ meeting: t.meeting, group: t.group, title: m.title, note: t.note, text: t.text, startedAt: m.startedAt, createdAt: m.createdAt })
      .from(t)
      .innerJoin(m, eq(m.id, t.meeting))
      .where(inArray(t.meeting, some))
    found.push(...rows.map(({ startedAt, createdAt, ...row }) => ({ ...row, at: startedAt ?? createdAt })))
  }
  return found
}

/** Meetings in the order of their ids, after one of them. */
export async function meetingsAfter(db: Database, meeting: string, most: number): Promise<string[]> {
  const { meetings: t } = db.t
  const rows = await db.sql.select({ id: t.id }).from(t).where(gt(t.id, meeting)).orderBy(asc(t.id)).limit(most)
  return rows.map(({ id }) => id)
}
