/** Rows of who presents, of swaps and of schedules, from the records of a group's document. */
import { Presenter } from '@paperboard/shared/presenters'
import { Schedule } from '@paperboard/shared/schedule'
import { Swap, SwapAnswer } from '@paperboard/shared/swapRules'
import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from './database.ts'
import { chunked } from './papers.ts'
import { brought, type RecordNow, sorted } from './recordRows.ts'

export async function projectTurns(tx: Database, group: string, records: readonly RecordNow[]): Promise<void> {
  const of = (root: string) => records.filter(record => record.root === root)
  await projectPresenters(tx, group, of('presenters'))
  await projectSwaps(tx, group, of('swaps'))
  await projectAnswers(tx, group, of('swapAnswers'))
  await projectSchedules(tx, group, of('schedules'))
}

async function projectPresenters(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.presenters
  const { there, gone } = sorted(records, Presenter)
  for (const some of chunked(gone)) await tx.sql.delete(t).where(and(eq(t.group, group), inArray(t.key, some)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(
        some.map(([key, { way, asked, by, at }]) => {
          const [nonce, planner, member = ''] = key.split(':')
          return { group, key, session: `${nonce}:${planner}`, member, way, asked, by, at }
        }),
      )
      .onConflictDoUpdate({ target: [t.group, t.key], set: { way: brought(t.way), asked: brought(t.asked), by: brought(t.by), at: brought(t.at) } })
}

async function projectSwaps(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.swaps
  const { there, gone } = sorted(records, Swap)
  for (const some of chunked(gone)) await tx.sql.delete(t).where(and(eq(t.group, group), inArray(t.key, some)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, swap]) => ({ group, key, asker: key.split(':')[1] ?? '', ...swap, accepted: null, answeredAt: null })))
      // A swap does not change once it is asked.
      .onConflictDoNothing()
}

/** An answer stands in the row of its swap. */
async function projectAnswers(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.swaps
  for (const { key, record } of records) {
    const answer = SwapAnswer.safeParse(record).data
    const swap = key.split(':').slice(0, 2).join(':')
    const set = answer === undefined ? { accepted: null, answeredAt: null } : { accepted: answer.accepted, answeredAt: answer.at }
    await tx.sql
      .update(t)
      .set(set)
      .where(and(eq(t.group, group), eq(t.key, swap)))
  }
}

async function projectSchedules(tx: Database, group: string, records: readonly RecordNow[]) {
  const t = tx.t.schedules
  const { there, gone } = sorted(records, Schedule)
  for (const some of chunked(gone)) await tx.sql.delete(t).where(and(eq(t.group, group), inArray(t.key, some)))
  for (const some of chunked(there))
    await tx.sql
      .insert(t)
      .values(some.map(([key, { until }]) => ({ group, key, until })))
      .onConflictDoUpdate({ target: [t.group, t.key], set: { until: brought(t.until) } })
}
