/** Versions of what calendars are told: by SEQUENCE and LAST-MODIFIED they see what has changed. */
import { eq, inArray } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'

export interface EntryVersion {
  sequence: number
  changedAt: number
}

/**
 * The versions of entries, by name. One that is told otherwise than before gets its next number and the time `now`; a new
 * one begins at 0. Where two servers notice the same change at once, both tell the same number.
 */
export async function entryVersions(db: Database, entries: readonly { name: string; fingerprint: string }[], now: number): Promise<Map<string, EntryVersion>> {
  const { calendarEntries: t } = db.t
  const known = new Map<string, EntryVersion & { fingerprint: string }>()
  for (const some of chunked(entries.map(({ name }) => name)))
    for (const { name, ...row } of await db.sql.select().from(t).where(inArray(t.name, some))) known.set(name, row)
  const versions = new Map<string, EntryVersion>()
  const fresh: (typeof t.$inferInsert)[] = []
  for (const { name, fingerprint } of entries) {
    const before = known.get(name)
    if (before?.fingerprint === fingerprint) {
      versions.set(name, { sequence: before.sequence, changedAt: before.changedAt })
      continue
    }
    const version = { sequence: before === undefined ? 0 : before.sequence + 1, changedAt: now }
    versions.set(name, version)
    if (before === undefined) fresh.push({ name, fingerprint, ...version })
    else
      await db.sql
        .update(t)
        .set({ fingerprint, ...version })
        .where(eq(t.name, name))
  }
  for (const some of chunked(fresh, 100)) await db.sql.insert(t).values(some).onConflictDoNothing({ target: t.name })
  return versions
}
