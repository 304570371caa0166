import { Export, exportFormats } from '@paperboard/shared/api'
import { limits } from '@paperboard/shared/limits'
import { Hono } from 'hono'
import { inGroup, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { Problem } from '../errors.ts'
import { type ExportedFile, exported } from '../papers/exports.ts'

/** Bytes of a request that names as many papers as one may: an id takes fifteen. */
const namesBytes = limits.exportPapers * 16 + 1024

/** Papers out, as files. */
export const exportsRoutes = ({ db }: { db: Database }) => {
  const doors = [signedIn, inGroup(db)] as const
  return new Hono<AppEnv>()
    .post('/groups/:group/export', ...doors, json(Export, namesBytes), async c => fileOf(await exported(db, c.var.membership.group, c.req.valid('json'))))
    .get('/groups/:group/papers/:paper/export/:format', ...doors, async c => {
      const format = exportFormats.find(known => known === c.req.param('format'))
      if (format === undefined) throw new Problem('not-found', `Papers are written as ${exportFormats.join(', ')}.`)
      const file = await exported(db, c.var.membership.group, { format, papers: { of: 'papers', papers: [c.req.param('paper')] } })
      if (file.text === '' || file.name.startsWith('papers.')) throw new Problem('not-found', 'There is no such paper on a board of the group.')
      return fileOf(file)
    })
}

const fileOf = ({ text, type, name }: ExportedFile): Response =>
  new Response(text, { headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"`, 'Cache-Control': 'no-store' } })
