/** What crosses the HTTP API: each request body once as a schema, each answer once as a type. Times are ms since 1970. */
import { z } from 'zod'
import type { PaperOnBoard } from './board.ts'
import { type Day, Day as DaySchema, TimeZone } from './days.ts'
import type { ErrorCode } from './errorCodes.ts'
import type { GuestPlace } from './guests.ts'
import { Id } from './ids.ts'
import { limits } from './limits.ts'
import { GroupSettings, Role } from './members.ts'
import type { PlanChange } from './planHistory.ts'
import type { Trend } from './ranking.ts'
import type { ReminderSettings } from './reminders.ts'

/** `message` is a sentence for people, `fields` names what to mend in a form. */
export interface ApiError {
  error: { code: ErrorCode; message: string; fields?: Record<string, string> }
}

const Name = z.string().trim().min(1, 'Please give a name').max(limits.nameLength, `At most ${limits.nameLength} characters`)
const Email = z.string().trim().max(limits.emailLength).toLowerCase().pipe(z.email('An e-mail address such as ada@example.org'))
const NewPassword = z
  .string()
  .min(limits.passwordMin, `At least ${limits.passwordMin} characters`)
  .max(limits.passwordMax, `At most ${limits.passwordMax} characters`)
const Token = z.string().min(20).max(64)

// People and sessions

/** POST /api/account. The first account needs no invitation; every later one does. */
export const SignUp = z.strictObject({ name: Name, email: Email, password: NewPassword, invitation: Token.optional() })
/** POST /api/session */
export const SignIn = z.strictObject({ email: Email, password: z.string().min(1, 'Please give your password').max(limits.passwordMax) })
/** PATCH /api/account */
export const ChangeName = z.strictObject({ name: Name })
/** POST /api/account/password. Ends every other session. */
export const ChangePassword = z.strictObject({ current: z.string().min(1).max(limits.passwordMax), next: NewPassword })

export interface Person {
  id: string
  name: string
  email: string
}
export interface GroupSummary {
  id: string
  name: string
  role: Role
}
/** GET /api/me. `firstRun` while the installation has no account; `now` is the server's clock. */
export interface Me {
  person: Person | null
  groups: GroupSummary[]
  /** Where a guest is one; null for everybody else. */
  guest: GuestPlace | null
  firstRun: boolean
  now: number
}

// Groups

/** POST /api/groups */
export const NewGroup = z.strictObject({ name: Name, timeZone: TimeZone })
/** PATCH /api/groups/:group */
export const ChangeGroup = z.strictObject({ name: Name.optional(), timeZone: TimeZone.optional(), settings: GroupSettings.partial().optional() })
/** PATCH /api/groups/:group/members/:member */
export const ChangeRole = z.strictObject({ role: Role })
/** POST /api/groups/:group/hand-over */
export const HandOver = z.strictObject({ to: Id })
/** POST /api/groups/:group/invitations */
export const NewInvitation = z.strictObject({
  role: z.enum(['organizer', 'member']),
  days: z.int().min(1).max(limits.invitationDays),
  uses: z.int().min(1).max(limits.invitationUses),
})

export interface Member {
  id: string
  name: string
  role: Role
  joinedAt: number
  /** Left or removed: kept so that their votes and comments keep a name. */
  gone: boolean
}
/** GET /api/groups/:group. `today` is the group's current day. */
export interface Group {
  id: string
  name: string
  timeZone: string
  settings: GroupSettings
  role: Role
  members: Member[]
  today: Day
}
export interface Invitation {
  id: string
  role: Role
  createdBy: string
  createdAt: number
  expiresAt: number
  uses: number
  usesLeft: number
}
/** POST /api/groups/:group/invitations. The link is shown once; only its hash is stored. */
export interface CreatedInvitation extends Invitation {
  url: string
}
/** GET /api/invitations/:token, open to all who have the link. */
export interface InvitationPreview {
  group: { id: string; name: string }
  role: Role
  invitedBy: string
  expiresAt: number
  /** The signed-in person is in the group already. */
  member: boolean
}

// Notices and reminders

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

// Schedules

