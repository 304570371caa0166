import { zValidator } from '@hono/zod-validator'
import { limits } from '@paperboard/shared/limits'
import { type PapersForYou, type RelatedPapers, type SearchAnswer, SearchQuery, SuggestionsQuery } from '@paperboard/shared/search'
import { Hono } from 'hono'
import { inGroup, signedIn } from '../access.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { Problem } from '../errors.ts'
import { search } from '../search/answer.ts'
import { papersForYou, relatedPapers } from '../search/suggestions.ts'

const asked = zValidator('query', SearchQuery, result => {
  if (!result.success) throw new Problem('invalid', 'A search has a text q, a kind (all, papers, comments, people or notes), a limit and an offset.')
})

const wanted = zValidator('query', SuggestionsQuery, result => {
  if (!result.success) throw new Problem('invalid', `Suggestions are asked for with a limit of at most ${limits.suggestions}.`)
})

/** Finding things again. */
export const searchRoutes = ({ db, now }: { db: Database; now: () => number }) => {
  const group = '/groups/:group'
  const doors = [signedIn, inGroup(db)] as const
  return new Hono<AppEnv>()
    .get(`${group}/search`, ...doors, asked, async c => {
      const answer: SearchAnswer = await search(db, { group: c.var.membership.group, me: c.var.me.id, now: now() }, c.req.valid('query'))
      return c.json(answer)
    })
    .get(`${group}/papers/:paper/related`, ...doors, wanted, async c => {
      const asking = { group: c.var.membership.group, me: c.var.me.id, now: now(), ...c.req.valid('query') }
      const answer: RelatedPapers = await relatedPapers(db, asking, c.req.param('paper'))
      return c.json(answer)
    })
    .get(`${group}/for-you`, ...doors, wanted, async c => {
      const answer: PapersForYou = await papersForYou(db, { group: c.var.membership.group, me: c.var.me.id, now: now(), ...c.req.valid('query') })
      return c.json(answer)
    })
}
