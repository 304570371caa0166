/** Every bound in the product, once, with its reason beside it. Sizes are bytes of UTF-8 unless the name says otherwise. */
export const limits = {
  /** A clock may run this far (ms) ahead of the server's before its records are refused: phones drift by minutes. */
  clockSkew: 5 * 60_000,
  /** Longest comment in characters: three pages of prose, some forty times the usual comment. */
  commentLength: 10_000,
  /** Longest question of a meeting, decision, or thing to do, in characters: what one says in a breath, twice over. */
  questionLength: 600,
  decisionLength: 1_000,
  /** Options of a poll, and the characters of one: what can be read at a glance from the last row. */
  pollOptions: 12,
  optionLength: 160,
  /** Longest first impression of a paper in characters: one line. */
  takeLength: 280,
  /** A record as Yjs writes it; comments dominate, and a UTF-16 unit takes at most three bytes. */
  recordBytes: 32 * 1024,
  /** Longest note in characters: a whole paper, typed out, has some 100,000. */
  noteLength: 200_000,
  /** Moments that the history of a document is told in: a slider of so many steps moves by less than a pixel each. */
  moments: 2_000,
  /** Updates that a history is made from, and bytes that it may have: an hour in which thirty people write without pause has some 300,000. */
  historyUpdates: 300_000,
  historyBytes: 8 * 1024 * 1024,
  /** Longest part of a reading ("Sec. 3 and Fig. 2"). */
  partLength: 120,
  /** Longest private note on a reading: five pages. */
  readingNoteLength: 20_000,
  /** Changes of a plan that one answer tells. */
  planChanges: 100,
  /** Longest tag: three words. */
  tagLength: 40,
  /** Tags on one paper: a row shows them all, and the group's document holds them all. */
  tagsPerPaper: 12,
  /** Longest session (minutes): a day of talks. */
  sessionMinutes: 720,
  /** Papers of one session: a day of short talks has some twenty. */
  sessionPapers: 30,
  /** Presenters of one session who are no members. */
  sessionGuests: 30,
  /** Papers that get on one agenda by votes: a day of short talks has some thirty. */
  agendaPapers: 30,
  /** Votes that a member may have for one agenda. */
  agendaBudget: 50,
  /** Papers that stand for one agenda, the best of a busy month; what has fewer votes than all of these cannot get on. */
  agendaCandidates: 300,
  /** Papers of one agenda of which something is said by hand: all that stand for it. */
  agendaEntries: 300,
  /** Days back that votes count for the first meeting of a group. */
  agendaDays: 60,
  /** Earlier meetings by which it is told whose proposals were discussed: half a year, each week. */
  agendaPast: 26,
  /** A paper that a meeting spent this long on (ms) was discussed: who only passes by it is gone sooner. */
  discussed: 60_000,
  /** Longest minutes that were edited, in characters: the notes of five papers. */
  minutesLength: 200_000,
  /** Minutes are mailed to members so long (ms) after the meeting, unless they were before: time to mend them. */
  minutesWait: 30 * 60_000,
  /** Longest time box of an item, in minutes: a day. */
  itemMinutes: 480,
  /** Longest name of a place, with the way there. */
  placeLength: 300,
  /** Longest time box of an item of a meeting (minutes): a session. */
  boxMinutes: 720,
  /** Spans of attendance that are told apart for one member; who comes and goes more often has been there. */
  attendanceSpans: 40,
  /** Who is away for less than this (ms) was not away: a reload, a lost connection, a new server. */
  attendanceGap: 60_000,
  /** Whoever leads a meeting is waited for this long (ms) after their connection was lost, before others may take the lead: a reload, a lift. */
  leadGrace: 15_000,
  /** A hand that was raised longer ago than this (ms) when it arrives does not go before others: its time is its owner's word. */
  handLate: 60_000,
  /** Guests of one meeting: a lecture hall. */
  meetingGuests: 300,
  /** Days that a guest link works, and hours that guests may look at a meeting that has ended. */
  guestLinkDays: 7,
  guestHoursAfter: 24,
  /** Meetings of one list: five years, each week. */
  /** What one person is to do, in one answer. */
  listedTasks: 500,
  listedMeetings: 260,
  /** Why somebody skips, what they ask with, what they offer: a sentence or two. */
  reasonLength: 300,
  /** Roles of one template, and the longest name of one: more than twelve parts nobody hands out. */
  templateRoles: 12,
  roleNameLength: 60,
  /** What a role is to do: a short paragraph. */
  roleTaskLength: 500,
  /** Longest rule of a recurring schedule: every part of RFC 5545 once. */
  ruleLength: 200,
  /** Sessions that a schedule plans ahead, and days: half a year, each week. */
  scheduledSessions: 26,
  scheduledDays: 183,
  /** Sessions that one import may plan: ten years, each week. */
  importSessions: 520,
  /** Text of a schedule: the longest seen is 10 KB. Of the worst that can be sent, reading takes a second or two. */
  scheduleBytes: 256 * 1024,
  /** Longest display name of a person or a group. */
  nameLength: 80,
  /** Longest e-mail address (RFC 5321 path less its brackets). */
  emailLength: 254,
  /** NIST SP 800-63B: at least 8 for a memorised secret; we ask for a little more. */
  passwordMin: 10,
  /** Argon2 takes any length; a bound keeps a sign-in from being a way to burn CPU. */
  passwordMax: 256,
  /** One WebSocket message: weeks of one member's offline work stay far below. */
  messageBytes: 1024 * 1024,
  /** One awareness state: a member id and the paper being looked at take 60. */
  awarenessBytes: 512,
  /** Presence changes per second and socket; moving through a board with j held down makes about 10. */
  awarenessPerSecond: 30,
  /** Document messages per second and socket, averaged over ten seconds; a person makes a handful. */
  updatesPerSecond: 60,
  /** Sockets that may send so much at the same time in one room: what is more than 1,200 changes a second is not people. */
  busySockets: 20,
  /** A JSON request body, unless the route says otherwise. */
  bodyBytes: 64 * 1024,
  /** A paste of papers: the largest Daily Papers page seen is 132 KB. */
  pasteBytes: 4 * 1024 * 1024,
  /** Papers one import may add: a library of a lifetime, or a day of all arXiv ten times over. Boards stay usable; they are stored in parts. */
  pastePapers: 20_000,
  /** All files of one import: 10,000 arXiv records with abstracts are 16 MB. They are read in a thread of their own. */
  fileBytes: 32 * 1024 * 1024,
  /** What a compressed file may grow to. Text that is read takes some five times its size in memory. */
  unpackedBytes: 64 * 1024 * 1024,
  /** Files of one import: a month of days. */
  files: 40,
  /** Papers of an import that are stored and told at once. What others do waits for no more than these, some 10 ms. */
  papersAtOnce: 100,
  /** Records of a room that go to their rows in one transaction, where no other server writes them: another 10 ms. */
  recordsAtOnce: 200,
  /** Entries of a feed; those that rank among the top; and how long (days) one is told of a mention: readers ask at least every month. */
  feedEntries: 100,
  feedTop: 30,
  mentionDays: 90,
  /** Days for which an offer to present a paper of a board counts on the rota: two months, in which most papers have come up or never will. */
  offerDays: 62,
  /** Papers of one list over boards, and the authors named of each: 5,000 rows are 400 KB on their way. */
  listedPapers: 5_000,
  listedAuthors: 6,
  /** Papers marked as opened in one request: what gathers while a device is offline. */
  openedAtOnce: 500,
  /** Longest query of a search, and the words that count in it: a long title, pasted. */
  searchLength: 400,
  searchTerms: 40,
  /** Hits of a search that are ranked, counted and paged through: who wants the thousand and first types another word. */
  searchHits: 1_000,
  /** Hits in one answer, and suggestions. */
  searchPage: 100,
  suggestions: 50,
  /** Papers one export may name, or a group's library may hold to be exported at once: some 30 MB of BibTeX. */
  exportPapers: 10_000,
  /** A correction of a paper: a long abstract and three thousand authors. */
  correctionBytes: 512 * 1024,
  /** Papers asked for by id at once: their ids fit into an address. */
  papersAsked: 100,
  /** Longest title: arXiv's longest is under 400 characters. */
  titleLength: 500,
  /** Longest abstract in characters: the longest on arXiv is some 6,000. */
  abstractLength: 20_000,
  /** Longest list of authors: large collaborations have some 3,000. */
  authors: 5_000,
  /** Longest URL that browsers and proxies agree on. */
  urlLength: 2_000,
  /** A board may be opened this many days ahead: what is further away is not planned by day. */
  boardDaysAhead: 60,
  /** … and, if nothing was ever put on it, this many days back. Boards with content stay open to readers for ever. */
  boardDaysBack: 400,
  /** Days of boards, with their papers, asked for at once: a month, with the weeks at its ends, twice over. */
  spanDays: 62,
  /** Days whose counts alone are asked for at once: a year of a calendar, with the weeks at its ends. */
  countDays: 400,
  /** First day an import may name: arXiv began in August 1991. */
  firstBoardDay: '1991-08-01',
  /** Days an invitation may be valid, and uses it may have. */
  invitationDays: 90,
  invitationUses: 500,
  /** Sources of one group: a reading group follows a handful. */
  sources: 20,
  /** Categories of one arXiv source: arXiv's listings are asked for together. */
  sourceCategories: 12,
  /** Rules of one source, phrases of one rule, and the length of a phrase: all are tried on every item. */
  sourceRules: 40,
  rulePhrases: 50,
  rulePhraseLength: 100,
  /** Times a day that a source is fetched: Daily Papers and arXiv's listings change once a day. */
  sourceTimes: 4,
  /** Papers that one source may put on one board: nobody reads more titles in a day. */
  sourcePapers: 200,
  /** … unless the group says otherwise. */
  sourcePapersUnasked: 50,
  /** Days back that a source is caught up with after it was not fetched: nobody votes on boards of longer ago. */
  sourceCatchUpDays: 7,
  /** … and when an organizer asks for the last month. */
  sourceMonthDays: 31,
  /** Items of a feed that are looked at: arXiv's fullest listing has some 1,500. */
  sourceItems: 3_000,
  /** Runs of a source that its log keeps: two months of four a day. */
  sourceRuns: 250,
  /** A session ends after this many days without use. */
  sessionDays: 30,
  /**
   * How often one may do over HTTP what can be misused: `most` in so many `minutes`. The measure is a seminar room: sixty
   * people behind one address who come within a minute, all counted until they are answered, and mistype.
   */
  rates: {
    /** Failures to sign in, by address: one machine that tries many accounts. Sixty under way, and two mistakes for each. */
    signInFrom: { most: 200, minutes: 15 },
    /** … by address and account: guessing one password, 960 tries a day. By account alone, anyone could lock a member out. */
    signInAs: { most: 10, minutes: 15 },
    /** Tries to sign up, by address, good or bad: sixty, five times each, as when the first link was used up half-way. */
    signUpFrom: { most: 300, minutes: 15 },
    /** Accounts made, over all: ten such rooms at once. What a link that got about can do is bounded by its uses as well. */
    signUps: { most: 600, minutes: 15 },
    /** Failures to give the present password when changing it, by person. */
    password: { most: 10, minutes: 15 },
    /** Links that do not work, by address. Nobody guesses 256 bits; a room whose link is dead must get in by the next one. */
    invitation: { most: 300, minutes: 15 },
    /** Guests who come in, by address, good or bad: sixty, five times each. */
    guestFrom: { most: 300, minutes: 15 },
    /** Changes by one person. Nobody clicks five times a second for a minute. */
    write: { most: 300, minutes: 1 },
    /** Sources fetched by hand or tried out, by person: each is a request to somebody else's server. */
    fetchSource: { most: 20, minutes: 15 },
    /** … and by an address from those not signed in: a room that signs up, signs in, and mistypes. */
    writeFrom: { most: 600, minutes: 1 },
  },
} as const
