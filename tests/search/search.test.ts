import { addComment, addPapers, castVote, removePaper } from '@paperboard/shared/board'
import { addDays, dayAt } from '@paperboard/shared/days'
import { newId } from '@paperboard/shared/ids'
import { moveTo } from '@paperboard/shared/meetingFloor'
import type { MeetingSummary } from '@paperboard/shared/meetings'
import { meetingNote, noteOf } from '@paperboard/shared/notes'
import { boardRoom, groupRoom, meetingRoom } from '@paperboard/shared/room'
import type { Marked, SearchAnswer, SearchHit } from '@paperboard/shared/search'
import { setTag } from '@paperboard/shared/tags'
import { expect, vi } from 'vitest'
import { commentsOf, standingsOf, tagsOf, votesOf } from '../../apps/server/src/db/listings.ts'
import { notesOfMeeting } from '../../apps/server/src/db/meetingNotes.ts'
import type { PaperRow } from '../../apps/server/src/db/papers.ts'
import { insertPapers } from '../../apps/server/src/db/papers.ts'
import { paperRow } from '../support/longBoard.ts'
import { codeOf, type Person, type TestServer, withServer } from '../support/server.ts'

const hour = 3_600_000

const paper = (group: string, title: string, rest: Partial<PaperRow> = {}): PaperRow => ({
  ...paperRow(group, 0),
  id: newId(),
  title,
  titleKey: title.toLowerCase(),
  authors: [],
  abstract: '',
  arxivId: null,
  doi: null,
  venue: null,
  subjects: [],
  ...rest,
})

/** Puts papers on the board of a day, by a member. */
async function put(server: TestServer, group: string, rows: PaperRow[], { by, day }: { by: Person; day?: string }) {
  await insertPapers(server.db, rows, 1)
  const board = boardRoom(group, day ?? dayAt(server.clock.now, 'Europe/Berlin'))
  const papers = rows.map(({ id }) => id)
  await server.rooms.edit(board, doc => addPapers(doc, papers, { member: by.id, now: server.clock.now - hour, source: 'ids' }))
  await vi.waitFor(async () => expect((await standingsOf(server.db, group, papers)).length).toBeGreaterThanOrEqual(papers.length))
}

const test = withServer({ search: true }).extend<{
  find: (q: string, more?: Record<string, string>) => Promise<SearchAnswer>
  texts: (q: string, more?: Record<string, string>) => Promise<(string | null)[]>
}>({
  /** As Alice. */
  find: async ({ server, alice, group }, use) =>
    use(async (q, more = {}) => {
      await server.indexing?.caughtUp()
      const { status, body } = await alice.get<SearchAnswer>(`/api/groups/${group}/search?${new URLSearchParams({ q, ...more })}`)
      expect(status, q).toBe(200)
      return body
    }),
  texts: async ({ find }, use) => use(async (q, more) => (await find(q, more)).hits.map(textOf)),
})

const textOf = (hit: SearchHit): string | null =>
  hit.kind === 'paper' ? hit.paper.title : hit.kind === 'person' ? hit.name.text : hit.kind === 'comment' ? hit.snippet.text : hit.title
const shown = ({ text, hits }: Marked) => hits.map(([from, to]) => text.slice(from, to))

test('[X21] a paper is found by title, authors, abstract, tag, and identifier, with the places marked', async ({ server, group, alice, find, texts }) => {
  const mamba = paper(group, 'Mamba: Linear-Time Sequence Modeling', {
    authors: ['Albert Gu', 'Tri Dao'],
    abstract: 'Selective state spaces for language.',
    arxivId: '2312.00752',
    doi: '10.48550/arXiv.2312.00752',
    subjects: ['cs.LG'],
  })
  await put(server, group, [mamba, paper(group, 'Nothing of it')], { by: alice })
  await server.rooms.edit(groupRoom(group), doc => setTag(doc, { paper: mamba.id, tag: 'ssm', on: true, me: alice.id, now: server.clock.now }))
  await vi.waitFor(async () => expect((await tagsOf(server.db, group, [mamba.id])).size).toBe(1))
  for (const q of [
    'mamb',
    'MAMBA gu',
    'albert',
    'state spa',
    '"state space" ',
    'ssm',
    'tag:ss',
    '2312.00752',
    '2312.007',
    'arxiv:2312.00752',
    'https://arxiv.org/abs/2312.00752v2',
    '10.48550/arXiv.2312.00752',
    'cs.LG',
    'linear time',
    'lineartime',
    'author:gu',
    'title:mamba',
  ])
    expect(await texts(q), q).toEqual([mamba.title])
  for (const q of ['author:mamba', 'title:gu', 'tag:s ', '2312.00753', 'mamba -language', 'mamba -tag:ssm']) expect(await texts(q), q).toEqual([])
  const [hit] = (await find('mamba gu state')).hits
  if (hit?.kind !== 'paper') throw new Error('A paper was expected')
  expect([shown(hit.title), shown(hit.authors), shown(hit.snippet)]).toEqual([['Mamba'], ['Gu'], ['state']])
  expect(hit.paper).toMatchObject({ id: mamba.id, up: 0, mine: { added: true } })
})

