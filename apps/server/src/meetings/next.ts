/** The meeting after this one: proposed from what was carried over, from votes since, and from the rota; and planned at one press. */
import { absencesOf } from '@paperboard/shared/absences'
import { planOf, standingOf } from '@paperboard/shared/agenda'
import { agendaFrom } from '@paperboard/shared/agendaOrder'
import { placed } from '@paperboard/shared/agendaRules'
import { type Day, dayAt } from '@paperboard/shared/days'
import { assignReading, readingsOf } from '@paperboard/shared/group'
import { addMissing, putPaper, sessionsOf } from '@paperboard/shared/groupSessions'
import { newId } from '@paperboard/shared/ids'
import type { AcceptNext, NextMeeting } from '@paperboard/shared/meetings'
import { nextTime, presentersFor } from '@paperboard/shared/nextMeeting'
import { presentersOf, skipsOf } from '@paperboard/shared/presenters'
import { groupRoom, meetingRoom } from '@paperboard/shared/room'
import { sharesOf } from '@paperboard/shared/shares'
import { allOpenOffers, openOffersOf } from '@paperboard/shared/standingOffers'
import { candidatesFor, rotaOf } from '@paperboard/shared/turns'
import { boardsWith } from '../db/boards.ts'
import type { Database } from '../db/database.ts'
import { type GroupRow, membersOf } from '../db/groups.ts'
import { addMeeting, type MeetingRow, meetingOfSession } from '../db/meetings.ts'
import { worksOf } from '../db/papers.ts'
import type { Rooms } from '../sync/rooms.ts'
import { standingFor } from './standing.ts'

interface Parts {
  db: Database
  rooms: Pick<Rooms, 'edit' | 'read' | 'boardsWritten'>
  now: () => number
}

/** Papers that are proposed, at most: what is read in a week. */
const most = 3
/** Minutes of a session that follows on one without a plan. */
const usualMinutes = 60

export async function proposeNext({ db, rooms, now }: Parts, meeting: MeetingRow, group: GroupRow): Promise<NextMeeting> {
  await rooms.boardsWritten(group.id)
  const since = await standingFor(db, { ...meeting, id: '', startedAt: null, votesFrom: null, votesCloseAt: null }, now())
  const { rule, left } = await rooms.read(meetingRoom(group.id, meeting.id), doc => ({ rule: planOf(doc).rule, left: standingOf(doc) }))
  const fresh = agendaFrom({ rule, standing: { ...since, rankings: new Map() }, entries: new Map(), planned: [] }).items
  // What was not chosen this time stands behind what was voted on since.
  const agenda = await rooms.read(meetingRoom(group.id, meeting.id), doc => [...doc.getMap('agenda').keys()])
  const works = await worksOf(db, [...agenda, ...(left?.candidates ?? []).map(({ paper }) => paper)])
  const workOf = (id: string) => works.get(id) ?? id
  const known = new Set([...agenda.map(workOf), ...fresh.map(({ paper }) => paper)])
  const passed = left === null ? [] : placed(rule, left).filter(({ paper, score }) => score > 0 && !known.has(workOf(paper)))
  const papers = [
    ...fresh.map(({ paper, placed: by, way }) => ({
      paper,
      why: way === 'carried' ? ('carried' as const) : ('votes' as const),
      offers: (by?.offers ?? []).map(({ member }) => member),
    })),
    ...passed.map(({ paper, offers }) => ({ paper: workOf(paper), why: 'passed' as const, offers: offers.map(({ member }) => member) })),
  ].slice(0, most)
  const members = await membersOf(db, group.id)
  const here = new Set(members.filter(({ gone, role }) => !gone && role !== 'guest').map(({ id }) => id))
  const day = dayAt(meeting.startedAt ?? now(), group.timeZone)
  const proposed = await rooms.read(groupRoom(group.id), doc => {
    const sessions = sessionsOf(doc)
    const presenters = presentersOf(doc)
    const time = nextTime(sessions, { day, held: meeting.session })
    const rota = rotaOf({
      sessions,
      presenters,
      readings: readingsOf(doc),
      absences: absencesOf(doc),
      shares: sharesOf(doc),
      members,
      timeZone: group.timeZone,
    })
    // Offers of these papers are in `papers` already; what counts here are offers to present anything.
    const offers = allOpenOffers(openOffersOf(doc, presenters), [], { readings: readingsOf(doc), sessions, presenters })
    const at = sessions.find(({ key }) => key === time.session) ?? { key: '', day: time.day, papers: [] }
    const next = candidatesFor(rota, at, { offers, skips: skipsOf(doc) })
    const who = presentersFor(
      papers.map(({ paper, offers }) => ({ paper, offers: offers.filter(member => here.has(member)) })),
      next.map(({ member }) => member),
    )
    return { ...time, papers: papers.map(({ paper, why }) => ({ paper, why, presenter: who.get(paper) ?? null })) }
  })
  const open = proposed.session === null ? null : await meetingOfSession(db, group.id, proposed.session)
  return { ...proposed, meeting: open?.id ?? null }
}

/** Plans the next session with its papers and presenters, and opens its meeting. Accepted again, it adds what is missing. */
export async function acceptNext(
  { db, rooms, now }: Parts,
  meeting: MeetingRow,
  { accept, group, me }: { accept: AcceptNext; group: GroupRow; me: string },
): Promise<MeetingRow> {
  const boards = new Map<string, Day>()
  for (const { paper, day } of await boardsWith(
    db,
    group.id,
    accept.papers.map(({ paper }) => paper),
  ))
    if (day > (boards.get(paper) ?? '')) boards.set(paper, day)
  const members = new Set((await membersOf(db, group.id)).filter(({ gone }) => !gone).map(({ id }) => id))
  const at = now()
  // Named by the meeting that it follows: two who accept at once plan one session.
  const session = accept.session ?? `${meeting.id}:${meeting.createdBy}`
  const row: MeetingRow = {
    ...meeting,
    id: newId(),
    session,
    votesFrom: null,
    votesCloseAt: null,
    startedAt: null,
    endedAt: null,
    createdBy: me,
    createdAt: at,
  }
  // Before its session is in the document: who sees the one asks for the other.
  const next = (await addMeeting(db, row)).meeting
  await rooms.edit(groupRoom(group.id), doc => {
    if (accept.session === null)
      addMissing(doc, [
        { key: session, session: { day: accept.day, time: accept.time, minutes: usualMinutes, title: meeting.title, place: '', cancelled: false, at } },
      ])
    const readings = readingsOf(doc)
    for (const { paper, presenter } of accept.papers) {
      putPaper(doc, { session, paper, now: at })
      const has = readings.some(reading => reading.session === session && reading.paper === paper && reading.member === presenter)
      if (presenter !== null && members.has(presenter) && !has)
        assignReading(doc, me, {
          paper,
          board: boards.get(paper) ?? dayAt(at, group.timeZone),
          member: presenter,
          role: 'presenter',
          part: '',
          session,
          due: null,
          at,
        })
    }
  })
  return next
}
