import type { GroupSummary, Member } from '@paperboard/shared/api'
import type { GroupSettings, Role } from '@paperboard/shared/members'
import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Database, once, remembering } from './database.ts'
import { chunked } from './papers.ts'

export interface GroupRow {
  id: string
  name: string
  timeZone: string
  settings: GroupSettings
}
/** A person's standing in a group. */
export interface Membership {
  role: Role
  group: GroupRow
}

/** Null when the person is not in the group, or not any more, or there is no such group. */
export const findMembership = remembering(async (db, group: string, person: string): Promise<Membership | null> => {
  const [row] = await membershipOf(db).execute({ group, person })
  return row ?? null
})

const membershipOf = once(db => {
  const { groups, memberships } = db.t
  return db.quick
    .select({ role: memberships.role, group: { id: groups.id, name: groups.name, timeZone: groups.timeZone, settings: groups.settings } })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.group))
    .where(and(eq(memberships.group, sql.placeholder('group')), eq(memberships.person, sql.placeholder('person')), isNull(memberships.leftAt)))
    .prepare()
})

/** The roles of everyone who is in these groups: group → person → role. */
export async function rolesIn(db: Database, groups: readonly string[]): Promise<Map<string, Map<string, Role>>> {
  const { memberships } = db.t
  const roles = new Map<string, Map<string, Role>>()
  for (const some of chunked([...new Set(groups)])) {
    const rows = await db.sql
      .select({ group: memberships.group, person: memberships.person, role: memberships.role })
      .from(memberships)
      .where(and(inArray(memberships.group, some), isNull(memberships.leftAt)))
    for (const { group, person, role } of rows) {
      const members = roles.get(group) ?? new Map<string, Role>()
      roles.set(group, members.set(person, role))
    }
  }
  return roles
}

/** Null when there is no such group. */
export async function findGroup(db: Database, id: string): Promise<GroupRow | null> {
  const [row] = await groupById(db).execute({ id })
  return row ?? null
}

const groupById = once(db => {
  const { groups } = db.t
  return db.quick
    .select({ id: groups.id, name: groups.name, timeZone: groups.timeZone, settings: groups.settings })
    .from(groups)
    .where(eq(groups.id, sql.placeholder('id')))
    .prepare()
})

/** The groups with this very name, oldest first. */
export async function groupsNamed(db: Database, name: string): Promise<GroupRow[]> {
  const { groups } = db.t
  const rows = await db.sql.select({ id: groups.id }).from(groups).where(eq(groups.name, name)).orderBy(asc(groups.createdAt), asc(groups.id))
  return (await Promise.all(rows.map(({ id }) => findGroup(db, id)))).filter(group => group !== null)
}

/** The groups a person is in, by name. */
export function groupsOf(db: Database, person: string): Promise<GroupSummary[]> {
  const { groups, memberships } = db.t
  return db.sql
    .select({ id: groups.id, name: groups.name, role: memberships.role })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.group))
    .where(and(eq(memberships.person, person), isNull(memberships.leftAt)))
    .orderBy(asc(groups.name), asc(groups.id))
}

/** Everyone who is or was in the group, in the order of joining. */
export async function membersOf(db: Database, group: string): Promise<Member[]> {
  const rows = await everybodyIn(db).execute({ group })
  return rows.map(({ leftAt, ...member }) => ({ ...member, gone: leftAt !== null }))
}

const everybodyIn = once(db => {
  const { memberships, people } = db.t
  return db.quick
    .select({ id: people.id, name: people.name, role: memberships.role, joinedAt: memberships.joinedAt, leftAt: memberships.leftAt })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.person))
    .where(eq(memberships.group, sql.placeholder('group')))
    .orderBy(asc(memberships.joinedAt), asc(people.id))
    .prepare()
})

/** Who is in the group, with their e-mail addresses: for what only organizers may ask. */
export function addressesOf(db: Database, group: string): Promise<{ id: string; name: string; email: string }[]> {
  const { memberships, people } = db.t
  return db.sql
    .select({ id: people.id, name: people.name, email: people.email })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.person))
    .where(and(eq(memberships.group, group), isNull(memberships.leftAt)))
    .orderBy(asc(memberships.joinedAt), asc(people.id))
}

/** A new group with its owner. */
export async function addGroup(db: Database, { owner, createdAt, ...group }: GroupRow & { owner: string; createdAt: number }): Promise<void> {
  await db.transaction(async tx => {
    await tx.sql.insert(tx.t.groups).values({ ...group, createdAt })
    await tx.sql.insert(tx.t.memberships).values({ group: group.id, person: owner, role: 'owner', joinedAt: createdAt, leftAt: null, removedBy: null })
  })
}

export async function changeGroup(db: Database, { id, ...change }: GroupRow): Promise<void> {
  await db.sql.update(db.t.groups).set(change).where(eq(db.t.groups.id, id))
}

/** Puts a person into a group, or back into it; the caller has made sure that they are not in it. */
export async function addMember(db: Database, member: { group: string; person: string; role: Role; now: number }): Promise<void> {
  const { memberships } = db.t
  const standing = { role: member.role, joinedAt: member.now, leftAt: null, removedBy: null }
  await db.sql
    .insert(memberships)
    .values({ group: member.group, person: member.person, ...standing })
    .onConflictDoUpdate({ target: [memberships.group, memberships.person], set: standing })
}

export async function setRole(db: Database, member: { group: string; person: string; role: Role }): Promise<void> {
  const { memberships } = db.t
  await db.sql
    .update(memberships)
    .set({ role: member.role })
    .where(and(eq(memberships.group, member.group), eq(memberships.person, member.person)))
}

/** Ends a membership; `by` is who removed them, null where they leave. Its row stays, so that what they wrote keeps a name. */
export async function endMembership(db: Database, member: { group: string; person: string; now: number; by: string | null }): Promise<void> {
  const { memberships } = db.t
  await db.sql
    .update(memberships)
    .set({ leftAt: member.now, removedBy: member.by })
    .where(and(eq(memberships.group, member.group), eq(memberships.person, member.person)))
}

/** When a person was removed from the group; null when they are in it, never were, or left by themselves. */
export async function removedAt(db: Database, group: string, person: string): Promise<number | null> {
  const { memberships } = db.t
  const [row] = await db.sql
    .select({ at: memberships.leftAt })
    .from(memberships)
    .where(and(eq(memberships.group, group), eq(memberships.person, person), isNotNull(memberships.removedBy)))
  return row?.at ?? null
}
