import type { GroupSettings, Role } from '@paperboard/shared/members'
import type { Kit } from '../kit.ts'

/** People, and the groups that they are in. */
export const accountTables = (k: Kit) => {
  const people = k.table('people', {
    id: k.text('id').primaryKey(),
    /** Lower case. */
    email: k.text('email').notNull().unique(),
    name: k.text('name').notNull(),
    /** Argon2id, PHC string format. */
    passwordHash: k.text('password_hash').notNull(),
    createdAt: k.time('created_at').notNull(),
  })
  const sessions = k.table(
    'sessions',
    {
      /** SHA-256 of the id in the cookie, hex: who reads the table cannot sign in with it. */
      id: k.text('id').primaryKey(),
      person: k
        .text('person')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      expiresAt: k.time('expires_at').notNull(),
    },
    t => [k.index('sessions_person').on(t.person)],
  )
  const groups = k.table('groups', {
    id: k.text('id').primaryKey(),
    name: k.text('name').notNull(),
    timeZone: k.text('time_zone').notNull(),
    settings: k.json<GroupSettings>('settings').notNull(),
    createdAt: k.time('created_at').notNull(),
  })
  const memberships = k.table(
    'memberships',
    {
      group: k
        .text('group_id')
        .notNull()
        .references(() => groups.id, { onDelete: 'cascade' }),
      person: k
        .text('person')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      role: k.text('role').$type<Role>().notNull(),
      joinedAt: k.time('joined_at').notNull(),
      /** Set when they left or were removed; the row stays so that their records keep a name. */
      leftAt: k.time('left_at'),
      /** Who removed them; null while they are in it, and where they left by themselves. */
      removedBy: k.text('removed_by'),
    },
    t => [k.primaryKey({ columns: [t.group, t.person] }), k.index('memberships_person').on(t.person)],
  )
  const invitations = k.table(
    'invitations',
    {
      id: k.text('id').primaryKey(),
      group: k
        .text('group_id')
        .notNull()
        .references(() => groups.id, { onDelete: 'cascade' }),
      /** SHA-256 of the token in the link, hex. */
      tokenHash: k.text('token_hash').notNull().unique(),
      role: k.text('role').$type<Role>().notNull(),
      createdBy: k
        .text('created_by')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      createdAt: k.time('created_at').notNull(),
      expiresAt: k.time('expires_at').notNull(),
      uses: k.int('uses').notNull(),
      usesLeft: k.int('uses_left').notNull(),
      revokedAt: k.time('revoked_at'),
    },
    t => [k.index('invitations_group').on(t.group)],
  )
  return { people, sessions, groups, memberships, invitations }
}

export type AccountTables = ReturnType<typeof accountTables>
