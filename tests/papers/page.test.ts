import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readText } from '../../apps/server/src/papers/read/readText.ts'
import { samplePapers } from '../../apps/server/src/papers/sample.ts'
import { bodyOf, header, pagePapers, pageText } from './fixtures/page.ts'

const today = '2026-11-24'
const read = (text: string) => readText(text, { today })
const pairs = (text: string) => read(text).papers.map(({ title, abstract }) => ({ title, abstract }))
const page = pageText([...header, ...bodyOf(pagePapers)])

const recorded = new URL('../../../shared/data/daily-papers-page.txt', import.meta.url)

describe('the text of a Daily Papers page', () => {
  test.skipIf(!existsSync(recorded))('[P1] a recorded page is 77 papers in page order, abstracts byte for byte (skipped without ../shared/data)', () => {
    const text = readFileSync(recorded, 'utf8')
    const body = text.split('\n\n').slice(6)
    const paste = read(text)
    expect(paste).toMatchObject({ kind: 'daily-papers-page', day: { day: '2026-08-27', yearGuessed: true }, problems: [] })
    expect(paste.papers.flatMap(paper => [paper.title, paper.abstract])).toEqual(body)
    expect(paste.papers.map(paper => paper.title)).toEqual(samplePapers.map(paper => paper.title))
    expect(paste.papers).toHaveLength(77)
  })

  test('[P2] titles and abstracts alternate, whatever a title looks like, and abstracts stay byte for byte', () => {
    expect(read(page)).toMatchObject({ kind: 'daily-papers-page', problems: [] })
    expect(pairs(page)).toEqual(pagePapers)
  })

  test.each([
    ['no header', pageText(bodyOf(pagePapers))],
    ['Windows line endings', pageText([...header, ...bodyOf(pagePapers)], '\r\n')],
    ['a byte order mark', `\uFEFF${page}`],
    ['no blank lines', [...header, ...bodyOf(pagePapers)].join('\n')],
    ['blank lines of spaces, and many', [...header, ...bodyOf(pagePapers)].join('\n \t\n\n\n')],
    ['a final newline', `${page}\n`],
  ])('[P3] a page is read the same with %s', (_, text) => {
    expect(pairs(text)).toEqual(pagePapers)
    expect(read(text).problems).toEqual([])
  })

  test('[P4] each paper tells the line on which it begins', () => {
    const paste = read(page)
    const lines = page.split('\n')
    expect(paste.papers.map(paper => lines[(paper.line ?? 0) - 1])).toEqual(pagePapers.map(paper => paper.title))
  })

  test('[P5] votes, counts of authors, submitters, navigation and the foot of a copied page are passed over', () => {
    const paste = read(readFileSync(new URL('fixtures/copied-page.txt', import.meta.url), 'utf8'))
    expect(paste.problems).toEqual([])
    expect(paste.papers.map(paper => [paper.line, paper.title])).toEqual([
      [24, 'Gardens of Gradients: Pruning by Hand'],
      [36, 'Can a Puzzle Solve Itself?'],
    ])
    expect(paste.day).toEqual({ day: '2026-08-27', yearGuessed: true })
  })

  const [first, second, third] = pagePapers
  if (first === undefined || second === undefined || third === undefined) throw new Error('The fixture has three papers')

  test.each([
    ['in the middle', [first.title, first.abstract, 'A Title without an Abstract', second.title, second.abstract], 5],
    ['at the start', ['A Title without an Abstract', first.title, first.abstract, second.title, second.abstract], 1],
    ['at the end', [first.title, first.abstract, second.title, second.abstract, 'A Title without an Abstract'], 9],
  ])('[P6] a title without an abstract %s is reported with its line, and the others keep theirs', (_, lines, line) => {
    const paste = read(pageText(lines))
    expect(paste.papers.map(({ title, abstract }) => ({ title, abstract }))).toEqual([first, second])
    expect(paste.problems).toEqual([{ line, text: 'A Title without an Abstract', reason: expect.stringContaining('No abstract follows') }])
  })

  test('[P6] two titles in a row are both reported, though the second is longer', () => {
    const paste = read(pageText([first.title, first.abstract, 'A Title without an Abstract', 'A Longer Title without an Abstract']))
    expect(paste.papers).toHaveLength(1)
    expect(paste.problems.map(problem => problem.line)).toEqual([5, 7])
  })

  test.each([
    ['in the middle', [first.title, first.abstract, third.abstract, second.title, second.abstract], 5],
    ['at the start', [third.abstract, first.title, first.abstract, second.title, second.abstract], 1],
    ['at the end', [first.title, first.abstract, second.title, second.abstract, third.abstract], 9],
  ])('[P7] an abstract without a title %s is reported with its line, and the others keep theirs', (_, lines, line) => {
    const paste = read(pageText(lines))
    expect(paste.papers.map(({ title, abstract }) => ({ title, abstract }))).toEqual([first, second])
    expect(paste.problems).toEqual([{ line, text: third.abstract.slice(0, 200), reason: expect.stringContaining('without a title') }])
  })

  test('[P8] a title is never longer than its abstract, nor either longer than can be stored', () => {
    const paste = read(pageText([second.title.repeat(20), second.abstract, third.title, 'a'.repeat(20_001)]))
    expect(paste.papers).toEqual([])
    expect(paste.problems.map(problem => problem.line)).toEqual([1, 3, 5, 7])
    expect(paste.kind).toBe('nothing')
  })

  test('[P9] a page on which nothing else can be read is still known by its header', () => {
    const paste = read(pageText([...header, 'A Title without an Abstract']))
    expect(paste).toMatchObject({ kind: 'daily-papers-page', papers: [], problems: [{ line: 13 }] })
  })
})

describe('the day of a page', () => {
  test.each([
    ['Aug 27', '2026-11-24', '2026-08-27', true],
    ['Aug 27', '2026-08-27', '2026-08-27', true],
    ['Aug 27', '2026-08-26', '2025-08-27', true],
    ['Dec 31', '2027-01-01', '2026-12-31', true],
    ['Feb 29', '2026-11-24', '2024-02-29', true],
    ['Feb 29', '2024-02-28', '2020-02-29', true],
    ['Feb 29', '2103-05-01', '2096-02-29', true],
    ['27 August', '2026-11-24', '2026-08-27', true],
    ['Wed, Aug 27', '2026-11-24', '2026-08-27', true],
    ['August 27, 2025', '2026-11-24', '2025-08-27', false],
    ['Aug 27, 2025', '2026-11-24', '2025-08-27', false],
    ['Sept. 1st, 2025', '2026-11-24', '2025-09-01', false],
    ['2025-08-27', '2026-11-24', '2025-08-27', false],
    ['Aug 27, 2031', '2026-11-24', '2031-08-27', false],
  ])('[P10] "%s" on %s is %s', (line, on, day, yearGuessed) => {
    const text = pageText([...header.slice(0, 5), line, ...bodyOf(pagePapers)])
    expect(readText(text, { today: on })).toMatchObject({ day: { day, yearGuessed }, problems: [] })
  })

  test.each(['Feb 30', 'Feb 29, 2025', 'Augur 27', 'August', 'Aug 0', 'Week 35'])('[P11] "%s" is no day', line => {
    expect(read(pageText([...header.slice(0, 5), line, ...bodyOf(pagePapers)])).day).toBeNull()
  })

  test('[P12] a date further down, as of a publication, is not the day of the page', () => {
    const [first] = bodyOf(pagePapers)
    expect(read(pageText([first ?? '', pagePapers[0]?.abstract ?? '', 'Published on Aug 25, 2025', 'Aug 25'])).day).toBeNull()
  })
})
