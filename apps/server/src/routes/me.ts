import type { Me, Person } from '@paperboard/shared/api'
import type { GuestPlace } from '@paperboard/shared/guests'
import { Hono } from 'hono'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { groupsOf } from '../db/groups.ts'
import { guestPlaceOf } from '../db/guests.ts'
import { anyPeople } from '../db/people.ts'

/** GET /api/me, open to all: who is signed in, and where to begin. */
export const meRoutes = ({ db, now }: { db: Database; now: () => number }) =>
  new Hono<AppEnv>().get('/me', async c => {
    const { session } = c.var
    const place = session?.isGuest ? await guestPlaceOf(db, session.person.id, now()) : null
    if (session !== null && place !== null) return c.json(guestOf(session.person, place, now()))
    return c.json(await meOf(db, session?.isGuest ? null : (session?.person ?? null), now()))
  })

/** What the interface needs to know of whoever is before it. */
export async function meOf(db: Database, person: Person | null, now: number): Promise<Me> {
  if (person === null) return { person, groups: [], guest: null, firstRun: !(await anyPeople(db)), now }
  return { person, groups: await groupsOf(db, person.id), guest: null, firstRun: false, now }
}

/** The same of a guest: they are in no group, and in one meeting. */
export const guestOf = ({ id, name }: Pick<Person, 'id' | 'name'>, guest: GuestPlace, now: number): Me => ({
  person: { id, name, email: '' },
  groups: [],
  guest,
  firstRun: false,
  now,
})
