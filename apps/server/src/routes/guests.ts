import { closeCodes } from '@paperboard/shared/closeCodes'
import { leads } from '@paperboard/shared/floorRules'
import { ComeIn, type GuestDoor, type GuestLinkPreview, type GuestPlace } from '@paperboard/shared/guests'
import { newId } from '@paperboard/shared/ids'
import { limits } from '@paperboard/shared/limits'
import { setDoor } from '@paperboard/shared/meetingFloor'
import { meetingRoom } from '@paperboard/shared/room'
import { mayLetIn } from '@paperboard/shared/rules'
import { type Context, Hono } from 'hono'
import { allow, inGroup, signedIn } from '../access.ts'
import { json } from '../body.ts'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { findGroup, findMembership, type GroupRow, type Membership } from '../db/groups.ts'
import { addGuest, behindLink, guestCount, guestLinkOf, guestsOf, putGuestLink, removeGuest, removeGuestLink } from '../db/guests.ts'
import { findMeeting, type MeetingRow } from '../db/meetings.ts'
import { removeSessionsOf } from '../db/sessions.ts'
import type { Env } from '../env.ts'
import { Problem } from '../errors.ts'
import { lanOrigins } from '../lan.ts'
import type { Rates } from '../rates.ts'
import type { Sessions } from '../sessions.ts'
import type { Rooms } from '../sync/rooms.ts'
import { guestOf } from './me.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'read' | 'disconnect'>
  sessions: Sessions
  rates: Rates
  env: Env
  now: () => number
}

const dayMs = 86_400_000

/** Guests of a meeting: let in by a link, with only a name, and shown out. */
export const guestsRoutes = (parts: Parts) => {
  const { db, rooms, rates, sessions, env, now } = parts
  const doors = [signedIn, inGroup(db)] as const
  const one = '/groups/:group/meetings/:meeting'
  const described = async ({ url }: { url: string }, meeting: string): Promise<GuestDoor> => ({
    token: await guestLinkOf(db, meeting, now()),
    lan: lanOrigins(env, new URL(url).port),
    guests: await guestsOf(db, meeting),
  })
  return new Hono<AppEnv>()
    .get(`${one}/guests`, ...doors, async c => c.json(await described(c.req, (await meetingOf(db, c.req.param())).id)))
    .put(`${one}/guest-link`, ...doors, async c => {
      const meeting = await mayLet(parts, c.var, c.req.param())
      if (meeting.endedAt !== null) throw new Problem('conflict', 'The meeting has ended.')
      await putGuestLink(db, { meeting: meeting.id, token: newId(), expiresAt: now() + limits.guestLinkDays * dayMs })
      await rooms.edit(meetingRoom(meeting.group, meeting.id), doc => setDoor(doc, { by: c.var.me.id, at: now() }))
      return c.json(await described(c.req, meeting.id))
    })
    .delete(`${one}/guest-link`, ...doors, async c => {
      const meeting = await mayLet(parts, c.var, c.req.param())
      await removeGuestLink(db, meeting.id)
      await rooms.edit(meetingRoom(meeting.group, meeting.id), doc => setDoor(doc, null))
      return c.json(await described(c.req, meeting.id))
    })
    .delete(`${one}/guests/:guest`, ...doors, async c => {
      const meeting = await mayLet(parts, c.var, c.req.param())
      const person = c.req.param('guest')
      if (!(await removeGuest(db, { meeting: meeting.id, person, now: now() }))) throw new Problem('not-found', 'There is no such guest in the meeting.')
      await removeSessionsOf(db, person)
      rooms.disconnect({ person }, closeCodes.notMember)
      return c.json(await described(c.req, meeting.id))
    })
    .get('/guest-links/:token', rates.invitation, async c => {
      const { place, group } = await opened(db, c.req.param('token'), now())
      const { session } = c.var
      const member = session !== null && !session.isGuest && (await findMembership(db, group.id, session.person.id)) !== null
      const title = (await findMeeting(db, place.group, place.meeting))?.title ?? ''
      const preview: GuestLinkPreview = { ...place, groupName: group.name, title, takePart: group.settings.guests === 'take-part', member }
      return c.json(preview)
    })
    .post('/guest-links/:token', json(ComeIn), rates.guestFrom, async c => {
      const guest = { id: newId(), name: c.req.valid('json').name }
      const place = await db.transaction(async tx => {
        const { place } = await opened(tx, c.req.param('token'), now())
        if ((await guestCount(tx, place.meeting)) >= limits.meetingGuests) throw new Problem('conflict', 'The meeting has as many guests as it can have.')
        await addGuest(tx, { ...guest, ...place, now: now() })
        return place
      })
      await leave(parts, c)
      c.header('Set-Cookie', await sessions.start(guest.id))
      return c.json(guestOf(guest, place, now()), 201)
    })
}

/** Whoever was signed in in this browser is not any more. */
async function leave({ sessions, rooms }: Parts, c: Context<AppEnv>) {
  const { session } = c.var
  if (session === null) return
  await sessions.end(session)
  rooms.disconnect({ session: session.id }, closeCodes.signedOut)
}

/** The meeting, for somebody who may let guests in. */
async function mayLet(
  { db, rooms }: Parts,
  { me, membership: { role, group } }: { me: { id: string }; membership: Membership },
  at: { group: string; meeting: string },
): Promise<MeetingRow> {
  const meeting = await meetingOf(db, at)
  const isLeading = await rooms.read(meetingRoom(meeting.group, meeting.id), doc =>
    leads({ id: me.id, role }, { record: (root, key) => doc.getMap(root).get(key) }),
  )
  allow(mayLetIn(isLeading, group.settings))
  return meeting
}

async function meetingOf(db: Database, { group, meeting }: { group: string; meeting: string }): Promise<MeetingRow> {
  const row = await findMeeting(db, group, meeting)
  if (row === null) throw new Problem('not-found', 'There is no such meeting in the group.')
  return row
}

/** Where a link leads. One answer whatever the reason: a link that was guessed tells nothing. */
async function opened(db: Database, token: string, now: number): Promise<{ place: GuestPlace; group: GroupRow }> {
  const place = await behindLink(db, token, now)
  const group = place === null ? null : await findGroup(db, place.group)
  if (place === null || group === null || group.settings.guests === 'none')
    throw new Problem('not-found', 'This link does not lead into a meeting any more. Ask somebody in the meeting for a new one.')
  return { place, group }
}
