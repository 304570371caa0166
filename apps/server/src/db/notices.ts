/** What was said to people, once for each thing and occasion, and what of it they have read. */
import type { Notice } from '@paperboard/shared/api'
import { and, desc, eq, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import type { Occasion } from './mails.ts'
import { chunked } from './papers.ts'

export interface NewNotice extends Occasion {
  id: string
  group: string | null
  title: string
  text: string
  path: string
  /** Whether it shows in the app, or is only noted as said. */
  inApp: boolean
  at: number
}

/** False, and nothing happens, when it was said before. */
export async function addNotice(db: Database, notice: NewNotice): Promise<boolean> {
  const { notices } = db.t
  const rows = await db.sql
    .insert(notices)
    .values({ ...notice, readAt: null })
    .onConflictDoNothing({ target: [notices.person, notices.kind, notices.thing, notices.occasion] })
    .returning({ id: notices.id })
  return rows.length > 0
}

/** What was said of these things, to whomever. */
export async function saidOf(db: Database, things: readonly string[]): Promise<(Occasion & { at: number })[]> {
  const { notices } = db.t
  const said: (Occasion & { at: number })[] = []
  for (const some of chunked([...new Set(things)]))
    said.push(
      ...(await db.sql
        .select({ person: notices.person, kind: notices.kind, thing: notices.thing, occasion: notices.occasion, at: notices.at })
        .from(notices)
        .where(inArray(notices.thing, some))),
    )
  return said
}

/** The newest first. */
export function noticesOf(db: Database, person: string, most: number): Promise<Notice[]> {
  const { notices: n } = db.t
  return db.sql
    .select({ id: n.id, group: n.group, kind: n.kind, title: n.title, text: n.text, path: n.path, at: n.at, readAt: n.readAt })
    .from(n)
    .where(and(eq(n.person, person), eq(n.inApp, true)))
    .orderBy(desc(n.at), desc(n.id))
    .limit(most)
}

export async function unreadOf(db: Database, person: string): Promise<number> {
  const { notices: n } = db.t
  const [row] = await db.sql
    .select({ unread: sql`count(*)`.mapWith(Number) })
    .from(n)
    .where(and(eq(n.person, person), eq(n.inApp, true), isNull(n.readAt)))
  return row?.unread ?? 0
}

/** Marks notices of a person as read: one, or all that were there at `until`. */
export async function readNotices(db: Database, person: string, which: { id: string } | { until: number }, now: number): Promise<void> {
  const { notices: n } = db.t
  const these = 'id' in which ? eq(n.id, which.id) : lte(n.at, which.until)
  await db.sql
    .update(n)
    .set({ readAt: now })
    .where(and(eq(n.person, person), isNull(n.readAt), these))
}

/** Forgets notices of before `read` that were read, and all of before `any`. */
export async function forgetNotices(db: Database, { read, any }: { read: number; any: number }): Promise<void> {
  const { notices: n } = db.t
  await db.sql.delete(n).where(or(lt(n.at, any), and(lt(n.at, read), or(isNotNull(n.readAt), eq(n.inApp, false)))))
}
