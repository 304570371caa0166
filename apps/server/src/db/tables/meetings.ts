import type { AgendaRule } from '@paperboard/shared/agendaRules'
import type { ActionItem } from '@paperboard/shared/decisions'
import type { MinutesFacts } from '@paperboard/shared/minutes'
import type { NewBallot, PollResult } from '@paperboard/shared/polls'
import type { NewTake } from '@paperboard/shared/takes'
import type { MeetingPaperState } from '../agendas.ts'
import type { Kit } from '../kit.ts'
import type { AccountTables } from './accounts.ts'
import { groupColumns } from './columns.ts'

/** Meetings, and what is left of them. */
export const meetingTables = (k: Kit, { groups, people }: AccountTables) => {
  const inGroup = groupColumns(k, groups)
  /** Meetings; what happens in one is in its document, `meeting/<group>/<id>`. */
  const meetings = k.table(
    'meetings',
    {
      id: k.text('id').primaryKey(),
      group: inGroup.group(),
      /** The session it is held for, by its key; null for one ad hoc. */
      session: k.text('session'),
      title: k.text('title').notNull(),
      rule: k.json<AgendaRule>('rule').notNull(),
      /** Votes count that were cast after that; null for those since the meeting before. */
      votesFrom: k.time('votes_from'),
      votesCloseAt: k.time('votes_close_at'),
      startedAt: k.time('started_at'),
      endedAt: k.time('ended_at'),
      createdBy: k.text('created_by').notNull(),
      createdAt: k.time('created_at').notNull(),
    },
    t => [k.index('meetings_group').on(t.group, t.createdAt), k.uniqueIndex('meetings_session').on(t.group, t.session)],
  )
  /** What became of each paper that stood for a meeting, once it has ended. */
  const meetingPapers = k.table(
    'meeting_papers',
    {
      meeting: k
        .text('meeting')
        .notNull()
        .references(() => meetings.id, { onDelete: 'cascade' }),
      group: inGroup.group(),
      paper: inGroup.paper(),
      state: k.text('state').$type<MeetingPaperState>().notNull(),
      /** On the agenda, from 1; null for what was not on it. */
      place: k.int('place'),
      /** ms that the meeting spent on it. */
      spent: k.time('spent').notNull(),
      /** How often it was carried over before. */
      carried: k.int('carried').notNull(),
      /** Votes for it counted that were cast after that. */
      votesFrom: k.time('votes_from').notNull(),
      proposer: k.text('proposer'),
    },
    t => [k.primaryKey({ columns: [t.meeting, t.paper] }), k.index('meeting_papers_paper').on(t.group, t.paper)],
  )
  /** The minutes of meetings that have ended. */
  const minutes = k.table(
    'minutes',
    {
      meeting: k
        .text('meeting')
        .primaryKey()
        .references(() => meetings.id, { onDelete: 'cascade' }),
      group: inGroup.group(),
      /** What happened, as facts: Markdown and HTML are written from these. */
      facts: k.json<MinutesFacts>('facts').notNull(),
      /** As they were written from the facts, in Markdown. */
      generated: k.text('generated').notNull(),
      /** What organizers made of it, in Markdown; null while it is as it was written. */
      edited: k.text('edited'),
      editedBy: k.text('edited_by'),
      editedAt: k.time('edited_at'),
      /** What is read now, without markup: for search. */
      plain: k.text('plain').notNull(),
      madeAt: k.time('made_at').notNull(),
      /** When they are, or were, mailed to members. */
      mailAt: k.time('mail_at').notNull(),
      mailedAt: k.time('mailed_at'),
    },
    t => [k.index('minutes_group').on(t.group, t.madeAt)],
  )
  /** Projection of meeting documents: what stands in each note that has anything in it, in Markdown. */
  const meetingNotes = k.table(
    'meeting_notes',
    {
      meeting: k
        .text('meeting')
        .notNull()
        .references(() => meetings.id, { onDelete: 'cascade' }),
      group: inGroup.group(),
      /** The paper that it is about, or `meeting`. */
      note: k.text('note').notNull(),
      text: k.text('text').notNull(),
    },
    t => [k.primaryKey({ columns: [t.meeting, t.note] }), k.index('meeting_notes_group').on(t.group, t.note)],
  )
  /** Projection of meeting documents: what somebody is to do, or to read. */
  const meetingActions = k.table(
    'meeting_actions',
    {
      meeting: k
        .text('meeting')
        .notNull()
        .references(() => meetings.id, { onDelete: 'cascade' }),
      group: inGroup.group(),
      key: k.text('key').notNull(),
      /** A reading becomes one of the group when the meeting ends. */
      kind: k.text('kind').$type<ActionItem['kind']>().notNull(),
      text: k.text('text').notNull(),
      /** The paper that it is about; null for none. */
      paper: k.text('paper'),
      /** Null until somebody takes it. */
      assignee: k.text('assignee'),
      due: k.text('due'),
      /** Null while it is open. */
      doneAt: k.time('done_at'),
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.meeting, t.key] }), k.index('meeting_actions_assignee').on(t.assignee, t.group)],
  )
  /** Links by which guests come into a meeting. Not hashed: all screens of the meeting show it for as long as it works. */
  const guestLinks = k.table('guest_links', {
    meeting: k
      .text('meeting')
      .primaryKey()
      .references(() => meetings.id, { onDelete: 'cascade' }),
    token: k.text('token').notNull().unique(),
    expiresAt: k.time('expires_at').notNull(),
  })
  /** Guests: people without a password, of one meeting alone. */
  const guests = k.table(
    'guests',
    {
      person: k
        .text('person')
        .primaryKey()
        .references(() => people.id, { onDelete: 'cascade' }),
      group: inGroup.group(),
      meeting: k
        .text('meeting')
        .notNull()
        .references(() => meetings.id, { onDelete: 'cascade' }),
      joinedAt: k.time('joined_at').notNull(),
      /** When they were shown out; null while they may stay. */
      removedAt: k.time('removed_at'),
    },
    t => [k.index('guests_group').on(t.group), k.index('guests_meeting').on(t.meeting)],
  )
  /** What a member wrote in a meeting that stays secret until it is opened: takes, and ballots of secret polls. See sealed.ts. */
  const sealed = k.table(
    'sealed',
    {
      meeting: k
        .text('meeting')
        .notNull()
        .references(() => meetings.id, { onDelete: 'cascade' }),
      kind: k.text('kind').$type<'take' | 'ballot'>().notNull(),
      /** The paper of a take, the poll of a ballot. */
      thing: k.text('thing').notNull(),
      person: k
        .text('person')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      content: k.json<NewTake | NewBallot>('content').notNull(),
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.meeting, t.kind, t.thing, t.person] })],
  )
  /** What of it was opened, when, by whom, and what came of it: for a poll its counts. */
  const unsealed = k.table(
    'unsealed',
    {
      meeting: k
        .text('meeting')
        .notNull()
        .references(() => meetings.id, { onDelete: 'cascade' }),
      kind: k.text('kind').$type<'take' | 'ballot'>().notNull(),
      thing: k.text('thing').notNull(),
      by: k.text('opened_by').notNull(),
      at: k.time('at').notNull(),
      result: k.json<PollResult | null>('result'),
    },
    t => [k.primaryKey({ columns: [t.meeting, t.kind, t.thing] })],
  )
  return { meetings, meetingPapers, minutes, meetingNotes, meetingActions, guestLinks, guests, sealed, unsealed }
}
