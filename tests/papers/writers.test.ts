/** Papers out: what is written of each, and that it is read again as it was. */
import type { Paper } from '@paperboard/shared/api'
import { familyFirst } from '@paperboard/shared/personNames'
import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { cslPaper } from '../../apps/server/src/papers/read/cslJson.ts'
import { bibtexEntry } from '../../apps/server/src/papers/write/bibtex.ts'
import { freeKey, wishedKey } from '../../apps/server/src/papers/write/citationKey.ts'
import type { Cited } from '../../apps/server/src/papers/write/cited.ts'
import { cslItem } from '../../apps/server/src/papers/write/csl.ts'
import { csvHead, csvRow } from '../../apps/server/src/papers/write/csv.ts'
import { written } from '../../apps/server/src/papers/write/formats.ts'
import { latex, latexTitle } from '../../apps/server/src/papers/write/latex.ts'
import { markdownItem } from '../../apps/server/src/papers/write/markdown.ts'
import { risEntry } from '../../apps/server/src/papers/write/ris.ts'

const paper = (change: Partial<Paper> = {}): Paper => ({
  id: 'paper0000001',
  title: 'Learning $O(n^{2})$ kernels with BERT & GPT-4: 100% _fast_',
  authors: ['Søren Kierkegård', 'Ada de la Cruz', 'Zoë Müller Jr.', 'ATLAS Collaboration', 'Čapek'],
  abstract: 'We show $\\alpha < \\beta$ in 50% of cases.\n\nCode & data {are} open.',
  arxivId: '2606.00042',
  arxivVersion: 2,
  doi: null,
  url: null,
  links: [],
  venue: null,
  published: '2026-06-01',
  subjects: ['cs.LG', 'stat.ML'],
  ...change,
})
const cited = (change: Partial<Paper> = {}, more: Partial<Cited> = {}): Cited => ({
  paper: paper(change),
  key: 'kierkegaard2026learning',
  tags: ['rl'],
  boards: ['2026-11-24'],
  up: 3,
  down: 1,
  comments: 2,
  ...more,
})

describe('[P100] LaTeX keeps mathematics as it is and escapes everything else', () => {
  test.each([
    ['$x_1^2$ & 50%', '$x_1^2$ \\& 50\\%'],
    ['costs $5 and more', 'costs \\$5 and more'],
    ['a_b {c} ~ ^ \\ #', 'a\\_b \\{c\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\#'],
    ['Müller, Čapek, Søren, Łódź, naïve', `M{\\"u}ller, {\\v{C}}apek, S{\\o}ren, {\\L}{\\'o}d{\\'z}, na{\\"\\i}ve`],
    ['一 and Привет', '一 and Привет'],
    ["--- ``quoted''", "-{}-{}- `{}`quoted'{}'"],
    ['broken $x{$ math', 'broken \\$x\\{\\$ math'],
  ])('%s', (text, expected) => expect(latex(text)).toBe(expected))
})

test('[P101] words whose capitals matter are in braces, and no others', () => {
  expect(latexTitle('Pretraining BERT with DeepSeek and 3D Vision of $X^2$ Things')).toBe('Pretraining {BERT} with {DeepSeek} and {3D} Vision of $X^2$ Things')
})

test('[P102] BibTeX has an entry of the kind that fits, with the key of the group', () => {
  expect(bibtexEntry(cited())).toBe(`@misc{kierkegaard2026learning,
  title = {Learning $O(n^{2})$ kernels with {BERT} \\& {GPT}-4: 100\\% \\_fast\\_},
  author = {Kierkeg{\\aa}rd, S{\\o}ren and de la Cruz, Ada and M{\\"u}ller Jr., Zo{\\"e} and {ATLAS Collaboration} and {{\\v{C}}apek}},
  year = {2026},
  month = jun,
  day = {1},
  eprint = {2606.00042},
  archiveprefix = {arXiv},
  primaryclass = {cs.LG},
  url = {https://arxiv.org/abs/2606.00042},
  keywords = {cs.LG, stat.ML, rl},
  abstract = {We show $\\alpha < \\beta$ in 50\\% of cases.

Code \\& data \\{are\\} open.}
}
`)
  expect(bibtexEntry(cited({ venue: 'Nature', doi: '10.1038/x{1}', arxivId: null }))).toMatch(
    /^@article\{.*\n(.*\n)* {2}journal = \{Nature\}.*\n(.*\n)* {2}doi = \{10.1038\/x%7B1%7D\}/,
  )
  expect(bibtexEntry(cited({ venue: 'Proceedings of ICML 2026' }))).toMatch(/^@inproceedings\{.*\n(.*\n)* {2}booktitle = /)
})

test('[P103] RIS has one line for each value, whatever the value holds', () => {
  const ris = risEntry(cited({ title: 'One\nER  - \nTY  - JOUR' }))
  expect(ris.split('\r\n')).toEqual([
    'TY  - UNPB',
    'ID  - kierkegaard2026learning',
    'TI  - One ER - TY - JOUR',
    'AU  - Kierkegård, Søren',
    'AU  - de la Cruz, Ada',
    'AU  - Müller Jr., Zoë',
    'AU  - ATLAS Collaboration',
    'AU  - Čapek',
    'PY  - 2026',
    'DA  - 2026/06/01',
    'AN  - arXiv:2606.00042',
    'UR  - https://arxiv.org/abs/2606.00042',
    'KW  - cs.LG',
    'KW  - stat.ML',
    'KW  - rl',
    'AB  - We show $\\alpha < \\beta$ in 50% of cases. Code & data {are} open.',
    'ER  - ',
    '',
  ])
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r\n=1', '＝1', '"=1"&A1'])('[P104] no cell of a CSV is computed by a spreadsheet: %j', title => {
  const [row] = Papa.parse<string[]>(csvRow(cited({ title, authors: [title], venue: title, abstract: title }, { tags: [] })), { delimiter: ',' }).data
  for (const cell of row ?? []) expect(cell).not.toMatch(/^[\s\0]*[=+\-@＝＋－＠]/)
})

test('[P105] a CSV read again has the columns and the texts it was written with', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), (title, abstract) => {
      const { data } = Papa.parse<Record<string, string>>(csvHead + csvRow(cited({ title, abstract })), { header: true, skipEmptyLines: true, newline: '\r\n' })
      const plain = (text: string | undefined) => text?.replace(/^'/, '')
      expect(plain(data[0]?.title)).toBe(plain(title))
      expect(plain(data[0]?.abstract)).toBe(plain(abstract))
      expect([data[0]?.net, data[0]?.up, data[0]?.key]).toEqual(['2', '3', 'kierkegaard2026learning'])
    }),
  )
})

