/** What Paperboard writes, its own box reads again: the same paper, letter by letter. */
import type { ExportFormat, Paper } from '@paperboard/shared/api'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readText } from '../../apps/server/src/papers/read/readText.ts'
import { written } from '../../apps/server/src/papers/write/formats.ts'

const title = fc
  .array(
    fc.constantFrom(
      'Deep',
      'café',
      'naïve',
      'Straße',
      'Łódź',
      'Čapek',
      '$x_{1}^{2}$',
      '$\\alpha<\\beta$',
      '50%',
      'R&D',
      'a_b',
      '#1',
      'BERT',
      'DeepSeek-R1',
      'Ω',
      '东',
      '“on”',
      '{set}',
      'n~m',

      '--',
      'x^y',
      'ångström',
    ),
    { minLength: 1, maxLength: 9 },
  )
  .map(words => `On ${words.join(' ')} models`)
const family = fc.constantFrom('Lovelace', 'Müller', 'Šimůnek', 'Nuñez', 'Kierkegård', 'Groß', 'Łukasiewicz', 'O’Brien', 'Smith-Jones')
const given = fc.constantFrom('Ada', 'Zoë', 'Jean-Luc', 'J. R.', 'Björn', 'Çelik', 'Ðorđe')
const author = fc.tuple(given, fc.constantFrom('', 'van ', 'de la '), family).map(([first, particle, last]) => `${first} ${particle}${last}`)
const papers = fc.record({
  title,
  authors: fc.uniqueArray(author, { minLength: 1, maxLength: 6 }),
  abstract: fc.constantFrom('', 'We prove $\\sum_i x_i \\le 50$ for 10% of {cases} & more.'),
  arxivId: fc.constantFrom('2606.00042', null),
  doi: fc.constantFrom(null, '10.1038/s41586-026-0001_x'),
  venue: fc.constantFrom(null, 'Nature', 'Proceedings of the Conference on Café & R&D'),
  published: fc.constantFrom('2026', '2026-06', '2026-06-01'),
})

describe.each(['bibtex', 'ris', 'csl'] satisfies ExportFormat[])('%s', format => {
  test(`[P119] what is written as ${format} is read again as the same paper`, async () => {
    await fc.assert(
      fc.asyncProperty(papers, async change => {
        const paper: Paper = { id: 'paper0000001', arxivVersion: null, url: null, links: [], subjects: [], ...change }
        const text = await written(format, [{ paper, key: 'lovelace2026deep', tags: [], boards: [], up: 0, down: 0, comments: 0 }], 'Club')
        const { papers: read } = readText(text, { today: '2026-11-24' })
        expect(read).toHaveLength(1)
        const { title, authors, abstract, arxivId, doi, published } = read[0] ?? {}
        expect({ title, authors, abstract, arxivId, doi, published }).toEqual({
          title: change.title,
          authors: change.authors,
          abstract: change.abstract,
          arxivId: change.arxivId,
          doi: change.doi,
          published: change.published,
        })
      }),
      { numRuns: 150 },
    )
  })
})
