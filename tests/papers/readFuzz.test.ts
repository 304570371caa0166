import fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import { textOfBytes } from '../../apps/server/src/papers/read/bytes.ts'
import { readFile } from '../../apps/server/src/papers/read/files.ts'
import { readText } from '../../apps/server/src/papers/read/readText.ts'
import { samples } from './fixtures/formats.ts'

vi.setConfig({ testTimeout: 60_000 })

const today = '2026-11-24'
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
afterAll(() => {
  console.info(`formats fuzz: FUZZ_SEED=${seed}`)
})

/** A sample with pieces cut out, doubled, swapped for signs that mean something, or put into another sample. */
const mutated = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.constantFrom(...samples),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 40 }),
        fc.constantFrom('', '{', '}', '"', '<', '>', '@article{', ']]>', '\\', '$', "'", '\n', 'TY  - JOUR\n', '[{', '&', '\u0000', '\ud800'),
      ),
      { maxLength: 12 },
    ),
  )
  .map(([text, other, cuts]) =>
    cuts.reduce((so, [at, length, put]) => `${so.slice(0, at % (so.length + 1))}${put}${so.slice((at % (so.length + 1)) + length)}`, `${text}\n${other}`),
  )

const sound = (text: string) => {
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).length
  const { papers, problems } = readText(text, { today })
  for (const paper of papers) {
    expect(paper.title ?? paper.arxivId ?? paper.doi ?? paper.url).toBeTruthy()
    expect(paper.title ?? '').not.toMatch(/\n|\0/)
    expect(JSON.stringify(paper).isWellFormed()).toBe(true)
    if (paper.line !== null) expect(paper.line).toBeLessThanOrEqual(lines)
  }
  for (const { line, reason } of problems) {
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines)
    expect(reason).toMatch(/[.?]$/)
  }
}

test('[P80] no mutation of any format crashes its reader, and what is told has a name, a line and a reason', () => {
  fc.assert(fc.property(mutated, sound), { seed, numRuns: 600 })
})

test('[P80] a text of any format cut off anywhere is read as far as it goes', () => {
  for (const sample of samples) for (let at = 0; at <= sample.length; at += 7) sound(sample.slice(0, at))
})

test('[P81] random bytes are a text or are refused with a reason', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      const text = textOfBytes(bytes, 1_000_000)
      if ('reason' in text) expect(text.reason).toMatch(/\.$/)
      else sound(readFile({ name: 'x', bytes }, { today }).problems.length >= 0 ? text.text : '')
    }),
    { seed, numRuns: 500 },
  )
})

const size = 1_000_000
test.each([
  ['open braces of JSON', '[{"a":'.repeat(size / 6)],
  ['objects of JSON without names', '{"title":"x"}\n'.repeat(size / 14)],
  ['broken objects', '{"title": "x", "id":\n'.repeat(size / 21)],
  ['open quotes', '{"title": "'.repeat(size / 11)],
  ['entries of BibTeX that do not end', '@article{a, title = {x\n'.repeat(size / 23)],
  ['braces of BibTeX', `@article{a, title = {${'{'.repeat(size)}`],
  ['spaces among authors', `@article{a, title = {x}, author = {${' '.repeat(size)}}}`],
  ['dollars and backslashes', `@article{a, title = {${'\\$$'.repeat(size / 3)}}}`],
  ['feeds that do not end', '<feed>\n'.repeat(size / 7)],
  ['entries within entries', `<feed>${'<entry>'.repeat(size / 7)}`],
  ['tags in a title', `<feed><entry><title>${'&lt;i &lt;b&gt; &lt;!-- '.repeat(size / 24)}</title></entry></feed>`],
  ['records of RIS', 'TY  - JOUR\n'.repeat(size / 11)],
  ['quotes of a table', `title,url\n${'"'.repeat(size)}`],
  ['tags of XML within tags', `<feed>${'<a>'.repeat(size / 3)}`],
  ['tags of HTML within tags', `<html>${'<div>'.repeat(size / 5)}<a href="https://arxiv.org/abs/2206.03382">x</a>`],
  ['headers of tables', 'title,authors\n\n'.repeat(size / 15)],
  ['commas among authors', JSON.stringify([{ title: 'x', authors: ' ,'.repeat(size / 2) }])],
  ['comments within JSON', `[{"title": "x", "id": "2206.03382",${'/* '.repeat(size / 3)}`],
  ['comments within BibTeX', `@article{a,${'%x\n'.repeat(size / 3)}title = {x}}`],
  ['accents of TeX', JSON.stringify([{ title: "{\\'".repeat(size / 3), authors: ['x'] }])],
  ['formulas that do not end', JSON.stringify([{ title: '<math>'.repeat(size / 6), doi: '10.1/x' }])],
])('[P82] a megabyte of %s takes a few seconds of computing at most', (_, text) => {
  const start = process.cpuUsage()
  sound(text)
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1e6).toBeLessThan(10)
})