/** POST /api/groups/:group/schedule/preview. A schedule as CSV, as a table or list in Markdown, or as YAML. */
export const PreviewSchedule = z.strictObject({ text: z.string().min(1).max(limits.scheduleBytes) })
/** POST /api/groups/:group/schedule. `skip` holds lines of rows left out; `people` says who a name is: a member's id, or null for a guest. */
export const ImportSchedule = z.strictObject({
  text: z.string().min(1).max(limits.scheduleBytes),
  skip: z.array(z.int().min(1)).max(10_000).default([]),
  people: z.record(z.string().max(limits.nameLength), Id.nullable()).default({}),
})

/** A row of a schedule, and what becomes of it. */
export interface ScheduleItem {
  /** Of the text, from 1; names the row in `skip`. */
  line: number
  text: string
  day: Day | null
  time: string | null
  minutes: number
  papers: { title: string | null; url: string | null; known: boolean }[]
  /** Names of presenters as they are written: keys of `people`. */
  presenters: string[]
  note: string
  /** `session` becomes one, or joins the one of that day; `cancelled` is noted as not taking place; `out` is left out, see `reason`. */
  status: 'session' | 'cancelled' | 'out'
  /** Why it is left out, as a sentence. */
  reason: string | null
  /** The plan has a session on that day already. */
  here: boolean
}
export interface SchedulePreview {
  format: 'csv' | 'markdown' | 'yaml' | 'nothing'
  /** By day; those without one last. */
  items: ScheduleItem[]
  problems: ImportProblem[]
  /** Who each presenter is taken for: a member's id, or null for a guest. `why` tells what could not be decided. */
  people: { name: string; member: string | null; why: string | null }[]
}
export interface ScheduleImported {
  sessions: number
  readings: number
  papers: number
}

// Private addresses

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

// Papers

