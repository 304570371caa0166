/** What all projections of records to rows have in common. */
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { chunked } from './papers.ts'

/** A record of a live document as it is now; `record` is undefined when it is gone. */
export interface RecordNow {
  root: string
  key: string
  record: unknown
}

/** Who changed a record last, and when: a member, 'server', or null where nobody knows. */
export interface Written {
  by: string | null
  at: number
}

/** The value that an insert brought, where its row was there already. The same in both engines. */
export const brought = <T>(column: { name: string }) => sql<T>`excluded.${sql.identifier(column.name)}`

/** Those that are there, as their kind reads them, and the keys of those that are gone. */
export function sorted<T>(records: readonly RecordNow[], kind: z.ZodType<T>): { there: [key: string, record: T][]; gone: string[] } {
  const there: [string, T][] = []
  const gone: string[] = []
  for (const { key, record } of records) {
    const read = kind.safeParse(record)
    if (read.success) there.push([key, read.data])
    else gone.push(key)
  }
  return { there, gone }
}

/** Statements that need not wait for each other go out at once, so that the room's row is not locked for many round trips. */
export async function together<T>(all: readonly T[], write: (one: T) => Promise<void>): Promise<void> {
  for (const some of chunked(all)) await Promise.all(some.map(write))
}
