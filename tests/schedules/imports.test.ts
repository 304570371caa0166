/** A schedule into the plan of a group, over HTTP. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ScheduleImported, SchedulePreview } from '@paperboard/shared/api'
import { papersOf } from '@paperboard/shared/board'
import { decodeText } from '@paperboard/shared/decodeText'
import { readingsOf } from '@paperboard/shared/group'
import { sessionsOf } from '@paperboard/shared/groupSessions'
import { limits } from '@paperboard/shared/limits'
import { presentersOf, skipTurn } from '@paperboard/shared/presenters'
import { boardRoom, groupRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import { codeOf, type Person, type TestServer, withServer } from '../support/server.ts'

const test = withServer({ upkeep: { idle: 3_600_000 } })

const fixture = (name: string) => decodeText(readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))))
const preview = async (who: Person, group: string, text: string) => (await who.post<SchedulePreview>(`/api/groups/${group}/schedule/preview`, { text })).body
const take = (who: Person, group: string, text: string, more: object = {}) => who.post<ScheduleImported>(`/api/groups/${group}/schedule`, { text, ...more })
const planOf = (server: TestServer, group: string) =>
  server.rooms.read(groupRoom(group), doc => ({
    sessions: sessionsOf(doc).map(({ day, time, minutes, title, papers, guests, cancelled }) => ({
      day,
      time,
      minutes,
      title,
      papers: papers.length,
      guests: guests.map(({ name }) => name),
      cancelled,
    })),
    readings: readingsOf(doc).map(({ member, role, due, state, board, paper }) => ({ member, role, due, state, board, paper })),
  }))

describe('imports of schedules', () => {
  test('[I12] a preview tells for each row what becomes of it and why, and who its presenters are, and writes nothing', async ({
    server,
    alice,
    bob: _,
    group,
    join,
  }) => {
    server.clock.now = Date.parse('2026-12-05T12:00:00Z')
    const ada = await join('Ada')
    const found = await preview(alice, group, fixture('sessions.yml'))
    expect(found.format).toBe('yaml')
    expect(found.items.map(({ line, day, status, reason }) => [line, day, status, reason])).toEqual([
      [7, '2026-11-26', 'session', null],
      [14, '2026-12-03', 'out', 'No paper: the slot was skipped.'],
      [2, '2026-12-10', 'session', null],
    ])
    expect(found.people).toEqual([
      { name: 'Ada Lovelace', member: ada.id, why: null },
      { name: 'Chen Li', member: null, why: null },
      { name: 'Dana Nowak', member: null, why: null },
      { name: 'Ben Okafor', member: null, why: null },
    ])
    expect(found.problems.map(({ line }) => line)).toEqual([21, 23, 26])
    expect(await planOf(server, group)).toEqual({ sessions: [], readings: [] })
    expect(await server.db.sql.select().from(server.db.t.papers)).toEqual([])
  })

  test('[I13] in one step it becomes sessions, papers on the boards of their days, readings of who presents, and guests; a repeat adds nothing', async ({
    server,
    alice,
    bob,
    group,
  }) => {
    server.clock.now = Date.parse('2026-12-05T12:00:00Z')
    const text = fixture('sessions.yml')
    const people = { 'Ben Okafor': bob.id, 'Ada Lovelace': alice.id }
    expect((await take(alice, group, text, { people })).body).toEqual({ sessions: 2, readings: 2, papers: 2 })
    const plan = await planOf(server, group)
    expect(plan.sessions).toEqual([
      { day: '2026-11-26', time: '14:00', minutes: 60, title: '', papers: 1, guests: ['Chen Li'], cancelled: false },
      { day: '2026-12-10', time: '14:00', minutes: 60, title: '', papers: 1, guests: [], cancelled: false },
    ])
    expect(plan.readings).toMatchObject([
      { member: alice.id, role: 'presenter', due: '2026-11-26', state: 'ready', board: '2026-11-26' },
      { member: bob.id, role: 'presenter', due: '2026-12-10', state: 'unread', board: '2026-12-10' },
    ])
    const onBoard = await server.rooms.read(boardRoom(group, '2026-12-10'), doc => papersOf(doc).map(({ id }) => id))
    expect(onBoard).toEqual([plan.readings[1]?.paper])
    expect(await server.db.sql.select({ arxivId: server.db.t.papers.arxivId, title: server.db.t.papers.title }).from(server.db.t.papers)).toContainEqual({
      arxivId: '2501.01234',
      title: 'Sparse Gradients on Small Machines',
    })
    expect((await take(alice, group, text, { people })).body).toEqual({ sessions: 0, readings: 0, papers: 2 })
    expect(await planOf(server, group)).toEqual(plan)
    expect((await preview(alice, group, text)).items.map(({ here, papers }) => [here, papers[0]?.known])).toEqual([
      [true, true],
      [false, undefined],
      [true, true],
    ])
  })

  test('[I14] rows that the importer leaves out are not taken, nor are their papers entered; a session that is off stands in the plan as such', async ({
    server,
    alice,
    group,
  }) => {
    server.clock.now = Date.parse('2026-12-05T12:00:00Z')
    expect((await take(alice, group, fixture('club.md'), { skip: [14] })).body).toEqual({ sessions: 3, readings: 0, papers: 1 })
    expect((await planOf(server, group)).sessions).toEqual([
      { day: '2027-01-14', time: null, minutes: 60, title: 'room 2', papers: 1, guests: ['Ada Lovelace', 'Ben Okafor'], cancelled: false },
      { day: '2027-01-28', time: null, minutes: 60, title: '', papers: 0, guests: [], cancelled: true },
      { day: '2027-02-25', time: null, minutes: 60, title: '', papers: 0, guests: ['ben@example.org'], cancelled: false },
    ])
    expect(await server.db.sql.select().from(server.db.t.papers)).toHaveLength(1)
  })

  test('[I17] who presents is put down also where no paper is named yet, several at once, and who has skipped since is not put down again', async ({
    server,
    alice,
    bob,
    group,
    join,
  }) => {
    server.clock.now = Date.parse('2026-12-05T12:00:00Z')
    const ada = await join('Ada')
    const text = ['Date,Paper,Presenter', '2026-12-17,,Bob; Ada', '2026-12-10,On Boards,Bob'].join('\n')
    const down = () => server.rooms.read(groupRoom(group), doc => presentersOf(doc).map(({ session, member, way }) => [dayOf(doc, session), member, way]))
    const dayOf = (doc: Parameters<typeof sessionsOf>[0], key: string) => sessionsOf(doc).find(session => session.key === key)?.day
    expect((await take(alice, group, text)).body).toEqual({ sessions: 2, readings: 1, papers: 1 })
    const expected = [
      ['2026-12-10', bob.id, 'hand'],
      ['2026-12-17', bob.id, 'hand'],
      ['2026-12-17', ada.id, 'hand'],
    ]
    expect((await down()).map(String).sort()).toEqual(expected.map(String).sort())
    await server.rooms.edit(groupRoom(group), doc => {
      const { key: session = '' } = sessionsOf(doc).at(-1) ?? {}
      skipTurn(doc, { session, member: ada.id, reason: '', me: ada.id, now: server.clock.now })
    })
    expect((await take(alice, group, text)).body).toEqual({ sessions: 0, readings: 0, papers: 1 })
    expect((await down()).map(String).sort()).toEqual(expected.slice(0, 2).map(String).sort())
  })

  test('[I15] only organizers import schedules, in a group of theirs, up to a size', async ({ alice, bob, group }) => {
    const text = fixture('club.md')
    expect(codeOf(await bob.post(`/api/groups/${group}/schedule/preview`, { text }))).toBe('403 forbidden')
    expect(codeOf(await take(bob, group, text))).toBe('403 forbidden')
    expect(codeOf(await take(bob, await alice.createGroup('Other'), text))).toBe('404 not-found')
    expect(codeOf(await take(alice, group, ''))).toBe('400 invalid')
    expect(codeOf(await take(alice, group, 'x'.repeat(limits.scheduleBytes + 1)))).toBe('400 invalid')
    const many = [
      'Date,Paper',
      ...Array.from({ length: limits.importSessions + 1 }, (_, n) => `2026-12-${String((n % 28) + 1).padStart(2, '0')},Paper ${n}`),
    ].join('\n')
    expect(codeOf(await take(alice, group, many))).toBe('413 too-large')
    expect(codeOf(await take(alice, group, text, { people: { 'Ada Lovelace': 'nobody' } }))).toBe('400 invalid')
    // Nobody outside of the group is handed anything.
    expect((await take(alice, group, text, { people: { 'Ada Lovelace': 'strangerstra' } })).body.readings).toBe(0)
  })
})
