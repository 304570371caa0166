/** Groups, who is in them, and invitations. */
import { z } from 'zod'
import { type Day, TimeZone } from '../days.ts'
import { Id } from '../ids.ts'
import { limits } from '../limits.ts'
import { GroupSettings, Role } from '../members.ts'
import { Name } from './fields.ts'

/** POST /api/groups */
export const NewGroup = z.strictObject({ name: Name, timeZone: TimeZone })
/** PATCH /api/groups/:group */
export const ChangeGroup = z.strictObject({ name: Name.optional(), timeZone: TimeZone.optional(), settings: GroupSettings.partial().optional() })
/** PATCH /api/groups/:group/members/:member */
export const ChangeRole = z.strictObject({ role: Role })
/** POST /api/groups/:group/hand-over */
export const HandOver = z.strictObject({ to: Id })
/** POST /api/groups/:group/invitations */
export const NewInvitation = z.strictObject({
  role: z.enum(['organizer', 'member']),
  days: z.int().min(1).max(limits.invitationDays),
  uses: z.int().min(1).max(limits.invitationUses),
})
export interface Member {
  id: string
  name: string
  role: Role
  joinedAt: number
  /** Left or removed: kept so that their votes and comments keep a name. */
  gone: boolean
}
/** GET /api/groups/:group. `today` is the group's current day. */
export interface Group {
  id: string
  name: string
  timeZone: string
  settings: GroupSettings
  role: Role
  members: Member[]
  today: Day
}
export interface Invitation {
  id: string
  role: Role
  createdBy: string
  createdAt: number
  expiresAt: number
  uses: number
  usesLeft: number
}
/** POST /api/groups/:group/invitations. The link is shown once; only its hash is stored. */
export interface CreatedInvitation extends Invitation {
  url: string
}
/** GET /api/invitations/:token, open to all who have the link. */
export interface InvitationPreview {
  group: { id: string; name: string }
  role: Role
  invitedBy: string
  expiresAt: number
  /** The signed-in person is in the group already. */
  member: boolean
}
