import { zValidator } from '@hono/zod-validator'
import { dayAt } from '@paperboard/shared/days'
import { newId } from '@paperboard/shared/ids'
import { limits } from '@paperboard/shared/limits'
import { mayChangeSources } from '@paperboard/shared/rules'
import { ChangeSource, FetchSource, NewSource, PreviewSource, type Source, type SourcePreview, type SourceRun, type Sources } from '@paperboard/shared/sources'
import { Hono } from 'hono'
import { z } from 'zod'
import { allow, inGroup, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { addSource, changeSource, findSource, openRunNow, type RunRow, removeSource, runsOf, type SourceRow, sourcesOf } from '../db/sources.ts'
import { Problem } from '../errors.ts'
import { OutsideFailure } from '../papers/outside/failure.ts'
import type { Outside } from '../papers/outside/http.ts'
import { previewSource } from '../papers/sources/preview.ts'
import { newRun, type SourceSchedules } from '../papers/sources/schedule.ts'
import { nextSlot } from '../papers/sources/slots.ts'
import type { Rates } from '../rates.ts'

interface Parts {
  db: Database
  rates: Pick<Rates, 'fetchSource'>
  now: () => number
  /** Null where the installation asks nobody. */
  outside: Outside | null
  schedules: Pick<SourceSchedules, 'look'> | null
}

/** Runs that are shown of a source at a time. */
const runsShown = 50

/** Sources of a group: everyone sees them and what they did, organizers change them. */
export const sourcesRoutes = ({ db, rates, now, outside, schedules }: Parts) => {
  const path = '/groups/:group/sources'
  const doors = [signedIn, inGroup(db)] as const
  const before = zValidator('query', z.strictObject({ before: z.coerce.number().int().min(0).optional() }), result => {
    if (!result.success) throw new Problem('invalid', 'Name a time in ms as before.')
  })
  const off = () => new Problem('unavailable', 'This installation asks no other services: whoever runs it has switched that off.')
  return new Hono<AppEnv>()
    .get(path, ...doors, async c => {
      const rows = await sourcesOf(db, c.var.membership.group.id)
      const answer: Sources = { sources: await Promise.all(rows.map(row => describe(db, row))) }
      return c.json(answer)
    })
    .post(path, ...doors, json(NewSource), async c => {
      const { group, role } = c.var.membership
      allow(mayChangeSources(role))
      const source = c.req.valid('json')
      const row = await db.transaction(async tx => {
        if ((await sourcesOf(tx, group.id)).length >= limits.sources)
          throw new Problem('conflict', `A group has at most ${limits.sources} sources. Remove one, or put categories into one source.`)
        const made: SourceRow = {
          ...source,
          id: newId(),
          group: group.id,
          createdBy: c.var.me.id,
          createdAt: now(),
          nextAt: nextSlot(source.schedule, group.timeZone, now()),
          doneUntil: null,
        }
        await addSource(tx, made)
        return made
      })
      return c.json(await describe(db, row), 201)
    })
    .post(`${path}/preview`, ...doors, rates.fetchSource, json(PreviewSource), async c => {
      const { group, role } = c.var.membership
      allow(mayChangeSources(role))
      if (outside === null) throw off()
      const { config } = c.req.valid('json')
      const answer: SourcePreview = await previewSource(db, outside, { config, group: group.id, timeZone: group.timeZone, now: now() }).catch(asProblem)
      return c.json(answer)
    })
    .patch(`${path}/:source`, ...doors, json(ChangeSource), async c => {
      const { group, role } = c.var.membership
      allow(mayChangeSources(role))
      const { paused, ...change } = c.req.valid('json')
      await db.transaction(async tx => {
        const row = await sourceOf(tx, group.id, c.req.param('source'))
        const asleep = paused ?? row.nextAt === null
        // Slots that passed while it was paused are caught up with by the next one.
        const nextAt = asleep ? null : nextSlot(change.schedule ?? row.schedule, group.timeZone, now())
        const other = change.config !== undefined && JSON.stringify(change.config) !== JSON.stringify(row.config)
        await changeSource(tx, row.id, { ...change, nextAt, ...(other ? { doneUntil: null } : {}) })
      })
      return c.json(await describe(db, await sourceOf(db, group.id, c.req.param('source'))))
    })
    .delete(`${path}/:source`, ...doors, async c => {
      const { group, role } = c.var.membership
      allow(mayChangeSources(role))
      await removeSource(db, (await sourceOf(db, group.id, c.req.param('source'))).id)
      return c.body(null, 204)
    })
    .post(`${path}/:source/fetch`, ...doors, rates.fetchSource, json(FetchSource), async c => {
      const { group, role } = c.var.membership
      allow(mayChangeSources(role))
      if (outside === null || schedules === null) throw off()
      const source = await sourceOf(db, group.id, c.req.param('source'))
      const [last] = await runsOf(db, source.id, 1)
      if (last !== undefined && underWay(last, now())) throw new Problem('conflict', 'It is being fetched already.')
      const run = newRun({ source: source.id, kind: 'now', slot: now(), reach: c.req.valid('json').reach }, now())
      await openRunNow(db, run)
      void schedules.look()
      return c.json(shown(run), 202)
    })
    .get(`${path}/:source/runs`, ...doors, before, async c => {
      const source = await sourceOf(db, c.var.membership.group.id, c.req.param('source'))
      const runs = await runsOf(db, source.id, runsShown, c.req.valid('query').before ?? null)
      return c.json({ runs: runs.map(shown), today: dayAt(now(), c.var.membership.group.timeZone) })
    })
}

/** What is tried again later, or waits for a board, is not under way. */
const underWay = ({ state, nextTry }: RunRow, now: number) => (state === 'fetching' || state === 'placing') && nextTry !== null && nextTry <= now

async function sourceOf(db: Database, group: string, id: string): Promise<SourceRow> {
  const row = await findSource(db, id)
  if (row === null || row.group !== group) throw new Problem('not-found', 'There is no such source in the group. Perhaps it was removed.')
  return row
}

const shown = ({ reach: _, ...run }: RunRow): SourceRun => run

async function describe(db: Database, { group: _, doneUntil: __, ...row }: SourceRow): Promise<Source> {
  const [last] = await runsOf(db, row.id, 1)
  return { ...row, paused: row.nextAt === null, lastRun: last === undefined ? null : shown(last) }
}

/** What another service did is no fault of ours, and told as it is. */
const asProblem = (error: unknown): never => {
  if (!(error instanceof OutsideFailure)) throw error
  throw error.passing ? new Problem('unavailable', error.message) : new Problem('invalid', error.message)
}
