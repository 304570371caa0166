import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { citationLinks, citationMeta } from '@paperboard/shared/citation'
import { createMiddleware } from 'hono/factory'
import { html, raw } from 'hono/html'
import type { AppEnv } from '../context.ts'
import { boardsWith, paperOf } from '../db/boards.ts'
import type { Database } from '../db/database.ts'
import { findMembership } from '../db/groups.ts'
import { findPapers } from '../db/papers.ts'

/**
 * The page of a paper with what reference managers read in its head. Only for members who are signed in, as the browser of
 * a connector's user is: to everybody else it is the same page of the app as any other address, so nobody learns from it
 * which papers or groups there are.
 */
export const citedPage = ({ db, web }: { db: Database; web: string }) => {
  const index = join(web, 'index.html')
  return createMiddleware<AppEnv, '/g/:group/papers/:paper'>(async (c, next) => {
    const me = c.var.session?.person.id
    if (me === undefined || !c.req.header('accept')?.includes('text/html')) return next()
    const { group, paper } = c.req.param()
    const cited = (await findMembership(db, group, me)) === null ? null : await paperIn(db, group, paper)
    if (cited === null) return next()
    const head = html`${citationMeta(cited).map(({ name, content }) => html`<meta name="${name}" content="${content}" data-cited>`)}${citationLinks(
      group,
      paper,
    ).map(({ rel, type, title, href }) => html`<link rel="${rel}" type="${type}" title="${title}" href="${href}" data-cited>`)}`
    const [before = '', after = ''] = (await readFile(index, 'utf8')).split('</head>')
    c.header('Cache-Control', 'private, no-store')
    return c.html(html`${raw(before)}${head}</head>${raw(after)}`)
  })
}

async function paperIn(db: Database, group: string, id: string) {
  const [row] = await findPapers(db, [id])
  const theirs = row !== undefined && (row.scope === group || (await boardsWith(db, group, [id])).length > 0)
  return theirs ? paperOf(row) : null
}
