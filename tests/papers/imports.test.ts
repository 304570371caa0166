import type { BoardPapers, ImportFrom, ImportPreview, ImportResult, PaperByHand } from '@paperboard/shared/api'
import { removePaper, setClosed } from '@paperboard/shared/board'
import { addDays, dayAt } from '@paperboard/shared/days'
import { boardRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import { setRole } from '../../apps/server/src/db/groups.ts'
import { samplePapers } from '../../apps/server/src/papers/sample.ts'
import { codeOf, fieldsOf, Person, type TestServer, withServer } from '../support/server.ts'
import { bodyOf, header, pagePapers, pageText } from './fixtures/page.ts'

const test = withServer()
const page = pageText([...header, ...bodyOf(pagePapers)])

const today = dayAt(Date.now(), 'Europe/Berlin')
const yesterday = addDays(today, -1)

const text = (pasted: string): ImportFrom => ({ from: 'text', text: pasted })
const hand = (paper: Partial<PaperByHand>): ImportFrom => ({ from: 'hand', paper: { title: 'A Draft', authors: [], url: '', abstract: '', ...paper } })

/** What a person does to a board over HTTP. */
const at = (person: Person, group: string, day = today) => {
  const board = `/api/groups/${group}/boards/${day}`
  return {
    preview: (source: ImportFrom) => person.post<ImportPreview>(`${board}/preview`, { source }),
    add: (source: ImportFrom, skip: number[] = []) => person.post<ImportResult>(`${board}/papers`, { source, skip }),
    papers: async () => (await person.get<BoardPapers>(board)).body.papers,
  }
}

const catalogue = (server: TestServer) => server.db.sql.select().from(server.db.t.papers)
const statuses = (preview: ImportPreview) => preview.items.map(item => item.status)

describe('importing', { timeout: 20_000 }, () => {
  test('[P32] a preview tells what was understood, and writes nothing', async ({ server, alice, group }) => {
    const { status, body } = await at(alice, group).preview(text(page))
    expect(status).toBe(200)
    expect(body).toMatchObject({ kind: 'daily-papers-page', day: { yearGuessed: true }, problems: [] })
    expect(body.items.map(({ title, abstract }) => ({ title, abstract }))).toEqual(pagePapers)
    expect(statuses(body)).toEqual(pagePapers.map(() => 'new'))
    expect(body.items.map(item => item.number)).toEqual(pagePapers.map((_, i) => i))
    expect(await catalogue(server)).toEqual([])
    expect(await server.db.sql.select().from(server.db.t.rooms)).toEqual([])
    expect(await at(alice, group).papers()).toEqual([])
  })

  test('[P33] an import adds what its preview told, in the order of the paste, abstracts byte for byte, at once', async ({ alice, bob, group }) => {
    const { body, status } = await at(alice, group).add(text(page))
    expect(status).toBe(200)
    expect(body).toMatchObject({ present: 0, day: today })
    const papers = await at(bob, group).papers()
    expect(papers.map(({ title, abstract }) => ({ title, abstract }))).toEqual(pagePapers)
    expect(papers.map(paper => paper.id)).toEqual(body.added)
  })

  test('[P34] importing twice adds nothing', async ({ server, alice, group }) => {
    const sources = [
      text(page),
      text('2206.03382\n10.1145/3292500.3330701\nhttps://example.org/x'),
      hand({ title: '???', abstract: 'x' }),
      { from: 'sample' } as const,
    ]
    for (const source of sources) await at(alice, group).add(source)
    const entered = await catalogue(server)
    for (const source of sources) {
      const { body: preview } = await at(alice, group).preview(source)
      expect(new Set(statuses(preview))).toEqual(new Set(['here']))
      const { body } = await at(alice, group).add(source)
      expect(body).toEqual({ added: [], present: preview.items.length, day: today })
    }
    expect(await catalogue(server)).toEqual(entered)
  })

  test('[P35] papers are marked as new, here already, known from another board with its day, or repeated', async ({ alice, group }) => {
    await at(alice, group, yesterday).add(text('2206.03382'))
    await at(alice, group).add(text('2308.12066'))
    const source = text('2402.13572\n2206.03382\n2308.12066\nhttps://arxiv.org/abs/2402.13572v3\n2308.12066')
    await expect.poll(async () => statuses((await at(alice, group).preview(source)).body)).toEqual(['new', 'known', 'here', 'repeated', 'repeated'])
    const { body: preview } = await at(alice, group).preview(source)
    expect(preview.items.map(item => item.seenOn)).toEqual([null, yesterday, null, null, null])
    const { body } = await at(alice, group).add(source)
    expect(body.added).toHaveLength(2)
    expect(body.present).toBe(1)
    expect((await at(alice, group).papers()).map(paper => paper.arxivId)).toEqual(['2308.12066', '2402.13572', '2206.03382'])
  })

  test('[P35] a paper taken off this board is not known from it, even before its rows have followed', async ({ server, alice, group }) => {
    const [id = ''] = (await at(alice, group).add(text('2206.03382'))).body.added
    await expect.poll(async () => (await alice.get(`/api/groups/${group}/papers/${id}`)).status).toBe(200)
    await server.rooms.edit(boardRoom(group, today), doc => removePaper(doc, id))
    expect((await at(alice, group).preview(text('2206.03382'))).body.items).toMatchObject([{ status: 'new', seenOn: null }])
  })

  test('[P36] items left out are not added and not entered, nor are their repeats', async ({ server, alice, group }) => {
    const { body } = await at(alice, group).add(text('2206.03382\n2308.12066\n2206.03382'), [0])
    expect(body.added).toHaveLength(1)
    expect((await catalogue(server)).map(row => row.arxivId)).toEqual(['2308.12066'])
  })

  test('[P37] lines that cannot be read are told with their number, and the others are imported', async ({ alice, group }) => {
    const source = text('2206.03382\n\nPapers for Thursday\n2206.0338\n')
    const { body } = await at(alice, group).preview(source)
    expect(body.problems).toEqual([
      { line: 3, text: 'Papers for Thursday', reason: expect.any(String) },
      { line: 4, text: '2206.0338', reason: expect.any(String) },
    ])
    expect((await at(alice, group).add(source)).body.added).toHaveLength(1)
  })

  test('[P38] a text without any paper adds nothing and is no error', async ({ alice, group }) => {
    expect((await at(alice, group).preview(text('hello'))).body).toMatchObject({ kind: 'nothing', items: [], problems: [{ line: 1 }] })
    expect((await at(alice, group).add(text('hello'))).body).toEqual({ added: [], present: 0, day: today })
  })

  test('[P39] the shipped sample is 77 titles with their arXiv ids in page order', async ({ alice, group }) => {
    expect((await at(alice, group).preview({ from: 'sample' })).body).toMatchObject({ kind: 'sample', day: null, problems: [] })
    expect((await at(alice, group).add({ from: 'sample' })).body.added).toHaveLength(77)
    expect((await at(alice, group).papers()).map(({ title, arxivId }) => ({ arxivId, title }))).toEqual(samplePapers)
  })

  test('[P40] a page of papers that the group has by their ids is the same papers, which get their abstracts', async ({ alice, group }) => {
    await at(alice, group).add({ from: 'sample' })
    const abstract = 'What this is about, in two sentences. It is longer than the title, as abstracts are.'
    const known = samplePapers.slice(0, 3).flatMap(({ title }) => [title, `${abstract} ${title.repeat(2)}.`])
    const { body } = await at(alice, group).add(text(pageText(known)))
    expect(body).toMatchObject({ added: [], present: 3 })
    expect((await at(alice, group).papers()).slice(0, 4).map(paper => paper.abstract)).toEqual([known[1], known[3], known[5], ''])
  })

  test('[P41] an arXiv id that was listed before gets its title when an import tells it', async ({ alice, group }) => {
    await at(alice, group).add(text('arXiv:2206.03382v2'))
    expect(await at(alice, group).papers()).toMatchObject([{ title: null, arxivId: '2206.03382', arxivVersion: 2 }])
    await at(alice, group).add({ from: 'sample' })
    const papers = await at(alice, group).papers()
    expect(papers).toHaveLength(77)
    expect(papers[0]).toMatchObject({ title: samplePapers[0]?.title, arxivId: '2206.03382', arxivVersion: 2 })
  })

  test("[P42] a group's own entry that gains an identifier stays its own", async ({ server, alice, group }) => {
    const title = samplePapers[1]?.title ?? ''
    await at(alice, group).add(hand({ title }))
    await at(alice, group).add({ from: 'sample' })
    const rows = await catalogue(server)
    expect(rows).toHaveLength(77)
    expect(rows.filter(row => row.title === title)).toMatchObject([{ scope: group, arxivId: samplePapers[1]?.arxivId }])
    expect(new Set(rows.map(row => row.scope))).toEqual(new Set([group]))
  })
})

describe('by hand and back again', { timeout: 20_000 }, () => {
  test('[P43] a paper by hand keeps what was given, and a link to a known site becomes its identifier', async ({ alice, group }) => {
    const given = { title: '  A  Draft ', authors: ['Ada Lovelace', 'Charles Babbage'], url: 'https://example.org/draft.pdf', abstract: 'Line 1\n  line 2' }
    expect((await at(alice, group).preview(hand(given))).body.kind).toBe('hand')
    await at(alice, group).add(hand(given))
    await at(alice, group).add(hand({ title: 'Tutel', url: 'https://arxiv.org/abs/2206.03382v1' }))
    expect(await at(alice, group).papers()).toMatchObject([
      { title: 'A  Draft'.replace('  ', ' '), authors: given.authors, url: given.url, abstract: given.abstract, arxivId: null },
      { title: 'Tutel', arxivId: '2206.03382', arxivVersion: 1, url: null },
    ])
  })

  test('[P44] a link by hand that names no paper is refused with a reason', async ({ server, alice, group }) => {
    const answer = await at(alice, group).add(hand({ url: 'https://arxiv.org/list/cs.CL/recent' }))
    expect(codeOf(answer)).toBe('400 invalid')
    expect(fieldsOf(answer)).toEqual(['source.paper.url'])
    expect(await catalogue(server)).toEqual([])
  })

  test('[P45] a paper taken off the board is put back with its metadata', async ({ server, alice, bob, group }) => {
    const { added } = (await at(alice, group).add(text('2206.03382\n2308.12066'))).body
    const [first = ''] = added
    await server.rooms.edit(boardRoom(group, today), doc => removePaper(doc, first))
    const back: ImportFrom = { from: 'group', papers: [first] }
    expect((await at(bob, group).preview(back)).body).toMatchObject({ kind: 'group', items: [{ arxivId: '2206.03382', line: null }] })
    expect((await at(bob, group).add(back)).body).toEqual({ added: [first], present: 0, day: today })
    expect((await at(bob, group).add(back)).body).toEqual({ added: [], present: 1, day: today })
    expect((await at(bob, group).papers()).map(paper => paper.id)).toEqual([added[1], first])
  })

  test('[P60] a paper put back with the place it had is there again, a new one given a place is not', async ({ server, alice, bob, group }) => {
    const { added } = (await at(alice, group).add(text('2206.03382\n2308.12066\n2401.00001'))).body
    const [first = '', second = '', third = ''] = added
    await at(alice, group, yesterday).add(text('2501.00001'))
    const [elsewhere = ''] = (await at(alice, group, yesterday).papers()).map(paper => paper.id)
    await expect.poll(async () => (await alice.get(`/api/groups/${group}/papers/${elsewhere}`)).status).toBe(200)
    await server.rooms.edit(boardRoom(group, today), doc => removePaper(doc, first))
    const [added4] = (await at(bob, group).add(text('2402.00001'))).body.added
    await Promise.all([
      at(bob, group).add({ from: 'group', papers: [first], order: 0 }),
      at(alice, group).add({ from: 'group', papers: [elsewhere], order: 0 }),
    ])
    expect((await at(bob, group).papers()).map(paper => paper.id)).toEqual([first, second, third, added4, elsewhere])
  })

  test("[P46] another group's papers, or none, cannot be put on a board by their ids", async ({ server, alice, bob, group }) => {
    const other = await alice.createGroup('Other group')
    const { added } = (await at(alice, other).add(hand({ title: 'Secret draft' }))).body
    await at(alice, other).add(text('2206.03382'))
    const identified = (await catalogue(server)).find(row => row.arxivId === '2206.03382')?.id ?? ''
    for (const id of [...added, identified, 'AAAAAAAAAAAA']) {
      expect(codeOf(await at(bob, group).add({ from: 'group', papers: [id] }))).toBe('404 not-found')
      expect(codeOf(await bob.get(`/api/groups/${group}/papers/${id}`))).toBe('404 not-found')
    }
    expect(await at(bob, group).papers()).toEqual([])
  })

  test('[P62] what a group types of a paper with an identifier is not told to others, and does not stand in their way', async ({ alice, bob, group }) => {
    const other = await alice.createGroup('Other group')
    const url = 'https://arxiv.org/abs/2206.03382'
    await at(alice, other).add(hand({ title: 'A joke', authors: ['Nobody'], abstract: 'Not what it says', url }))
    await at(alice, other).add(hand({ title: 'Under a DOI that is another’s', url: 'https://doi.org/10.1145/3292500.3330701' }))
    const listed = text('2206.03382\n10.1145/3292500.3330701')
    const empty = { title: null, authors: [], abstract: '' }
    expect((await at(bob, group).preview(listed)).body.items).toMatchObject([
      { ...empty, status: 'new' },
      { ...empty, status: 'new' },
    ])
    await at(bob, group).add(listed)
    expect(await at(bob, group).papers()).toMatchObject([empty, empty])
    await at(bob, group).add(hand({ title: 'Tutel', abstract: 'What it says', url }))
    expect(await at(bob, group).papers()).toMatchObject([{ title: 'Tutel', abstract: 'What it says', arxivId: '2206.03382' }, empty])
    expect((await at(alice, other).papers())[0]).toMatchObject({ title: 'A joke', abstract: 'Not what it says', arxivId: '2206.03382' })
  })

  test("[P47] another group's entries and boards are not told by what is marked as known", async ({ alice, bob, group }) => {
    const other = await alice.createGroup('Other group')
    await at(alice, other).add(hand({ title: 'Secret draft', abstract: 'Ours alone' }))
    await at(alice, other).add({ from: 'sample' })
    const { title = '' } = samplePapers[0] ?? {}
    for (const source of [hand({ title: 'Secret draft' }), hand({ title })]) {
      expect((await at(bob, group).preview(source)).body.items).toMatchObject([{ status: 'new', abstract: '', arxivId: null }])
    }
    await at(bob, group).add(hand({ title: 'Secret draft', abstract: 'Also ours' }))
    expect(await at(bob, group).papers()).toMatchObject([{ abstract: 'Also ours' }])
    expect(await at(alice, other).papers()).toMatchObject([{ abstract: 'Ours alone' }, ...samplePapers.map(paper => ({ title: paper.title }))])
  })
})

describe('who may, when, and how much', { timeout: 20_000 }, () => {
  test('[P48] only who may add papers previews or adds them', async ({ server, alice, bob, group }) => {
    await setRole(server.db, { group, person: bob.id, role: 'guest' })
    expect(codeOf(await at(bob, group).preview(text(page)))).toBe('403 forbidden')
    expect(codeOf(await at(bob, group).add(text(page)))).toBe('403 forbidden')
    await setRole(server.db, { group, person: bob.id, role: 'member' })
    await alice.patch(`/api/groups/${group}`, { settings: { whoAdds: 'organizers' } })
    expect(codeOf(await at(bob, group).preview(text(page)))).toBe('403 forbidden')
    expect(codeOf(await at(bob, group).add(text(page)))).toBe('403 forbidden')
    await setRole(server.db, { group, person: bob.id, role: 'organizer' })
    expect((await at(bob, group).add(text(page))).status).toBe(200)
  })

  test('[P49] a group that one is not in looks like one that does not exist, and nobody signed out is answered', async ({ server, alice, bob }) => {
    const other = await alice.createGroup('Other group')
    const stranger = new Person(server, 'Mallory')
    for (const path of [`boards/${today}`, `days?from=${today}&to=${today}`, `counts?from=${today}&to=${today}`, 'papers/AAAAAAAAAAAA']) {
      expect(codeOf(await bob.get(`/api/groups/${other}/${path}`))).toBe('404 not-found')
      expect(codeOf(await bob.get(`/api/groups/AAAAAAAAAAAA/${path}`))).toBe('404 not-found')
      expect(codeOf(await stranger.get(`/api/groups/${other}/${path}`))).toBe('401 not-signed-in')
    }
    for (const path of ['preview', 'papers']) {
      expect(codeOf(await bob.post(`/api/groups/${other}/boards/${today}/${path}`, { source: { from: 'sample' } }))).toBe('404 not-found')
      expect(codeOf(await stranger.post(`/api/groups/${other}/boards/${today}/${path}`, { source: { from: 'sample' } }))).toBe('401 not-signed-in')
    }
  })

  test('[P50] a closed board takes no papers', async ({ server, alice, group }) => {
    await at(alice, group).add(text('2206.03382'))
    await server.rooms.edit(boardRoom(group, today), doc => setClosed(doc, { me: alice.id, closed: true, now: server.clock.now }))
    expect(codeOf(await at(alice, group).preview(text(page)))).toBe('409 conflict')
    expect(codeOf(await at(alice, group).add(text(page)))).toBe('409 conflict')
    expect(await catalogue(server)).toHaveLength(1)
  })

  test('[P50] a board that is closed while an import is under way takes none of it', async ({ server, alice, group }) => {
    const edit = server.rooms.edit.bind(server.rooms)
    const closeFirst: typeof edit = async (room, change) => {
      await edit(room, doc => setClosed(doc, { me: alice.id, closed: true, now: server.clock.now }))
      return edit(room, change)
    }
    Object.assign(server.rooms, { edit: closeFirst })
    expect(codeOf(await at(alice, group).add(text(page)))).toBe('409 conflict')
    expect(await at(alice, group).papers()).toEqual([])
  })

  test('[P51] a body over 4 MB and a paste of more than 20,000 papers are refused, and nothing is added', async ({ server, alice, group }) => {
    expect(codeOf(await at(alice, group).add(text('x'.repeat(4 * 1024 * 1024))))).toBe('413 too-large')
    const ids = Array.from({ length: 20_001 }, (_, i) => `2206.${String(i + 10_000)}`)
    for (const answer of [await at(alice, group).preview(text(ids.join('\n'))), await at(alice, group).add(text(ids.join('\n')))]) {
      expect(codeOf(answer)).toBe('413 too-large')
      expect(JSON.stringify(answer.body)).toContain('20,001 papers')
    }
    expect(await catalogue(server)).toEqual([])
    expect((await at(alice, group).preview(text(ids.slice(1).join('\n')))).body.items).toHaveLength(20_000)
  })

  test('[P52] two members who import the same at the same moment add it once', async ({ server, alice, bob, group }) => {
    await at(alice, group).add(text('2206.03382'))
    // Both have read the board before either writes.
    const read = server.rooms.read.bind(server.rooms)
    const both = Promise.withResolvers<void>()
    let waiting = 0
    const readTogether: typeof read = async (room, view) => {
      const seen = await read(room, view)
      if (++waiting === 2) both.resolve()
      await both.promise
      return seen
    }
    Object.assign(server.rooms, { read: readTogether })
    const answers = await Promise.all([at(alice, group).add(text(page)), at(bob, group).add(text(page))])
    expect(answers.flatMap(answer => answer.body.added)).toHaveLength(pagePapers.length)
    expect(answers.map(answer => answer.body.present).sort((a, b) => a - b)).toEqual([0, pagePapers.length])
    expect(await catalogue(server)).toHaveLength(1 + pagePapers.length)
    expect(await at(bob, group).papers()).toHaveLength(1 + pagePapers.length)
  })

  test('[P53] when the board cannot take the papers nothing is on it, and a repeat adds them all', async ({ server, alice, group }) => {
    const edit = server.rooms.edit.bind(server.rooms)
    Object.assign(server.rooms, { edit: () => Promise.reject(new Error('The disk is full')) })
    expect(codeOf(await at(alice, group).add(text(page)))).toBe('500 internal')
    Object.assign(server.rooms, { edit })
    expect(await at(alice, group).papers()).toEqual([])
    expect(statuses((await at(alice, group).preview(text(page))).body)).toEqual(pagePapers.map(() => 'new'))
    expect((await at(alice, group).add(text(page))).body.added).toHaveLength(pagePapers.length)
    expect(await catalogue(server)).toHaveLength(pagePapers.length)
  })

  test('[P54] bad input is answered by a clear error and adds nothing', async ({ server, alice, group }) => {
    const bad: [unknown, string][] = [
      ['', '400 invalid'],
      ['{"source":', '400 invalid'],
      [null, '400 invalid'],
      [[], '400 invalid'],
      [{}, '400 invalid'],
      [{ source: null }, '400 invalid'],
      [{ source: { from: 'text' } }, '400 invalid'],
      [{ source: { from: 'text', text: '' } }, '400 invalid'],
      [{ source: { from: 'text', text: 7 } }, '400 invalid'],
      [{ source: { from: 'text', text: 'x', extra: 1 } }, '400 invalid'],
      [{ source: { from: 'nowhere' } }, '400 invalid'],
      [{ source: { from: 'sample' }, skip: [-1] }, '400 invalid'],
      [{ source: { from: 'sample' }, skip: 'all' }, '400 invalid'],
      [{ source: { from: 'group', papers: [] } }, '400 invalid'],
      [{ source: { from: 'group', papers: ['../../etc'] } }, '400 invalid'],
      [{ source: hand({ title: ' ' }) }, '400 invalid'],
      [{ source: hand({ url: 'javascript:alert(1)' }) }, '400 invalid'],
      [{ source: hand({ url: 'not a link' }) }, '400 invalid'],
      [{ source: hand({ title: 'x'.repeat(501) }) }, '400 invalid'],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, '400 invalid'],
    ]
    for (const [body, code] of bad) expect([body, codeOf(await alice.post(`/api/groups/${group}/boards/${today}/papers`, body))]).toEqual([body, code])
    const halves = hand({ title: 'Half \ud800 and \0 nothing', abstract: '\udc00\0' })
    expect((await at(alice, group).add(halves)).status).toBe(200)
    expect(await at(alice, group).papers()).toMatchObject([{ title: 'Half \ufffd and nothing', abstract: '\ufffd' }])
    expect(await catalogue(server)).toHaveLength(1)
  })
})