test('[X22] comments and people are found beside papers, and each kind alone', async ({ server, group, alice, bob, find, texts }) => {
  const one = paper(group, 'On bobsleighs')
  await put(server, group, [one], { by: alice })
  const today = dayAt(server.clock.now, 'Europe/Berlin')
  await server.rooms.edit(boardRoom(group, today), doc =>
    addComment(doc, { paper: one.id, me: bob.id, text: 'No bobsleigh in **Table 2**', now: server.clock.now }),
  )
  await vi.waitFor(async () => expect((await commentsOf(server.db, group, [one.id])).length).toBe(1))
  expect(await texts('bob')).toEqual(['Bob', 'On bobsleighs', 'No bobsleigh in Table 2'])
  expect(await texts('bob', { kind: 'people' })).toEqual(['Bob'])
  expect(await texts('bob', { kind: 'papers' })).toEqual(['On bobsleighs'])
  expect(await texts('bob', { kind: 'comments' })).toEqual(['No bobsleigh in Table 2'])
  expect(await texts('kind:comments bob')).toEqual(['No bobsleigh in Table 2'])
  expect(await texts('kind:comments bob', { kind: 'papers' })).toEqual([])
  expect((await find('table', { kind: 'comments' })).hits[0]).toMatchObject({
    kind: 'comment',
    paper: one.id,
    paperTitle: 'On bobsleighs',
    day: today,
    by: bob.id,
    name: 'Bob',
  })
  expect(await texts('from:bob')).toEqual(['No bobsleigh in Table 2'])
  expect(await texts('by:me')).toEqual(['On bobsleighs'])
  const { problems } = (await find('from:carol bobsleigh')).asked
  expect(problems).toEqual([{ text: 'from:carol', reason: 'Nobody in the group is called “carol”.' }])
})

test('[X23] fields narrow to who voted, what one has read, and days', async ({ server, group, alice, bob, texts }) => {
  const today = dayAt(server.clock.now, 'Europe/Berlin')
  const [now, before] = [paper(group, 'Paper of today'), paper(group, 'Paper of before')]
  const old = addDays(today, -40)
  await put(server, group, [now], { by: alice })
  await put(server, group, [before], { by: bob, day: old })
  await server.rooms.edit(boardRoom(group, today), doc => castVote(doc, { paper: now.id, me: alice.id, value: 1, now: server.clock.now }))
  await server.rooms.edit(boardRoom(group, old), doc => castVote(doc, { paper: before.id, me: bob.id, value: -1, now: server.clock.now }))
  await vi.waitFor(async () => expect((await votesOf(server.db, group, [now.id, before.id])).length).toBe(2))
  expect(await texts('voted:me')).toEqual(['Paper of today'])
  expect(await texts('paper voted:bob')).toEqual(['Paper of before'])
  expect(await texts('paper -voted:bob')).toEqual(['Paper of today'])
  expect(await texts(`on:${today}`)).toEqual(['Paper of today'])
  expect(await texts(`paper on:${old.slice(0, 7)}`)).toEqual(['Paper of before'])
  expect(await texts(`paper before:${today}`)).toEqual(['Paper of before'])
  expect(await texts(`paper after:${old}`)).toEqual(['Paper of today'])
  expect(await texts('read:me')).toEqual([])
  await alice.post(`/api/groups/${group}/opened`, { papers: [{ paper: before.id, at: server.clock.now }] })
  expect(await texts('read:me')).toEqual(['Paper of before'])
  expect(await texts('paper from:bob')).toEqual(['Paper of before'])
})

test('[X24] a title goes before authors, these before an abstract, and among those alike the votes of the group', async ({
  server,
  group,
  alice,
  bob,
  texts,
}) => {
  const [liked, plain] = [paper(group, 'Mamba one'), paper(group, 'Mamba two')]
  const rows = [liked, plain, paper(group, 'By name', { authors: ['Mamba Rex'] }), paper(group, 'In the text', { abstract: 'A mamba. '.repeat(9) })]
  await put(server, group, rows, { by: alice })
  await server.rooms.edit(boardRoom(group, dayAt(server.clock.now, 'Europe/Berlin')), doc =>
    castVote(doc, { paper: liked.id, me: bob.id, value: 1, now: server.clock.now }),
  )
  await vi.waitFor(async () => expect((await votesOf(server.db, group, [liked.id])).length).toBe(1))
  expect(await texts('mamba')).toEqual(['Mamba one', 'Mamba two', 'By name', 'In the text'])
})

