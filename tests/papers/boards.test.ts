import type { BoardDay, DayCount, ImportResult, Paper } from '@paperboard/shared/api'
import { addComment, castVote, removePaper } from '@paperboard/shared/board'
import { addDays, dayAt } from '@paperboard/shared/days'
import { boardRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import { codeOf, type Person, withServer } from '../support/server.ts'

const test = withServer()
const today = dayAt(Date.now(), 'Europe/Berlin')
const yesterday = addDays(today, -1)

const add = async (person: Person, group: string, day: string, ids: string) =>
  (await person.post<ImportResult>(`/api/groups/${group}/boards/${day}/papers`, { source: { from: 'text', text: ids } })).body.added

describe('boards over days', { timeout: 20_000 }, () => {
  test('[P55] the days of a span tell their papers in board order with net votes, votes and comments', async ({ server, alice, bob, group }) => {
    const [first = '', second = ''] = await add(alice, group, today, '2206.03382\n2308.12066')
    const [again = ''] = await add(alice, group, yesterday, '2206.03382')
    const { now } = server.clock
    await server.rooms.edit(boardRoom(group, today), doc => {
      castVote(doc, { paper: first, me: alice.id, value: 1, now })
      castVote(doc, { paper: first, me: bob.id, value: -1, now })
      castVote(doc, { paper: second, me: bob.id, value: 1, now })
      addComment(doc, { paper: second, me: bob.id, text: 'Let us read this', now })
    })
    const span = `from=${addDays(today, -61)}&to=${today}`
    const days = async () =>
      (await bob.get<BoardDay[]>(`/api/groups/${group}/days?${span}`)).body.map(day => ({
        ...day,
        papers: day.papers.map(on => [on.paper.id, on.net, on.votes, on.comments]),
      }))
    await expect.poll(days).toEqual([
      { day: yesterday, papers: [[again, 0, 0, 0]] },
      {
        day: today,
        papers: [
          [first, 0, 2, 0],
          [second, 1, 1, 1],
        ],
      },
    ])
    const counts = async () => (await bob.get<DayCount[]>(`/api/groups/${group}/counts?${span}`)).body
    expect(await counts()).toEqual([
      { day: yesterday, papers: 1, votes: 0, comments: 0 },
      { day: today, papers: 2, votes: 3, comments: 1 },
    ])
    await server.rooms.edit(boardRoom(group, today), doc => removePaper(doc, first))
    await expect.poll(counts).toEqual([
      { day: yesterday, papers: 1, votes: 0, comments: 0 },
      { day: today, papers: 1, votes: 1, comments: 1 },
    ])
  })

  test('[P56] days outside the span and boards of other groups are not told', async ({ alice, bob, group }) => {
    const other = await alice.createGroup('Other group')
    await add(alice, other, today, '2206.03382')
    await add(alice, group, yesterday, '2308.12066')
    const ask = async (from: string, to: string) => (await bob.get<BoardDay[]>(`/api/groups/${group}/days?from=${from}&to=${to}`)).body.map(day => day.day)
    await expect.poll(() => ask(yesterday, today)).toEqual([yesterday])
    expect(await ask(today, today)).toEqual([])
    await expect.poll(async () => (await alice.get<BoardDay[]>(`/api/groups/${other}/days?from=${today}&to=${today}`)).body.length).toBe(1)
    expect(await ask(today, today)).toEqual([])
  })

  test('[P57] a span that is none, or too long, is refused', async ({ alice, group }) => {
    const bad = [
      'days',
      `days?from=${today}`,
      `days?from=${today}&to=tomorrow`,
      `days?from=${today}&to=${yesterday}`,
      `days?from=${addDays(today, -62)}&to=${today}`,
      `days?from=${today}&to=${today}&more=1`,
      `counts?from=${addDays(today, -400)}&to=${today}`,
      'counts?from=2026-02-30&to=2026-03-01',
    ]
    for (const path of bad) expect([path, codeOf(await alice.get(`/api/groups/${group}/${path}`))]).toEqual([path, '400 invalid'])
  })

  test('[P58] boards are from 1991-08-01 to 60 days ahead in the time zone of the group', async ({ server, alice, group }) => {
    // 23:30 UTC is the next day in Berlin.
    server.clock.now = Date.parse('2026-11-24T23:30:00Z')
    const ask = (day: string) => alice.get(`/api/groups/${group}/boards/${day}`)
    expect((await ask('1991-08-01')).body).toEqual({ papers: [] })
    expect((await ask(addDays('2026-11-25', 60))).status).toBe(200)
    expect(codeOf(await ask(addDays('2026-11-25', 61)))).toBe('404 not-found')
    expect(codeOf(await ask('1991-07-31'))).toBe('404 not-found')
    expect(codeOf(await ask('2026-02-30'))).toBe('400 invalid')
    expect(codeOf(await ask('today'))).toBe('400 invalid')
    expect(codeOf(await alice.post(`/api/groups/${group}/boards/1991-07-31/papers`, { source: { from: 'sample' } }))).toBe('404 not-found')
    expect((await alice.post(`/api/groups/${group}/boards/2020-02-29/papers`, { source: { from: 'sample' } })).status).toBe(200)
    expect(await server.db.sql.select({ name: server.db.t.rooms.name }).from(server.db.t.rooms)).toEqual([{ name: `board/${group}/2020-02-29` }])
  })

  test('[P59] one paper is told to members of a group that has it on a board', async ({ alice, bob, group }) => {
    const [id = ''] = await add(alice, group, today, '2206.03382')
    await expect.poll(async () => (await bob.get<Paper>(`/api/groups/${group}/papers/${id}`)).body).toMatchObject({ id, arxivId: '2206.03382', title: null })
    const { body } = await bob.get<Paper>(`/api/groups/${group}/papers/${id}`)
    expect(Object.keys(body).sort()).toEqual([
      'abstract',
      'arxivId',
      'arxivVersion',
      'authors',
      'doi',
      'id',
      'links',
      'published',
      'subjects',
      'title',
      'url',
      'venue',
    ])
  })
})
