import type { BoardPapers, ImportStep } from '@paperboard/shared/api'
import { castVote, setClosed } from '@paperboard/shared/board'
import { dayAt } from '@paperboard/shared/days'
import { boardRoom } from '@paperboard/shared/room'
import { describe, expect } from 'vitest'
import { boardWith, connect, paperId } from '../support/peer.ts'
import { type Person, withServer } from '../support/server.ts'

const test = withServer()
const today = dayAt(Date.now(), 'Europe/Berlin')

interface Upload {
  group: string
  day?: string
  act?: 'preview' | 'add'
  files: Record<string, string | Buffer<ArrayBuffer>>
  skip?: number[]
}

/** Sends files as a browser does, and hears the steps as they come. */
const upload = async (person: Person, { group, day = today, act = 'add', files, skip = [] }: Upload, heard: (step: ImportStep) => void = () => {}) => {
  const form = new FormData()
  form.set('act', act)
  form.set('skip', JSON.stringify(skip))
  for (const [name, content] of Object.entries(files)) form.append('file', new Blob([content]), name)
  const url = `${person.server.url}/api/groups/${group}/boards/${day}/files`
  const answer = await fetch(url, { method: 'POST', headers: { origin: person.server.url, cookie: person.cookie }, body: form })
  const steps: ImportStep[] = []
  let rest = ''
  const decoder = new TextDecoder()
  for await (const bytes of answer.body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const step: ImportStep = JSON.parse(line)
      steps.push(step)
      heard(step)
    }
  }
  return { status: answer.status, steps, last: steps.at(-1), rest }
}

const titlesOn = async (person: Person, group: string, day = today) =>
  (await person.get<BoardPapers>(`/api/groups/${group}/boards/${day}`)).body.papers.map(({ title }) => title)

const bibtex =
  '@article{a, title = {A Study of {\\"U}mlauts}, author = {Lovelace, Ada}, year = 1843}\n@article{b, title = {broken\n@article{c, title = {Third}}\n'
const rows = (count: number, of = 'Paper') =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ id: `2206.${10_000 + n}`, title: `${of} ${n}`, authors: ['Ada Lovelace'], summary: 'An abstract of a few words. '.repeat(40) }),
  ).join('\n')