test('[X25] what is misspelt is found, and said, in titles and names', async ({ server, group, alice, find }) => {
  await put(server, group, [paper(group, 'Attention in transformers', { authors: ['Jürgen Schmidhuber'] }), paper(group, 'Other')], { by: alice })
  for (const [q, taken] of [
    ['transfromers', 'transformers'],
    ['atention ', 'attention'],
    ['author:shmidhuber', 'schmidhuber'],
    ['schmidhubr tra', 'schmidhuber'],
    ['transfomr', 'transformers'],
  ] as const) {
    const { hits, asked } = await find(q)
    expect(hits.map(textOf), q).toEqual(['Attention in transformers'])
    expect(asked.instead?.[0]?.taken, q).toContain(taken)
  }
  expect((await find('attention')).asked.instead).toBeUndefined()
  expect((await find('zzzzzz')).hits).toEqual([])
})

test('[X26] nothing of a group is found in another one, not even the spelling of its words', async ({ server, group, alice, bob, find }) => {
  const other = await alice.createGroup('Other')
  await put(server, group, [paper(group, 'A secret xylophone')], { by: alice })
  const mine = paper(other, 'Open organ')
  await put(server, other, [mine], { by: alice })
  await server.indexing?.caughtUp()
  expect((await find('xylophone')).total).toBe(1)
  const ask = async (who: Person, where: string, q: string) => who.get<SearchAnswer>(`/api/groups/${where}/search?${new URLSearchParams({ q })}`)
  for (const q of ['xylophone', 'xylophon', 'xilophone', 'secret', 'title:a', '-organ', 'after:2000', 'from:me']) {
    const { body } = await ask(alice, other, q)
    expect(
      body.hits.filter(hit => hit.kind === 'paper' && hit.paper.id !== mine.id),
      q,
    ).toEqual([])
    expect(body.asked.instead, q).toBeUndefined()
  }
  expect((await ask(alice, other, 'bob')).body.total).toBe(0)
  expect(codeOf(await ask(bob, other, 'organ'))).toBe('404 not-found')
})

test('[X27] the index follows what is changed, taken off and corrected', async ({ server, group, alice, texts }) => {
  const one = paper(group, 'Colour of noise')
  await put(server, group, [one], { by: alice })
  expect(await texts('noise')).toEqual(['Colour of noise'])
  expect((await alice.patch(`/api/groups/${group}/papers/${one.id}`, { title: 'Color of silence' })).status).toBe(200)
  expect(await texts('noise')).toEqual([])
  expect(await texts('silence')).toEqual(['Color of silence'])
  await server.rooms.edit(boardRoom(group, dayAt(server.clock.now, 'Europe/Berlin')), doc => removePaper(doc, one.id))
  await vi.waitFor(async () => expect(await standingsOf(server.db, group, [one.id])).toEqual([]))
  expect(await texts('silence')).toEqual([])
})

test('[X28] hits come page by page, and are counted up to a thousand', async ({ server, group, alice, find }) => {
  await put(
    server,
    group,
    Array.from({ length: 1_010 }, (_, n) => paper(group, `Mamba number ${n}`)),
    { by: alice },
  )
  const first = await find('mamba', { limit: '100' })
  expect([first.total, first.more, first.hits.length]).toEqual([1_000, true, 100])
  const last = await find('mamba', { limit: '100', offset: '950' })
  expect(last.hits.length).toBe(50)
  const ids = [...first.hits, ...last.hits].map(hit => hit.kind === 'paper' && hit.paper.id)
  expect(new Set(ids).size).toBe(150)
  const few = await find('mamba number 7 ')
  expect([few.total, few.more]).toEqual([1, false])
})

test('[X29] a search that asks for nothing finds nothing, and one that is no search is refused', async ({ alice, group, find }) => {
  for (const q of ['', '  ', '-', 'kind:papers', '""']) expect(await find(q)).toMatchObject({ hits: [], total: 0, more: false })
  for (const query of ['', 'q=a&kind=films', 'q=a&limit=0', 'q=a&limit=1000', `q=${'a'.repeat(401)}`, 'q=a&x=1'])
    expect(codeOf(await alice.get(`/api/groups/${group}/search?${query}`)), query).toBe('400 invalid')
})

