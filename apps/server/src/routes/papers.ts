import { zValidator } from '@hono/zod-validator'
import {
  AddPapers,
  type BoardDay,
  type BoardPapers,
  type DayCount,
  type ImportPreview,
  type ImportResult,
  type Paper,
  PreviewImport,
} from '@paperboard/shared/api'
import { addPapers, closedOf, papersOf } from '@paperboard/shared/board'
import { Day, dayAt, daysBetween } from '@paperboard/shared/days'
import { Id } from '@paperboard/shared/ids'
import { limits } from '@paperboard/shared/limits'
import { boardRoom } from '@paperboard/shared/room'
import { mayAddPapers } from '@paperboard/shared/rules'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { z } from 'zod'
import { allow, inGroup, inGroupOrGuest, signedIn, signedInOrGuest } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import { boardDays, boardsWith, dayCounts, paperOf } from '../db/boards.ts'
import type { Database } from '../db/database.ts'
import type { Membership } from '../db/groups.ts'
import { findPapers } from '../db/papers.ts'
import { Problem } from '../errors.ts'
import { filesIn } from '../filesIn.ts'
import { boardDay, boardNow } from '../papers/boardNow.ts'
import { addFiles, previewFiles } from '../papers/fileImport.ts'
import { type ImportPlan, planImport, planReturn, readSource, type Target } from '../papers/imports.ts'
import type { Lookups } from '../papers/outside/lookups.ts'
import { withNotes } from '../papers/outside/notes.ts'
import { addInSlices, closedBoard } from '../papers/slices.ts'
import { inSteps } from '../steps.ts'
import type { Rooms } from '../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'read' | 'edit'>
  now: () => number
  log: Logger
  /** Looks up what the papers of imports lack, where the installation asks anybody. */
  lookups: Pick<Lookups, 'wake'> | undefined
}

/** Papers: what stands on boards, and how it gets there. */
export const papersRoutes = (parts: Parts) => {
  const { db, now, log, lookups } = parts
  const asks = lookups !== undefined
  const group = '/groups/:group'
  const doors = [signedIn, inGroup(db)] as const
  return new Hono<AppEnv>()
    .get(`${group}/boards/:day`, ...doors, async c => {
      const day = boardDay(c.req.param('day'), c.var.membership, now())
      const { here } = await boardNow(parts, c.var.membership.group.id, day)
      const answer: BoardPapers = { papers: await withNotes(db, { group: c.var.membership.group.id, rows: await findPapers(db, here), asks }) }
      return c.json(answer)
    })
    .post(`${group}/boards/:day/preview`, ...doors, json(PreviewImport, limits.pasteBytes), async c => {
      const day = boardDay(c.req.param('day'), c.var.membership, now())
      allow(mayAddPapers({ id: c.var.me.id, role: c.var.membership.role }, c.var.membership.group.settings))
      const { source } = c.req.valid('json')
      const target = await openTarget(parts, c.var.membership, day, source)
      const { preview } = await planImport(db, source, target)
      const answer: ImportPreview = preview
      return c.json(answer)
    })
    .post(`${group}/boards/:day/papers`, ...doors, json(AddPapers, limits.pasteBytes), async c => {
      const day = boardDay(c.req.param('day'), c.var.membership, now())
      allow(mayAddPapers({ id: c.var.me.id, role: c.var.membership.role }, c.var.membership.group.settings))
      const { source, skip } = c.req.valid('json')
      const target = await openTarget(parts, c.var.membership, day, source)
      const member = c.var.me.id
      if (source.from === 'group') return c.json(await putBack(parts, { plan: await planReturn(db, source, target, new Set(skip)), target, member }))
      // Should the board not take them, the entries in the catalogue harm nobody: they are on no board, and a repeat finds them again.
      const read = await readSource(source, target.today)
      const answer: ImportResult = { ...(await addInSlices(parts, { read, target, member, skip: new Set(skip) })), day }
      return c.json(answer)
    })
    .post(`${group}/boards/:day/files`, ...doors, filesIn, async c => {
      const day = boardDay(c.req.param('day'), c.var.membership, now())
      allow(mayAddPapers({ id: c.var.me.id, role: c.var.membership.role }, c.var.membership.group.settings))
      const { act, skip, files } = c.var.given
      const member = c.var.me.id
      const { group } = c.var.membership
      return inSteps(c, log, tell =>
        act === 'preview' ? previewFiles(parts, { group, day, files, tell }) : addFiles(parts, { group, day, files, tell, member, skip }),
      )
    })
    .get(`${group}/days`, ...doors, span(limits.spanDays), async c => {
      const answer: BoardDay[] = await boardDays(db, c.var.membership.group.id, c.req.valid('query'))
      return c.json(answer)
    })
    .get(`${group}/counts`, ...doors, span(limits.countDays), async c => {
      const answer: DayCount[] = await dayCounts(db, c.var.membership.group.id, c.req.valid('query'))
      return c.json(answer)
    })
    .get(`${group}/papers`, ...doors, papersAsked, async c => {
      const { id } = c.var.membership.group
      const rows = await findPapers(db, c.req.valid('query').ids)
      const on = new Set(
        (
          await boardsWith(
            db,
            id,
            rows.filter(row => row.scope !== id).map(row => row.id),
          )
        ).map(({ paper }) => paper),
      )
      const answer: BoardPapers = { papers: await withNotes(db, { group: id, rows: rows.filter(row => row.scope === id || on.has(row.id)), asks }) }
      return c.json(answer)
    })
    .get(`${group}/papers/:paper`, signedInOrGuest, inGroupOrGuest(db, now), async c => {
      const { id } = c.var.membership.group
      const [row] = await findPapers(db, [c.req.param('paper')])
      const theirs = row !== undefined && (row.scope === id || (await boardsWith(db, id, [row.id])).length > 0)
      if (!theirs) throw new Problem('not-found', 'There is no such paper on a board of the group.')
      const answer: Paper = paperOf(row)
      return c.json(answer)
    })
}

