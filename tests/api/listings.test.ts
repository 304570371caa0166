import type { BoardsOfPaper, EarlierBoards, Listing, OpenedPapers, Trending } from '@paperboard/shared/api'
import { addComment, addPapers, castVote, removePaper, setOffer } from '@paperboard/shared/board'
import { addDays, dayAt } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { boardRoom, groupRoom } from '@paperboard/shared/room'
import { setTag } from '@paperboard/shared/tags'
import { expect, vi } from 'vitest'
import { commentsOf, tagsOf, votesOf } from '../../apps/server/src/db/listings.ts'
import { insertPapers, updatePaper } from '../../apps/server/src/db/papers.ts'
import { idOf, paperRow } from '../support/longBoard.ts'
import { codeOf, withServer } from '../support/server.ts'

const [p0, p1, p2] = [idOf('paper', 0), idOf('paper', 1), idOf('paper', 2)]
const hour = 3_600_000

/** Two boards: of ten days ago with the papers 0 and 1, and of today with 1 and 2. */
const test = withServer().extend<{ days: { old: string; today: string } }>({
  days: async ({ server, group, alice, bob }, use) => {
    const now = server.clock.now
    const today = dayAt(now, 'Europe/Berlin')
    const old = addDays(today, -10)
    await insertPapers(
      server.db,
      [0, 1, 2].map(n => paperRow(group, n)),
      1,
    )
    await server.rooms.edit(boardRoom(group, old), doc => {
      addPapers(doc, [p0, p1], { member: alice.id, now: now - 240 * hour, source: 'ids' })
      castVote(doc, { paper: p0, me: bob.id, value: 1, now: now - 240 * hour })
      castVote(doc, { paper: p1, me: bob.id, value: -1, now: now - 240 * hour })
      castVote(doc, { paper: p1, me: alice.id, value: 1, now: now - 240 * hour })
      addComment(doc, { paper: p1, me: alice.id, text: 'Old', now: now - 239 * hour })
    })
    await server.rooms.edit(boardRoom(group, today), doc => {
      addPapers(doc, [p1, p2], { member: bob.id, now: now - hour, source: 'ids' })
      castVote(doc, { paper: p1, me: bob.id, value: 1, now: now - hour })
      castVote(doc, { paper: p2, me: alice.id, value: 1, now: now - hour })
      addComment(doc, { paper: p1, me: bob.id, text: 'New', now: now - hour })
      addComment(doc, { paper: p1, me: alice.id, text: 'Too', now: now - hour })
      setOffer(doc, { paper: p2, me: alice.id, offered: true, now: now - hour })
    })
    await vi.waitFor(async () => {
      expect((await votesOf(server.db, group, [p0, p1, p2])).length).toBe(5)
      expect((await commentsOf(server.db, group, [p1])).length).toBe(3)
    })
    await use({ old, today })
  },
})

test('[B40] a list over days has each paper once, with all of its boards, the last vote of each member and what one did oneself', async ({
  group,
  alice,
  days,
}) => {
  const { body } = await alice.get<Listing>(`/api/groups/${group}/listing?view=days&from=${days.old}&to=${days.today}`)
  expect(body.whole).toBe(true)
  expect(body.papers.map(({ id, boards, up, down, comments }) => [id, boards, up, down, comments])).toEqual([
    [p1, [days.today, days.old], 2, 0, 3],
    [p2, [days.today], 1, 0, 0],
    [p0, [days.old], 1, 0, 0],
  ])
  expect(body.papers.map(({ mine }) => mine)).toEqual([
    { added: true, vote: 1, commented: true, offered: false },
    { added: false, vote: 1, commented: false, offered: true },
    { added: true, vote: 0, commented: false, offered: false },
  ])
  expect(body.papers[0]).not.toHaveProperty('abstract')
  const one = await alice.get<Listing>(`/api/groups/${group}/listing?view=days&from=${days.today}&to=${days.today}`)
  expect(one.body.papers.map(({ id }) => id)).toEqual([p1, p2])
})

test('[B41] the library has every paper of the boards, and top recent what was liked, the freshest votes first', async ({ server, group, alice, days }) => {
  const ids = async (view: string) => (await alice.get<Listing>(`/api/groups/${group}/listing?view=${view}`)).body.papers.map(({ id }) => id)
  expect(await ids('library')).toEqual([p1, p2, p0])
  expect(await ids('recent')).toEqual([p1, p2, p0])
  await server.rooms.edit(boardRoom(group, days.today), doc => removePaper(doc, p2))
  await vi.waitFor(async () => expect(await ids('library')).toEqual([p1, p0]))
})

