import { timingSafeEqual } from 'node:crypto'
import { dayAt } from '@paperboard/shared/days'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Logger } from 'pino'
import type { AppEnv } from '../context.ts'
import { Problem } from '../errors.ts'
import { filesIn } from '../filesIn.ts'
import { boardDay } from '../papers/boardNow.ts'
import { addFiles, type ImportParts } from '../papers/fileImport.ts'
import { ownerOf } from '../papers/groupNamed.ts'
import { inSteps } from '../steps.ts'

interface Parts extends ImportParts {
  log: Logger
  token: string
}

/** What commands on this machine ask of the server that runs: see control.ts. */
export const controlRoutes = (parts: Parts) =>
  new Hono<AppEnv>().post('/import', knows(parts.token), filesIn, async c => {
    const { group, owner } = await ownerOf(parts.db, c.req.query('group') ?? '')
    const day = boardDay(c.req.query('date') || dayAt(parts.now(), group.timeZone), { group }, parts.now())
    const { files, skip } = c.var.given
    return inSteps(c, parts.log, tell => addFiles(parts, { group, day, files, tell, member: owner, skip }))
  })

const knows = (token: string) =>
  createMiddleware(async (c, next) => {
    const given = Buffer.from(c.req.header('authorization')?.replace(/^Bearer /, '') ?? '')
    const wanted = Buffer.from(token)
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Problem('not-found', 'There is nothing at this address.')
    await next()
  })