describe('files', { timeout: 60_000 }, () => {
  test('[P75] several files are previewed as one, each in its own format and encoding, and problems name their file and line', async ({
    server,
    alice,
    group,
  }) => {
    const files = {
      'library.bib': bibtex,
      'latin.ris': Buffer.from('TY  - JOUR\r\nTI  - Caf\u00e9 society\r\nAU  - Ren\u00e9, M.\r\nER  - \r\n', 'latin1'),
      'wide.txt': Buffer.from('\ufeff2206.03382\n', 'utf16le'),
      'paper.pdf': '%PDF-1.7 …',
    }
    const { status, last } = await upload(alice, { group, act: 'preview', files })
    expect(status).toBe(200)
    if (last?.step !== 'preview') throw new Error(JSON.stringify(last))
    expect(last.preview.kind).toBe('mixed')
    expect(last.preview.items.map(({ title, arxivId }) => title ?? arxivId)).toEqual(['A Study of Ümlauts', 'Third', 'Café society', '2206.03382'])
    expect(last.preview.problems.map(({ file, line }) => [file, line])).toEqual([
      ['library.bib', 2],
      ['paper.pdf', 1],
    ])
    expect(await server.db.sql.select().from(server.db.t.papers)).toEqual([])
  })

  test('[P76] files are added as previewed, less what is left out, and again without doubles', async ({ alice, bob, group }) => {
    const files = { 'a.bib': bibtex, 'b.txt': '2206.03382' }
    expect((await upload(alice, { group, files, skip: [1] })).last).toMatchObject({ step: 'added', result: { present: 0, day: today } })
    expect(await titlesOn(bob, group)).toEqual(['A Study of Ümlauts', null])
    expect((await upload(bob, { group, files })).last).toMatchObject({ step: 'added', result: { present: 2 } })
    expect(await titlesOn(bob, group)).toEqual(['A Study of Ümlauts', null, 'Third'])
  })

  test('[P77] of ten thousand papers in one file progress is told, and a vote elsewhere waits for a few of its hundred parts at most', async ({
    server,
    alice,
    bob,
    group,
  }) => {
    const elsewhere = await bob.createGroup('Elsewhere')
    const room = await boardWith(server, { group: elsewhere, by: bob.id })
    const peer = await connect(server, bob, room)
    const watcher = await connect(server, bob, boardRoom(group, today))
    let [adding, acknowledged, waited, passed] = [0, 0, 0, 0]
    // Counted where they are stored: what the browser hears of them comes later.
    let parts = 0
    const edit = server.rooms.edit.bind(server.rooms)
    Object.assign(server.rooms, { edit: (...args: Parameters<typeof edit>) => edit(...args).finally(() => parts++) })
    let going = true
    const voting = (async () => {
      for (let n = 0; going; n++) {
        const [start, before] = [performance.now(), parts]
        castVote(peer.doc, { paper: paperId(1), me: bob.id, value: n % 2 === 0 ? 1 : -1, now: server.clock.now })
        await peer.saved()
        waited = Math.max(waited, performance.now() - start)
        passed = Math.max(passed, parts - before)
        if (adding > 0 && going) acknowledged++
        await new Promise(done => setTimeout(done, 20))
      }
    })()
    const { last } = await upload(alice, { group, files: { 'all.jsonl': rows(10_000) } }, step => {
      if (step.step === 'adding') adding++
    })
    going = false
    await voting
    expect(last).toMatchObject({ step: 'added', result: { present: 0 } })
    expect(last?.step === 'added' && last.result.added.length).toBe(10_000)
    expect(adding).toBe(100)
    // One that was under way, its own way there and back, and those that came between.
    expect(passed).toBeLessThanOrEqual(5)
    // A vote was acknowledged many times while papers were being added.
    expect(acknowledged).toBeGreaterThan(5)
    console.info(`10,000 papers: ${acknowledged} votes acknowledged meanwhile, the slowest after ${waited.toFixed(0)} ms`)
    await watcher.until(() => watcher.doc.getMap('papers').size === 10_000)
    expect((await upload(alice, { group, files: { 'all.jsonl': rows(10_000) } })).last).toMatchObject({ step: 'added', result: { added: [], present: 10_000 } })
  })

  test('[P78] an import that fails half-way says what is in, and repeating it adds the rest', async ({ server, alice, bob, group }) => {
    const edit = server.rooms.edit.bind(server.rooms)
    let calls = 0
    Object.assign(server.rooms, { edit: (...args: Parameters<typeof edit>) => (++calls === 3 ? Promise.reject(new Error('The disk is full')) : edit(...args)) })
    const files = { 'all.jsonl': rows(700) }
    const { last } = await upload(alice, { group, files })
    expect(last).toMatchObject({ step: 'failed', error: { message: expect.stringContaining('200 of 700 papers are on the board') } })
    Object.assign(server.rooms, { edit })
    expect(await titlesOn(bob, group)).toHaveLength(200)
    const again = (await upload(alice, { group, files })).last
    expect(again?.step === 'added' && [again.result.added.length, again.result.present]).toEqual([500, 200])
    expect(new Set(await titlesOn(bob, group)).size).toBe(700)
  })

  test('[P79] files are refused where papers are, or where they are no files', async ({ server, alice, bob, group, join }) => {
    await alice.patch(`/api/groups/${group}`, { settings: { whoAdds: 'organizers' } })
    const carol = await join('Carol')
    expect((await upload(carol, { group, files: { a: 'x' }, day: '1990-01-01' })).status).toBe(404)
    expect((await upload(alice, { group, files: {} })).status).toBe(400)
    const plain = await bob.post(`/api/groups/${group}/boards/${today}/files`, { act: 'add' })
    expect(plain.status).toBe(400)
    await server.rooms.edit(boardRoom(group, today), doc => setClosed(doc, { me: alice.id, closed: true, now: server.clock.now }))
    expect((await upload(alice, { group, files: { a: '2206.03382' } })).last).toMatchObject({ step: 'failed', error: { code: 'conflict' } })
  })
})
