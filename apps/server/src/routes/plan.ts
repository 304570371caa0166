import { zValidator } from '@hono/zod-validator'
import { type PlanChanges, type ReadingNotes, WriteReadingNote } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { Hono } from 'hono'
import { z } from 'zod'
import { inGroup, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { planChangesOf } from '../db/planChanges.ts'
import { mayHaveNote, notesOf, writeNote } from '../db/readingNotes.ts'
import { Problem } from '../errors.ts'

/** A moment to look back from. */
const query = zValidator('query', z.strictObject({ before: z.coerce.number().int().min(0).optional() }), result => {
  if (!result.success) throw new Problem('invalid', 'Name a moment as before, in ms since 1970, or none.')
})

/** A note as JSON: a character takes six bytes where it is escaped. */
const noteBytes = 6 * limits.readingNoteLength + 1_000

/** What of plans and readings is not in live documents: who changed what, and what a reader notes for themselves. */
export const planRoutes = ({ db, now }: { db: Database; now: () => number }) => {
  const doors = [signedIn, inGroup(db)] as const
  return new Hono<AppEnv>()
    .get('/groups/:group/plan/changes', ...doors, query, async c => {
      const { before = null } = c.req.valid('query')
      const found = await planChangesOf(db, c.var.membership.group.id, { before, most: limits.planChanges + 1 })
      const answer: PlanChanges = { changes: found.slice(0, limits.planChanges), more: found.length > limits.planChanges }
      return c.json(answer)
    })
    .get('/readings/notes', signedIn, async c => {
      const answer: ReadingNotes = { notes: await notesOf(db, c.var.me.id) }
      return c.json(answer)
    })
    .put('/groups/:group/readings/:reading/note', ...doors, json(WriteReadingNote, noteBytes), async c => {
      const of = { group: c.var.membership.group.id, person: c.var.me.id, reading: c.req.param('reading') }
      if (!(await mayHaveNote(db, of))) throw new Problem('not-found', 'This reading is not yours, or is not stored yet.')
      await writeNote(db, of, { text: c.req.valid('json').text, now: now() })
      return c.body(null, 204)
    })
}
