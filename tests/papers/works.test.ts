/** One entry for each work, whatever tells of it; versions; and corrections that stay in their group. */
import type { BoardPapers, ImportPreview, ImportResult, Paper, PaperCorrections } from '@paperboard/shared/api'
import { addComment } from '@paperboard/shared/board'
import { addDays, type Day, dayAt } from '@paperboard/shared/days'
import { boardRoom } from '@paperboard/shared/room'
import { expect, onTestFinished, test } from 'vitest'
import { boardsWith } from '../../apps/server/src/db/boards.ts'
import { factsOf, versionsOf } from '../../apps/server/src/db/facts.ts'
import { type PaperServices, startPaperServices, type Work } from '../support/paperServices.ts'
import { codeOf, fieldsOf, Person, startServer, type TestServer } from '../support/server.ts'

const work: Work = {
  title: 'Notes on the Analytical Engine',
  authors: ['Ada Lovelace', 'Luigi Menabrea'],
  abstract: 'What an engine can do.',
  published: '2026-11-02T10:00:00Z',
}
const id = '2611.01234'
/** Rows follow a document soon, on a busy machine a little later. */
const patient = { timeout: 15_000 }

class Group {
  readonly server: TestServer
  readonly person: Person
  readonly id: string
  readonly today: Day
  constructor(server: TestServer, person: Person, id: string) {
    this.server = server
    this.person = person
    this.id = id
    this.today = dayAt(server.clock.now, 'Europe/Berlin')
  }
  at = (day = this.today) => `/api/groups/${this.id}/boards/${day}`
  async add(text: string, day = this.today): Promise<ImportResult> {
    const { body } = await this.person.post<ImportResult>(`${this.at(day)}/papers`, { source: { from: 'text', text } })
    await this.server.lookups?.idle()
    return body
  }
  async addByHand(title: string, url = '', authors: string[] = []): Promise<ImportResult> {
    const { body } = await this.person.post<ImportResult>(`${this.at()}/papers`, { source: { from: 'hand', paper: { title, url, authors, abstract: '' } } })
    await this.server.lookups?.idle()
    return body
  }
  board = async (day = this.today) => (await this.person.get<BoardPapers>(this.at(day))).body.papers
  paper = (paper: string) => `/api/groups/${this.id}/papers/${paper}`
  async lookUp() {
    this.server.lookups?.wake()
    await this.server.lookups?.idle()
  }
}

async function scene(): Promise<{ services: PaperServices; server: TestServer; ours: Group; theirs: Group }> {
  const services = await startPaperServices()
  services.arxiv.set(id, work)
  const server = await startServer({ env: services.env })
  onTestFinished(() => server.close())
  const alice = await new Person(server, 'Alice').signUp()
  const ours = new Group(server, alice, await alice.createGroup())
  const bob = await new Person(server, 'Bob').signUp((await alice.invite(ours.id)).token)
  return { services, server, ours, theirs: new Group(server, bob, await bob.createGroup('Theirs')) }
}

test('[W18] one paper by its arXiv id, its link at arXiv or Hugging Face, the DOI that DataCite gave it, and its title with first author, is one', async () => {
  const { ours } = await scene()
  const [paper] = (await ours.add(id)).added
  for (const name of [`https://arxiv.org/abs/${id}v1`, `https://huggingface.co/papers/${id}`, `10.48550/arXiv.${id}`, `https://doi.org/10.48550/arxiv.${id}`])
    expect.soft(await ours.add(name), name).toMatchObject({ added: [], present: 1 })
  expect(await ours.addByHand('Notes on the analytical engine', '', ['A. Lovelace'])).toMatchObject({ added: [], present: 1 })
  expect((await ours.addByHand('Notes on the analytical engine', '', ['Somebody Else'])).added).toHaveLength(1)
  expect((await ours.board()).map(({ id }) => id)[0]).toBe(paper)
})

