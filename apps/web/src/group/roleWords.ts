import type { Role } from '@paperboard/shared/members'

/** Each role in words: its name, with its article, and what it may do. */
export const roleWords: Record<Role, { name: string; a: string; may: string }> = {
  owner: { name: 'Owner', a: 'its owner', may: 'Decides everything, and who organizes' },
  organizer: { name: 'Organizer', a: 'an organizer', may: 'Invites people, keeps boards and settings' },
  member: { name: 'Member', a: 'a member', may: 'Votes, comments, adds papers, takes readings' },
  guest: { name: 'Guest', a: 'a guest', may: 'Votes and comments' },
}
