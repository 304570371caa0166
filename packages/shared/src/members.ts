import { z } from 'zod'

/** A person's standing in a group, strongest first. */
export const roles = ['owner', 'organizer', 'member', 'guest'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/** What a group decides for itself. */
export const GroupSettings = z.strictObject({
  /** Up-votes a member may have on one board at a time; null for as many as they like. */
  voteBudget: z.int().min(1).max(100).nullable(),
  /** Who may hand readings to others. Everybody may take one themselves. */
  whoAssigns: z.enum(['everyone', 'organizers']),
  /** Who may put papers on a board. */
  whoAdds: z.enum(['everyone', 'organizers']),
  /** What guests may do in a meeting, if any come in at all. */
  guests: z.enum(['take-part', 'listen', 'none']),
})
export type GroupSettings = z.infer<typeof GroupSettings>

export const defaultSettings: GroupSettings = { voteBudget: null, whoAssigns: 'everyone', whoAdds: 'everyone', guests: 'take-part' }
