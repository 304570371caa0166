/** Private addresses, of calendars and of feeds. */
import { z } from 'zod'
import { Id } from '../ids.ts'

/** POST /api/calendars. The calendar of one group, or, with null, of everything of the person's own. An older address of the same stops working. */
export const NewCalendar = z.strictObject({ group: Id.nullable() })
/** GET /api/calendars: the addresses that work, without their secret. */
export interface Calendar {
  id: string
  group: string | null
  createdAt: number
  lastUsedAt: number | null
}
/** The address is shown once; only its hash is stored. */
export interface CreatedCalendar extends Calendar {
  url: string
}
/** POST /api/feeds. The feeds of one group, or, with null, of all groups of the person. An older address of the same stops working. */
export const NewFeed = z.strictObject({ group: Id.nullable() })
/** GET /api/feeds: the addresses that work, without their secret. */
export interface FeedAddress {
  id: string
  group: string | null
  createdAt: number
  lastUsedAt: number | null
}
/** `url` is where the feeds are: with `/new.atom`, `/top.atom`, `/mentions.atom` behind it, or the same with `.rss`. Shown once. */
export interface CreatedFeed extends FeedAddress {
  url: string
}
