import type { ReminderSettings } from '@paperboard/shared/reminders'
import type { Kit } from '../kit.ts'
import type { AccountTables } from './accounts.ts'

/** Calendars, reminders and mail. */
export const reminderTables = (k: Kit, { groups, people }: AccountTables) => {
  /** Private addresses of calendars and feeds: who has the token in one reads what that person may. */
  const feedTokens = k.table(
    'feed_tokens',
    {
      id: k.text('id').primaryKey(),
      person: k
        .text('person')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      /** Null where it covers all groups of the person. */
      group: k.text('group_id').references(() => groups.id, { onDelete: 'cascade' }),
      /** What it opens, such as `calendar`. */
      purpose: k.text('purpose').notNull(),
      /** SHA-256 of the token in the address, hex. */
      tokenHash: k.text('token_hash').notNull().unique(),
      createdAt: k.time('created_at').notNull(),
      lastUsedAt: k.time('last_used_at'),
      revokedAt: k.time('revoked_at'),
    },
    t => [k.index('feed_tokens_person').on(t.person)],
  )
  /** What calendars were told of each entry: told otherwise now, it is a new version of it. */
  const calendarEntries = k.table('calendar_entries', {
    /** Where it stands, and its UID: `group/reading-…`. */
    name: k.text('name').primaryKey(),
    /** SHA-256 of what is told, hex. */
    fingerprint: k.text('fingerprint').notNull(),
    sequence: k.int('sequence').notNull(),
    changedAt: k.time('changed_at').notNull(),
  })
  /** How a person wants to be reminded; without a row, as `defaultReminders` says. */
  const reminderSettings = k.table('reminder_settings', {
    person: k
      .text('person')
      .primaryKey()
      .references(() => people.id, { onDelete: 'cascade' }),
    settings: k.json<ReminderSettings>('settings').notNull(),
    changedAt: k.time('changed_at').notNull(),
  })
  /** What was said to a person, once for each thing and occasion. It shows in the app unless it went by mail alone. */
  const notices = k.table(
    'notices',
    {
      id: k.text('id').primaryKey(),
      person: k
        .text('person')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      group: k.text('group_id').references(() => groups.id, { onDelete: 'cascade' }),
      kind: k.text('kind').notNull(),
      /** What it is about, such as the key of a reading. */
      thing: k.text('thing').notNull(),
      /** When the thing is, such as `2026-11-24`: moved to another day, it is said again. */
      occasion: k.text('occasion').notNull(),
      title: k.text('title').notNull(),
      text: k.text('text').notNull(),
      /** A path of the app. */
      path: k.text('path').notNull(),
      inApp: k.flag('in_app').notNull(),
      at: k.time('at').notNull(),
      readAt: k.time('read_at'),
    },
    t => [k.uniqueIndex('notices_once').on(t.person, t.kind, t.thing, t.occasion), k.index('notices_person').on(t.person, t.at)],
  )
  /** Mails to be sent, and those that were, once for each person, kind, thing and occasion. */
  const mails = k.table(
    'mails',
    {
      id: k.text('id').primaryKey(),
      person: k
        .text('person')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      kind: k.text('kind').notNull(),
      thing: k.text('thing').notNull(),
      occasion: k.text('occasion').notNull(),
      subject: k.text('subject').notNull(),
      text: k.text('text').notNull(),
      html: k.text('html').notNull(),
      state: k.text('state').$type<'waiting' | 'sent' | 'refused' | 'late'>().notNull(),
      createdAt: k.time('created_at').notNull(),
      /** When it is tried next; of one that waits. */
      nextAt: k.time('next_at').notNull(),
      /** From then on it is of no use any more. */
      expiresAt: k.time('expires_at').notNull(),
      attempts: k.int('attempts').notNull(),
      endedAt: k.time('ended_at'),
      /** What the mail server said last. */
      error: k.text('error'),
    },
    t => [k.uniqueIndex('mails_once').on(t.person, t.kind, t.thing, t.occasion), k.index('mails_next').on(t.state, t.nextAt)],
  )
  return { feedTokens, calendarEntries, reminderSettings, notices, mails }
}
