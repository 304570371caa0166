import type { GroupSummary, Invitation } from '@paperboard/shared/api'
import type { Role } from '@paperboard/shared/members'
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database } from './database.ts'
import { addMember, findMembership, removedAt } from './groups.ts'

/** `tokenHash` is the SHA-256 of the token in the link, hex. */
export interface NewInvitationRow {
  id: string
  group: string
  tokenHash: string
  role: Role
  createdBy: string
  createdAt: number
  expiresAt: number
  uses: number
}
/** An invitation that can still be used, with the names that its preview shows. */
export interface OpenInvitation {
  id: string
  role: Role
  group: { id: string; name: string }
  invitedBy: string
  createdAt: number
  expiresAt: number
}

export async function addInvitation(db: Database, invitation: NewInvitationRow): Promise<void> {
  await db.sql.insert(db.t.invitations).values({ ...invitation, usesLeft: invitation.uses, revokedAt: null })
}

const isOpen = (db: Database, now: number) => and(isNull(db.t.invitations.revokedAt), gt(db.t.invitations.expiresAt, now), gt(db.t.invitations.usesLeft, 0))

/** Null when there is none, or it is used up, expired or revoked. */
export async function findOpenInvitation(db: Database, tokenHash: string, now: number): Promise<OpenInvitation | null> {
  const { invitations, groups, people } = db.t
  const [row] = await db.sql
    .select({
      id: invitations.id,
      role: invitations.role,
      group: { id: groups.id, name: groups.name },
      invitedBy: people.name,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .innerJoin(groups, eq(groups.id, invitations.group))
    .innerJoin(people, eq(people.id, invitations.createdBy))
    .where(and(eq(invitations.tokenHash, tokenHash), isOpen(db, now)))
  return row ?? null
}

/** Whether a person was removed from the group of an invitation after it was made: it no longer speaks for the group. */
export async function outdatedFor(db: Database, { group, createdAt }: OpenInvitation, person: string): Promise<boolean> {
  const removed = await removedAt(db, group.id, person)
  return removed !== null && createdAt <= removed
}

/**
 * Puts a person into the group of an invitation, in one transaction. Somebody who is in it stays what they are and uses
 * nothing. `closed` when the invitation cannot be used by anyone, `removed` when they were removed after it was made.
 */
export function useInvitation(
  db: Database,
  { tokenHash, person, now }: { tokenHash: string; person: string; now: number },
): Promise<GroupSummary | 'closed' | 'removed'> {
  return db.transaction(async tx => {
    const invitation = await findOpenInvitation(tx, tokenHash, now)
    if (invitation === null) return 'closed'
    const { group } = invitation
    const membership = await findMembership(tx, group.id, person)
    if (membership !== null) return { ...group, role: membership.role }
    if (await outdatedFor(tx, invitation, person)) return 'removed'
    if (!(await takeUse(tx, invitation.id, now))) return 'closed'
    await addMember(tx, { group: group.id, person, role: invitation.role, now })
    return { ...group, role: invitation.role }
  })
}

/** Takes one use. False when meanwhile there is none left, so that of two at once only one gets the last. */
async function takeUse(db: Database, id: string, now: number): Promise<boolean> {
  const { invitations } = db.t
  const rows = await db.sql
    .update(invitations)
    .set({ usesLeft: sql`${invitations.usesLeft} - 1` })
    .where(and(eq(invitations.id, id), isOpen(db, now)))
    .returning({ id: invitations.id })
  return rows.length > 0
}

/** A group's invitations that are neither expired nor revoked, newest first. */
export function invitationsOf(db: Database, group: string, now: number): Promise<Invitation[]> {
  const { invitations: i } = db.t
  return db.sql
    .select({ id: i.id, role: i.role, createdBy: i.createdBy, createdAt: i.createdAt, expiresAt: i.expiresAt, uses: i.uses, usesLeft: i.usesLeft })
    .from(i)
    .where(and(eq(i.group, group), isNull(i.revokedAt), gt(i.expiresAt, now)))
    .orderBy(desc(i.createdAt), desc(i.id))
}

/** The role an invitation of this group gives; null when it has no such invitation, or it is revoked. */
export async function invitedRole(db: Database, group: string, id: string): Promise<Role | null> {
  const { invitations } = db.t
  const [row] = await db.sql
    .select({ role: invitations.role })
    .from(invitations)
    .where(and(eq(invitations.group, group), eq(invitations.id, id), isNull(invitations.revokedAt)))
  return row?.role ?? null
}

export async function revokeInvitation(db: Database, id: string, now: number): Promise<void> {
  await db.sql.update(db.t.invitations).set({ revokedAt: now }).where(eq(db.t.invitations.id, id))
}

/** Revokes all that a person has made for a group. */
export async function revokeInvitationsBy(db: Database, { group, person, now }: { group: string; person: string; now: number }): Promise<void> {
  const { invitations } = db.t
  await db.sql
    .update(invitations)
    .set({ revokedAt: now })
    .where(and(eq(invitations.group, group), eq(invitations.createdBy, person), isNull(invitations.revokedAt)))
}
