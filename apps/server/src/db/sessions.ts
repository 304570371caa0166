import type { Person } from '@paperboard/shared/api'
import { and, eq, gt, inArray, lte, ne, sql } from 'drizzle-orm'
import { type Database, once, remembering } from './database.ts'
import { chunked } from './papers.ts'

/** `id` is the SHA-256 of the id in the cookie, hex; times are ms since 1970. */
export interface SessionRow {
  id: string
  person: string
  expiresAt: number
}

/** A session, whether it is over or not, and whose it is. */
export const findSession = remembering(async (db, id: string): Promise<{ session: SessionRow; person: Person; isGuest: boolean } | null> => {
  const [row] = await sessionById(db).execute({ id })
  return row === undefined ? null : { session: row.session, person: row.person, isGuest: row.guest !== null }
})

const sessionById = once(db => {
  const { sessions, people, guests } = db.t
  return db.quick
    .select({ session: sessions, person: { id: people.id, name: people.name, email: people.email }, guest: guests.person })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.person))
    .leftJoin(guests, eq(guests.person, people.id))
    .where(eq(sessions.id, sql.placeholder('id')))
    .prepare()
})

export const sessionsOf = (db: Database, person: string): Promise<SessionRow[]> => db.sql.select().from(db.t.sessions).where(eq(db.t.sessions.person, person))

/** Sessions named in one statement: far below SQLite's bound of 32,766, and enough for every socket of a busy server. */
const atOnce = 5_000

/** Those of these sessions that have not ended. */
export async function validSessions(db: Database, ids: readonly string[], now: number): Promise<Set<string>> {
  const { sessions } = db.t
  const valid = new Set<string>()
  for (const some of chunked([...new Set(ids)], atOnce))
    for (const { id } of await db.sql
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(inArray(sessions.id, some), gt(sessions.expiresAt, now))))
      valid.add(id)
  return valid
}

export async function addSession(db: Database, session: SessionRow): Promise<void> {
  await db.sql.insert(db.t.sessions).values(session)
}

export async function prolongSession(db: Database, id: string, expiresAt: number): Promise<void> {
  await db.sql.update(db.t.sessions).set({ expiresAt }).where(eq(db.t.sessions.id, id))
}

export async function removeSession(db: Database, id: string): Promise<void> {
  await db.sql.delete(db.t.sessions).where(eq(db.t.sessions.id, id))
}

/** Ends a person's sessions, except `but` if given. Returns the ids of those ended. */
export async function removeSessionsOf(db: Database, person: string, but?: string): Promise<string[]> {
  const { sessions } = db.t
  const others = but === undefined ? undefined : ne(sessions.id, but)
  const rows = await db.sql
    .delete(sessions)
    .where(and(eq(sessions.person, person), others))
    .returning({ id: sessions.id })
  return rows.map(row => row.id)
}

export async function removeExpiredSessions(db: Database, now: number): Promise<void> {
  await db.sql.delete(db.t.sessions).where(lte(db.t.sessions.expiresAt, now))
}