test('[W19] two entries that turn out to be one work become one: both ids stay, and say the same', async () => {
  const { services, server, ours } = await scene()
  services.fault = 500
  const before = addDays(ours.today, -1)
  const { added: first } = await ours.addByHand(work.title, '', ['Ada Lovelace'])
  server.clock.now += 1_000
  const { added: second } = await ours.add(id, before)
  expect([first, second].map(ids => ids.length)).toEqual([1, 1])
  services.fault = null
  server.clock.now += 300_000
  await ours.lookUp()
  const [older] = await ours.board()
  const [younger] = await ours.board(before)
  expect([older?.id, younger?.id]).toEqual([first[0], second[0]])
  expect(older).toMatchObject({ title: work.title, arxivId: id, abstract: work.abstract })
  expect({ ...younger, note: undefined, id: '' }).toEqual({ ...older, note: undefined, id: '' })
  expect(younger?.note?.sameAs).toBe(older?.id)
  // The boards of either are the boards of the work.
  await expect.poll(async () => (await boardsWith(server.db, ours.id, [first[0] ?? ''])).map(({ day }) => day).sort(), patient).toEqual([before, ours.today])
  // Nothing is put beside itself: on either board it is there already.
  expect(await ours.add(id)).toMatchObject({ added: [], present: 1 })
  expect(await ours.add(id, before)).toMatchObject({ added: [], present: 1 })
  const { body } = await ours.person.post<ImportPreview>(`${ours.at(before)}/preview`, { source: { from: 'text', text: id } })
  expect(body.items.map(({ status }) => status)).toEqual(['here'])
})

test('[W20] only whoever gave the identifiers out says that an arXiv id and a DOI are one work', async () => {
  const { services, server, ours } = await scene()
  services.arxiv.set(id, { ...work, doi: '10.1145/1.1' })
  services.crossref.set('10.1145/1.1', { ...work, title: 'Notes on the Analytical Engine, revised' })
  const [journal] = (await ours.add('10.1145/1.1')).added
  const yesterday = addDays(ours.today, -1)
  server.clock.now += 1_000
  const [preprint] = (await ours.add(id, yesterday)).added
  expect((await ours.board(yesterday))[0]?.note?.sameAs).toBe(journal)
  expect((await ours.board())[0]).toMatchObject({ arxivId: id, doi: '10.1145/1.1', venue: 'Journal of Tests' })
  expect(preprint).not.toBe(journal)
  expect((await factsOf(server.db, [`arxiv:${id}`, 'doi:10.1145/1.1'])).map(({ source }) => source).sort()).toEqual(['arxiv', 'crossref'])
})

test('[W21] works with different identifiers stay two, whatever their titles', async () => {
  const { services, ours } = await scene()
  services.arxiv.set('2611.05678', { ...work, abstract: 'Another editorial.' })
  await ours.add(`${id}\n2611.05678`)
  expect((await ours.board()).map(({ note }) => note)).toEqual([undefined, undefined])
})

test('[W22] a version that came out after the last comment on a paper is told of, until somebody comments again; versions are kept', async () => {
  const { services, server, ours } = await scene()
  const [paper = ''] = (await ours.add(id)).added
  const comment = (at: number) =>
    server.rooms.edit(boardRoom(ours.id, ours.today), doc => addComment(doc, { paper, me: ours.person.id, text: 'Good.', now: at }))
  const at = Date.parse('2026-11-03T10:00:00Z')
  server.clock.now = Math.max(server.clock.now, at)
  await comment(at)
  expect((await ours.board())[0]?.note).toBe(undefined)
  services.arxiv.set(id, { ...work, title: 'Notes on the Analytical Engine, again', version: 3, updated: '2026-11-20T10:00:00Z' })
  await expect.poll(async () => (await boardsWith(server.db, ours.id, [paper])).length, patient).toBe(1)
  await expect.poll(async () => (await server.db.sql.select().from(server.db.t.comments)).length, patient).toBe(1)
  server.clock.now += 4 * 86_400_000
  await ours.lookUp()
  expect((await ours.board())[0]).toMatchObject({
    title: 'Notes on the Analytical Engine, again',
    arxivVersion: 3,
    note: { newVersion: { version: 3, at: Date.parse('2026-11-20T10:00:00Z'), discussed: 1 } },
  })
  expect((await versionsOf(server.db, [id])).map(({ version, title }) => [version, title])).toEqual([
    [1, work.title],
    [3, 'Notes on the Analytical Engine, again'],
  ])
  await comment(server.clock.now)
  await expect.poll(async () => (await ours.board())[0]?.note, patient).toBe(undefined)
})

