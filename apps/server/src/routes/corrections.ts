/** Corrections of papers by members of a group. */
import { CorrectPaper, type Paper, type PaperCorrections } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { mayCorrect } from '@paperboard/shared/rules'
import { Hono } from 'hono'
import { allow, inGroup, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { findPapers } from '../db/papers.ts'
import { correctPaper, historyOf, undoCorrection } from '../papers/corrections.ts'
import type { ChangedEntry } from '../papers/outside/entries.ts'
import { withNotes } from '../papers/outside/notes.ts'
import type { Rooms } from '../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'tell'>
  now: () => number
  asks: boolean
}

/** What is written is stored, then told to whoever has the group open. */
export const correctionsRoutes = ({ db, rooms, now, asks }: Parts) => {
  const doors = [signedIn, inGroup(db)] as const
  const at = '/groups/:group/papers/:paper'
  const told = async (group: string, paper: string, changed: readonly ChangedEntry[]): Promise<Paper> => {
    for (const { ids } of changed) rooms.tell({ kind: 'papers', group, papers: [...ids] })
    const [answer] = await withNotes(db, { group, rows: await findPapers(db, [paper]), asks })
    if (answer === undefined) throw new Error('A paper is gone that was just there')
    return answer
  }
  return new Hono<AppEnv>()
    .get(`${at}/corrections`, ...doors, async c => {
      const answer: PaperCorrections = { corrections: await historyOf(db, c.var.membership.group.id, c.req.param('paper')) }
      return c.json(answer)
    })
    .patch(at, ...doors, json(CorrectPaper, limits.correctionBytes), async c => {
      const act = { group: c.var.membership.group.id, paper: c.req.param('paper'), member: c.var.me.id, now: now() }
      allow(mayCorrect({ id: c.var.me.id, role: c.var.membership.role }))
      const fields = c.req.valid('json')
      return c.json(await told(act.group, act.paper, await db.transaction(tx => correctPaper(tx, act, fields))))
    })
    .post(`${at}/corrections/:correction/undo`, ...doors, async c => {
      const act = { group: c.var.membership.group.id, paper: c.req.param('paper'), member: c.var.me.id, now: now() }
      allow(mayCorrect({ id: c.var.me.id, role: c.var.membership.role }))
      const undone = c.req.param('correction')
      return c.json(await told(act.group, act.paper, await db.transaction(tx => undoCorrection(tx, act, undone))))
    })
}
