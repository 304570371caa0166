/**
 * Mails to be sent: a row for each person, kind, thing and occasion, so that nothing is said twice. A server that sends one
 * claims it first, by moving its next attempt ahead: nobody else takes it meanwhile, and if that server is gone, another
 * one does after that time.
 */
import { and, asc, eq, getTableColumns, gt, inArray, lt, lte, ne, sql } from 'drizzle-orm'
import type { Database } from './database.ts'

/** What names a mail, or a notice, once and for all. */
export interface Occasion {
  person: string
  kind: string
  /** What it is about, such as the key of a reading. */
  thing: string
  /** When that thing is. */
  occasion: string
}

export interface NewMail extends Occasion {
  id: string
  subject: string
  text: string
  html: string
  now: number
  /** From then on it is of no use any more: ms since 1970. */
  expiresAt: number
}

/** A mail that this server has claimed, with where it goes. */
export interface ClaimedMail extends Occasion {
  id: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  createdAt: number
  expiresAt: number
  /** This one included. */
  attempts: number
}

/** Puts a mail into the outbox. False when there was one for this occasion. */
export async function queueMail(db: Database, { now, ...mail }: NewMail): Promise<boolean> {
  const { mails } = db.t
  const rows = await db.sql
    .insert(mails)
    .values({ ...mail, state: 'waiting', createdAt: now, nextAt: 0, attempts: 0, endedAt: null, error: null })
    .onConflictDoNothing({ target: [mails.person, mails.kind, mails.thing, mails.occasion] })
    .returning({ id: mails.id })
  return rows.length > 0
}

/** How many of the oldest a server tries to claim before it asks again: others may have been quicker. */
const candidates = 20

/** Claims the oldest mail whose time has come, until `now + ms`. Null when there is none. Of two servers that ask at once, each gets another one. */
export async function claimMail(db: Database, { now, ms }: { now: number; ms: number }): Promise<ClaimedMail | null> {
  const { mails, people } = db.t
  const due = and(eq(mails.state, 'waiting'), lte(mails.nextAt, now))
  for (;;) {
    const found = await db.sql.select({ id: mails.id }).from(mails).where(due).orderBy(asc(mails.nextAt), asc(mails.createdAt)).limit(candidates)
    for (const { id } of found) {
      const change = { nextAt: now + ms, attempts: sql`${mails.attempts} + 1` }
      const claimed = await db.sql
        .update(mails)
        .set(change)
        .where(and(eq(mails.id, id), due))
        .returning({ id: mails.id })
      if (claimed.length === 0) continue
      const { state, nextAt, endedAt, error, ...columns } = getTableColumns(mails)
      const [row] = await db.sql
        .select({ ...columns, name: people.name, address: people.email })
        .from(mails)
        .innerJoin(people, eq(people.id, mails.person))
        .where(eq(mails.id, id))
      if (row === undefined) continue
      const { name, address, ...mail } = row
      return { ...mail, to: { name, address } }
    }
    if (found.length < candidates) return null
  }
}

/** Whether a claim still holds: whoever was stopped for longer than that has lost the mail to another server. */
export async function isClaimed(db: Database, { id, attempts }: Pick<ClaimedMail, 'id' | 'attempts'>, now: number): Promise<boolean> {
  const { mails } = db.t
  const rows = await db.sql
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.id, id), eq(mails.state, 'waiting'), eq(mails.attempts, attempts), gt(mails.nextAt, now)))
  return rows.length > 0
}

/** Notes how it ended with a mail. Its words go: they were for one person. */
export async function endMail(db: Database, id: string, end: { state: 'sent' | 'refused' | 'late'; now: number; error: string | null }): Promise<void> {
  const { mails } = db.t
  await db.sql.update(mails).set({ state: end.state, endedAt: end.now, error: end.error, text: '', html: '' }).where(eq(mails.id, id))
}

/** Gives a mail back that could not be sent, to be tried again at `at`. */
export async function delayMail(db: Database, id: string, { at, error }: { at: number; error: string }): Promise<void> {
  const { mails } = db.t
  await db.sql
    .update(mails)
    .set({ nextAt: at, error })
    .where(and(eq(mails.id, id), eq(mails.state, 'waiting')))
}

/** The mails of these kinds that were not sent yet. */
export function waitingMails(db: Database, kinds: readonly string[]): Promise<(Occasion & { id: string })[]> {
  const { mails } = db.t
  return db.sql
    .select({ id: mails.id, person: mails.person, kind: mails.kind, thing: mails.thing, occasion: mails.occasion })
    .from(mails)
    .where(and(eq(mails.state, 'waiting'), inArray(mails.kind, [...kinds])))
}

/** Takes back a mail that was not sent. */
export async function withdrawMail(db: Database, id: string): Promise<void> {
  const { mails } = db.t
  await db.sql.delete(mails).where(and(eq(mails.id, id), eq(mails.state, 'waiting')))
}

/** Forgets mails that ended before a time. */
export async function forgetMails(db: Database, before: number): Promise<void> {
  const { mails } = db.t
  await db.sql.delete(mails).where(and(ne(mails.state, 'waiting'), lt(mails.endedAt, before)))
}