export interface Paper {
  id: string
  /** Null until a source has told it. */
  title: string | null
  authors: string[]
  abstract: string
  arxivId: string | null
  arxivVersion: number | null
  doi: string | null
  url: string | null
  links: { label: string; url: string }[]
  /** Journal, proceedings or repository. */
  venue: string | null
  /** `2026`, `2026-11` or `2026-11-24`: as exactly as is known. */
  published: string | null
  /** What sources file it under: arXiv categories, keywords. */
  subjects: string[]
  note?: PaperNote
}
/** What is said of a paper beside its text. */
export interface PaperNote {
  /** How it stands with what is lacking: `source` is a name for people, `nextAt` ms since 1970. */
  lookup?: { state: 'asking' | 'missing'; source: string } | { state: 'unreachable'; source: string; nextAt: number }
  /** A version on arXiv that came out after the group's last comment; `discussed` is the one before it, where that is known. */
  newVersion?: { version: number; at: number; discussed: number | null }
  /** The paper of which this one is another id: both are the same work. */
  sameAs?: string
}
/** GET /api/groups/:group/boards/:day: what the board's document holds only ids of. */
export interface BoardPapers {
  papers: Paper[]
}
/** GET /api/groups/:group/days?from&to, for week, month and calendar. Papers in board order. */
export interface BoardDay {
  day: Day
  papers: { paper: Paper; net: number; votes: number; comments: number }[]
}
/** GET /api/groups/:group/counts?from&to */
export interface DayCount {
  day: Day
  papers: number
  votes: number
  comments: number
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

// The plan and readings

/** GET /api/groups/:group/plan/changes?before: the latest first. */
export interface PlanChanges {
  changes: PlanChange[]
  /** There are more before the last of these. */
  more: boolean
}
/** PUT /api/groups/:group/readings/:reading/note. An empty text takes the note away. */
export const WriteReadingNote = z.strictObject({ text: z.string().max(limits.readingNoteLength, `At most ${limits.readingNoteLength} characters`) })
/** GET /api/readings/notes: one's own in all groups; nobody else reads them. */
export interface ReadingNotes {
  notes: { group: string; reading: string; text: string; at: number }[]
}
/** What I am to do after a meeting. */
export interface Task {
  group: string
  meeting: string
  /** Of the meeting; '' where it has no name. */
  title: string
  /** When the meeting was. */
  at: number
  key: string
  text: string
  /** What it is about; null for the meeting as a whole. */
  paper: string | null
  due: Day | null
  /** The end of that day, by the clock of the group. */
  until: number | null
  doneAt: number | null
}
/** GET /api/tasks: mine from the meetings of all my groups, open or done within the last week; what is due first comes first. */
export interface Tasks {
  tasks: Task[]
}
/** PUT /api/groups/:group/meetings/:meeting/actions/:action/done */
export const MarkTask = z.strictObject({ done: z.boolean() })

// Papers over several boards

/** A paper as lists over several boards show it, without its abstract. Votes are the last ones of each member over all boards. */
export interface ListedPaper extends Omit<Paper, 'abstract' | 'links'> {
  /** At most `limits.listedAuthors` of `authorCount`. */
  authorCount: number
  /** Days of the boards it is on, the newest first. */
  boards: Day[]
  /** When it last came to a board. */
  addedAt: number
  up: number
  down: number
  comments: number
  /** When somebody last voted on it or commented; 0 for never. */
  lastAt: number
  /** See `recentScore`. */
  recent: number
  mine: { added: boolean; vote: 1 | 0 | -1; commented: boolean; offered: boolean }
}
/** GET /api/groups/:group/listing?view=… What is on the boards of a span; what was liked of late; all there is. */
export const ListingQuery = z.discriminatedUnion('view', [
  z.strictObject({ view: z.literal('days'), from: DaySchema, to: DaySchema }),
  z.strictObject({ view: z.literal('recent') }),
  z.strictObject({ view: z.literal('library') }),
])
export type ListingQuery = z.infer<typeof ListingQuery>
export interface Listing {
  papers: ListedPaper[]
  /** False where there are more than are listed: the newest are. */
  whole: boolean
}
/** An offer to present a paper that stands on a board. */
export interface BoardOffer {
  paper: string
  day: Day
  member: string
  at: number
}
/** GET /api/groups/:group/offers: of the boards of late, by those who are in the group; the earliest first. */
export interface BoardOffers {
  offers: BoardOffer[]
}
/** GET /api/groups/:group/trending: hottest first. */
export interface Trending {
  papers: (Trend & { paper: string })[]
}
/** A board that had a paper, and what came of it there. */
export interface SeenPaper {
  paper: string
  day: Day
  net: number
  votes: number
  comments: number
}
/** GET /api/groups/:group/boards/:day/earlier: of each paper of the board, the last board before. */
export interface EarlierBoards {
  papers: SeenPaper[]
}
/** GET /api/groups/:group/papers/:paper/boards: the newest first. */
export interface BoardsOfPaper {
  boards: Omit<SeenPaper, 'paper'>[]
}
/** GET /api/groups/:group/opened: what the person has opened of the group's papers, on any device. */
export interface OpenedPapers {
  papers: string[]
}
/** POST /api/groups/:group/opened */
export const MarkOpened = z.strictObject({ papers: z.array(Id).min(1).max(limits.openedAtOnce) })

// Papers out

export const exportFormats = ['bibtex', 'ris', 'csl', 'csv', 'markdown'] as const
export type ExportFormat = (typeof exportFormats)[number]
/** Which papers: some by their ids (a selection, what a search found), a board's, those of a span of days, all of the group. */
export const ExportOf = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('papers'), papers: z.array(Id).min(1).max(limits.exportPapers) }),
  z.strictObject({ of: z.literal('days'), from: DaySchema, to: DaySchema }),
  z.strictObject({ of: z.literal('library') }),
])
export type ExportOf = z.infer<typeof ExportOf>
/** POST /api/groups/:group/export, answered with the file. */
export const Export = z.strictObject({ format: z.enum(exportFormats), papers: ExportOf })

/** A paper by hand. */
export const PaperByHand = z.strictObject({
  title: z.string().trim().min(1, 'Please give a title').max(limits.titleLength),
  authors: z.array(z.string().trim().min(1).max(200)).max(limits.authors),
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'A link that starts with https://' }).max(limits.urlLength)]),
  abstract: z.string().max(limits.abstractLength),
})
export type PaperByHand = z.infer<typeof PaperByHand>

