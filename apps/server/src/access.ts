import { refusals } from '@paperboard/shared/refusals'
import type { Verdict } from '@paperboard/shared/room'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import type { Database } from './db/database.ts'
import { findMembership, type Membership } from './db/groups.ts'
import { guestStanding } from './db/guests.ts'
import { notFound, Problem } from './errors.ts'
import type { Session } from './sessions.ts'
import type { Rooms } from './sync/rooms.ts'

/** The live rooms, as routes need them that change what somebody may do. */
export type RoomAccess = Pick<Rooms, 'disconnect' | 'refresh'>

/** Lets nobody through who is not signed in, nor guests of a meeting; the handler finds who it is in `c.var.me`. */
export const signedIn = createMiddleware<AppEnv & { Variables: { me: Session['person'] } }>(async (c, next) => {
  if (c.var.session === null || c.var.session.isGuest) throw new Problem('not-signed-in', 'Please sign in first.')
  c.set('me', c.var.session.person)
  await next()
})

/** The same, and lets guests through: whatever comes after must ask of what meeting. */
export const signedInOrGuest = createMiddleware<AppEnv & { Variables: { me: Session['person'] } }>(async (c, next) => {
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

/** As `inGroup`, and lets through who is a guest of any meeting of the group now. Comes after `signedInOrGuest`. */
export const inGroupOrGuest = (db: Database, now: () => number) =>
  createMiddleware<AppEnv & { Variables: { me: Session['person']; membership: Membership } }, '/:group'>(async (c, next) => {
    c.set('membership', await admitted(db, { group: c.req.param('group'), person: c.var.me.id, isGuest: c.var.session?.isGuest ?? false, now: now() }))
    await next()
  })

/** As `inGroup`, and lets through who is a guest of the meeting named by `:meeting` now. Comes after `signedInOrGuest`. */
export const inMeeting = (db: Database, now: () => number) =>
  createMiddleware<AppEnv & { Variables: { me: Session['person']; membership: Membership } }, '/:group/:meeting'>(async (c, next) => {
    const { group, meeting } = c.req.param()
    c.set('membership', await admitted(db, { group, meeting, person: c.var.me.id, isGuest: c.var.session?.isGuest ?? false, now: now() }))
    await next()
  })

async function admitted(
  db: Database,
  { group, meeting, person, isGuest, now }: { group: string; meeting?: string; person: string; isGuest: boolean; now: number },
): Promise<Membership> {
  if (!isGuest) return standing(db, group, person)
  const found = await guestStanding(db, { group, person, now })
  if (found === null || (meeting !== undefined && found.meeting !== meeting)) throw notFound('group')
  return found.membership
}

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
