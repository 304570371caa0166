/** Guests of meetings: the links by which they come in, and who has. */
import type { Guest, GuestPlace } from '@paperboard/shared/guests'
import { limits } from '@paperboard/shared/limits'
import { and, asc, count, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { Database } from './database.ts'
import { findGroup, type Membership } from './groups.ts'
import { chunked } from './papers.ts'

/** The link of a meeting; null when there is none, or it works no more. */
export async function guestLinkOf(db: Database, meeting: string, now: number): Promise<string | null> {
  const { guestLinks: l } = db.t
  const [row] = await db.sql
    .select({ token: l.token })
    .from(l)
    .where(and(eq(l.meeting, meeting), gt(l.expiresAt, now)))
  return row?.token ?? null
}

/** A new link; the one before works no more. */
export async function putGuestLink(db: Database, link: { meeting: string; token: string; expiresAt: number }): Promise<void> {
  const { guestLinks: l } = db.t
  await db.sql
    .insert(l)
    .values(link)
    .onConflictDoUpdate({ target: l.meeting, set: { token: link.token, expiresAt: link.expiresAt } })
}

export async function removeGuestLink(db: Database, meeting: string): Promise<void> {
  await db.sql.delete(db.t.guestLinks).where(eq(db.t.guestLinks.meeting, meeting))
}

/** Where a link leads; null when it works no more, or the meeting has ended. */
export async function behindLink(db: Database, token: string, now: number): Promise<GuestPlace | null> {
  const { guestLinks: l, meetings: m } = db.t
  const [row] = await db.sql
    .select({ group: m.group, meeting: m.id })
    .from(l)
    .innerJoin(m, eq(m.id, l.meeting))
    .where(and(eq(l.token, token), gt(l.expiresAt, now), isNull(m.endedAt)))
  return row ?? null
}

/** Puts somebody into a meeting. They have no address and no password: nobody can sign in as them. */
export async function addGuest(db: Database, { id, name, group, meeting, now }: { id: string; name: string; now: number } & GuestPlace): Promise<void> {
  await db.sql.insert(db.t.people).values({ id, name, email: `guest:${id}`, passwordHash: '', createdAt: now })
  await db.sql.insert(db.t.guests).values({ person: id, group, meeting, joinedAt: now, removedAt: null })
}

/** Whoever was not shown out is a guest until a while after the end of the meeting. */
const stays = (db: Database, now: number) => {
  const { guests: g, meetings: m } = db.t
  return and(isNull(g.removedAt), or(isNull(m.endedAt), gt(m.endedAt, now - limits.guestHoursAfter * 3_600_000)))
}

/** Where a person is a guest now; null for anybody else. */
export async function guestPlaceOf(db: Database, person: string, now: number): Promise<GuestPlace | null> {
  const { guests: g, meetings: m } = db.t
  const [row] = await db.sql
    .select({ group: g.group, meeting: g.meeting })
    .from(g)
    .innerJoin(m, eq(m.id, g.meeting))
    .where(and(eq(g.person, person), stays(db, now)))
  return row ?? null
}

/** What a guest is in a group, and of which meeting; null where they are none, or the group has no guests. */
export async function guestStanding(
  db: Database,
  { group, person, now }: { group: string; person: string; now: number },
): Promise<{ membership: Membership; meeting: string } | null> {
  const place = await guestPlaceOf(db, person, now)
  const row = place?.group === group ? await findGroup(db, group) : null
  return place === null || row === null || row.settings.guests === 'none' ? null : { membership: { role: 'guest', group: row }, meeting: place.meeting }
}

/** Those of these people who are guests now. */
export async function guestsAmong(db: Database, people: readonly string[], now: number): Promise<Set<string>> {
  const { guests: g, meetings: m } = db.t
  const found = new Set<string>()
  for (const some of chunked([...new Set(people)]))
    for (const { person } of await db.sql
      .select({ person: g.person })
      .from(g)
      .innerJoin(m, eq(m.id, g.meeting))
      .where(and(inArray(g.person, some), stays(db, now))))
      found.add(person)
  return found
}

/** The guests of a meeting who were not shown out, as they came. */
export async function guestsOf(db: Database, meeting: string): Promise<Guest[]> {
  const { guests: g, people } = db.t
  return db.sql
    .select({ id: g.person, name: people.name, joinedAt: g.joinedAt })
    .from(g)
    .innerJoin(people, eq(people.id, g.person))
    .where(and(eq(g.meeting, meeting), isNull(g.removedAt)))
    .orderBy(asc(g.joinedAt), asc(g.person))
}

/** How many came into a meeting, with those who were shown out. */
export async function guestCount(db: Database, meeting: string): Promise<number> {
  const [row] = await db.sql.select({ n: count() }).from(db.t.guests).where(eq(db.t.guests.meeting, meeting))
  return row?.n ?? 0
}

/** Everybody who is or was a guest of a meeting of the group, to be named. */
export async function guestNamesIn(db: Database, group: string): Promise<Guest[]> {
  const { guests: g, people } = db.t
  return db.sql
    .select({ id: g.person, name: people.name, joinedAt: g.joinedAt })
    .from(g)
    .innerJoin(people, eq(people.id, g.person))
    .where(eq(g.group, group))
    .orderBy(asc(g.joinedAt), asc(g.person))
}

/** Shows a guest out. False when the meeting has no such guest. */
export async function removeGuest(db: Database, { meeting, person, now }: { meeting: string; person: string; now: number }): Promise<boolean> {
  const { guests: g } = db.t
  const rows = await db.sql
    .update(g)
    .set({ removedAt: now })
    .where(and(eq(g.person, person), eq(g.meeting, meeting), isNull(g.removedAt)))
    .returning({ person: g.person })
  return rows.length > 0
}