/** PATCH /api/groups/:group/papers/:paper: what is given is corrected, for this group; null gives a field back to what sources tell. */
export const CorrectPaper = z.strictObject({
  title: z.string().trim().min(1, 'Please give a title').max(limits.titleLength).nullable().optional(),
  authors: z.array(z.string().trim().min(1).max(200)).max(limits.authors).nullable().optional(),
  abstract: z.string().trim().max(limits.abstractLength).nullable().optional(),
  venue: z.string().trim().max(300).nullable().optional(),
  published: z
    .union([z.literal(''), z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)], 'A date such as 2026-11-24, 2026-11 or 2026')
    .nullable()
    .optional(),
  url: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(limits.urlLength)], 'A link that starts with https://')
    .nullable()
    .optional(),
})
export type CorrectPaper = z.infer<typeof CorrectPaper>
/** Fields as they were or became; '' and [] where there was nothing, null where a field was given back. */
type Corrected = { [Name in keyof CorrectPaper]: CorrectPaper[Name] }
export interface PaperCorrection {
  id: string
  member: string
  at: number
  fields: Corrected
  before: Corrected
  /** The correction it takes back. */
  undoes: string | null
  /** It was taken back. */
  undone: boolean
}
/** GET /api/groups/:group/papers/:paper/corrections, newest first. */
export interface PaperCorrections {
  corrections: PaperCorrection[]
}

/** Where the papers of an import come from. */
export const ImportFrom = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('text'), text: z.string().min(1) }),
  z.strictObject({ from: z.literal('hand'), paper: PaperByHand }),
  z.strictObject({ from: z.literal('sample') }),
  /** Papers the group has, as when one taken off a board is put back: the first at `order`, if it was on this board before. */
  z.strictObject({ from: z.literal('group'), papers: z.array(Id).min(1).max(limits.pastePapers), order: z.int().min(0).optional() }),
])
export type ImportFrom = z.infer<typeof ImportFrom>
/** POST /api/groups/:group/boards/:day/preview */
export const PreviewImport = z.strictObject({ source: ImportFrom })
/** POST /api/groups/:group/boards/:day/papers. `skip` holds the numbers of preview items left out. */
export const AddPapers = z.strictObject({ source: ImportFrom, skip: z.array(z.int().min(0)).max(limits.pastePapers).default([]) })

/** One thing understood in a paste. */
export interface ImportItem {
  /** Counts from 0 through the paste; names the item in `skip`. */
  number: number
  /** First line of it in the paste, from 1; null where there are no lines. */
  line: number | null
  title: string | null
  authors: string[]
  abstract: string
  arxivId: string | null
  doi: string | null
  url: string | null
  /** `new` to the group; `known` from an earlier board; `here` on this board already; `repeated` within the paste. */
  status: 'new' | 'known' | 'here' | 'repeated'
  /** The day of a board that has it, for `known`. */
  seenOn: Day | null
}
/** A line that could not be read, and why. Lines count from 1. */
export interface ImportProblem {
  line: number
  text: string
  reason: string
  /** The file it stands in, where several were given. */
  file?: string
}
/** Formats that a text, or a part of it, is taken for. */
export type ImportKind =
  | 'daily-papers-page'
  | 'daily-papers-json'
  | 'web-page'
  | 'ids'
  | 'bibtex'
  | 'ris'
  | 'tagged'
  | 'feed'
  | 'oai'
  | 'crossref'
  | 'datacite'
  | 'openalex'
  | 'semantic-scholar'
  | 'csl-json'
  | 'zotero-json'
  | 'json'
  | 'table'
  | 'xml'
  | 'mixed'
  | 'nothing'
/** A part of a text in one format: the line on which it begins, and how many papers are in it. */
export interface ImportPart {
  kind: ImportKind
  line: number
  papers: number
}
export interface ImportPreview {
  /** What the text was taken for. */
  kind: ImportKind | 'hand' | 'sample' | 'group'
  parts: ImportPart[]
  /** A day the text itself names; its year is a guess where `yearGuessed`. */
  day: { day: Day; yearGuessed: boolean } | null
  items: ImportItem[]
  problems: ImportProblem[]
}
export interface ImportResult {
  added: string[]
  /** Already on the board. */
  present: number
  day: Day
}
/**
 * POST /api/groups/:group/boards/:day/files, multipart: `act` is `preview` or `add`, `skip` a JSON list of numbers, and each `file`
 * the bytes of one. The answer is a step in JSON on each line, the last of which is `preview`, `added` or `failed`.
 */
export type ImportStep =
  | { step: 'reading' }
  | { step: 'adding'; done: number; of: number }
  | { step: 'preview'; preview: ImportPreview }
  | { step: 'added'; result: ImportResult }
  | { step: 'failed'; error: ApiError['error'] }
export type { ErrorCode, PaperOnBoard }
