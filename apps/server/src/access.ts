import { refusals } from '@paperboard/shared/refusals'
import type { Verdict } from '@paperboard/shared/room'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import type { Database } from './db/database.ts'
import { findMembership, type Membership } from './db/groups.ts'
import { notFound, Problem } from './errors.ts'
import type { Session } from './sessions.ts'
import type { Rooms } from './sync/rooms.ts'

/** The live rooms, as routes need them that change what somebody may do. */
export type RoomAccess = Pick<Rooms, 'disconnect' | 'refresh'>

/** Lets nobody through who is not signed in; the handler finds who it is in `c.var.me`. */
export const signedIn = createMiddleware<AppEnv & { Variables: { me: Session['person'] } }>(async (c, next) => {
  if (c.var.session === null) throw new Problem('not-signed-in', 'Please sign in first.')
  c.set('me', c.var.session.person)
  await next()
})

/**
 * Lets only members of the group named by `:group` through; the handler finds their standing in `c.var.membership`.
 * Comes after `signedIn`. A group that one is not in looks like one that does not exist.
 */
export const inGroup = (db: Database) =>
  createMiddleware<AppEnv & { Variables: { me: Session['person']; membership: Membership } }, '/:group'>(async (c, next) => {
    c.set('membership', await standing(db, c.req.param('group'), c.var.me.id))
    await next()
  })

/** A person's standing in a group; throws `not-found` when they have none. */
export async function standing(db: Database, group: string, person: string): Promise<Membership> {
  const membership = await findMembership(db, group, person)
  if (membership === null) throw notFound('group')
  return membership
}

/** Throws `forbidden` when a rule refuses. */
export function allow(verdict: Verdict): void {
  if (verdict !== null) throw new Problem('forbidden', refusals[verdict])
}
