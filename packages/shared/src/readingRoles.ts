/** As what a paper is taken on. A file of its own, since readings, guests of sessions and templates have one. */
import { z } from 'zod'
import { limits } from './limits.ts'

export const readingRoles = ['presenter', 'discussant', 'reader'] as const
export type ReadingRole = (typeof readingRoles)[number]

/** What a template calls a role, "Archaeologist", and what whoever has it is to do. */
export const RoleName = z.string().trim().min(1).max(limits.roleNameLength)
export const RoleTask = z.string().trim().max(limits.roleTaskLength)
