import { ChangeGroup, ChangeRole, type Group, HandOver, type Member, NewGroup } from '@paperboard/shared/api'
import { closeCodes } from '@paperboard/shared/closeCodes'
import { dayAt } from '@paperboard/shared/days'
import type { Guest } from '@paperboard/shared/guests'
import { newId } from '@paperboard/shared/ids'
import { defaultSettings, type Role } from '@paperboard/shared/members'
import { mayChangeRole, mayConfigure, mayHandOver, mayInvite, mayLeave, mayRemoveMember } from '@paperboard/shared/rules'
import { Hono } from 'hono'
import { allow, inGroup, inGroupOrGuest, type RoomAccess, signedIn, signedInOrGuest, standing } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { addGroup, changeGroup, endMembership, findMembership, type GroupRow, membersOf, setRole } from '../db/groups.ts'
import { guestNamesIn } from '../db/guests.ts'
import { revokeInvitationsBy } from '../db/invitations.ts'
import { changeSource, sourcesOf } from '../db/sources.ts'
import { notFound } from '../errors.ts'
import { nextSlot } from '../papers/sources/slots.ts'

/** Groups and their members. Each change of a group is answered with the group as it is then. */
export const groupsRoutes = ({ db, rooms, now }: { db: Database; rooms: RoomAccess; now: () => number }) => {
  const answer = async (group: string, me: string): Promise<Group> => describe(db, await standing(db, group, me), now())
  return new Hono<AppEnv>()
    .post('/groups', signedIn, json(NewGroup), async c => {
      const group = { id: newId(), ...c.req.valid('json'), settings: defaultSettings }
      await addGroup(db, { ...group, owner: c.var.me.id, createdAt: now() })
      return c.json(await answer(group.id, c.var.me.id), 201)
    })
    .get('/groups/:group', signedInOrGuest, inGroupOrGuest(db, now), async c => c.json(await describe(db, c.var.membership, now())))
    .patch('/groups/:group', signedIn, inGroup(db), json(ChangeGroup), async c => {
      const { id } = c.var.membership.group
      const { settings, ...change } = c.req.valid('json')
      await db.transaction(async tx => {
        const { role, group } = await standing(tx, id, c.var.me.id)
        allow(mayConfigure(role))
        await changeGroup(tx, { ...group, ...change, settings: { ...group.settings, ...settings } })
        if (change.timeZone !== undefined && change.timeZone !== group.timeZone) await moveSlots(tx, id, change.timeZone, now())
      })
      await rooms.refresh(id)
      // What they may do has changed: they ask again, and are turned away where the group has no guests any more.
      if (settings?.guests !== undefined)
        for (const { id: person } of await guestNamesIn(db, id)) rooms.disconnect({ person, group: id }, closeCodes.accessChanged)
      return c.json(await answer(id, c.var.me.id))
    })
    .patch('/groups/:group/members/:member', signedIn, inGroup(db), json(ChangeRole), async c => {
      const { group, member } = c.req.param()
      const { role } = c.req.valid('json')
      await decide(db, { group, actor: c.var.me.id, member }, async (tx, actor, from) => {
        allow(mayChangeRole(actor, from, role))
        await setRole(tx, { group, person: member, role })
        if (mayInvite(role, 'member') !== null) await revokeInvitationsBy(tx, { group, person: member, now: now() })
      })
      rooms.disconnect({ person: member, group }, closeCodes.accessChanged)
      return c.json(await answer(group, c.var.me.id))
    })
    .delete('/groups/:group/members/:member', signedIn, inGroup(db), async c => {
      const { group, member } = c.req.param()
      await decide(db, { group, actor: c.var.me.id, member }, async (tx, actor, target) => {
        allow(mayRemoveMember(actor, target))
        await part(tx, { group, person: member, now: now(), by: c.var.me.id })
      })
      rooms.disconnect({ person: member, group }, closeCodes.notMember)
      return c.json(await answer(group, c.var.me.id))
    })
    .post('/groups/:group/leave', signedIn, inGroup(db), async c => {
      const { group } = c.req.param()
      await decide(db, { group, actor: c.var.me.id, member: c.var.me.id }, async (tx, actor) => {
        allow(mayLeave(actor))
        await part(tx, { group, person: c.var.me.id, now: now(), by: null })
      })
      rooms.disconnect({ person: c.var.me.id, group }, closeCodes.notMember)
      return c.body(null, 204)
    })
    .post('/groups/:group/hand-over', signedIn, inGroup(db), json(HandOver), async c => {
      const { group } = c.req.param()
      const { to } = c.req.valid('json')
      await decide(db, { group, actor: c.var.me.id, member: to }, async (tx, actor, target) => {
        allow(mayHandOver(actor, target))
        await setRole(tx, { group, person: to, role: 'owner' })
        await setRole(tx, { group, person: c.var.me.id, role: 'organizer' })
      })
      for (const person of [to, c.var.me.id]) rooms.disconnect({ person, group }, closeCodes.accessChanged)
      return c.json(await answer(group, c.var.me.id))
    })
}

/** Sources are fetched by the group's clock. */
async function moveSlots(tx: Database, group: string, timeZone: string, now: number): Promise<void> {
  for (const { id, nextAt, schedule } of await sourcesOf(tx, group))
    if (nextAt !== null) await changeSource(tx, id, { nextAt: nextSlot(schedule, timeZone, now) })
}

/** Decides and acts on what roles are at that moment: of two changes at once, the second one sees the first. */
function decide(
  db: Database,
  who: { group: string; actor: string; member: string },
  act: (tx: Database, actor: Role, member: Role) => Promise<void>,
): Promise<void> {
  return db.transaction(async tx => {
    const actor = await standing(tx, who.group, who.actor)
    const member = await findMembership(tx, who.group, who.member)
    if (member === null) throw notFound('member')
    await act(tx, actor.role, member.role)
  })
}

/** Ends a membership, and with it the links they have made: they would lead back in. */
async function part(tx: Database, member: { group: string; person: string; now: number; by: string | null }): Promise<void> {
  await endMembership(tx, member)
  await revokeInvitationsBy(tx, member)
}

async function describe(db: Database, { role, group }: { role: Role; group: GroupRow }, now: number): Promise<Group> {
  const guests = await guestNamesIn(db, group.id)
  return { ...group, role, members: [...(await membersOf(db, group.id)), ...guests.map(asMember)], today: dayAt(now, group.timeZone) }
}

/** Guests are members of nothing, but what they did keeps a name, and one that nobody takes for a member's. */
const asMember = ({ id, name, joinedAt }: Guest): Member => ({ id, name: `${name} (guest)`, role: 'guest', joinedAt, gone: true })
