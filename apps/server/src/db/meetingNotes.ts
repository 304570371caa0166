/** What is written in the notes of meetings, as rows: for minutes, search and exports. */
import { notesRoot } from '@paperboard/shared/notes'
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'
import { brought, type RecordNow } from './recordRows.ts'

export async function clearNotes(tx: Database, meeting: string): Promise<void> {
  await tx.sql.delete(tx.t.meetingNotes).where(eq(tx.t.meetingNotes.meeting, meeting))
}

/** A note in which nothing is left has no row. */
export async function projectNotes(tx: Database, { group, meeting }: { group: string; meeting: string }, records: readonly RecordNow[]): Promise<void> {
  const t = tx.t.meetingNotes
  const notes = records.flatMap(({ root, key, record }) =>
    root === notesRoot && typeof record === 'string' ? [{ meeting, group, note: key, text: storable(record) }] : [],
  )
  const [written, empty] = [notes.filter(({ text }) => text.trim() !== ''), notes.filter(({ text }) => text.trim() === '')]
  for (const some of chunked(empty.map(({ note }) => note))) await tx.sql.delete(t).where(and(eq(t.meeting, meeting), inArray(t.note, some)))
  for (const some of chunked(written))
    await tx.sql
      .insert(t)
      .values(some)
      .onConflictDoUpdate({ target: [t.meeting, t.note], set: { text: brought(t.text) } })
}

/** PostgreSQL has no place for a NUL. */
const storable = (text: string) => text.replaceAll('\0', '\uFFFD')

/** The notes of a meeting as their rows have them: by paper, or `meeting`. */
export async function notesOfMeeting(db: Database, group: string, meeting: string): Promise<Map<string, string>> {
  const { meetingNotes: t } = db.t
  const rows = await db.sql
    .select({ note: t.note, text: t.text })
    .from(t)
    .where(and(eq(t.group, group), eq(t.meeting, meeting)))
  return new Map(rows.map(({ note, text }) => [note, text]))
}
