import type { Me, Person } from '@paperboard/shared/api'
import { Hono } from 'hono'
import type { AppEnv } from '../context.ts'
import type { Database } from '../db/database.ts'
import { groupsOf } from '../db/groups.ts'
import { anyPeople } from '../db/people.ts'

/** GET /api/me, open to all: who is signed in, and where to begin. */
export const meRoutes = ({ db, now }: { db: Database; now: () => number }) =>
  new Hono<AppEnv>().get('/me', async c => c.json(await meOf(db, c.var.session?.person ?? null, now())))

/** What the interface needs to know of whoever is before it. */
export async function meOf(db: Database, person: Person | null, now: number): Promise<Me> {
  if (person === null) return { person, groups: [], firstRun: !(await anyPeople(db)), now }
  return { person, groups: await groupsOf(db, person.id), firstRun: false, now }
}