test('[P106] Markdown shows titles as they are, with their mathematics, and links them', () => {
  expect(markdownItem(cited({ title: 'A *bold* [claim] on $O(n_1)$ `x` <b>' }))).toBe(
    `- **[A \\*bold\\* \\[claim\\] on $O(n_1)$ \\\`x\\\` \\<b\\>](<https://arxiv.org/abs/2606.00042>)**  \n  Søren Kierkegård, Ada de la Cruz, Zoë Müller Jr., ATLAS Collaboration, Čapek · 2026, arXiv:2606.00042 · +2 of 4 votes, 2 comments, on the board of 2026-11-24, \`rl\`\n`,
  )
})

test('[P107] CSL-JSON written and read again has the same title, names, date and identifiers', () => {
  const word = fc.stringMatching(/^[A-ZÀ-Þ][a-zà-þ]{1,9}$/)
  const name = fc.tuple(word, word).map(([given, family]) => `${given} ${family}`)
  const papers = fc.record({
    title: fc
      .array(fc.constantFrom('Deep', 'café', '$x^{2}$', '50%', 'a_b', '\\alpha', 'Ω', '“on”'), { minLength: 1, maxLength: 8 })
      .map(words => words.join(' ')),
    authors: fc.array(name, { minLength: 1, maxLength: 5 }),
    abstract: fc.constantFrom('', 'One $y$.\n\nTwo.'),
    published: fc.constantFrom('2026', '2026-11', '2026-11-24'),
    venue: fc.constantFrom(null, 'Nature', 'Proceedings of X'),
    doi: fc.constantFrom(null, '10.1038/s41586-1'),
  })
  fc.assert(
    fc.property(papers, change => {
      const read = cslPaper(JSON.parse(JSON.stringify(cslItem(cited(change)))), '2026-11-24')
      expect(read).toMatchObject({ ...change, arxivId: '2606.00042' })
    }),
  )
})

test('[P108] an export is one document of its format, also of no papers', async () => {
  expect(JSON.parse(await written('csl', [cited(), cited()], 'x'))).toHaveLength(2)
  expect(JSON.parse(await written('csl', [], 'x'))).toEqual([])
  expect(await written('bibtex', [], 'x')).toBe('')
  expect((await written('bibtex', [cited(), cited()], 'x')).match(/^@misc/gm)).toHaveLength(2)
  expect(await written('markdown', [], 'Club *1*, 2026-11-24')).toBe('# Club \\*1\\*, 2026-11-24\n\n')
})

const keyCases: [Partial<Paper>, string][] = [
  [{}, 'kierkegard2026learning'],
  [{ authors: ['Łukasz Żółć'], title: 'The $x$-ray of Ångström' }, 'zolc2026ray'],
  [{ authors: [], title: '3D worlds', published: null, arxivId: null }, 'paper3d'],
  [{ authors: ['李 白'], title: '静夜思', published: null, arxivId: '2601.00001' }, 'paper2026'],
]
test.each(keyCases)('[P109] a key to cite by is a name, a year and a word: %#', (change, key) => {
  expect(wishedKey(paper(change))).toBe(key)
})

test('[P110] a key that is taken gets a letter behind it', () => {
  const taken = new Set<string>()
  for (let n = 0; n < 60; n++) taken.add(freeKey('a2026b', taken))
  expect(taken.size).toBe(60)
  expect([...taken].slice(0, 3)).toEqual(['a2026b', 'a2026bb', 'a2026bc'])
  expect([...taken][26]).toBe('a2026baa')
})

test.each([
  ['John von Neumann', 'von Neumann, John'],
  ['Plato', 'Plato'],
  ['Martin Luther King Jr.', 'King Jr., Martin Luther'],
  ['DeepMind Team', 'DeepMind Team'],
])('[P111] names are taken apart as people are called: %s', (name, expected) => expect(familyFirst(name)).toBe(expected))
