import type { Database } from './database.ts'

/** Bytes that are written: where space has run out, as many as a large change takes, or what fails for others would pass. */
const size = { usual: 16, afterFailure: 256 * 1024 }

/**
 * Writes something and waits until it is durable. Rejects with why nothing can be written. `afterFailure`: a change could
 * not be stored, and none has been since.
 */
export async function probeWrite(db: Database, afterFailure: boolean): Promise<void> {
  const { probes } = db.t
  const data = String(Math.random()).padEnd(afterFailure ? size.afterFailure : size.usual, ' ')
  await db.sql.insert(probes).values({ name: 'write', data }).onConflictDoUpdate({ target: probes.name, set: { data } })
}
