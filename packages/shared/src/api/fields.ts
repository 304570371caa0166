/** Fields that several requests have. */
import { z } from 'zod'
import { limits } from '../limits.ts'

export const Name = z.string().trim().min(1, 'Please give a name').max(limits.nameLength, `At most ${limits.nameLength} characters`)
export const Email = z.string().trim().max(limits.emailLength).toLowerCase().pipe(z.email('An e-mail address such as ada@example.org'))
export const NewPassword = z
  .string()
  .min(limits.passwordMin, `At least ${limits.passwordMin} characters`)
  .max(limits.passwordMax, `At most ${limits.passwordMax} characters`)
export const Token = z.string().min(20).max(64)
