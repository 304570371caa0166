/** What the check of an installation asks of the store. It works on a copy of one moment, which is SQLite whatever the engine. */

import { defaultAgendaRule } from '@paperboard/shared/agendaRules'
import { defaultSettings } from '@paperboard/shared/members'
import type { RoomName } from '@paperboard/shared/room'
import Sqlite from 'better-sqlite3'
import { and, asc, eq, getTableColumns, isNull } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from './database.ts'
import { addMeeting } from './meetings.ts'
import { type Projection, project } from './projections.ts'
import type { StoredBytes } from './rooms.ts'

/** Pages and rows that do not fit together, by SQLite's own check. */
export function faultsOfFile(file: string): string[] {
  const client = new Sqlite(file)
  try {
    const found = client.prepare<[], string>('PRAGMA integrity_check(20)').pluck().all()
    const broken = client.prepare<[], { table: string; parent: string }>('PRAGMA foreign_key_check').all()
    return [...found.filter(line => line !== 'ok'), ...broken.map(({ table, parent }) => `a row of ${table} points to one of ${parent} that is not there`)]
  } finally {
    client.close()
  }
}

export interface CheckedRoom {
  id: number
  name: string
  group: string
  projectedSeq: number
}

export async function allRooms(db: Database): Promise<CheckedRoom[]> {
  const { rooms } = db.t
  return db.sql.select({ id: rooms.id, name: rooms.name, group: rooms.group, projectedSeq: rooms.projectedSeq }).from(rooms).orderBy(asc(rooms.id))
}

/** A row of the log with who wrote it. */
export interface LogRow extends StoredBytes {
  actor: string
  at: number
}

/** The whole log of a room, history included. */
export async function rowsOf(db: Database, room: number): Promise<LogRow[]> {
  const { updates: u } = db.t
  return db.sql.select({ seq: u.seq, data: u.data, sum: u.sum, actor: u.actor, at: u.at }).from(u).where(eq(u.room, room)).orderBy(asc(u.seq))
}

export async function allPeople(db: Database): Promise<Set<string>> {
  return new Set((await db.sql.select({ id: db.t.people.id }).from(db.t.people)).map(person => person.id))
}

/** Rows that name what is not there and that no key of the database watches over. */
export async function danglingRows(db: Database): Promise<string[]> {
  const { boardPapers, papers, rooms, votes, offers, comments } = db.t
  const nameless = await db.sql
    .select({ group: boardPapers.group, day: boardPapers.day, paper: boardPapers.paper })
    .from(boardPapers)
    .leftJoin(papers, eq(papers.id, boardPapers.paper))
    .where(isNull(papers.id))
  const faults = nameless.map(row => `board/${row.group}/${row.day}: its paper ${row.paper} is not in the catalogue`)
  const names = new Set((await db.sql.select({ name: rooms.name }).from(rooms)).map(room => room.name))
  for (const table of [boardPapers, votes, offers, comments]) {
    const boards = await db.sql.selectDistinct({ group: table.group, day: table.day }).from(table)
    for (const { group, day } of boards) if (!names.has(`board/${group}/${day}`)) faults.push(`board/${group}/${day}: there are rows of it, and no document`)
  }
  return [...new Set(faults)]
}

/** The tables that hold rows of a room. */
function tablesOf(db: Database, name: RoomName): [string, SQLiteTable][] {
  const { t } = db
  if (name.kind === 'group')
    return Object.entries({
      readings: t.readings,
      paper_tags: t.paperTags,
      group_sessions: t.groupSessions,
      session_papers: t.sessionPapers,
      session_guests: t.sessionGuests,
      presenters: t.presenters,
      swaps: t.swaps,
      schedules: t.schedules,
    })
  if (name.kind === 'meeting') return Object.entries({ meeting_notes: t.meetingNotes, meeting_actions: t.meetingActions })
  return Object.entries({ board_papers: t.boardPapers, votes: t.votes, offers: t.offers, comments: t.comments })
}

/** The projected rows of a room, each as text, by table. */
async function projected(db: Database, name: RoomName): Promise<Map<string, string[]>> {
  const rows = new Map<string, string[]>()
  for (const [title, table] of tablesOf(db, name)) {
    const { group, day, meeting } = getTableColumns(table)
    if (group === undefined) continue
    const part =
      name.kind === 'board' && day !== undefined ? eq(day, name.day) : name.kind === 'meeting' && meeting !== undefined ? eq(meeting, name.meeting) : undefined
    const of = and(eq(group, name.group), part)
    rows.set(title, (await db.sql.select().from(table).where(of)).map(row => JSON.stringify(row)).sort())
  }
  return rows
}

/** That there is one is all that the rows of a meeting ask of it. */
const anyMeeting = {
  session: null,
  title: '',
  rule: defaultAgendaRule,
  votesFrom: null,
  votesCloseAt: null,
  startedAt: null,
  endedAt: null,
  createdBy: '',
  createdAt: 0,
}

/** Where the rows of a room are not what its records make anew, in an empty database. */
export async function projectionFaults(db: Database, scratch: Database, projection: Projection): Promise<string[]> {
  const { name, room } = projection
  const id = name.group
  await scratch.sql.insert(scratch.t.groups).values({ id, name: '', timeZone: 'UTC', settings: defaultSettings, createdAt: 0 })
  if (name.kind === 'meeting') await addMeeting(scratch, { ...anyMeeting, id: name.meeting, group: id })
  await scratch.sql.insert(scratch.t.rooms).values({ id: room, name: 'checked', group: id, version: 1, projectedSeq: -1 })
  await project(scratch, { ...projection, whole: true })
  const [are, wanted] = [await projected(db, name), await projected(scratch, name)]
  await scratch.sql.delete(scratch.t.groups)
  return [...wanted].flatMap(([table, rows]) => {
    const there = are.get(table) ?? []
    const missing = rows.filter(row => !there.includes(row)).length
    const surplus = there.filter(row => !rows.includes(row)).length
    return missing + surplus === 0 ? [] : [`${table}: ${missing} rows are missing or differ, ${surplus} are there that should not be`]
  })
}

/** Makes the rows of a room anew. */
export async function projectAnew(db: Database, projection: Projection): Promise<void> {
  const { rooms } = db.t
  await db.sql.update(rooms).set({ projectedSeq: -1 }).where(eq(rooms.id, projection.room))
  await project(db, { ...projection, whole: true })
}
