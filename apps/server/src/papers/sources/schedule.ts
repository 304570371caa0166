/**
 * Fetches sources when they are due. Every server looks; a lease for each source, and one row for each of its slots, see to it
 * that each slot is fetched once.
 */
import { newId } from '@paperboard/shared/ids'
import { databaseTime, releaseLease, renewLease, takeLease } from '../../db/leases.ts'
import { openRun, type RunRow, runsDue, sourcesDue } from '../../db/sources.ts'
import { type Round, startRound } from '../../rounds.ts'
import { type RunParts, takeUp } from './run.ts'
import { nextSlot } from './slots.ts'

/** ms. A server that is gone lets go of its sources after `lease`. */
const defaults = { every: 15_000, lease: 120_000 }
/** Sources fetched at the same time: one that is slow does not hold up the others, and each host is asked in turn anyway. */
const sideBySide = 4
export type ScheduleTimes = typeof defaults

export interface SourceSchedules {
  /** Looks what is due now. Resolves when that is done as far as this server does it. */
  look(): Promise<void>
  close(): Promise<void>
}

export const newRun = (run: Pick<RunRow, 'source' | 'kind' | 'slot' | 'reach'>, now: number): RunRow => ({
  id: newId(),
  ...run,
  state: 'fetching',
  tries: 0,
  nextTry: now,
  startedAt: now,
  endedAt: null,
  report: null,
  reason: null,
})

export function startSources(parts: RunParts & { times?: Partial<ScheduleTimes> | undefined }): SourceSchedules {
  const { db, log, now } = parts
  const times = { ...defaults, ...parts.times }
  const holder = newId()
  const clock = () => databaseTime(db, now)

  const openDue = async () => {
    for (const { source, timeZone } of await sourcesDue(db, now())) {
      if (source.nextAt === null) continue
      const run = newRun({ source: source.id, kind: 'scheduled', slot: source.nextAt, reach: 'day' }, now())
      await openRun(db, run, nextSlot(source.schedule, timeZone, now()))
    }
  }

  const alone = async (run: RunRow) => {
    const lease = `source/${run.source}`
    if (!(await takeLease(db, lease, holder, await clock(), times.lease))) return
    const mine = async () => !round.closing && renewLease(db, lease, holder, await clock(), times.lease)
    const renewing = setInterval(() => void mine().catch(() => undefined), times.lease / 4)
    try {
      await takeUp(parts, run.id, mine)
    } finally {
      clearInterval(renewing)
      await releaseLease(db, lease, holder)
    }
  }

  const fetchDue = async () => {
    await openDue()
    const due = (await runsDue(db, now())).values()
    await Promise.all(
      Array.from({ length: sideBySide }, async () => {
        for (const run of due) if (!round.closing) await alone(run)
      }),
    )
  }
  const round: Round<void> = startRound<void>({
    every: times.every,
    idle: undefined,
    does: fetchDue,
    failed: err => {
      if (!round.closing) log.error({ err }, 'sources could not be looked after and will be again')
    },
  })
  return { look: round.run, close: round.close }
}