const papersAsked = zValidator(
  'query',
  z.strictObject({
    ids: z
      .string()
      .transform(ids => ids.split(','))
      .pipe(z.array(Id).min(1).max(limits.papersAsked)),
  }),
  result => {
    if (!result.success) throw new Problem('invalid', `Name up to ${limits.papersAsked} papers as ids, with commas between them.`)
  },
)

const span = (most: number) => {
  const days = z
    .strictObject({ from: Day, to: Day })
    .refine(({ from, to }) => from <= to, 'The first day comes after the last')
    .refine(({ from, to }) => daysBetween(from, to) < most, `At most ${most} days can be asked for`)
  return zValidator('query', days, result => {
    if (!result.success) throw new Problem('invalid', result.error.issues[0]?.message ?? 'Name the first and the last day as from and to.')
  })
}

async function openTarget(parts: Parts, { group }: Membership, day: Day, source: z.infer<typeof PreviewImport>['source']): Promise<Target> {
  const { here, before, closed } = await boardNow(parts, group.id, day, source.from === 'group' ? source.papers : [])
  if (closed) throw closedBoard()
  return { group: group.id, day, today: dayAt(parts.now(), group.timeZone), here: new Set(here), before: new Set(before) }
}

/** Puts papers the group has back on the board: the first where it was. Those that somebody else has put there meanwhile keep their place. */
async function putBack({ rooms, now }: Parts, { plan, target, member }: { plan: ImportPlan; target: Target; member: string }): Promise<ImportResult> {
  const { papers, source, order } = plan
  const fresh = papers.filter(id => !target.here.has(id))
  if (fresh.length === 0) return { added: [], present: papers.length, day: target.day }
  const added = await rooms.edit(boardRoom(target.group, target.day), doc => {
    // Asked here again: it may have been closed since it was read.
    if (closedOf(doc) !== null) return null
    const here = new Set(papersOf(doc).map(paper => paper.id))
    addPapers(doc, fresh, { member, now: now(), source, order: fresh[0] === papers[0] ? order : undefined })
    return fresh.filter(id => !here.has(id))
  })
  if (added === null) throw closedBoard()
  return { added, present: papers.length - added.length, day: target.day }
}
