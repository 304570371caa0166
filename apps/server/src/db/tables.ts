import type { AgendaRule } from '@paperboard/shared/agendaRules'
import type { GroupSettings, Role } from '@paperboard/shared/members'
import type { MinutesFacts } from '@paperboard/shared/minutes'
import type { NewBallot, PollResult } from '@paperboard/shared/polls'
import type { ReminderSettings } from '@paperboard/shared/reminders'
import type { NewSource, RunReport, RunState, SourceConfig, SourceRule, SourceRun, SourceSchedule } from '@paperboard/shared/sources'
import type { NewTake } from '@paperboard/shared/takes'
import type { MeetingPaperState } from './agendas.ts'
import type { CorrectedFields, FactSource, PaperFields } from './facts.ts'
import { type Kit, pgKit, sqliteKit } from './kit.ts'

/** Every table of the product. Ids are `newId()`, times ms since 1970, days `2026-11-24`. */
const define = (k: Kit) => {
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

  /**
   * The catalogue. `scope` is the id of the group that entered it: nobody learns of another group's drafts by typing their
   * title, nor takes what others typed for what the paper says. '' is shared by all groups and written by none: for what
   * sources such as arXiv will tell, and of old for entries on the boards of several groups.
   */
  const papers = k.table(
    'papers',
    {
      id: k.text('id').primaryKey(),
      scope: k.text('scope').notNull(),
      title: k.text('title'),
      /** The title as it is compared, letters and digits in lower case; first authors are compared beside it: see papers/identity.ts. */
      titleKey: k.text('title_key'),
      authors: k.json<string[]>('authors').notNull(),
      abstract: k.text('abstract').notNull(),
      arxivId: k.text('arxiv_id'),
      arxivVersion: k.int('arxiv_version'),
      doi: k.text('doi'),
      url: k.text('url'),
      links: k.json<{ label: string; url: string }[]>('links').notNull(),
      /** Journal, proceedings or repository, as a source names it. */
      venue: k.text('venue'),
      /** When it first came out, as exactly as is known: `2026`, `2026-11` or `2026-11-24`. */
      published: k.text('published'),
      /** What its sources file it under: arXiv categories (`cs.LG`), keywords. A group's own tags are not among them. */
      subjects: k.json<string[]>('subjects').notNull().default([]),
      /** The id of an older entry of the same scope that turned out to be the same work; documents may hold either. See docs/decisions/0017. */
      sameAs: k.text('same_as'),
      createdAt: k.time('created_at').notNull(),
    },
    t => [
      k.uniqueIndex('papers_arxiv').on(t.scope, t.arxivId),
      k.uniqueIndex('papers_doi').on(t.scope, t.doi),
      k.index('papers_title').on(t.scope, t.titleKey),
      k.index('papers_by_arxiv').on(t.arxivId),
      k.index('papers_by_doi').on(t.doi),
      k.index('papers_same').on(t.sameAs),
    ],
  )

  /** What each source tells of a work, for all groups that have it; and what a group told of an entry before sources did. See papers/outside/facts.ts. */
  const paperFacts = k.table(
    'paper_facts',
    {
      /** `arxiv:2206.03382`, `doi:10.1145/…`; or `paper:` and the id of an entry, for what its group told. */
      name: k.text('name').notNull(),
      source: k.text('source').$type<FactSource>().notNull(),
      fields: k.json<PaperFields>('fields').notNull(),
      fetchedAt: k.time('fetched_at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.name, t.source] })],
  )
  /** Versions of arXiv papers, as they were when they were told. */
  const paperVersions = k.table(
    'paper_versions',
    {
      arxivId: k.text('arxiv_id').notNull(),
      version: k.int('version').notNull(),
      /** When it came out. */
      at: k.time('at').notNull(),
      /** Null for a version of which only the day is known. */
      title: k.text('title'),
      abstract: k.text('abstract'),
    },
    t => [k.primaryKey({ columns: [t.arxivId, t.version] })],
  )
  /** Fields that members of a group have corrected, for that group alone. Nothing is ever changed here: taking back is a correction, too. */
  const paperCorrections = k.table(
    'paper_corrections',
    {
      id: k.text('id').primaryKey(),
      group: k
        .text('group_id')
        .notNull()
        .references(() => groups.id, { onDelete: 'cascade' }),
      paper: k
        .text('paper')
        .notNull()
        .references(() => papers.id, { onDelete: 'cascade' }),
      member: k.text('member').notNull(),
      at: k.time('at').notNull(),
      /** The corrected fields; null gives a field back to what sources tell. */
      fields: k.json<CorrectedFields>('fields').notNull(),
      /** What the same fields said before. */
      before: k.json<CorrectedFields>('before').notNull(),
      /** The correction that this one takes back. */
      undoes: k.text('undoes'),
    },
    t => [k.index('paper_corrections_paper').on(t.paper, t.at)],
  )
  /** What is to be asked of whom, and what came of it: see papers/outside/lookups.ts. */
  const lookups = k.table(
    'lookups',
    {
      /** As in paper_facts. */
      name: k.text('name').notNull(),
      source: k.text('source').$type<FactSource>().notNull(),
      state: k.text('state').$type<'waiting' | 'told' | 'missing'>().notNull(),
      /** Failures one after another. */
      tries: k.int('tries').notNull(),
      /** Not before this time. */
      nextAt: k.time('next_at').notNull(),
      /** Why the last one failed. */
      error: k.text('error'),
      createdAt: k.time('created_at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.name, t.source] }), k.index('lookups_due').on(t.state, t.nextAt)],
  )
  /** Answers of other services, to be asked for again only if they have changed: see papers/outside/http.ts. */
  const outsideAnswers = k.table(
    'outside_answers',
    {
      url: k.text('url').primaryKey(),
      etag: k.text('etag'),
      lastModified: k.text('last_modified'),
      contentType: k.text('content_type').notNull(),
      body: k.bytes('body').notNull(),
      fetchedAt: k.time('fetched_at').notNull(),
    },
    t => [k.index('outside_answers_at').on(t.fetchedAt)],
  )
  /** Whose turn it is to ask a host, and from when on somebody may. */
  const outsideHosts = k.table('outside_hosts', {
    host: k.text('host').primaryKey(),
    /** The server that asks it now; null for none. */
    holder: k.text('holder'),
    /** When that server is taken for gone. */
    until: k.time('until').notNull(),
    nextAt: k.time('next_at').notNull(),
  })

  /** Live documents. The log is the truth; a snapshot stands for the log up to its seq. */
  const rooms = k.table(
    'rooms',
    {
      id: k.serial('id'),
      /** `board/<group>/<day>` */
      name: k.text('name').notNull().unique(),
      group: k
        .text('group_id')
        .notNull()
        .references(() => groups.id, { onDelete: 'cascade' }),
      /** Of the room's kind, when it was last written. */
      version: k.int('version').notNull(),
      /** Updates up to this one are in the projections. */
      projectedSeq: k.big('projected_seq').notNull(),
      /** The newest update that is no longer in the log: a snapshot stands for it. */
      droppedSeq: k.big('dropped_seq').notNull().default(0),
    },
    t => [k.index('rooms_group').on(t.group)],
  )
  const updates = k.table(
    'doc_updates',
    {
      seq: k.serial('seq'),
      room: k
        .big('room')
        .notNull()
        .references(() => rooms.id, { onDelete: 'cascade' }),
      data: k.bytes('data').notNull(),
      /** Who sent it; 'server' for the server's own. */
      actor: k.text('actor').notNull(),
      at: k.time('at').notNull(),
      /** CRC-32 of `data`, by which a byte that has changed on the disk is noticed; null in rows of old. */
      sum: k.big('sum'),
    },
    t => [k.index('doc_updates_room').on(t.room, t.seq)],
  )
  const snapshots = k.table('doc_snapshots', {
    room: k
      .big('room')
      .primaryKey()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    seq: k.big('seq').notNull(),
    data: k.bytes('data').notNull(),
    at: k.time('at').notNull(),
    /** As in the log. */
    sum: k.big('sum'),
    /** The state vector of `data`, so that it need not be read through to be served; null in rows of old. */
    vector: k.bytes('vector'),
    /** CRC-32 of `vector`. */
    vectorSum: k.big('vector_sum'),
  })
  /** A Yjs client id belongs to the first member who wrote with it, for ever. */
  const docClients = k.table(
    'doc_clients',
    {
      room: k
        .big('room')
        .notNull()
        .references(() => rooms.id, { onDelete: 'cascade' }),
      /** 53 bits at most. */
      client: k.big('client').notNull(),
      actor: k.text('actor').notNull(),
      /** The update it came with; 0 where that was not noted. */
      seq: k.big('seq').notNull().default(0),
    },
    t => [k.primaryKey({ columns: [t.room, t.client] })],
  )

  /** Projections of board documents: the same records as rows, for views over days, search and exports. */
  const onBoard = {
    group: () =>
      k
        .text('group_id')
        .notNull()
        .references(() => groups.id, { onDelete: 'cascade' }),
    day: () => k.text('day').notNull(),
    paper: () => k.text('paper').notNull(),
  }
  const boardPapers = k.table(
    'board_papers',
    {
      group: onBoard.group(),
      day: onBoard.day(),
      paper: onBoard.paper(),
      addedBy: k.text('added_by').notNull(),
      addedAt: k.time('added_at').notNull(),
      position: k.big('position').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.day, t.paper] }), k.index('board_papers_paper').on(t.group, t.paper)],
  )
  const votes = k.table(
    'votes',
    {
      group: onBoard.group(),
      day: onBoard.day(),
      paper: onBoard.paper(),
      member: k.text('member').notNull(),
      value: k.int('value').notNull(),
      at: k.time('at').notNull(),
    },
    t => [
      k.primaryKey({ columns: [t.group, t.day, t.paper, t.member] }),
      k.index('votes_at').on(t.group, t.at),
      k.index('votes_paper').on(t.group, t.paper),
      k.index('votes_member').on(t.group, t.member, t.paper),
    ],
  )
  const offers = k.table(
    'offers',
    { group: onBoard.group(), day: onBoard.day(), paper: onBoard.paper(), member: k.text('member').notNull(), at: k.time('at').notNull() },
    t => [k.primaryKey({ columns: [t.group, t.day, t.paper, t.member] })],
  )
  const comments = k.table(
    'comments',
    {
      group: onBoard.group(),
      day: onBoard.day(),
      key: k.text('key').notNull(),
      paper: onBoard.paper(),
      author: k.text('author').notNull(),
      parent: k.text('parent'),
      text: k.text('text').notNull(),
      at: k.time('at').notNull(),
      edited: k.time('edited'),
    },
    t => [k.primaryKey({ columns: [t.group, t.day, t.key] }), k.index('comments_paper').on(t.group, t.paper)],
  )
  /** Projection of group documents. */
  const readings = k.table(
    'readings',
    {
      group: onBoard.group(),
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
  /** Projection of group documents: the tags that a group gave its papers. */
  const paperTags = k.table(
    'paper_tags',
    { group: onBoard.group(), paper: onBoard.paper(), tag: k.text('tag').notNull(), by: k.text('tagged_by').notNull(), at: k.time('at').notNull() },
    t => [k.primaryKey({ columns: [t.group, t.paper, t.tag] }), k.index('paper_tags_tag').on(t.group, t.tag)],
  )
  /** Which papers a member has opened, on whatever device: what is not here is unread. Nobody else is told. */
  const openedPapers = k.table(
    'opened_papers',
    {
      group: onBoard.group(),
      person: k
        .text('person')
        .notNull()
        .references(() => people.id, { onDelete: 'cascade' }),
      paper: onBoard.paper(),
      /** The first time. */
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.person, t.paper] })],
  )
  /** The key by which a group cites a paper: given once, so that no later export calls the paper otherwise. */
  const citationKeys = k.table('citation_keys', { group: onBoard.group(), paper: onBoard.paper(), key: k.text('key').notNull() }, t => [
    k.primaryKey({ columns: [t.group, t.paper] }),
    k.uniqueIndex('citation_keys_key').on(t.group, t.key),
  ])
  /** Projection of group documents: when groups meet. */
  const groupSessions = k.table(
    'group_sessions',
    {
      group: onBoard.group(),
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
  /** Meetings; what happens in one is in its document, `meeting/<group>/<id>`. */
  const meetings = k.table(
    'meetings',
    {
      id: k.text('id').primaryKey(),
      group: onBoard.group(),
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
      group: onBoard.group(),
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
  /** What became of each paper that stood for a meeting, once it has ended. */
  const meetingPapers = k.table(
    'meeting_papers',
    {
      meeting: k
        .text('meeting')
        .notNull()
        .references(() => meetings.id, { onDelete: 'cascade' }),
      group: onBoard.group(),
      paper: onBoard.paper(),
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
      group: onBoard.group(),
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
      group: onBoard.group(),
      /** The paper that it is about, or `meeting`. */
      note: k.text('note').notNull(),
      text: k.text('text').notNull(),
    },
    t => [k.primaryKey({ columns: [t.meeting, t.note] }), k.index('meeting_notes_group').on(t.group, t.note)],
  )
  const sessionPapers = k.table(
    'session_papers',
    {
      group: onBoard.group(),
      session: k.text('session_key').notNull(),
      paper: onBoard.paper(),
      position: k.real('position').notNull(),
      part: k.text('part').notNull(),
      at: k.time('at').notNull(),
    },
    t => [k.primaryKey({ columns: [t.group, t.session, t.paper] })],
  )
  const sessionGuests = k.table(
    'session_guests',
    {
      group: onBoard.group(),
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
      group: onBoard.group(),
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
      group: onBoard.group(),
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
  /** Projection of group documents: who presents at a session, put down or asked. */
  const presenters = k.table(
    'presenters',
    {
      group: onBoard.group(),
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
      group: onBoard.group(),
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
  const schedules = k.table('schedules', { group: onBoard.group(), key: k.text('key').notNull(), until: k.text('until') }, t => [
    k.primaryKey({ columns: [t.group, t.key] }),
  ])
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
  /** Where a group's papers come from on a schedule. */
  const sources = k.table(
    'sources',
    {
      id: k.text('id').primaryKey(),
      group: onBoard.group(),
      name: k.text('name').notNull(),
      config: k.json<SourceConfig>('config').notNull(),
      rules: k.json<SourceRule[]>('rules').notNull(),
      schedule: k.json<SourceSchedule>('schedule').notNull(),
      most: k.int('most').notNull(),
      board: k.text('board').$type<NewSource['board']>().notNull(),
      createdBy: k.text('created_by').notNull(),
      createdAt: k.time('created_at').notNull(),
      /** The next slot of its schedule; null while it is paused. */
      nextAt: k.time('next_at'),
      /** All days before this one have been fetched; null before the first run that succeeds. */
      doneUntil: k.text('done_until'),
    },
    t => [k.index('sources_group').on(t.group), k.index('sources_next').on(t.nextAt)],
  )
  /** Each slot of a schedule once, and each fetch by hand: see papers/sources/. */
  const sourceRuns = k.table(
    'source_runs',
    {
      id: k.text('id').primaryKey(),
      source: k
        .text('source')
        .notNull()
        .references(() => sources.id, { onDelete: 'cascade' }),
      kind: k.text('kind').$type<SourceRun['kind']>().notNull(),
      slot: k.time('slot').notNull(),
      /** How far back it goes: a `Reach`. */
      reach: k.text('reach').notNull(),
      state: k.text('state').$type<RunState>().notNull(),
      tries: k.int('tries').notNull(),
      /** When it is to be taken up (again); null once it has ended. */
      nextTry: k.time('next_try'),
      startedAt: k.time('started_at').notNull(),
      endedAt: k.time('ended_at'),
      report: k.json<RunReport | null>('report'),
      reason: k.text('reason'),
    },
    t => [k.uniqueIndex('source_runs_slot').on(t.source, t.slot), k.index('source_runs_next').on(t.nextTry)],
  )
  /** What a source has brought: nothing comes twice, and what was taken off a board stays off. */
  const sourceItems = k.table(
    'source_items',
    {
      source: k
        .text('source')
        .notNull()
        .references(() => sources.id, { onDelete: 'cascade' }),
      /** The item's identity within its source: arXiv id, DOI, or what the feed calls it. */
      key: k.text('key').notNull(),
      run: k.text('run').notNull(),
      day: k.text('day').notNull(),
      paper: k.text('paper').notNull(),
      /** Names of the rules that highlight it. */
      marks: k.json<string[]>('marks').notNull(),
      /** Its place among the items of its run. */
      position: k.int('position').notNull(),
      /** When it was put on its board; null while it waits for that. */
      placedAt: k.time('placed_at'),
    },
    t => [k.primaryKey({ columns: [t.source, t.key] }), k.index('source_items_day').on(t.source, t.day)],
  )
  /** Texts that have changed since they were indexed, noted by triggers: see searchChanges.ts. */
  const searchChanges = k.table('search_changes', {
    seq: k.serial('seq'),
    kind: k.text('kind').$type<'paper' | 'comment' | 'note'>().notNull(),
    /** What has changed: a paper's id; `group/day/key` of a comment. */
    key: k.text('key').notNull(),
  })
  /** Who does a piece of scheduled work, where several servers could: see leases.ts. */
  const leases = k.table('leases', {
    name: k.text('name').primaryKey(),
    holder: k.text('holder').notNull(),
    /** ms since 1970, by the clock that was passed. */
    until: k.time('until').notNull(),
  })
  /** What is known of the installation as a whole: see meta.ts. */
  const meta = k.table('meta', { name: k.text('name').primaryKey(), value: k.text('value').notNull() })
  /** Written to find out whether anything can be written: see probe.ts. */
  const probes = k.table('probes', { name: k.text('name').primaryKey(), data: k.text('data').notNull() })
  return {
    people,
    sessions,
    groups,
    memberships,
    invitations,
    papers,
    paperFacts,
    paperVersions,
    paperCorrections,
    lookups,
    outsideAnswers,
    outsideHosts,
    rooms,
    updates,
    snapshots,
    docClients,
    boardPapers,
    votes,
    offers,
    comments,
    readings,
    paperTags,
    openedPapers,
    citationKeys,
    groupSessions,
    meetings,
    meetingPapers,
    minutes,
    meetingNotes,
    guestLinks,
    guests,
    sealed,
    unsealed,
    sessionPapers,
    sessionGuests,
    planChanges,
    readingNotes,
    presenters,
    swaps,
    schedules,
    feedTokens,
    calendarEntries,
    reminderSettings,
    notices,
    mails,
    sources,
    sourceRuns,
    sourceItems,
    searchChanges,
    leases,
    meta,
    probes,
  }
}

export type Tables = ReturnType<typeof define>
export const sqliteTables = define(sqliteKit)
export const pgTables: Tables = define(pgKit)