test('[W23] what members correct goes before what sources tell, is told to the group, and stays in it', async () => {
  const { server, ours, theirs } = await scene()
  const [paper = ''] = (await ours.add(id)).added
  await theirs.add(id)
  const told: string[][] = []
  server.rooms.tell = news => {
    if (news.kind === 'papers') told.push([news.group, ...news.papers])
  }
  const { body } = await ours.person.patch<Paper>(ours.paper(paper), { title: 'Notes by the Translator', authors: ['A. A. L.'] })
  expect(body).toMatchObject({ title: 'Notes by the Translator', authors: ['A. A. L.'], abstract: work.abstract })
  expect((await ours.board())[0]).toMatchObject({ title: 'Notes by the Translator', authors: ['A. A. L.'] })
  expect((await theirs.board())[0]).toMatchObject({ title: work.title, authors: work.authors })
  // Of the lookups before, others may be told in this moment, too.
  expect(told).toContainEqual([ours.id, paper])
  // Whoever has it told by a source later is not told of the correction either.
  const third = new Group(server, theirs.person, await theirs.person.createGroup('A third'))
  await third.add(id)
  expect((await third.board())[0]).toMatchObject({ title: work.title })
  expect(codeOf(await theirs.person.patch(ours.paper(paper).replace(ours.id, theirs.id), { title: 'Not ours' }))).toBe('404 not-found')
})

test('[W24] who corrected what is kept, and taken back field by field: then what was told before counts again', async () => {
  const { ours } = await scene()
  const [paper = ''] = (await ours.add(id)).added
  await ours.person.patch(ours.paper(paper), { title: 'First', venue: 'Taylor’s Memoirs' })
  await ours.person.patch(ours.paper(paper), { title: 'Second' })
  const history = async () => (await ours.person.get<PaperCorrections>(`${ours.paper(paper)}/corrections`)).body.corrections
  const [second, one] = await history()
  expect([second?.fields, second?.before, one?.fields]).toEqual([{ title: 'Second' }, { title: 'First' }, { title: 'First', venue: 'Taylor’s Memoirs' }])
  expect(one).toMatchObject({ member: ours.person.id, undoes: null, undone: false })
  const undo = async (correction: string | undefined) => (await ours.person.post<Paper>(`${ours.paper(paper)}/corrections/${correction}/undo`)).body
  expect(await undo(second?.id)).toMatchObject({ title: 'First', venue: 'Taylor’s Memoirs' })
  expect(await undo(one?.id)).toMatchObject({ title: work.title, venue: null })
  expect((await history()).map(({ undoes, undone }) => [undoes, undone])).toEqual([
    [one?.id, false],
    [second?.id, false],
    [null, true],
    [null, true],
  ])
})

test('[W25] a correction is checked by the server, and one that changes nothing is none', async () => {
  const { ours } = await scene()
  const [paper = ''] = (await ours.add(id)).added
  for (const [fields, named] of [
    [{ title: '' }, ['title']],
    [{ published: 'last year' }, ['published']],
    [{ url: 'javascript:alert(1)' }, ['url']],
    [{ arxivId: '2611.99999' }, ['arxivId']],
  ] as const)
    expect.soft(fieldsOf(await ours.person.patch(ours.paper(paper), fields))).toEqual(named)
  await ours.person.patch(ours.paper(paper), { title: work.title })
  expect((await ours.person.get<PaperCorrections>(`${ours.paper(paper)}/corrections`)).body.corrections).toEqual([])
  expect(codeOf(await ours.person.patch(ours.paper('Nobody000000'), { title: 'x' }))).toBe('404 not-found')
})
