import fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import { readText } from '../../apps/server/src/papers/read/readText.ts'
import { bodyOf, header, pagePapers } from './fixtures/page.ts'

// Thousands of runs take a second alone, and several on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 })

const today = '2026-11-24'
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
afterAll(() => {
  console.info(`papers fuzz: FUZZ_SEED=${seed}`)
})

const line = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    ...header,
    ...bodyOf(pagePapers),
    'Submitted by',
    '12 authors',
    'Feb 29',
    '2206.03382',
    'https://arxiv.org/abs/',
    '10.1145/',
    'arXiv:',
    '- [ ] (',
    '\u2028',
    '\ud800',
  ),
  fc.stringMatching(/^[()[\]{}<>.,:/%\\#v0-9a-f-]{0,60}$/),
)
const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', '\n\n')), { maxLength: 40 }).map(lines => lines.map(part => part.join('')).join(''))

/** Some signs part a line in two that editors count as one. */
const piecesOf = (pasted: string, line: number) =>
  pasted
    .replace(/\r\n?/g, '\n')
    .split('\n')
    [line - 1]?.split(/[\v\f\u0085\u2028\u2029]/).length ?? 0

test('[P20] whatever is pasted is read without an error; papers come in order, each with a name, and every line is told of at most once', () => {
  fc.assert(
    fc.property(text, pasted => {
      const paste = readText(pasted, { today })
      const lines = paste.papers.map(paper => paper.line ?? 0)
      expect(lines).toEqual(lines.toSorted((a, b) => a - b))
      const papersOn = Map.groupBy(lines, at => at)
      for (const [at, papers] of papersOn) expect(papers.length).toBeLessThanOrEqual(piecesOf(pasted, at))
      // One line of JSON can hold a paper and what is none.
      if (!/[[{]/.test(pasted)) for (const { line: at } of paste.problems) expect(papersOn.get(at)?.length ?? 0).toBeLessThan(piecesOf(pasted, at))
      for (const paper of paste.papers) {
        expect(paper.title ?? paper.arxivId ?? paper.doi ?? paper.url).toBeTruthy()
        if (paper.title !== null) expect(paper.title.length).toBeLessThan(paper.abstract.length)
        if (paper.abstract !== '') expect(pasted.replaceAll('\0', '').toWellFormed()).toContain(paper.abstract)
      }
    }),
    // A line that a vertical tab parts into a title and what is none.
    { seed, numRuns: 2_000, examples: [[`\u000e\u000b:\n${pagePapers[5]?.abstract}\n`]] },
  )
})

test('[P21] a page with any lines left out gives each whole pair its own title and abstract', () => {
  // A title in the words of the page ("Submitted by …") is known only by its place between two whole pairs.
  const pairs = pagePapers.filter(paper => paper.abstract.length > 200 && !paper.title.startsWith('Submitted'))
  fc.assert(
    fc.property(fc.array(fc.constantFrom('both', 'title', 'abstract'), { minLength: pairs.length, maxLength: pairs.length }), kept => {
      const lines = pairs.flatMap((paper, i) => (kept[i] === 'both' ? [paper.title, paper.abstract] : kept[i] === 'title' ? [paper.title] : [paper.abstract]))
      const paste = readText(lines.join('\n\n'), { today })
      // A lone title right above a lone abstract cannot be told from a pair.
      const whole = pairs.filter((_, i) => kept[i] === 'both')
      expect(paste.papers.map(({ title, abstract }) => ({ title, abstract }))).toEqual(expect.arrayContaining(whole))
    }),
    { seed, numRuns: 500 },
  )
})

const megabytes = 4 * 1024 * 1024
test.each([
  ['one endless word', 'x'.repeat(megabytes)],
  ['one line of brackets', ')'.repeat(megabytes)],
  ['lines of brackets', `${')'.repeat(3_900)}x\n`.repeat(1_000)],
  ['lines of commas', `${','.repeat(3_900)}x\n`.repeat(1_000)],
  ['links of slashes', `http://x.y/${'/'.repeat(1_900)}x\n`.repeat(2_000)],
  ['hosts of dots', `www.${'a.'.repeat(900)}\n`.repeat(2_000)],
  ['spaces', `${' '.repeat(megabytes)}x`],
  ['line breaks', '\r'.repeat(megabytes)],
  ['short lines', 'a\n'.repeat(megabytes / 2)],
  ['ids', '2206.03382\n'.repeat(megabytes / 11)],
  ['pairs', `A b\n${'c'.repeat(250)}\n`.repeat(megabytes / 256)],
])('[P22] four megabytes of %s take a second or two of computing', (_, pasted) => {
  const start = process.cpuUsage()
  readText(pasted, { today })
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1e6).toBeLessThan(4)
})

test('[P23] what follows the first 100,000 lines is not read, and the paste says so', () => {
  const { problems } = readText(`${'\n'.repeat(99_999)}2206.03382\nhere\n`, { today })
  expect(problems).toEqual([{ line: 100_001, text: 'here', reason: 'Only the first 100,000 lines of a text without a format are read.' }])
})