test('[B42] what trends has its reasons with it', async ({ group, alice, days: _ }) => {
  const { papers } = (await alice.get<Trending>(`/api/groups/${group}/trending`)).body
  expect(papers.map(({ paper, ups, comments }) => [paper, ups, comments])).toEqual([[p1, 1, 2]])
})

test('[B43] a paper that was on an earlier board says which, and what came of it there', async ({ group, bob, days }) => {
  const { papers } = (await bob.get<EarlierBoards>(`/api/groups/${group}/boards/${days.today}/earlier`)).body
  expect(papers).toEqual([{ paper: p1, day: days.old, net: 0, votes: 2, comments: 1 }])
  expect((await bob.get<EarlierBoards>(`/api/groups/${group}/boards/${days.old}/earlier`)).body.papers).toEqual([])
  expect((await bob.get<BoardsOfPaper>(`/api/groups/${group}/papers/${p1}/boards`)).body.boards.map(({ day }) => day)).toEqual([days.today, days.old])
})

test('[B46] what was entered twice and is one work is one in lists, with the boards of both entries and each member counted once', async ({
  server,
  group,
  bob,
  days,
}) => {
  const listing = async (query: string) =>
    (await bob.get<Listing>(`/api/groups/${group}/listing?${query}`)).body.papers.map(({ id, boards, up, down, comments, mine }) => [
      ...[id, boards, up, down, comments],
      mine.vote,
    ])
  await updatePaper(server.db, { ...paperRow(group, 0), arxivId: null, titleKey: null, sameAs: p2 })
  const one = [p2, [days.today, days.old], 2, 0, 0, 1]
  expect(await listing('view=library')).toEqual([[p1, [days.today, days.old], 2, 0, 3, 1], one])
  // Of one that was on the board of that day under its other id, what was made of it under either.
  expect((await listing(`view=days&from=${days.old}&to=${days.old}`)).find(([id]) => id === p0)).toEqual([p0, ...one.slice(1)])
  const boards = async (paper: string) => (await bob.get<BoardsOfPaper>(`/api/groups/${group}/papers/${paper}/boards`)).body.boards
  expect(await boards(p0)).toEqual(await boards(p2))
  expect((await boards(p2)).map(({ day, net }) => [day, net])).toEqual([
    [days.today, 1],
    [days.old, 1],
  ])
  const { papers } = (await bob.get<EarlierBoards>(`/api/groups/${group}/boards/${days.today}/earlier`)).body
  expect(papers.map(({ paper, day }) => [paper, day]).sort()).toEqual([
    [p1, days.old],
    [p2, days.old],
  ])
})

test('[B44] what a member has opened is known on all of their devices, and to nobody else', async ({ server, group, alice, bob, days: _ }) => {
  const { now } = server.clock
  const looked = (paper: string, at: number) => ({ paper, at })
  expect((await alice.post(`/api/groups/${group}/opened`, { papers: [looked(p1, now - 9), looked(p0, now - 7), looked(p1, now - 8)] })).status).toBe(204)
  // Late, of a device that had no connection; and of one whose clock is years ahead.
  await alice.post(`/api/groups/${group}/opened`, { papers: [looked(p0, now - 20), looked(p1, now - 2), looked(p2, now * 2)] })
  expect((await alice.get<OpenedPapers>(`/api/groups/${group}/opened`)).body.papers).toEqual([
    looked(p2, now + limits.clockSkew),
    looked(p1, now - 2),
    looked(p0, now - 7),
  ])
  expect((await bob.get<OpenedPapers>(`/api/groups/${group}/opened`)).body.papers).toEqual([])
  expect(codeOf(await alice.post(`/api/groups/${group}/opened`, { papers: [looked('x', now)] }))).toBe('400 invalid')
})

test('[B45] a list that does not exist is refused', async ({ group, alice }) => {
  for (const query of ['view=all', 'view=days&from=2026-01-02&to=2026-01-01', 'view=days&from=2020-01-01&to=2026-01-01', 'view=recent&from=2026-01-01', ''])
    expect(codeOf(await alice.get(`/api/groups/${group}/listing?${query}`))).toBe('400 invalid')
})

test('[G45] tags are rows, for searches and exports, and go when they are taken off', async ({ server, group, alice, days: _ }) => {
  const tag = (on: boolean) => server.rooms.edit(groupRoom(group), doc => setTag(doc, { paper: p1, tag: 'c++', on, me: alice.id, now: 1 }))
  await tag(true)
  await vi.waitFor(async () => expect(await tagsOf(server.db, group, [p0, p1])).toEqual(new Map([[p1, ['c++']]])))
  await tag(false)
  await vi.waitFor(async () => expect(await tagsOf(server.db, group, [p0, p1])).toEqual(new Map()))
})
