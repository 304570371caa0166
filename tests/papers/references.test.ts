import { describe, expect, test } from 'vitest'
import { untold } from '../../apps/server/src/papers/pastedLines.ts'
import { readText } from '../../apps/server/src/papers/read/readText.ts'

const today = '2026-11-24'
const read = (text: string) => readText(text, { today })
const only = (line: string) => {
  const { papers, problems } = read(line)
  expect(problems).toEqual([])
  expect(papers).toHaveLength(1)
  return papers[0]
}

describe('a list of ids and links', () => {
  test.each([
    ['2206.03382', '2206.03382', null],
    ['2206.03382v12', '2206.03382', 12],
    ['arXiv:2206.03382v2 [cs.DC]', '2206.03382', 2],
    ['arxiv: 2206.03382', '2206.03382', null],
    ['1412.7755', '1412.7755', null],
    ['0704.0001', '0704.0001', null],
    ['hep-ex/0307015', 'hep-ex/0307015', null],
    ['arXiv:math.GT/0309136v1', 'math/0309136', 1],
    ['cs/0112017.', 'cs/0112017', null],
    ['2206.03382,', '2206.03382', null],
    ['(2206.03382)', '2206.03382', null],
    ['**2206.03382**', '2206.03382', null],
    ['- 2206.03382', '2206.03382', null],
    ['* [ ] 2206.03382', '2206.03382', null],
    ['3. 2206.03382 for Thursday', '2206.03382', null],
    ['[7] 2206.03382', '2206.03382', null],
    ['2206.03382 # compare with 2308.12066', '2206.03382', null],
    ['https://arxiv.org/abs/2206.03382', '2206.03382', null],
    ['http://www.arxiv.org/abs/2206.03382v1?context=cs', '2206.03382', 1],
    ['https://arxiv.org/pdf/2206.03382v2.pdf', '2206.03382', 2],
    ['https://arxiv.org/html/2206.03382v1/#S3', '2206.03382', 1],
    ['https://export.arxiv.org/abs/hep-ex/0307015', 'hep-ex/0307015', null],
    ['https://arxiv.org/pdf/math.GT/0309136', 'math/0309136', null],
    ['arxiv.org/abs/2206.03382', '2206.03382', null],
    ['https://huggingface.co/papers/2206.03382#community', '2206.03382', null],
    ['huggingface.co/papers/2206.03382', '2206.03382', null],
    ['https://www.alphaxiv.org/abs/2206.03382v1', '2206.03382', 1],
    ['https://alphaxiv.org/overview/2206.03382', '2206.03382', null],
    ['https://doi.org/10.48550/arXiv.2206.03382', '2206.03382', null],
    ['[Tutel](https://arxiv.org/abs/2206.03382)', '2206.03382', null],
    ['<https://arxiv.org/abs/2206.03382>', '2206.03382', null],
    ['https://arxiv.org/abs/2206.03382 (arXiv:2206.03382)', '2206.03382', null],
  ])('[P13] "%s" is arXiv %s', (line, arxivId, arxivVersion) => {
    expect(only(line)).toEqual({ ...untold(), line: 1, arxivId, arxivVersion, doi: null, url: null })
  })

  test.each([
    ['10.1145/3292500.3330701', '10.1145/3292500.3330701'],
    ['doi:10.1145/3292500.3330701.', '10.1145/3292500.3330701'],
    ['DOI 10.1145/3292500.3330701', '10.1145/3292500.3330701'],
    ['https://doi.org/10.1109/5.771073', '10.1109/5.771073'],
    ['https://dx.doi.org/10.1016/S0140-6736(20)30183-5', '10.1016/s0140-6736(20)30183-5'],
    ['(see 10.1016/S0140-6736(20)30183-5)', '10.1016/s0140-6736(20)30183-5'],
    ['https://doi.org/10.1002/%28sici%291097', '10.1002/(sici)1097'],
    ['https://dl.acm.org/doi/abs/10.1145/3292500.3330701', '10.1145/3292500.3330701'],
  ])('[P14] "%s" is DOI %s', (line, doi) => {
    expect(only(line)).toMatchObject({ doi, arxivId: null, url: null })
  })

  test.each([
    ['https://openreview.net/forum?id=YicbFdNTTy', 'https://openreview.net/forum?id=YicbFdNTTy'],
    ['- https://example.org/a_(b).', 'https://example.org/a_(b)'],
    ['http://example.org/paper.pdf', 'http://example.org/paper.pdf'],
    ['http://papers/shelf/1.pdf', 'http://papers/shelf/1.pdf'],
    ['www.example.org/paper', 'https://www.example.org/paper'],
    ['HTTPS://Example.org/Paper', 'https://example.org/Paper'],
  ])('[P15] any other link is a paper known by its link alone: %s', (line, url) => {
    expect(only(line)).toMatchObject({ url, arxivId: null, doi: null, title: null })
  })

  test.each([
    ['Papers for Thursday', 'No arXiv id, DOI or link'],
    ['2206.0338', 'Not an arXiv id'],
    ['2213.03382', 'Not an arXiv id'],
    ['2206.033821', 'Not an arXiv id'],
    ['9912.12345', 'Not an arXiv id'],
    ['2703.00001', 'Not an arXiv id'],
    ['1501.0001', 'Not an arXiv id'],
    ['arXiv:tutel', 'Not an arXiv id'],
    ['nonsense/0307015', 'No arXiv id'],
    ['10.1145', 'Not a complete DOI'],
    ['https://doi.org/tutel', 'no complete DOI'],
    ['https://arxiv.org/list/cs.CL/recent', 'not to one paper'],
    ['https://huggingface.co/papers', 'not to one paper'],
    ['https://huggingface.co/papers/date/2025-08-27', 'not to one paper'],
    ['2206.03382 goes on where 2308.12066 ends', 'More than one paper'],
    ['see 2206.03382,2308.12066', 'More than one paper'],
    [`${'word '.repeat(30)}2206.03382`, 'reads as prose'],
    ['ftp://example.org/paper', 'Only links that start with https://'],
    ['javascript:alert(1)', 'No arXiv id'],
    ['https://user:secret@example.org/', 'user name or a password'],
    ['https://', 'cannot be read'],
    ['example.org/paper', 'Write the link in full'],
    [`https://example.org/${'a'.repeat(2_000)}`, 'longer than 2,000'],
  ])('[P16] "%s" cannot be read, and a reason is given: %s', (line, reason) => {
    const paste = read(`2308.12066\n\n${line}\n`)
    expect(paste.papers.map(paper => paper.arxivId)).toEqual(['2308.12066'])
    expect(paste.problems).toEqual([{ line: 3, text: line.slice(0, 200), reason: expect.stringContaining(reason) }])
  })

  test('[P17] blank lines, comments and rules are passed over, and papers keep their order and lines', () => {
    const paste = read('\uFEFF# Thursday\r\n2308.12066\r\n\r\n// later\r\n---\r\n% 2206.99999\r\n; none\r\nhttps://example.org/x\r\n2206.03382\r\n')
    expect(paste).toMatchObject({ kind: 'ids', day: null, problems: [] })
    expect(paste.papers.map(paper => [paper.line, paper.arxivId ?? paper.url])).toEqual([
      [2, '2308.12066'],
      [8, 'https://example.org/x'],
      [9, '2206.03382'],
    ])
  })

  test('[P18] a text in which no paper can be found is nothing, with the reason for each line', () => {
    expect(read('')).toEqual({ kind: 'nothing', parts: [], day: null, papers: [], problems: [] })
    expect(read('hello\n\nworld')).toMatchObject({ kind: 'nothing', papers: [], problems: [{ line: 1 }, { line: 3 }] })
  })

  test('[P19] of very many unreadable lines the first 500 are told, then how many more there are', () => {
    const { problems } = read('hello\n'.repeat(1_000))
    expect(problems).toHaveLength(501)
    expect(problems.at(-1)).toEqual({ line: 501, text: 'hello', reason: 'This line and 499 more could not be read.' })
  })
})
