/** What readers note for themselves. No function here gives a note to anybody but its writer. */
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from './database.ts'
import { brought } from './recordRows.ts'

interface OfReading {
  group: string
  person: string
  reading: string
}

/** A reading is noted on by its reader; a note that is there stays theirs when the reading is taken back. */
export async function mayHaveNote(db: Database, { group, person, reading }: OfReading): Promise<boolean> {
  const { readings: r, readingNotes: n } = db.t
  const [own] = await db.sql
    .select({ key: r.key })
    .from(r)
    .where(and(eq(r.group, group), eq(r.key, reading), eq(r.member, person)))
  if (own !== undefined) return true
  const [there] = await db.sql
    .select({ reading: n.reading })
    .from(n)
    .where(and(eq(n.group, group), eq(n.person, person), eq(n.reading, reading)))
  return there !== undefined
}

export async function writeNote(db: Database, { group, person, reading }: OfReading, { text, now }: { text: string; now: number }): Promise<void> {
  const { readingNotes: n } = db.t
  if (text === '') return void (await db.sql.delete(n).where(and(eq(n.group, group), eq(n.person, person), eq(n.reading, reading))))
  await db.sql
    .insert(n)
    .values({ group, person, reading, text, at: now })
    .onConflictDoUpdate({ target: [n.group, n.person, n.reading], set: { text: brought(n.text), at: brought(n.at) } })
}

/** A person's notes in the groups that they are in. */
export function notesOf(db: Database, person: string): Promise<{ group: string; reading: string; text: string; at: number }[]> {
  const { readingNotes: n, memberships: m } = db.t
  return db.sql
    .select({ group: n.group, reading: n.reading, text: n.text, at: n.at })
    .from(n)
    .innerJoin(m, and(eq(m.group, n.group), eq(m.person, n.person), isNull(m.leftAt)))
    .where(eq(n.person, person))
}
