/** What is left of a meeting once it has ended: what became of its papers, and its minutes. Done again, both are as they are then. */

import { carryOver, countedOf, standingOf } from '@paperboard/shared/agenda'
import { dayAt, formatDay } from '@paperboard/shared/days'
import { doiAddress } from '@paperboard/shared/doi'
import { limits } from '@paperboard/shared/limits'
import { endMeeting } from '@paperboard/shared/meetingFloor'
import { minutesMarkdown } from '@paperboard/shared/minutes'
import { type MinutesNames, minutesFacts, outcomesOf, type PaperOutcome } from '@paperboard/shared/minutesFacts'
import { meetingRoom } from '@paperboard/shared/room'
import { type MeetingPaper, setMeetingPapers } from '../db/agendas.ts'
import type { Database } from '../db/database.ts'
import { findGroup, membersOf } from '../db/groups.ts'
import { guestNamesIn } from '../db/guests.ts'
import type { MeetingRow } from '../db/meetings.ts'
import { findMinutes, putMinutes } from '../db/minutes.ts'
import { findPapers, type PaperRow } from '../db/papers.ts'
import type { Rooms } from '../sync/rooms.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'read'>
  now: () => number
}

/** Ends a meeting in its document: what it did not get to is carried over. */
export async function endWithOutcome({ rooms }: Parts, meeting: MeetingRow, endedAt: number): Promise<void> {
  await rooms.edit(meetingRoom(meeting.group, meeting.id), doc => {
    const left = outcomesOf(doc).filter(({ state }) => state === 'carried')
    carryOver(
      doc,
      left.map(({ paper }) => paper),
      endedAt,
    )
    endMeeting(doc, endedAt)
  })
}

/** Writes down what became of the papers, and makes the minutes from what is in the document now. */
export async function makeMinutes(parts: Parts, meeting: MeetingRow): Promise<void> {
  const { db, rooms, now } = parts
  const room = meetingRoom(meeting.group, meeting.id)
  const { outcomes, standing, counted } = await rooms.read(room, doc => ({ outcomes: outcomesOf(doc), standing: standingOf(doc), counted: countedOf(doc) }))
  await setMeetingPapers(db, meeting.id, papersAfter(meeting, outcomes, { standing, from: counted?.from ?? meeting.startedAt ?? 0 }))
  const names = await namesFor(db, meeting, outcomes)
  const facts = await rooms.read(room, doc => minutesFacts(doc, names))
  const before = await findMinutes(db, meeting.id)
  // Those that are made long after the end wait as long: there is time to mend them.
  const mailAt = before?.mailAt ?? Math.max(meeting.endedAt ?? 0, now()) + limits.minutesWait
  await putMinutes(db, { meeting: meeting.id, group: meeting.group, facts, generated: minutesMarkdown(facts), madeAt: now(), mailAt })
}

/** The rows: those on the agenda, and those that stood for it and were not chosen. */
function papersAfter(
  { id, group }: MeetingRow,
  outcomes: readonly PaperOutcome[],
  { standing, from }: { standing: ReturnType<typeof standingOf>; from: number },
): MeetingPaper[] {
  const stood = new Map((standing?.candidates ?? []).map(candidate => [candidate.paper, candidate]))
  const row = (paper: string): MeetingPaper => {
    const candidate = stood.get(paper)
    // What was carried over before keeps the votes that it had then.
    const first = candidate !== undefined && candidate.carried > 0 ? Math.min(from, ...candidate.votes.map(({ at }) => at - 1)) : from
    return {
      meeting: id,
      group,
      paper,
      state: 'passed',
      place: null,
      spent: 0,
      carried: candidate?.carried ?? 0,
      votesFrom: first,
      proposer: candidate?.proposer ?? null,
    }
  }
  const on = outcomes.map(({ paper, state, place, spent }) => ({
    ...row(paper),
    state,
    spent: Math.round(spent),
    place: place === null ? null : Math.ceil(place),
  }))
  const known = new Set(outcomes.map(({ paper }) => paper))
  return [...on, ...[...stood.keys()].filter(paper => !known.has(paper)).map(row)]
}

/** How people and papers are called, to be written down. */
async function namesFor(db: Database, meeting: MeetingRow, outcomes: readonly PaperOutcome[]): Promise<MinutesNames> {
  const group = await findGroup(db, meeting.group)
  const timeZone = group?.timeZone ?? 'UTC'
  const members = await membersOf(db, meeting.group)
  const guests = await guestNamesIn(db, meeting.group)
  const people = new Map([...guests, ...members].map(({ id, name }) => [id, name]))
  const isGuest = new Set([...guests.map(({ id }) => id), ...members.filter(({ role }) => role === 'guest').map(({ id }) => id)])
  const rows = await findPapers(
    db,
    outcomes.map(({ paper }) => paper),
  )
  const papers = new Map(rows.map(row => [row.id, row]))
  return {
    title: titleOf(meeting, timeZone),
    group: group?.name ?? '',
    timeZone,
    name: member => people.get(member) ?? 'Somebody',
    isGuest: member => isGuest.has(member),
    paper: paper => calledAs(papers.get(paper)),
  }
}

/** A meeting without a title is called by its day. */
export const titleOf = ({ title, startedAt, createdAt }: MeetingRow, timeZone: string): string =>
  title === '' ? `Meeting of ${formatDay(dayAt(startedAt ?? createdAt, timeZone), undefined, 'en-GB')}` : title

const calledAs = (row: PaperRow | undefined) => ({
  title: row?.title ?? (row?.arxivId ? `arXiv:${row.arxivId}` : row?.doi ? `doi:${row.doi}` : 'A paper'),
  authors: row?.authors ?? [],
  link: row?.arxivId ? `https://arxiv.org/abs/${row.arxivId}` : row?.doi ? doiAddress(row.doi) : (row?.url ?? null),
})
