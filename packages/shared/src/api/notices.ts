/** Notices and reminders. */
import { z } from 'zod'
import { Id } from '../ids.ts'
import type { ReminderSettings } from '../reminders.ts'

/** Something that was said to a person. `path` is a page of the app. */
export interface Notice {
  id: string
  group: string | null
  kind: string
  title: string
  text: string
  path: string
  at: number
  readAt: number | null
}
/** GET /api/notices: the newest first. */
export interface Notices {
  notices: Notice[]
  unread: number
}
/** GET /api/notices/unread */
export interface UnreadNotices {
  unread: number
}
/** POST /api/notices/read: one notice, or all that there were at a time. */
export const ReadNotices = z.union([z.strictObject({ id: Id }), z.strictObject({ until: z.int().min(0) })])
/** GET /api/reminders. `mail`: whether the server sends mail at all. */
export interface Reminders {
  settings: ReminderSettings
  mail: boolean
}
