/** One run of a source, from asking its service to the boards. Broken off anywhere, it is taken up where it was. */
import { addDays, type Day, dayAt } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import type { RunReport } from '@paperboard/shared/sources'
import type { Logger } from 'pino'
import { type Database, withoutParameters } from '../../db/database.ts'
import { findGroup } from '../../db/groups.ts'
import { changeRun, findRun, findSource, forgetRuns, placedBy, type RunRow, type SourceRow } from '../../db/sources.ts'
import type { Rooms } from '../../sync/rooms.ts'
import { OutsideFailure } from '../outside/failure.ts'
import type { Outside } from '../outside/http.ts'
import { enterItems } from './entering.ts'
import { fetchItems } from './fetching.ts'
import { placeItems } from './placing.ts'

export interface RunParts {
  db: Database
  rooms: Pick<Rooms, 'edit'>
  /** Null where the installation asks nobody. */
  outside: Outside | null
  /** Something was entered that services can be asked about. */
  onEntered: () => void
  log: Logger
  now: () => number
}

const minute = 60_000
/** Waits before a run that failed is tried again; after the last one it is left to the next slot. ms. */
const retries = [5 * minute, 20 * minute, 60 * minute, 180 * minute]
/** How often it is looked whether a closed board was opened again. ms. */
const closedRetry = 60 * minute

/** Takes a run up. Throws nothing: what goes wrong is in the run's row. `mine` says whether the lease still holds. */
export async function takeUp(parts: RunParts, id: string, mine: () => Promise<boolean>): Promise<void> {
  const { db, log, now } = parts
  const run = await findRun(db, id)
  const source = run === null ? null : await findSource(db, run.source)
  const group = source === null ? null : await findGroup(db, source.group)
  if (run === null || run.nextTry === null || source === null || group === null) return
  try {
    await changeRun(db, id, { tries: run.tries + 1 })
    const report = run.state === 'fetching' ? await fetchAndEnter(parts, { run, source, timeZone: group.timeZone, mine }) : run.report
    if (report !== null) await place(parts, { run, source, timeZone: group.timeZone, report })
    await forgetRuns(db, source.id, limits.sourceRuns)
  } catch (error) {
    // When the server stops, or another one has taken over, the run stays where it was.
    if (!(await mine().catch(() => false))) return
    if (!(error instanceof OutsideFailure)) log.error({ err: withoutParameters(error), source: source.id, run: id }, 'a source could not be fetched')
    await fail(db, id, error, now())
  }
}

interface Under {
  run: RunRow
  source: SourceRow
  timeZone: string
}

/** The first day that a run asks for, and what to say of days that it leaves out. */
export function reachOf(run: Pick<RunRow, 'reach'>, source: Pick<SourceRow, 'doneUntil'>, today: Day): { from: Day; notes: string[] } {
  if (run.reach === 'month') return { from: addDays(today, 1 - limits.sourceMonthDays), notes: [] }
  const week = addDays(today, 1 - limits.sourceCatchUpDays)
  if (run.reach === 'week') return { from: week, notes: [] }
  const { doneUntil } = source
  if (doneUntil === null || doneUntil >= today) return { from: today, notes: [] }
  if (doneUntil >= week) return { from: doneUntil, notes: [] }
  return {
    from: week,
    notes: [
      `It was fetched last on ${doneUntil}. Only the last ${limits.sourceCatchUpDays} days were caught up with; fetch the last month by hand to have the rest.`,
    ],
  }
}

async function fetchAndEnter(parts: RunParts, { run, source, timeZone, mine }: Under & { mine: () => Promise<boolean> }): Promise<RunReport | null> {
  const { db, outside, now } = parts
  if (outside === null) throw new OutsideFailure('forbidden', 'This installation asks no other services: whoever runs it has switched that off.')
  const today = dayAt(now(), timeZone)
  const { from, notes } = reachOf(run, source, today)
  const fetched = await fetchItems(outside, source.config, { from, today, timeZone })
  // Whoever has the lease now goes on; what they enter is entered once, since the run has to be where it was.
  if (!(await mine())) return null
  const report = await db.transaction(async tx => {
    if ((await findRun(tx, run.id))?.state !== 'fetching') return null
    return enterItems(tx, {
      source,
      run: run.id,
      items: fetched.items,
      notes: [...notes, ...fetched.notes],
      from: fetched.from ?? from,
      today,
      now: now(),
    })
  })
  if (report !== null) parts.onEntered()
  return report
}

async function place({ db, rooms, now }: RunParts, { run, source, timeZone, report }: Under & { report: RunReport }): Promise<void> {
  const placed = await placeItems({ db, rooms, now }, source, timeZone)
  const days = await placedBy(db, run.id, source.id)
  const told: RunReport = {
    ...report,
    days,
    added: days.reduce((sum, { added }) => sum + added, 0),
    waiting: placed.waiting,
  }
  const waits = placed.waiting > 0
  const reason = waits ? `The board of ${placed.closed.join(', ')} is closed. They come when an organizer opens it again.` : null
  await changeRun(db, run.id, {
    state: waits ? 'waiting' : 'done',
    report: told,
    reason,
    nextTry: waits ? now() + closedRetry : null,
    endedAt: run.endedAt ?? now(),
  })
}

async function fail(db: Database, id: string, error: unknown, now: number): Promise<void> {
  // As it is now: what was entered is not to be fetched again.
  const run = await findRun(db, id)
  if (run === null) return
  const outside = error instanceof OutsideFailure ? error : null
  // What was entered is put on its board however long that takes.
  const wait = run.state !== 'fetching' ? retries[0] : outside === null || outside.passing ? retries[Math.max(run.tries, 1) - 1] : undefined
  const nextTry = wait === undefined ? null : Math.max(now + wait, outside?.retryAt ?? 0)
  await changeRun(db, id, {
    state: nextTry === null ? 'failed' : run.state,
    nextTry,
    endedAt: now,
    reason: outside?.message ?? 'Something went wrong on this server; its log says what.',
  })
}
