import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addPapers } from '@paperboard/shared/board'
import { citationMeta } from '@paperboard/shared/citation'
import { boardRoom } from '@paperboard/shared/room'
import { afterAll, expect, vi } from 'vitest'
import { standingsOf } from '../../apps/server/src/db/listings.ts'
import { insertPapers } from '../../apps/server/src/db/papers.ts'
import { idOf, paperRow } from '../support/longBoard.ts'
import { Client, Person, withServer } from '../support/server.ts'

const web = mkdtempSync(join(tmpdir(), 'paperboard-web-'))
writeFileSync(join(web, 'index.html'), '<!doctype html><html><head><title>Paperboard</title></head><body></body></html>')
afterAll(() => rmSync(web, { recursive: true }))

const paper = idOf('paper', 0)
const test = withServer({ web }).extend<{ page: string }>({
  page: async ({ server, group, alice }, use) => {
    await insertPapers(server.db, [{ ...paperRow(group, 0), title: 'On "quotes" & <script>alert(1)</script>', doi: '10.1000/x', venue: 'Nature' }], 1)
    await server.rooms.edit(boardRoom(group, '2026-11-20'), doc => addPapers(doc, [paper], { member: alice.id, now: 1, source: 'ids' }))
    await vi.waitFor(async () => expect(await standingsOf(server.db, group, [paper])).toHaveLength(1))
    await use(`/g/${group}/papers/${paper}`)
  },
})
const html = { accept: 'text/html' }

test('[P116] the page of a paper tells reference managers of its members what it is, with everything escaped', async ({ bob, page }) => {
  const { status, body, headers } = await bob.send<string>('GET', page, undefined, html)
  expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  expect(body).toContain('<meta name="citation_title" content="On &quot;quotes&quot; &amp; &lt;script&gt;alert(1)&lt;/script&gt;" data-cited>')
  for (const name of [
    'citation_author',
    'citation_doi',
    'citation_arxiv_id',
    'citation_journal_title',
    'citation_publication_date',
    'citation_pdf_url',
    'citation_abstract',
  ])
    expect(body).toContain(`<meta name="${name}"`)
  expect(body).toContain('type="application/x-bibtex"')
  expect(body).not.toContain('<script>alert')
  expect(body.indexOf('citation_title')).toBeLessThan(body.indexOf('</head>'))
})

test('[P117] to everybody else it is the same page as any other, whether there is such a paper or not', async ({ server, alice, group, page }) => {
  const eve = await new Person(server, 'Eve').signUp((await alice.invite(await alice.createGroup('Other'))).token)
  const nobody = new Client(server)
  const plain = (await nobody.send<string>('GET', '/g/nothing', undefined, html)).body
  for (const [who, address] of [
    [nobody, page],
    [eve, page],
    [nobody, `/g/${group}/papers/${idOf('paper', 7)}`],
    [alice, `/g/${group}/papers/${idOf('paper', 7)}`],
    [alice, `/g/nothing/papers/${paper}`],
  ] as const)
    expect((await who.send<string>('GET', address, undefined, html)).body).toBe(plain)
})

test('[P118] what is told has no field that is not known, an arXiv paper has the DOI that arXiv gave it, and a venue says what the paper is', () => {
  const { scope: _, titleKey: __, sameAs: ___, ...row } = paperRow('g', 0)
  const bare = { ...row, title: 'T', authors: ['A B'], abstract: '', arxivId: null, published: null, subjects: [] }
  expect(citationMeta(bare)).toEqual([
    { name: 'citation_title', content: 'T' },
    { name: 'citation_author', content: 'B, A' },
  ])
  const told = (paper: Partial<Parameters<typeof citationMeta>[0]>) =>
    Object.fromEntries(citationMeta({ ...bare, ...paper }).map(({ name, content }) => [name, content]))
  expect(told({ arxivId: '2206.03382', published: '2022-06-07', venue: 'arXiv' })).toEqual({
    citation_title: 'T',
    citation_author: 'B, A',
    citation_publication_date: '2022/06/07',
    citation_date: '2022/06/07',
    citation_doi: '10.48550/arXiv.2206.03382',
    citation_arxiv_id: '2206.03382',
    citation_abstract_html_url: 'https://arxiv.org/abs/2206.03382',
    citation_pdf_url: 'https://arxiv.org/pdf/2206.03382',
  })
  expect(told({ venue: 'Proceedings of ICML' })).toHaveProperty('citation_conference_title')
  expect(told({ venue: 'Nature' })).toHaveProperty('citation_journal_title')
  expect(told({ authors: ['Ludwig van Beethoven'] })).toHaveProperty('citation_author', 'van Beethoven, Ludwig')
  expect(told({ authors: ['ATLAS Collaboration'] })).toHaveProperty('citation_author', 'ATLAS Collaboration')
  expect(told({ doi: '10.1000/a#b?c<d>' })).toHaveProperty('citation_abstract_html_url', 'https://doi.org/10.1000/a%23b%3Fc%3Cd%3E')
})
