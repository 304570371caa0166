/** People and their sessions. */
import { z } from 'zod'
import type { GuestPlace } from '../guests.ts'
import { limits } from '../limits.ts'
import type { Role } from '../members.ts'
import { Email, Name, NewPassword, Token } from './fields.ts'

/** POST /api/account. The first account needs no invitation; every later one does. */
export const SignUp = z.strictObject({ name: Name, email: Email, password: NewPassword, invitation: Token.optional() })
/** POST /api/session */
export const SignIn = z.strictObject({ email: Email, password: z.string().min(1, 'Please give your password').max(limits.passwordMax) })
/** PATCH /api/account */
export const ChangeName = z.strictObject({ name: Name })
/** POST /api/account/password. Ends every other session. */
export const ChangePassword = z.strictObject({ current: z.string().min(1).max(limits.passwordMax), next: NewPassword })
export interface Person {
  id: string
  name: string
  email: string
}
export interface GroupSummary {
  id: string
  name: string
  role: Role
}
/** GET /api/me. `firstRun` while the installation has no account; `now` is the server's clock. */
export interface Me {
  person: Person | null
  groups: GroupSummary[]
  /** Where a guest is one; null for everybody else. */
  guest: GuestPlace | null
  firstRun: boolean
  now: number
}
