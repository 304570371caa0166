import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readFile } from '../../apps/server/src/papers/read/files.ts'

const today = '2026-11-24'
const read = (content: string | Uint8Array) => readFile({ name: 'file', bytes: typeof content === 'string' ? Buffer.from(content) : content }, { today })
const titles = (content: string | Uint8Array) => read(content).papers.map(({ title }) => title)
const ids = (content: string) => read(content).papers.map(({ arxivId }) => arxivId)

const bibtex = '@article{a,\n  title = {A Study of Accents},\n  author = {Lovelace, Ada},\n}\n'

test('[P120] JSON that ends too soon is told of once, with the line on which it ends', () => {
  const entries = ['One', 'Two', 'Three'].map((title, n) => ({ title, id: `2401.0000${n + 1}` }))
  const text = JSON.stringify(entries, null, 1)
  for (const cut of [text.indexOf('"Three"') + 4, text.indexOf('"Three"') - 3, text.lastIndexOf('{') + 1]) {
    const { papers, problems } = read(text.slice(0, cut))
    expect(papers.map(({ arxivId }) => arxivId)).toEqual(['2401.00001', '2401.00002'])
    expect(problems.map(({ reason }) => reason)).toEqual([expect.stringContaining('ends before it is complete')])
    expect(problems[0]?.line).toBe(text.slice(0, cut).split('\n').length)
  }
})

test('[P121] a quote that is not closed spoils its own record and not the next', () => {
  const line = (n: number) => `{"title":"Paper ${n}","authors":["Ada Lovelace"],"id":"2401.0000${n}"}`
  const { papers, problems } = read([line(1), line(2).slice(0, -4), line(3), line(4)].join('\n'))
  expect(papers.map(({ title, arxivId }) => [title, arxivId])).toEqual([
    ['Paper 1', '2401.00001'],
    ['Paper 2', null],
    ['Paper 3', '2401.00003'],
    ['Paper 4', '2401.00004'],
  ])
  expect(problems).toHaveLength(1)
})

test('[P122] what Python prints is read: tuples, quotes within quotes, None, and objects of its own', () => {
  const printed = `[{'title': "It's a \\"test\\"", 'authors': ("O'Brien", u'Ada'), 'doi': None, 'new': True, 'id': '2401.00001',
    'at': datetime.datetime(2024, 12, 11, 0, 0, tzinfo=datetime.timezone.utc)}, {'title': 'Second', 'id': '2401.00002', 'score': nan}]`
  const { papers, problems } = read(printed)
  expect(problems).toEqual([])
  expect(papers.map(({ title, authors, arxivId }) => [title, authors, arxivId])).toEqual([
    [`It's a "test"`, ["O'Brien", 'Ada'], '2401.00001'],
    ['Second', [], '2401.00002'],
  ])
})

test('[P123] a line of ids and links alone is as many papers', () => {
  expect(ids('2401.00001, 2401.00002;2401.00003 and https://arxiv.org/abs/2401.00004v2')).toEqual(['2401.00001', '2401.00002', '2401.00003', '2401.00004'])
  expect(ids(Array.from({ length: 2_000 }, (_, n) => `2401.${10_000 + n}`).join(' '))).toHaveLength(2_000)
  expect(ids('2401.00001\u20282401.00002\u00852401.00003')).toEqual(['2401.00001', '2401.00002', '2401.00003'])
})

test('[P124] UTF-32, short Japanese texts and a NUL here and there are read; what is binary is not', () => {
  const wide = Buffer.concat([
    Buffer.of(0xff, 0xfe, 0, 0),
    ...[...bibtex].map(sign => {
      const four = Buffer.alloc(4)
      four.writeUInt32LE(sign.codePointAt(0) ?? 0)
      return four
    }),
  ])
  expect(titles(wide)).toEqual(['A Study of Accents'])
  const japanese = Buffer.concat([
    Buffer.from('TY  - JOUR\nTI  - Deep learning\nAU  - '),
    Buffer.of(0x8e, 0x52, 0x93, 0x63, 0x2c, 0x20, 0x91, 0xbe, 0x98, 0x59),
    Buffer.from('\nER  - \n'),
  ])
  expect(read(japanese).papers[0]?.authors).toEqual(['太郎 山田'])
  expect(titles(Buffer.from('@article{a, title={The \x93smart\x94 \x96 l\x92\xe9t\xe9}}', 'latin1'))).toEqual(['The “smart” – l’été'])
  expect(titles(`\0${bibtex}`)).toEqual(['A Study of Accents'])
  expect(read(Buffer.of(0, 1, 2, 3, 65, 66)).problems).toMatchObject([{ reason: 'This is not a text file.' }])
})

