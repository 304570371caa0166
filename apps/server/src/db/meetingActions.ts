/** What somebody is to do after a meeting, as rows: so that they find it outside of the meeting, too. */
import { ActionItem } from '@paperboard/shared/decisions'
import { limits } from '@paperboard/shared/limits'
import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'
import { brought, type RecordNow, sorted } from './recordRows.ts'

export async function clearActions(tx: Database, meeting: string): Promise<void> {
  await tx.sql.delete(tx.t.meetingActions).where(eq(tx.t.meetingActions.meeting, meeting))
}

export async function projectActions(tx: Database, { group, meeting }: { group: string; meeting: string }, records: readonly RecordNow[]): Promise<void> {
  const t = tx.t.meetingActions
  const { there, gone } = sorted(
    records.filter(({ root }) => root === 'actions'),
    ActionItem,
  )
  for (const some of chunked(gone)) await tx.sql.delete(t).where(and(eq(t.meeting, meeting), inArray(t.key, some)))
  // Records from before do not say when: it was not before they were written.
  const rows = there.map(([key, { done, doneAt, ...action }]) => ({ ...action, meeting, group, key, doneAt: done ? (doneAt ?? action.at) : null }))
  for (const some of chunked(rows))
    await tx.sql
      .insert(t)
      .values(some)
      .onConflictDoUpdate({
        target: [t.meeting, t.key],
        set: {
          kind: brought(t.kind),
          text: brought(t.text),
          paper: brought(t.paper),
          assignee: brought(t.assignee),
          due: brought(t.due),
          doneAt: brought(t.doneAt),
          at: brought(t.at),
        },
      })
}

/**
 * What a person is to do in the groups that they are in, what is due first in front, and after it what they have done since
 * a moment. Readings are not among it: they become readings of the group.
 */
export function tasksOf(db: Database, person: string, doneSince: number) {
  const { meetingActions: a, meetings, memberships: m, groups } = db.t
  return db.sql
    .select({
      group: a.group,
      timeZone: groups.timeZone,
      meeting: a.meeting,
      title: meetings.title,
      startedAt: meetings.startedAt,
      createdAt: meetings.createdAt,
      key: a.key,
      text: a.text,
      paper: a.paper,
      due: a.due,
      doneAt: a.doneAt,
    })
    .from(a)
    .innerJoin(m, and(eq(m.group, a.group), eq(m.person, a.assignee), isNull(m.leftAt)))
    .innerJoin(groups, eq(groups.id, a.group))
    .innerJoin(meetings, eq(meetings.id, a.meeting))
    .where(and(eq(a.assignee, person), eq(a.kind, 'task'), or(isNull(a.doneAt), gt(a.doneAt, doneSince))))
    .orderBy(asc(sql`${a.doneAt} IS NOT NULL`), asc(sql`${a.due} IS NULL`), asc(a.due), asc(a.at), asc(a.key))
    .limit(limits.listedTasks)
}
