/** What is known of the installation as a whole, by name. */
import { eq } from 'drizzle-orm'
import type { Database } from './database.ts'

/** Under this name stands when a backup was restored last, ms since 1970. */
export const restoredName = 'restored-at'

/** When a backup was last restored into this installation (ms since 1970); null if that was never done. Clients may hold what the store has lost. */
export async function restoredAt(db: Database): Promise<number | null> {
  const { meta } = db.t
  const [row] = await db.sql.select({ value: meta.value }).from(meta).where(eq(meta.name, restoredName))
  return row === undefined ? null : Number(row.value)
}

/** Notes that a backup was restored at `at`. */
export async function noteRestore(db: Database, at: number): Promise<void> {
  const { meta } = db.t
  const value = String(at)
  await db.sql.insert(meta).values({ name: restoredName, value }).onConflictDoUpdate({ target: meta.name, set: { value } })
}

/** A secret of the installation by its name: made at the first asking, the same for all servers from then on. `fresh` is what it becomes where there is none. */
export async function installationSecret(db: Database, name: string, fresh: string): Promise<string> {
  const { meta } = db.t
  await db.sql.insert(meta).values({ name, value: fresh }).onConflictDoNothing({ target: meta.name })
  const [row] = await db.sql.select({ value: meta.value }).from(meta).where(eq(meta.name, name))
  return row?.value ?? fresh
}