test('[P125] a file with nothing in it says so, and so does one that unpacks to more than can be read', () => {
  for (const nothing of ['', ' \n\t\n', '\ufeff']) expect(read(nothing).problems).toMatchObject([{ line: 1, reason: 'There is nothing in this file.' }])
  expect(read(gzipSync(Buffer.alloc(70_000_000))).problems).toMatchObject([{ reason: expect.stringContaining('larger than 64 MB when unpacked') }])
  expect(titles(gzipSync(gzipSync(bibtex)))).toEqual(['A Study of Accents'])
})

test('[P126] a table in Markdown is read without its rule, and of a table whose quote is not closed the rows below are read all the same', () => {
  const { papers, problems } = read(
    '| Title | Link |\n|---|:--:|\n| One | https://arxiv.org/abs/2401.00001 |\n| Two | [pdf](https://arxiv.org/pdf/2401.00002v3) |\n',
  )
  expect(problems).toEqual([])
  expect(papers.map(({ title, arxivId, line }) => [title, arxivId, line])).toEqual([
    ['One', '2401.00001', 3],
    ['Two', '2401.00002', 4],
  ])
  const open = read('title,url\n"One",https://arxiv.org/abs/2401.00001\n"Two,https://arxiv.org/abs/2401.00002\nThree,https://arxiv.org/abs/2401.00003\n')
  expect(open.papers.map(({ arxivId, line }) => [arxivId, line])).toEqual([
    ['2401.00001', 2],
    ['2401.00002', 3],
    ['2401.00003', 4],
  ])
  expect(open.problems).toMatchObject([{ line: 3, reason: expect.stringContaining('A quote in this row is not closed') }])
})

test('[P127] formats of reference managers that are not read are named, and nothing of them is passed over in silence', () => {
  expect(read('<?xml version="1.0"?>\n<xml><records><record/></records></xml>').problems).toMatchObject([
    { line: 1, reason: expect.stringContaining('Reference managers export the same as RIS or BibTeX.') },
  ])
})

test('[P135] a record with an id and a title alone is JSON, and not of Daily Papers', () => {
  expect(read('[{"title":"A JSON paper","id":"2401.00001"}]').kind).toBe('json')
  expect(read('[{"title":"A Daily paper","id":"2401.00001","upvotes":3}]').kind).toBe('daily-papers-json')
})

test('[P128] tags that are never closed are told of where reading stops', () => {
  const { papers, problems } = read(`<html><a href="https://arxiv.org/abs/2401.00001">A paper of some length</a>${'<div>'.repeat(50_000)}`)
  expect(papers.map(({ arxivId }) => arxivId)).toEqual(['2401.00001'])
  expect(problems).toMatchObject([{ reason: expect.stringContaining('nested too deeply') }])
})

const mixed = [
  'Some words above',
  bibtex,
  'https://arxiv.org/abs/1706.03762v5',
  'TY  - JOUR\nTI  - A RIS paper\nER  - ',
  '[{"title":"A JSON paper","id":"2401.00001"}]',
  '10.1038/nature14539',
  '<feed><entry><id>http://arxiv.org/abs/2401.00009v1</id><title>An Atom paper</title></entry></feed>',
  'hep-th/9711200',
]
test.each([
  ['\n', '\\n'],
  ['\r\n', '\\r\\n'],
  ['\r', '\\r'],
])('[P129] a paste that mixes formats gives each paper with its line, and the words between with theirs (%#)', end => {
  const { kind, papers, problems } = read(mixed.join('\n').replaceAll('\n', end))
  expect(kind).toBe('mixed')
  expect(papers.map(({ line, title, arxivId, doi }) => [line, title ?? arxivId ?? doi])).toEqual([
    [2, 'A Study of Accents'],
    [7, '1706.03762'],
    [8, 'A RIS paper'],
    [11, 'A JSON paper'],
    [12, '10.1038/nature14539'],
    [13, 'An Atom paper'],
    [14, 'hep-th/9711200'],
  ])
  expect(problems.map(({ line, text }) => [line, text])).toEqual([[1, 'Some words above']])
})
