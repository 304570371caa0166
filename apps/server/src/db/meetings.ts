/** Meetings of groups. */
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Database } from './database.ts'

export interface MeetingRow extends MeetingSummary {
  group: string
}

/** Null when the group has no such meeting. */
export async function findMeeting(db: Database, group: string, id: string): Promise<MeetingRow | null> {
  const { meetings: m } = db.t
  const [row] = await db.quick
    .select()
    .from(m)
    .where(and(eq(m.id, id), eq(m.group, group)))
  return row ?? null
}

/** Newest first. */
export function meetingsOf(db: Database, group: string, most: number): Promise<MeetingRow[]> {
  const { meetings: m } = db.t
  return db.sql.select().from(m).where(eq(m.group, group)).orderBy(desc(m.createdAt), desc(m.id)).limit(most)
}

/** Meetings that are on, of all groups. */
export function liveMeetings(db: Database): Promise<MeetingRow[]> {
  const { meetings: m } = db.t
  return db.sql
    .select()
    .from(m)
    .where(and(isNotNull(m.startedAt), isNull(m.endedAt)))
}

/** Null when none is held for that session. */
export async function meetingOfSession(db: Database, group: string, session: string): Promise<MeetingRow | null> {
  const { meetings: m } = db.t
  const [row] = await db.sql
    .select()
    .from(m)
    .where(and(eq(m.group, group), eq(m.session, session)))
  return row ?? null
}

/** A new meeting, or the one that is held for the same session already. */
export function addMeeting(db: Database, row: MeetingRow): Promise<{ meeting: MeetingRow; added: boolean }> {
  const { meetings: m } = db.t
  return db.transaction(async tx => {
    if (row.session !== null) {
      const [there] = await tx.sql
        .select()
        .from(m)
        .where(and(eq(m.group, row.group), eq(m.session, row.session)))
      if (there !== undefined) return { meeting: there, added: false }
    }
    await tx.sql.insert(m).values(row)
    return { meeting: row, added: true }
  })
}

export async function changeMeeting(
  db: Database,
  id: string,
  change: Partial<Pick<MeetingRow, 'title' | 'rule' | 'votesFrom' | 'votesCloseAt'>>,
): Promise<void> {
  if (Object.keys(change).length > 0) await db.sql.update(db.t.meetings).set(change).where(eq(db.t.meetings.id, id))
}

/** Notes when it started, unless it has; gives when it did. */
export async function noteStart(db: Database, id: string, now: number): Promise<number> {
  const { meetings: m } = db.t
  await db.sql
    .update(m)
    .set({ startedAt: now })
    .where(and(eq(m.id, id), isNull(m.startedAt)))
  const [row] = await db.sql.select({ startedAt: m.startedAt }).from(m).where(eq(m.id, id))
  return row?.startedAt ?? now
}

/** Notes when it ended, unless it has; gives when it did. */
export async function noteEnd(db: Database, id: string, now: number): Promise<number> {
  const { meetings: m } = db.t
  await db.sql
    .update(m)
    .set({ endedAt: now })
    .where(and(eq(m.id, id), isNull(m.endedAt)))
  const [row] = await db.sql.select({ endedAt: m.endedAt }).from(m).where(eq(m.id, id))
  return row?.endedAt ?? now
}
