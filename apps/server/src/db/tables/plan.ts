import type { Kit } from '../kit.ts'
import type { AccountTables } from './accounts.ts'
import { groupColumns } from './columns.ts'

/** Rows of a group's plan, and of what is kept beside it. */
export const planTables = (k: Kit, { groups, people }: AccountTables) => {
  const inGroup = groupColumns(k, groups)
  /** Projection of group documents. */
  const readings = k.table(
    'readings',
    {
      group: inGroup.group(),
      key: k.text('key').notNull(),
      /** Null while it is open which paper of the session it will be. */
      paper: k.text('paper'),
      board: k.text('board').notNull(),
      member: k.text('member').notNull(),
      role: k.text('role').notNull(),
      /** How a template calls it. */
      roleName: k.text('role_name'),
      part: k.text('part').notNull(),
      session: k.text('session_key'),
      /** Set for it alone; without one it is due for its session. */
      due: k.text('due'),
      by: k.text('assigned_by').notNull(),
      at: k.time('at').notNull(),
      state: k.text('state').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.key] }), k.index('readings_member').on(t.group, t.member)],
  )
  /** Projection of group documents: when groups meet. */
  const groupSessions = k.table(
    'group_sessions',
    {
      group: inGroup.group(),
      key: k.text('key').notNull(),
      day: k.text('day').notNull(),
      time: k.text('time'),
      minutes: k.int('minutes').notNull(),
      title: k.text('title').notNull(),
      place: k.text('place').notNull(),
      cancelled: k.flag('cancelled').notNull(),
      by: k.text('planned_by').notNull(),
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.key] }), k.index('group_sessions_day').on(t.day)],
  )
  const sessionPapers = k.table(
    'session_papers',
    {
      group: inGroup.group(),
      session: k.text('session_key').notNull(),
      paper: inGroup.paper(),
      position: k.real('position').notNull(),
      part: k.text('part').notNull(),
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.session, t.paper] })],
  )
  const sessionGuests = k.table(
    'session_guests',
    {
      group: inGroup.group(),
      session: k.text('session_key').notNull(),
      key: k.text('key').notNull(),
      name: k.text('name').notNull(),
      role: k.text('role').notNull(),
      paper: k.text('paper'),
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.key] }), k.index('session_guests_session').on(t.group, t.session)],
  )
  /** Who changed what in the plan of a group, written with the rows that it changed. */
  const planChanges = k.table(
    'plan_changes',
    {
      id: k.text('id').primaryKey(),
      group: inGroup.group(),
      session: k.text('session_key').notNull(),
      at: k.time('at').notNull(),
      /** 'server' for the server's own; null where a crash has left no word of it. */
      by: k.text('changed_by'),
      root: k.text('root').notNull(),
      key: k.text('key').notNull(),
      before: k.json<unknown>('before'),
      after: k.json<unknown>('after'),
    },
    t => [k.index('plan_changes_session').on(t.group, t.session, t.at)],
  )
  /** What a reader notes for themselves: nobody else reads it. */
  const readingNotes = k.table(
    'reading_notes',
    {
      group: inGroup.group(),
      person: k
        .text('person')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      reading: k.text('reading_key').notNull(),
      text: k.text('text').notNull(),
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.person, t.reading] })],
  )
  /** Projection of group documents: who presents at a session, put down or asked. */
  const presenters = k.table(
    'presenters',
    {
      group: inGroup.group(),
      key: k.text('key').notNull(),
      session: k.text('session').notNull(),
      member: k.text('member').notNull(),
      way: k.text('way').notNull(),
      asked: k.flag('asked').notNull(),
      by: k.text('put_by').notNull(),
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.key] }), k.index('presenters_at').on(t.at)],
  )
  /** Projection of group documents: swaps that members ask each other for, and the answers. */
  const swaps = k.table(
    'swaps',
    {
      group: inGroup.group(),
      key: k.text('key').notNull(),
      asker: k.text('asker').notNull(),
      member: k.text('member').notNull(),
      mine: k.text('mine').notNull(),
      /** Null where the member is asked to stand in. */
      theirs: k.text('theirs'),
      note: k.text('note').notNull(),
      at: k.time('at').notNull(),
      /** Null while there is none. */
      accepted: k.flag('accepted'),
      answeredAt: k.time('answered_at'),
    },
    t => [k.primaryKey({ columns: [t.group, t.key] }), k.index('swaps_at').on(t.at)],
  )
  /** Projection of group documents: which groups have sessions to be planned by a rule. */
  const schedules = k.table('schedules', { group: inGroup.group(), key: k.text('key').notNull(), until: k.text('until') }, t => [
    k.primaryKey({ columns: [t.group, t.key] }),
  ])
  return { readings, groupSessions, sessionPapers, sessionGuests, planChanges, readingNotes, presenters, swaps, schedules }
}
