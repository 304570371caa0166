/** Rows of the records of groups' documents. */
import { Progress, Reading } from '@paperboard/shared/group'
import { GroupSession, SessionGuest, SessionPaper } from '@paperboard/shared/groupSessions'
import { Tagging } from '@paperboard/shared/tags'
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'
import { projectTurns } from './projectTurns.ts'
import { brought, type RecordNow, sorted, together } from './recordRows.ts'

/** The tables whose rows are made of a group's document alone. */
export const groupProjections = ({ t }: Database) => [
  t.readings,
  t.paperTags,
  t.groupSessions,
  t.sessionPapers,
  t.sessionGuests,
  t.presenters,
  t.swaps,
  t.schedules,
]

export async function projectGroup(tx: Database, group: string, records: readonly RecordNow[]): Promise<void> {
  const of = (root: string) => records.filter(record => record.root === root)
  await projectTags(tx, group, of('tags'))
  await projectSessions(tx, group, of('sessions'))
  await projectSessionPapers(tx, group, of('sessionPapers'))
  await projectSessionGuests(tx, group, of('sessionGuests'))
  await projectTurns(tx, group, records)
  // A reading's row holds its progress too, so it must be there first.
  for (const root of ['readings', 'progress']) await together(of(root), record => projectReading(tx, group, record, records))
}

async function projectTags(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.paperTags
  const { there, gone } = sorted(records, Tagging)
  const parts = (key: string) => ({ paper: key.slice(0, key.indexOf(':')), tag: key.slice(key.indexOf(':') + 1) })
  for (const key of gone) await tx.sql.delete(t).where(and(eq(t.group, group), eq(t.paper, parts(key).paper), eq(t.tag, parts(key).tag)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, { by, at }]) => ({ group, ...parts(key), by, at })))
      .onConflictDoUpdate({ target: [t.group, t.paper, t.tag], set: { by: brought(t.by), at: brought(t.at) } })
}

async function projectSessions(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.groupSessions
  const { there, gone } = sorted(records, GroupSession)
  for (const some of chunked(gone)) await tx.sql.delete(t).where(and(eq(t.group, group), inArray(t.key, some)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, session]) => ({ group, key, ...session, by: key.split(':')[1] ?? '' })))
      .onConflictDoUpdate({
        target: [t.group, t.key],
        set: {
          day: brought(t.day),
          time: brought(t.time),
          minutes: brought(t.minutes),
          title: brought(t.title),
          place: brought(t.place),
          cancelled: brought(t.cancelled),
        },
      })
}

/** The session that a record belongs to, and what in it. */
const inSession = (key: string) => ({ session: key.slice(0, key.lastIndexOf(':')), last: key.slice(key.lastIndexOf(':') + 1) })

async function projectSessionPapers(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.sessionPapers
  const { there, gone } = sorted(records, SessionPaper)
  for (const key of gone) {
    const { session, last } = inSession(key)
    await tx.sql.delete(t).where(and(eq(t.group, group), eq(t.session, session), eq(t.paper, last)))
  }
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(
        some.map(([key, { order, part, at }]) => {
          const { session, last } = inSession(key)
          return { group, session, paper: last, position: order, part, at }
        }),
      )
      .onConflictDoUpdate({ target: [t.group, t.session, t.paper], set: { position: brought(t.position), part: brought(t.part), at: brought(t.at) } })
}

async function projectSessionGuests(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.sessionGuests
  const { there, gone } = sorted(records, SessionGuest)
  for (const some of chunked(gone)) await tx.sql.delete(t).where(and(eq(t.group, group), inArray(t.key, some)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, guest]) => ({ group, key, session: inSession(key).session, ...guest })))
      .onConflictDoUpdate({ target: [t.group, t.key], set: { name: brought(t.name), role: brought(t.role), paper: brought(t.paper), at: brought(t.at) } })
}

async function projectReading(tx: Database, group: string, { root, key, record }: RecordNow, all: readonly RecordNow[]) {
  const t = tx.t.readings
  const at = (reading: string) => and(eq(t.group, group), eq(t.key, reading))
  if (root === 'progress') {
    const [nonce, by, member = ''] = key.split(':')
    const state = Progress.safeParse(record).data?.state ?? 'unread'
    await tx.sql
      .update(t)
      .set({ state })
      .where(and(at(`${nonce}:${by}`), eq(t.member, member)))
    return
  }
  const reading = Reading.safeParse(record).data
  if (reading === undefined) {
    await tx.sql.delete(t).where(at(key))
    return
  }
  const progress = all.find(other => other.root === 'progress' && other.key === `${key}:${reading.member}`)
  const { task: _task, ...told } = reading
  const row = { ...told, roleName: reading.roleName ?? null, session: reading.session ?? null, by: key.split(':')[1] ?? '' }
  await tx.sql
    .insert(t)
    .values({ group, key, ...row, state: Progress.safeParse(progress?.record).data?.state ?? 'unread' })
    .onConflictDoUpdate({ target: [t.group, t.key], set: row })
}
