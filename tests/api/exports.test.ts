import { addPapers, castVote } from '@paperboard/shared/board'
import { defaultSettings } from '@paperboard/shared/members'
import { boardRoom, groupRoom } from '@paperboard/shared/room'
import { setTag } from '@paperboard/shared/tags'
import { expect, test as plain, vi } from 'vitest'
import { giveCitationKeys } from '../../apps/server/src/db/citationKeys.ts'
import { addGroup } from '../../apps/server/src/db/groups.ts'
import { tagsOf, votesOf } from '../../apps/server/src/db/listings.ts'
import { insertPapers, updatePaper } from '../../apps/server/src/db/papers.ts'
import { addPerson } from '../../apps/server/src/db/people.ts'
import { idOf, paperRow } from '../support/longBoard.ts'
import { codeOf, Person, withServer } from '../support/server.ts'
import { onEachStore } from '../support/stores.ts'

const day = '2026-11-20'
const test = withServer().extend<{ board: { papers: string[] } }>({
  board: async ({ server, group, alice, bob }, use) => {
    const rows = [0, 1, 2].map(n => ({ ...paperRow(group, n), authors: ['Ada Lovelace'], title: `Notes ${'on engines '.repeat(n)}` }))
    await insertPapers(server.db, rows, 1)
    const papers = rows.map(({ id }) => id)
    await server.rooms.edit(boardRoom(group, day), doc => {
      addPapers(doc, papers, { member: alice.id, now: 1, source: 'ids' })
      castVote(doc, { paper: papers[0] ?? '', me: bob.id, value: 1, now: 2 })
    })
    await server.rooms.edit(groupRoom(group), doc => setTag(doc, { paper: papers[0] ?? '', tag: 'rl', on: true, me: bob.id, now: 2 }))
    await vi.waitFor(async () => {
      expect((await votesOf(server.db, group, papers)).length).toBe(1)
      expect((await tagsOf(server.db, group, papers)).size).toBe(1)
    })
    await use({ papers })
  },
})

const keysIn = (text: string) => [...text.matchAll(/^@\w+\{([^,]+),/gm)].map(match => match[1])

test('[P112] a board, a span, some papers and the library are written, each in every format', async ({ group, bob, board }) => {
  const ask = (format: string, papers: object) => bob.post<string>(`/api/groups/${group}/export`, { format, papers })
  for (const format of ['bibtex', 'ris', 'csl', 'csv', 'markdown']) {
    for (const [papers, count] of [
      [{ of: 'days', from: day, to: day }, 3],
      [{ of: 'days', from: '2026-11-01', to: '2026-11-30' }, 3],
      [{ of: 'papers', papers: [board.papers[2], board.papers[0]] }, 2],
      [{ of: 'library' }, 3],
      [{ of: 'days', from: '2026-11-21', to: '2026-11-30' }, 0],
    ] as const) {
      const { status, body, headers } = await ask(format, papers)
      const text = typeof body === 'string' ? body : JSON.stringify(body ?? '')
      expect([format, status, text.match(/arxiv.org\/abs\/2611/g)?.length ?? 0]).toEqual([format, 200, count])
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/)
    }
  }
  const csv = (await ask('csv', { of: 'papers', papers: [board.papers[0]] })).body
  expect(csv).toContain(',rl,2026-11-20,1,1,0,0,')
})

test('[P113] a paper keeps the key it was first cited by, and no two of a group have the same', async ({ server, group, bob, board }) => {
  const bibtex = async (papers: object) => keysIn((await bob.post<string>(`/api/groups/${group}/export`, { format: 'bibtex', papers })).body)
  const [last] = await bibtex({ of: 'papers', papers: [board.papers[2]] })
  expect(last).toBe('lovelace2026notes')
  const all = await bibtex({ of: 'days', from: day, to: day })
  expect(all).toEqual(['lovelace2026notesb', 'lovelace2026notesc', 'lovelace2026notes'])
  await updatePaper(server.db, { ...paperRow(group, 2), title: 'Another name', authors: ['Ben Corrected'] })
  expect(await bibtex({ of: 'papers', papers: board.papers })).toEqual(all)
  const one = await bob.send<string>('GET', `/api/groups/${group}/papers/${board.papers[2]}/export/bibtex`)
  expect([one.status, keysIn(one.body), one.headers.get('content-disposition')]).toEqual([200, [last], 'attachment; filename="lovelace2026notes.bib"'])
})

test('[P114] nothing of a group is written for others, nor papers that are not its own', async ({ server, group, alice, bob, board }) => {
  const papers = { of: 'papers', papers: board.papers }
  const eve = await new Person(server, 'Eve').signUp((await alice.invite(await alice.createGroup('Other'))).token)
  expect(codeOf(await eve.post(`/api/groups/${group}/export`, { format: 'bibtex', papers }))).toBe('404 not-found')
  const theirs = (await eve.me()).groups[0]?.id
  expect((await eve.post(`/api/groups/${theirs}/export`, { format: 'bibtex', papers })).body).toBe(null)
  expect(codeOf(await eve.get(`/api/groups/${theirs}/papers/${board.papers[0]}/export/ris`))).toBe('404 not-found')
  expect(codeOf(await bob.get(`/api/groups/${group}/papers/${board.papers[0]}/export/pdf`))).toBe('404 not-found')
  expect(codeOf(await bob.get(`/api/groups/${group}/papers/${idOf('paper', 9)}/export/ris`))).toBe('404 not-found')
  expect(codeOf(await bob.post(`/api/groups/${group}/export`, { format: 'bibtex', papers: { of: 'papers', papers: [] } }))).toBe('400 invalid')
})

onEachStore(store => {
  plain('[P115] of two exports at once, both give a paper the same key', async () => {
    const { db } = store
    await addPerson(db, { id: 'a', email: 'a@example.org', name: 'A', passwordHash: 'x', createdAt: 1 })
    await addGroup(db, { id: 'g', name: 'G', timeZone: 'UTC', settings: defaultSettings, owner: 'a', createdAt: 1 })
    const give = (papers: string[]) => giveCitationKeys(db, 'g', papers, (_, taken) => `k${taken.size}`)
    const [one, two] = await Promise.all([give(['x', 'y']), give(['y', 'z'])])
    expect(one.get('y')).toBe(two.get('y'))
    expect(new Set([...one.values(), ...two.values()]).size).toBe(3)
  })
})
