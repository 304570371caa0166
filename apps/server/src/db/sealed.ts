/** What stays secret in a meeting until it is opened: takes, until they are revealed, and ballots of secret polls, until they are counted. */
import type { NewBallot, PollResult } from '@paperboard/shared/polls'
import type { NewTake } from '@paperboard/shared/takes'
import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'
import type { RecordNow } from './recordRows.ts'

export type SealedKind = 'take' | 'ballot'

/** What is sealed: the takes of a paper, or the ballots of a poll. */
export interface SealedThing {
  meeting: string
  kind: SealedKind
  /** A paper's id, or a poll's key. */
  thing: string
}

/** What one person has sealed. `content` is what was sent. */
export interface Sealed {
  person: string
  content: NewTake | NewBallot
  at: number
}

/** When a thing was opened, by whom, and what came of it. */
export interface Opened {
  by: string
  at: number
  result: PollResult | null
}

/** Seals something, in place of what the person had sealed before. False, and nothing happens, when the thing has been opened. */
export function seal(db: Database, { meeting, kind, thing }: SealedThing, { person, content, at }: Sealed): Promise<boolean> {
  return db.transaction(async tx => {
    if ((await openedAs(tx, { meeting, kind, thing })) !== null) return false
    const { sealed: s } = tx.t
    await tx.sql
      .insert(s)
      .values({ meeting, kind, thing, person, content, at })
      .onConflictDoUpdate({ target: [s.meeting, s.kind, s.thing, s.person], set: { content, at } })
    return true
  })
}

/** Takes back what a person has sealed. False when the thing has been opened. */
export function takeOut(db: Database, { meeting, kind, thing }: SealedThing, person: string): Promise<boolean> {
  return db.transaction(async tx => {
    if ((await openedAs(tx, { meeting, kind, thing })) !== null) return false
    const { sealed: s } = tx.t
    await tx.sql.delete(s).where(and(eq(s.meeting, meeting), eq(s.kind, kind), eq(s.thing, thing), eq(s.person, person)))
    return true
  })
}

/** What one person has sealed in a meeting, whether it has been opened or not. */
export async function sealedBy(db: Database, meeting: string, person: string): Promise<(Sealed & { kind: SealedKind; thing: string })[]> {
  const { sealed: s } = db.t
  return db.sql
    .select({ kind: s.kind, thing: s.thing, person: s.person, content: s.content, at: s.at })
    .from(s)
    .where(and(eq(s.meeting, meeting), eq(s.person, person)))
    .orderBy(asc(s.at), asc(s.thing))
}

/** Null while the thing is sealed. */
export async function openedAs(db: Database, { meeting, kind, thing }: SealedThing): Promise<Opened | null> {
  const { unsealed: u } = db.t
  const [row] = await db.sql
    .select({ by: u.by, at: u.at, result: u.result })
    .from(u)
    .where(and(eq(u.meeting, meeting), eq(u.kind, kind), eq(u.thing, thing)))
  return row ?? null
}

/**
 * Opens a thing, once and for all: nothing can be sealed for it from then on. `count` makes of what was sealed what is kept
 * as its result; ballots then go, so that nobody ever learns who chose what. What has been opened before is given as it was
 * then. Null, and nothing happens, where nothing is sealed and `evenIfNone` is not set.
 */
export function open(
  db: Database,
  { meeting, kind, thing }: SealedThing,
  { by, at, count, evenIfNone }: { by: string; at: number; count: (sealed: readonly Sealed[]) => PollResult | null; evenIfNone: boolean },
): Promise<{ opened: Opened; sealed: Sealed[] } | null> {
  return db.transaction(async tx => {
    const { sealed: s, unsealed: u } = tx.t
    const of = and(eq(s.meeting, meeting), eq(s.kind, kind), eq(s.thing, thing))
    const sealed = await tx.sql.select({ person: s.person, content: s.content, at: s.at }).from(s).where(of).orderBy(asc(s.at), asc(s.person))
    const before = await openedAs(tx, { meeting, kind, thing })
    if (before !== null) return { opened: before, sealed }
    if (sealed.length === 0 && !evenIfNone) return null
    const result = count(sealed)
    await tx.sql.insert(u).values({ meeting, kind, thing, by, at, result })
    if (kind === 'ballot') await tx.sql.delete(s).where(of)
    return { opened: { by, at, result }, sealed }
  })
}

/** What was sealed for polls that were taken away is nobody's business any more. */
export async function forgetBallots(db: Database, meeting: string, records: readonly RecordNow[]): Promise<void> {
  const { sealed: s } = db.t
  const gone = records.filter(({ root, record }) => root === 'polls' && record === undefined).map(({ key }) => key)
  for (const some of chunked(gone)) await db.sql.delete(s).where(and(eq(s.meeting, meeting), eq(s.kind, 'ballot'), inArray(s.thing, some)))
}
