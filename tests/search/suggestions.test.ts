import { addPapers, castVote } from '@paperboard/shared/board'
import { addDays, dayAt } from '@paperboard/shared/days'
import { newId } from '@paperboard/shared/ids'
import { boardRoom } from '@paperboard/shared/room'
import type { PapersForYou, RelatedPapers } from '@paperboard/shared/search'
import { expect, vi } from 'vitest'
import { standingsOf, votesOf } from '../../apps/server/src/db/listings.ts'
import { insertPapers, type PaperRow } from '../../apps/server/src/db/papers.ts'
import { paperRow } from '../support/longBoard.ts'
import { codeOf, type TestServer, withServer } from '../support/server.ts'

const row = (scope: string, title: string, authors: string[], abstract: string): PaperRow => ({
  ...paperRow(scope, 0),
  ...{ id: newId(), title, titleKey: title.toLowerCase(), authors, abstract, arxivId: null, subjects: [] },
})

/** Six papers on a board of forty days ago. */
const library = (group: string) => ({
  mamba: row(group, 'Mamba', ['Albert Gu', 'Tri Dao'], 'Selective state space models for long sequences.'),
  hyena: row(group, 'Long convolutions', ['Michael Poli'], 'A state space model reads long sequences by convolution.'),
  flash: row(group, 'Fast attention', ['Tri Dao'], 'Exact attention with few reads of memory.'),
  proteins: row(group, 'Folding', ['Ada Ray'], 'Proteins fold; a structure is predicted from residues.'),
  residues: row(group, 'Contacts of residues', ['Ben Ray'], 'Which residues of proteins touch is predicted.'),
  weather: row(group, 'Storms', ['Cleo Ray'], 'Forecasts of storms by radar.'),
})

async function onBoard(server: TestServer, group: string, papers: PaperRow[], by: string, day: string) {
  await insertPapers(server.db, papers, 1)
  const ids = papers.map(({ id }) => id)
  await server.rooms.edit(boardRoom(group, day), doc => addPapers(doc, ids, { member: by, now: server.clock.now, source: 'ids' }))
  await vi.waitFor(async () => expect((await standingsOf(server.db, group, ids)).length).toBe(ids.length))
}

const test = withServer({ search: true }).extend<{ papers: ReturnType<typeof library>; day: string }>({
  day: async ({ server }, use) => use(addDays(dayAt(server.clock.now, 'Europe/Berlin'), -40)),
  papers: async ({ server, group, alice, day }, use) => {
    const papers = library(group)
    await onBoard(server, group, Object.values(papers), alice.id, day)
    await server.indexing?.caughtUp()
    await use(papers)
  },
})

test('[X30] related papers share words or authors with a paper, the nearest first, and say which', async ({ group, alice, papers }) => {
  const { body } = await alice.get<RelatedPapers>(`/api/groups/${group}/papers/${papers.mamba.id}/related?limit=5`)
  expect(body.papers.map(({ paper }) => paper.title)).toEqual(['Long convolutions', 'Fast attention'])
  expect(body.papers[0]?.why).toMatch(/^Shares “(state space|space models|long sequences)”, .*\.$/)
  expect(body.papers[1]?.why).toBe('Also by Tri Dao.')
  const none = await alice.get<RelatedPapers>(`/api/groups/${group}/papers/${papers.weather.id}/related`)
  expect(none.body.papers).toEqual([])
})

test('[X31] papers near those that the group voted for are suggested, unless they were voted on or on a board lately', async ({
  server,
  group,
  alice,
  bob,
  papers,
  day,
}) => {
  const ask = async () => (await alice.get<PapersForYou>(`/api/groups/${group}/for-you`)).body.papers
  expect(await ask()).toEqual([])
  const vote = (paper: string, me: string, value: 1 | -1) =>
    server.rooms.edit(boardRoom(group, day), doc => castVote(doc, { paper, me, value, now: server.clock.now }))
  await vote(papers.proteins.id, bob.id, 1)
  await vote(papers.flash.id, bob.id, -1)
  await vi.waitFor(async () =>
    expect(
      (
        await votesOf(
          server.db,
          group,
          Object.values(papers).map(({ id }) => id),
        )
      ).length,
    ).toBe(2),
  )
  const suggested = await ask()
  expect(suggested.map(({ paper }) => paper.title)).toEqual(['Contacts of residues'])
  expect(suggested[0]?.because).toEqual([{ paper: papers.proteins.id, title: 'Folding' }])
  expect(suggested[0]?.why).toMatch(/^Shares “(proteins|residues|predicted)”, .*\.$/)
  await server.rooms.edit(boardRoom(group, dayAt(server.clock.now, 'Europe/Berlin')), doc =>
    addPapers(doc, [papers.residues.id], { member: bob.id, now: server.clock.now, source: 'ids' }),
  )
  await vi.waitFor(async () => expect((await standingsOf(server.db, group, [papers.residues.id])).length).toBe(2))
  expect(await ask()).toEqual([])
})

test('[X32] neither leads out of the group', async ({ server, group, alice, bob, papers, day }) => {
  const other = await alice.createGroup('Other')
  const twin = row(other, 'Another Mamba', ['Albert Gu'], 'Selective state space models for long sequences.')
  await onBoard(server, other, [twin], alice.id, day)
  await server.indexing?.caughtUp()
  const { body } = await alice.get<RelatedPapers>(`/api/groups/${group}/papers/${papers.mamba.id}/related`)
  expect(body.papers.map(({ paper }) => paper.id)).not.toContain(twin.id)
  expect(codeOf(await alice.get(`/api/groups/${other}/papers/${papers.mamba.id}/related`))).toBe('404 not-found')
  expect(codeOf(await bob.get(`/api/groups/${other}/for-you`))).toBe('404 not-found')
  expect(codeOf(await bob.get(`/api/groups/${group}/for-you?limit=1000`))).toBe('400 invalid')
})
