import { eq, notInArray } from 'drizzle-orm'
import type { Database } from './database.ts'

/** A row of `people`, with the secret that only sign-in and a change of password look at. */
export interface PersonRow {
  id: string
  email: string
  name: string
  passwordHash: string
  createdAt: number
}

export async function findPerson(db: Database, id: string): Promise<PersonRow | null> {
  const [row] = await db.sql.select().from(db.t.people).where(eq(db.t.people.id, id))
  return row ?? null
}

/** `email` in lower case. */
export async function findPersonByEmail(db: Database, email: string): Promise<PersonRow | null> {
  const [row] = await db.sql.select().from(db.t.people).where(eq(db.t.people.email, email))
  return row ?? null
}

export async function anyPeople(db: Database): Promise<boolean> {
  const rows = await db.sql.select({ id: db.t.people.id }).from(db.t.people).limit(1)
  return rows.length > 0
}

/** Whether anybody has an account but those with these e-mail addresses. */
export async function anyPeopleBut(db: Database, emails: string[]): Promise<boolean> {
  const rows = await db.sql.select({ id: db.t.people.id }).from(db.t.people).where(notInArray(db.t.people.email, emails)).limit(1)
  return rows.length > 0
}

/** False when the e-mail address is taken. */
export async function addPerson(db: Database, person: PersonRow): Promise<boolean> {
  const rows = await db.sql.insert(db.t.people).values(person).onConflictDoNothing({ target: db.t.people.email }).returning({ id: db.t.people.id })
  return rows.length > 0
}

export async function renamePerson(db: Database, id: string, name: string): Promise<void> {
  await db.sql.update(db.t.people).set({ name }).where(eq(db.t.people.id, id))
}

export async function setPassword(db: Database, id: string, passwordHash: string): Promise<void> {
  await db.sql.update(db.t.people).set({ passwordHash }).where(eq(db.t.people.id, id))
}