test('[X39] notes are found while the meeting is on and afterwards, each by itself, and in the minutes only what stands there alone', async ({
  server,
  group,
  alice,
  find,
}) => {
  const one = paper(group, 'On bobsleighs')
  await put(server, group, [one], { by: alice })
  const { body } = await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: 'Tuesday' })
  const path = `/api/groups/${group}/meetings/${body.id}`
  const room = meetingRoom(group, body.id)
  await alice.post(`${path}/start`)
  await server.rooms.edit(room, doc => moveTo(doc, { item: one.id, now: server.clock.now }))
  const write = async (note: string, text: string) => {
    await server.rooms.edit(room, doc => {
      noteOf(doc, note).delete(0, noteOf(doc, note).length)
      noteOf(doc, note).insert(0, text)
    })
    await vi.waitFor(async () => expect((await notesOfMeeting(server.db, group, body.id)).get(note)).toBe(text === '' ? undefined : text))
  }
  const found = async (q: string) =>
    (await find(q, { kind: 'notes' })).hits.map(hit => (hit.kind === 'note' ? [hit.of, hit.paper, hit.paperTitle, hit.title, shown(hit.snippet).join()] : []))
  await write(one.id, `The **zeppelin** of [Table 2](/g/${group}/papers/${one.id})`)
  await write(meetingNote, 'Cake for all')
  const ofPaper = ['notes', one.id, 'On bobsleighs', 'Tuesday']
  expect(await found('zeppelin')).toEqual([[...ofPaper, 'zeppelin']])
  expect(await found('cake')).toEqual([['notes', null, null, 'Tuesday', 'Cake']])
  // Where a link leads is no word of the note.
  expect(await found(one.id)).toEqual([])

  server.clock.now += 20 * 60_000
  await alice.post(`${path}/end`)
  expect(await found('zeppelin')).toEqual([[...ofPaper, 'zeppelin']])
  expect((await found('tuesday')).map(([of]) => of)).toEqual(['minutes'])
  expect(await found('bobsleighs')).toEqual([['minutes', null, null, 'Tuesday', 'bobsleighs']])

  // What is mended later stands in the minutes as it was, until these are made anew.
  await write(one.id, 'An airship')
  expect(await found('airship')).toEqual([[...ofPaper, 'airship']])
  expect(await found('zeppelin')).toEqual([['minutes', null, null, 'Tuesday', 'zeppelin']])
  await alice.post(`${path}/minutes/make`)
  expect(await found('zeppelin')).toEqual([])
  expect(await found('airship')).toEqual([[...ofPaper, 'airship']])
  await alice.send('PUT', `${path}/minutes`, { text: 'An airship, they said' })
  expect((await found('airship')).map(([of]) => of).toSorted()).toEqual(['minutes', 'notes'])
  await write(one.id, '')
  expect((await found('airship')).map(([of]) => of)).toEqual(['minutes'])
})

test('[X40] fields narrow notes by their paper and the day of their meeting, and nobody outside of the group finds them', async ({
  server,
  group,
  alice,
  bob,
  find,
}) => {
  const one = paper(group, 'On bobsleighs')
  await put(server, group, [one], { by: alice })
  const { body } = await alice.post<MeetingSummary>(`/api/groups/${group}/meetings`, { title: '' })
  const room = meetingRoom(group, body.id)
  await server.rooms.edit(room, doc => moveTo(doc, { item: one.id, now: server.clock.now }))
  await server.rooms.edit(room, doc => noteOf(doc, one.id).insert(0, 'A zeppelin'))
  await vi.waitFor(async () => expect((await notesOfMeeting(server.db, group, body.id)).size).toBe(1))
  await server.rooms.edit(groupRoom(group), doc => setTag(doc, { paper: one.id, tag: 'ice', on: true, me: alice.id, now: server.clock.now }))
  await vi.waitFor(async () => expect((await tagsOf(server.db, group, [one.id])).size).toBe(1))
  const today = dayAt(server.clock.now, 'Europe/Berlin')
  for (const q of ['zeppelin tag:ice', `zeppelin on:${today}`, 'kind:notes zeppelin']) expect((await find(q)).total, q).toBe(1)
  for (const q of ['zeppelin tag:snow', `zeppelin before:${today}`, 'zeppelin from:bob', 'kind:comments zeppelin']) expect((await find(q)).total, q).toBe(0)
  const other = await bob.createGroup('Other')
  expect((await bob.get<SearchAnswer>(`/api/groups/${other}/search?q=zeppelin`)).body.total).toBe(0)
  expect(codeOf(await alice.get(`/api/groups/${other}/search?q=zeppelin`))).toBe('404 not-found')
})
