/** Guests of a meeting, as HTTP has them: they come in by a link with only a name, for this meeting alone. */
import { z } from 'zod'
import { limits } from './limits.ts'

/** POST /api/guest-links/:token: who comes in. */
export const ComeIn = z.strictObject({
  name: z.string().trim().min(1, 'Please give a name').max(limits.nameLength, `At most ${limits.nameLength} characters`),
})

/** Where somebody is a guest. */
export interface GuestPlace {
  group: string
  meeting: string
}
/** GET /api/guest-links/:token: where a link leads, told to whoever has it. */
export interface GuestLinkPreview extends GuestPlace {
  groupName: string
  title: string
  takePart: boolean
  /** The signed-in person is a member of the group: they need no link. */
  member: boolean
}
/** Somebody who came in. */
export interface Guest {
  id: string
  name: string
  joinedAt: number
}
/** GET /api/groups/:group/meetings/:meeting/guests, for members. */
export interface GuestDoor {
  /** What the link ends with; null while there is none. */
  token: string | null
  /** The server's addresses in its own networks, the likeliest first, for a link shown by a browser on the server's machine. */
  lan: string[]
  guests: Guest[]
}
