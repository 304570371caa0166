import { describe, expect, test } from 'vitest'
import { readFile } from '../../apps/server/src/papers/read/files.ts'

const today = '2026-11-24'
const read = (content: string | Uint8Array, name = 'file') => readFile({ name, bytes: typeof content === 'string' ? Buffer.from(content) : content }, { today })
const only = (content: string | Uint8Array) => {
  const { papers, problems } = read(content)
  expect(problems).toEqual([])
  expect(papers).toHaveLength(1)
  return papers[0]
}
const entry = (fields: string) => only(`@article{key,\n  title = {A Study},\n  ${fields}\n}\n`)

describe('ids and links as they are copied', () => {
  test.each([
    ['https://www.google.com/url?q=https://arxiv.org/abs/2206.03382&sa=D&source=docs'],
    ['https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2206.03382&hl=en'],
    ['https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Farxiv.org%2Fabs%2F2206.03382&data=05%7C01'],
    ['https://urldefense.com/v3/__https://arxiv.org/abs/2206.03382__;!!abc!def$'],
    ['https://urldefense.proofpoint.com/v2/url?u=https-3A__arxiv.org_abs_2206.03382&d=DwMF'],
    ['https://web.archive.org/web/20220609000000/https://arxiv.org/abs/2206.03382'],
    ['https://proxy.library.example.edu/login?url=https://arxiv.org/abs/2206.03382'],
    ['<https://arxiv.org/abs/2206.03382|The title>'],
    ['[[https://arxiv.org/abs/2206.03382][The title]]'],
    ['## [The title](https://arxiv.org/abs/2206.03382)'],
    ['https://arxiv.org/abs/2206.03382\u200b'],
    ['\u202a2206.03382\u202c'],
    ['arXiv：2206.03382'],
    ['论文（arXiv：2206.03382）'],
    ['arXiv_2206.03382.pdf'],
    ['https://ui.adsabs.harvard.edu/abs/2022arXiv220603382X/abstract'],
    ['https://papers.cool/arxiv/2206.03382'],
  ])('[P136] what leads to a paper through a mail filter, a document, a chat or an archive is that paper: %s', line => {
    expect(only(line)).toMatchObject({ arxivId: '2206.03382', url: null, doi: null })
  })

  const serial = '10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2'
  test.each([
    ['10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2', serial],
    ['Old, doi:10.1002/(SICI)1097-0258(19980815/30)17:15/16&lt;1661::AID-SIM968&gt;3.0.CO;2-2.', serial],
    ['10.1175/1520-0469(1963)020<0130:DNF>2.0.CO;2', '10.1175/1520-0469(1963)020<0130:dnf>2.0.co;2'],
    ['10.1016/S0140\u20106736(20)30183\u20105', '10.1016/s0140-6736(20)30183-5'],
    ['https://doi.org/doi:10.1145/3292500.3330701', '10.1145/3292500.3330701'],
    ['10.1101/2020.03.22.002386v3', '10.1101/2020.03.22.002386'],
  ])('[P137] a DOI keeps its odd signs, and gets back its hyphens: %s', (line, doi) => {
    expect(only(line)?.doi).toBe(doi)
  })

  test.each([
    ['https://www.nature.com/articles/nature14539.pdf', '10.1038/nature14539'],
    ['https://academic.oup.com/nar/advance-article/doi/10.1093/nar/gkaa1100/6018440', '10.1093/nar/gkaa1100'],
    ['https://www.degruyter.com/document/doi/10.1515/9781400881970/html', '10.1515/9781400881970'],
    ['https://www.biorxiv.org/content/10.1101/2020.03.22.002386v3.full.pdf+html', '10.1101/2020.03.22.002386'],
    ['https://elifesciences.org/articles/12345', '10.7554/elife.12345'],
    ['https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1234567', '10.2139/ssrn.1234567'],
    ['https://zenodo.org/records/1234567', '10.5281/zenodo.1234567'],
  ])('[P138] %s leads to DOI %s', (line, doi) => {
    expect(only(line)?.doi).toBe(doi)
  })

  test.each([
    ['https://openreview.net/forum?id=aB-c_1', ['https://openreview.net/pdf?id=aB-c_1', 'https://openreview.net/forum?id=aB-c_1&noteId=x']],
    ['https://aclanthology.org/2020.acl-main.463/', ['https://aclanthology.org/2020.acl-main.463.pdf', 'https://www.aclweb.org/anthology/2020.acl-main.463/']],
    ['https://proceedings.mlr.press/v97/tan19a.html', ['https://proceedings.mlr.press/v97/tan19a/tan19a.pdf']],
    ['https://ieeexplore.ieee.org/document/7780459', ['https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=7780459']],
    ['https://example.org/paper?id=1', ['https://example.org/paper?id=1&utm_source=mail&fbclid=x']],
  ])('[P139] a paper has one address, whichever its site or a mail gives: %s', (page, others) => {
    for (const other of [page, ...others]) expect(only(other)?.url).toBe(page)
  })

  test('[P140] a link to code or a talk beside a paper goes with it, and alone it is a paper of its own', () => {
    expect(only('Paper: https://arxiv.org/abs/2206.03382 Code: https://github.com/a/b')).toMatchObject({
      arxivId: '2206.03382',
      links: [{ label: 'Code', url: 'https://github.com/a/b' }],
    })
    expect(only('https://github.com/a/b')?.url).toBe('https://github.com/a/b')
    expect(read('["2206.03382", "2206.03383"]').papers).toHaveLength(2)
  })
})

describe('BibTeX of all hands', () => {
  test.each([
    ['a forgotten comma behind the key', '@article{key\n  title = {A Study},\n  author = {Lovelace, Ada}\n}\n', []],
    ['forgotten commas behind fields', '@article{key,\n  title = {A Study}\n  author = {Lovelace, Ada}\n}\n', []],
    ['comments between fields', '@article{key,\n  title = {A Study}, % yes\n  % author = {Nobody},\n  author = {Lovelace, Ada}\n}\n', []],
    ['a key with any signs', '@article{L"ove#lace,\n  title = {A Study},\n  author = {Lovelace, Ada}\n}\n', []],
    ['a brace too many', '@article{key,\n  title = {A Study}},\n  author = {Lovelace, Ada}\n}\n', [2]],
  ])('[P141] %s costs nothing of an entry', (_, text, lines) => {
    const { papers, problems } = read(text)
    expect(papers.map(({ title, authors }) => [title, authors])).toEqual([['A Study', ['Ada Lovelace']]])
    expect(problems.map(({ line }) => line)).toEqual(lines)
  })

  test.each([
    ['Nguy{\\~{\\^e}}n, V{\\u{a}}n and Ph{\\d{\\^{a}}}m, {\\DJ}{\\`\\i}nh', ['Văn Nguyễn', 'Đình Phậm']],
    ['Ada Lovelace, Charles Babbage, Alan Turing', ['Ada Lovelace', 'Charles Babbage', 'Alan Turing']],
    ['Lovelace, A., Babbage, C. and Turing, A.', ['A. Lovelace', 'C. Babbage', 'A. Turing']],
    ['Lovelace, A.; Babbage, C.', ['A. Lovelace', 'C. Babbage']],
    ['King, Martin Luther, Jr. and van der Berg, Jan Peter', ['Martin Luther King Jr.', 'Jan Peter van der Berg']],
    ['family=Beethoven, given=Ludwig, prefix=van', ['Ludwig van Beethoven']],
  ])('[P142] the authors %s are %j', (authors, names) => {
    expect(entry(`author = {${authors}}`)?.authors).toEqual(names)
  })

  test.each([
    ['doi = {10.1002/(SICI)1097(1998)17:15{\\textless}1661::AID{\\textgreater}3.0.CO;2-2}', { doi: '10.1002/(sici)1097(1998)17:15<1661::aid>3.0.co;2-2' }],
    ['doi = {10.1002/(SICI)1097(1998)17:15$<$1661::AID$>$3.0.CO;2-2}', { doi: '10.1002/(sici)1097(1998)17:15<1661::aid>3.0.co;2-2' }],
    ['note = {doi: 10.1007/x_15}', { doi: '10.1007/x_15' }],
    ['eprint = {arXiv:hep-th/9901001 [hep-th]}', { arxivId: 'hep-th/9901001' }],
    ['journal = {\\mnras}', { venue: 'Monthly Notices of the Royal Astronomical Society' }],
  ])('[P143] the field %s is understood', (field, told) => {
    expect(entry(field)).toMatchObject(told)
  })
})

describe('exports of databases', () => {
  test('[P144] records of PubMed and Web of Science are read', () => {
    const pubMed = [
      'PMID- 32203977',
      'DP  - 2020 Mar 26',
      'TI  - A study of something that goes on over',
      '      its line.',
      'FAU - Lovelace, Ada',
      'AU  - Lovelace A',
      'AB  - What was found.',
      'JT  - Notes',
      'AID - 10.1038/s41586-020-2012-7 [doi]',
      '',
      'PMID- 2',
      'TI  - Second.',
    ]
    expect(read(pubMed.join('\n')).papers).toMatchObject([
      {
        line: 1,
        title: 'A study of something that goes on over its line',
        authors: ['Ada Lovelace'],
        doi: '10.1038/s41586-020-2012-7',
        published: '2020-03-26',
        venue: 'Notes',
      },
      { line: 11, title: 'Second', url: 'https://pubmed.ncbi.nlm.nih.gov/2/' },
    ])
    expect(
      only('FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Lovelace, A\n   Babbage, C\nTI A study\n   of two\nDI 10.1000/x\nER\n\nEF\n'),
    ).toMatchObject({
      title: 'A study of two',
      authors: ['A Lovelace', 'C Babbage'],
      doi: '10.1000/x',
    })
  })

  test.each([
    ['EndNote', '%0 Journal Article\n%T A study\n%A Lovelace, Ada\n%D 1843\n%R 10.1000/x\n\n%0 Journal Article\n%T Second\n'],
    ['RefWorks', 'RT Journal Article\nT1 A study\nA1 Lovelace, Ada\nYR 1843\nDO 10.1000/x\n\nRT Journal Article\nT1 Second\n'],
  ])('[P160] records of %s are read', (_, text) => {
    const { papers, problems } = read(text)
    expect(problems).toEqual([])
    expect(papers).toMatchObject([{ title: 'A study', authors: ['Ada Lovelace'], published: '1843', doi: '10.1000/x' }, { title: 'Second' }])
  })

  test('[P161] the daily mail of arXiv is its papers, and what is written around them is passed over', () => {
    const mail = [
      'Submissions to:',
      'Computation and Language',
      ' received from  Mon  6 Jun 22 18:00:00 GMT  to  Tue  7 Jun 22 18:00:00 GMT',
      '-----------------------------------------------',
      '\\\\',
      'arXiv:2206.03382',
      'Date: Tue, 7 Jun 2022 15:20:20 GMT   (1234kb,D)',
      '',
      'Title: A title that',
      '  goes on',
      'Authors: Ada Lovelace (A (B)), Charles Babbage and J\\"urgen M',
      'Categories: cs.DC cs.LG',
      '\\\\',
      '  An abstract: of two',
      'lines.',
      '\\\\ ( https://arxiv.org/abs/2206.03382 ,  1234kb)',
      '-----------------------------------------------',
      '\\\\',
      'arXiv:2205.00001',
      'replaced with revised version Tue, 7 Jun 2022 10:00:00 GMT   (1kb)',
      '',
      'Title: Second',
      'Authors: B C',
      'Categories: cs.LG',
      '\\\\ ( https://arxiv.org/abs/2205.00001 ,  1kb)',
    ]
    expect(read(mail.join('\n'))).toMatchObject({
      papers: [
        {
          line: 6,
          title: 'A title that goes on',
          arxivId: '2206.03382',
          authors: ['Ada Lovelace', 'Charles Babbage', 'Jürgen M'],
          abstract: 'An abstract: of two lines.',
          published: '2022-06-07',
          subjects: ['cs.DC', 'cs.LG'],
        },
        { line: 19, title: 'Second', arxivId: '2205.00001', published: null },
      ],
      problems: [],
    })
  })

  test('[P145] what databases write around records of RIS is passed over, and an id below an unended record is no part of it', () => {
    expect(read('Provider: Elsevier\nDatabase: ScienceDirect\nContent: text/plain\n\n1.\nTY  - JOUR\nTI  - One\nER  - \n')).toMatchObject({
      papers: [{ title: 'One' }],
      problems: [],
    })
    const { papers, problems } = read('TY  - JOUR\nTI  - One\n\n2206.03382\n')
    expect(papers.map(({ title, arxivId }) => title ?? arxivId)).toEqual(['One', '2206.03382'])
    expect(problems).toMatchObject([{ line: 1, reason: expect.stringContaining('not ended by ER') }])
  })

  test.each([
    ['"Author","Title","Date"\n"Lovelace, Ada; Babbage, Charles","A","2020"\n', ['Ada Lovelace', 'Charles Babbage']],
    ['"Author","Title","Date"\n"Lovelace, Ada","A","2020"\n', ['Ada Lovelace']],
    ['Title,Authors\nA,"Ada Lovelace, Charles Babbage and Alan Turing"\n', ['Ada Lovelace', 'Charles Babbage', 'Alan Turing']],
    ['标题,作者\nA,"王小明, 李明"\n', ['王小明', '李明']],
    ['Title,Authors\nA,"Ada Lovelace, Sammy Davis, Jr."\n', ['Ada Lovelace', 'Sammy Davis Jr.']],
    ['sep=;\nTitle;Authors\nA;Lovelace, A., Babbage, C.\n', ['A. Lovelace', 'C. Babbage']],
  ])('[P146] one cell holds several names, however they are written: %j', (table, authors) => {
    expect(only(table)?.authors).toEqual(authors)
  })

  test('[P147] cells of Markdown hold pipes, links and marks, and a table goes on below an empty line', () => {
    const table = '| Title | Link |\n|---|---|\n| A \\| B | [x](https://arxiv.org/abs/2206.03382) |\n| **[C](https://arxiv.org/abs/2206.03383)** | |\n'
    expect(read(table)).toMatchObject({
      papers: [
        { line: 3, title: 'A | B', arxivId: '2206.03382' },
        { line: 4, title: 'C', arxivId: '2206.03383' },
      ],
      problems: [],
    })
    expect(read('title,url\nA,https://arxiv.org/abs/2206.03382\n\nB,https://arxiv.org/abs/2206.03383\n').papers.map(({ title }) => title)).toEqual(['A', 'B'])
    expect(only("title,url\n'=1+1,see doi 10.1000/x\n")).toMatchObject({ title: '=1+1', doi: '10.1000/x' })
  })

  test('[P148] JSON with comments, names without quotes, or ids alone is read', () => {
    const { papers, problems } = read(
      '[{"title": "A", "venue": "X", "authors": "Y"}, // one\n {title: "B", authors: "Z"}, /* two */ {"arxiv_id": "2206.03382"}]',
    )
    expect(problems).toEqual([])
    expect(papers.map(({ title, arxivId, line }) => [line, title ?? arxivId])).toEqual([
      [1, 'A'],
      [2, 'B'],
      [2, '2206.03382'],
    ])
  })

  test('[P149] accents that arXiv’s texts have as in TeX become letters, and mathematics and quotes stay', () => {
    const record = {
      id: '0704.0001',
      title: "Poincar\\'e and $x\\'y$",
      authors: 'C. Bal\\\'azs, J. M\\"uller',
      abstract: 'Na\\"{\\i}ve {\\o} said \\"an\\" \\alpha',
    }
    expect(only(JSON.stringify(record))).toMatchObject({
      title: "Poincaré and $x\\'y$",
      authors: ['C. Balázs', 'J. Müller'],
      abstract: 'Naïve ø said \\"an\\" \\alpha',
    })
  })
})

describe('bytes', () => {
  const bibtex = '@article{a, title = {Café society – l’été}, author = {Müller, Jürgen}}\n'
  const latin1 = Buffer.from('@article{b, title = {Fa\u00e7ade}}\n', 'latin1')

  test('[P150] one fault in UTF-8, a line of Latin-1 within it, or a letter that is cut off spoils nothing else', () => {
    const { papers } = read(Buffer.concat([Buffer.from(bibtex), latin1]))
    expect(papers.map(({ title, authors }) => [title, authors[0]])).toEqual([
      ['Café society – l’été', 'Jürgen Müller'],
      ['Façade', undefined],
    ])
    expect(read(Buffer.concat([Buffer.from('@article{a, title = {Café}}\n2206.03382 é').subarray(0, -1)])).papers[0]?.title).toBe('Café')
  })

  test('[P151] UTF-8 that was once saved as Windows-1252 is read as it was meant', () => {
    expect(only('@article{a, title = {CafÃ© societyâ€™s â€œteaâ€\u009d â€“ 5Â°}, author = {MÃ¼ller, J}}')).toMatchObject({
      title: 'Café society’s “tea” – 5°',
      authors: ['J Müller'],
    })
    expect(only('@article{a, title = {SÃO PAULO, “CAFÉ”}}')?.title).toBe('SÃO PAULO, “CAFÉ”')
  })

  const ris = (...title: number[]) => Buffer.concat([Buffer.from('TY  - JOUR\nTI  - '), Buffer.of(...title), Buffer.from('\nER  - \n')])
  test.each([
    ['Big5', ris(0xb2, 0x60, 0xab, 0xd7, 0xbe, 0xc7, 0xb2, 0xdf, 0xaa, 0xba, 0xac, 0xe3, 0xa8, 0x73), '深度學習的研究'],
    ['EUC-KR', ris(0xb1, 0xed, 0xc0, 0xba, 0x20, 0xc7, 0xd0, 0xbd, 0xc0, 0xc0, 0xc7, 0x20, 0xbf, 0xac, 0xb1, 0xb8), '깊은 학습의 연구'],
    ['Windows-1251', ris(0xc3, 0xeb, 0xf3, 0xe1, 0xee, 0xea, 0xee, 0xe5, 0x20, 0xee, 0xe1, 0xf3, 0xf7, 0xe5, 0xed, 0xe8, 0xe5), 'Глубокое обучение'],
    ['GBK', ris(0xc9, 0xee, 0xb6, 0xc8, 0xd1, 0xa7, 0xcf, 0xb0), '深度学习'],
  ])('[P152] a short title in %s is read', (_, bytes, title) => {
    expect(only(bytes)?.title).toBe(title)
  })

  test('[P153] NULs that fill up a file are no part of it, and lines are counted as editors count them', () => {
    expect(only(Buffer.concat([Buffer.from('2206.03382\n'), Buffer.alloc(4_096)]))?.arxivId).toBe('2206.03382')
    const { papers, problems } = read('{"title":"A\u2028B","id":"2206.03382"}\none\u000c2206.03383\nbad\n')
    expect(papers.map(({ line }) => line)).toEqual([1, 2])
    expect(problems.map(({ line }) => line)).toEqual([2, 3])
  })
})

describe('pages and feeds', () => {
  const message = (headers: string[], ...parts: string[][]) =>
    ['MIME-Version: 1.0', ...headers, '', ...parts.flatMap(part => ['--=_b', ...part]), '--=_b--', ''].join('\r\n')

  test('[P154] a page saved in one file and a mail are read, on their own lines', () => {
    const page = message(
      ['From: <Saved by Blink>', 'Content-Type: multipart/related;', '\tboundary="=_b"'],
      [
        'Content-Type: text/html',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        '<html>',
        '<a href=3D"https://huggingface.co/papers/2206.03=',
        '382">A paper =E2=80=93 of some length</a>',
        '<a href=3D"/papers/2206.03383">Another paper of some length</a></html>',
      ],
      ['Content-Type: image/png', 'Content-Transfer-Encoding: base64', '', 'iVBORw0KGgo='],
    )
    expect(read(page)).toMatchObject({
      kind: 'web-page',
      papers: [
        { line: 11, title: 'A paper – of some length', arxivId: '2206.03382' },
        { line: 13, arxivId: '2206.03383' },
      ],
      problems: [],
    })
    const mail = message(
      ['Subject: Papers', 'Content-Type: multipart/alternative; boundary="=_b"'],
      ['Content-Type: text/plain', '', 'https://arxiv.org/abs/2206.03382'],
    )
    expect(only(mail)).toMatchObject({ line: 8, arxivId: '2206.03382' })
  })

  test.each([
    ['<!-- saved --><html><a href="/papers/2206.03382">A paper of some length</a></html>', { arxivId: '2206.03382' }],
    ['<html><meta name="dc.Title" content="A"><meta name="dc.Identifier" content="10.1145/1"></html>', { title: 'A', doi: '10.1145/1' }],
    ['<table><tr><td><a href="https://arxiv.org/abs/2206.03382">A paper of some length</a></td></tr></table>', { title: 'A paper of some length' }],
  ])('[P155] a page is read from %s', (page, told) => {
    expect(only(page)).toMatchObject(told)
  })

  test.each([
    ['<html><title>502 Bad Gateway</title></html>', 'The site answered with an error (502 Bad Gateway)'],
    ['<?xml version="1.0"?><xml><records></records></xml>', 'Reference managers export the same as RIS or BibTeX.'],
    ['<OAI-PMH><Identify><repositoryName>x</repositoryName></Identify></OAI-PMH>', 'There are no records'],
    ['<opml><body><outline xmlUrl="https://x.org/feed"/></body></opml>', 'is of no kind that can be read'],
    ['# a comment\n====\n', 'Nothing in this text names a paper'],
    ['bplist00\u0001\u0002', 'web archive of Safari'],
  ])('[P156] of %j is told why there are no papers in it', (text, reason) => {
    expect(read(text)).toMatchObject({ papers: [], problems: [{ line: 1, reason: expect.stringContaining(reason) }] })
  })

  test('[P157] an archive’s answer that is not the whole list says so, and of two DOIs in one field the first counts', () => {
    const record =
      '<record><header><identifier>oai:arXiv.org:math/0309136</identifier></header><metadata><arXiv><id>math/0309136</id><title>A</title><doi>10.1000/x 10.1000/y</doi></arXiv></metadata></record>'
    expect(read(`<OAI-PMH><ListRecords>\n${record}\n<resumptionToken cursor="0">123|1001</resumptionToken></ListRecords></OAI-PMH>`)).toMatchObject({
      papers: [{ line: 2, arxivId: 'math/0309136', doi: '10.1000/x' }],
      problems: [{ line: 3, text: '123|1001', reason: expect.stringContaining('more records') }],
    })
  })

  test('[P159] an id in the place of a title is no title, and a backslash in one stays', () => {
    expect(only('[{"title": "arXiv:2206.03382", "id": "2206.03382"}]')).toMatchObject({ title: null, arxivId: '2206.03382' })
    expect(entry('abstract = {A {\\textbackslash}{}"o here}')?.abstract).toBe('A \\"o here')
  })

  test('[P158] nothing in a title turns the text around it', () => {
    expect(only(JSON.stringify({ title: 'A \u202etitle\u2066', id: '2206.03382' }))?.title).toBe('A title')
  })
})

describe('found in people’s files', () => {
  const polish = '@article{k, title={Zażółć gęślą jaźń}, author={Łukasiewicz, Jan}, doi={10.1234/pl}}\n'
  const page = (meta: string) =>
    `<html><head>${meta}<meta name="citation_title" content="Zażółć gęślą jaźń"><meta name="citation_doi" content="10.1234/pl"></head></html>`
  // Letters of ISO-8859-2, windows-1250 and the like, as bytes: no encoder for them is at hand.
  const letters = {
    'iso-8859-2': { ż: 0xbf, ó: 0xf3, ł: 0xb3, ć: 0xe6, ę: 0xea, ś: 0xb6, ą: 0xb1, ź: 0xbc, ń: 0xf1, Ł: 0xa3 },
    'windows-1250': { ż: 0xbf, ó: 0xf3, ł: 0xb3, ć: 0xe6, ę: 0xea, ś: 0x9c, ą: 0xb9, ź: 0x9f, ń: 0xf1, Ł: 0xa3 },
  }
  const bytes = (text: string, encoding: keyof typeof letters) =>
    Uint8Array.from([...text].map(letter => (letters[encoding] as Record<string, number>)[letter] ?? letter.charCodeAt(0)))

  test.each([
    ['JabRef', `% This file was created with JabRef 2.9.\n% Encoding: ISO8859_2\n\n${polish}`, 'iso-8859-2'],
    ['an old JabRef', `This file was created with JabRef 2.0.\nEncoding: Cp1250\n\n${polish}`, 'windows-1250'],
    ['Emacs', `% -*- coding: latin-2-unix -*-\n${polish}`, 'iso-8859-2'],
    ['a page', page('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">'), 'windows-1250'],
    ['a page, far down', page(`<script>${'x = 1;'.repeat(600)}</script><meta charset="iso-8859-2">`), 'iso-8859-2'],
    ['a server', `HTTP/1.1 200 OK\nContent-Type: text/html; charset=ISO-8859-2\n\n${page('')}`, 'iso-8859-2'],
    ['a mail', `Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-2\n\n${polish}`, 'iso-8859-2'],
    [
      'XML',
      `<?xml version='1.0' encoding='ISO-8859-2'?><xml><records><record><ref-type>17</ref-type><titles><title>Zażółć gęślą jaźń</title></titles></record></records></xml>`,
      'iso-8859-2',
    ],
  ] as const)('[P166] the encoding that %s tells is the one that counts', (_, text, encoding) => {
    expect(only(bytes(text, encoding))?.title).toBe('Zażółć gęślą jaźń')
  })

  test.each([
    ['TY  - JOUR\nTI  - A\nDO  - https://doi.org/10.1000/abc%2Fdef\nER  - \n', { doi: '10.1000/abc/def' }],
    ['TY  - JOUR\nTI  - A\nM3  - doi: 10.1016/j.x.2010\nER  - \n', { doi: '10.1016/j.x.2010' }],
    ['TY  - BOOK\nBT  - A book\nER  - \n', { title: 'A book', venue: null }],
    ['@article{k, title={A}, doi={https://doi.org/10.1000/x\\%2Fy\\_z}}', { doi: '10.1000/x/y_z' }],
    ['%0 Journal Article\n%T A\n%D 2020\n%8 March 5\n%R 10.1000/a\n', { published: '2020-03-05' }],
    ['[{"title": "A", "id": "0704.0001", "authors_parsed": [["Babbage", "C.", ""], ["Davis", "S.", "Jr"]]}]', { authors: ['C. Babbage', 'S. Davis Jr'] }],
    ['[{"Title": "A", "Authors": "A B; C D", "DOI": "10.1000/a", "Abstract": "Words."}]', { authors: ['A B', 'C D'], abstract: 'Words.' }],
    ['[{"title": "A", "externalIds": {"ArXiv": "2206.03382", "DOI": "10.1000/a"}}]', { arxivId: '2206.03382', doi: '10.1000/a' }],
    ['titel,autoren\nA,"Müller, J. und Schmidt, K."\n', { authors: ['J. Müller', 'K. Schmidt'] }],
    ['@article{a,title={A},doi={10.1000/a}}\0\0\u001a', { title: 'A' }],
    ["title,authors\nA,\"['Ann B', 'Carl D']\"\n", { authors: ['Ann B', 'Carl D'] }],
    ['title,authors\nA,Ann B | Carl D\n', { authors: ['Ann B', 'Carl D'] }],
    ['arxiv_id,title\n704.0001,A\n', { arxivId: '0704.0001' }],
    ['arxiv_id,title\n2401.1,A\n', { arxivId: '2401.10000' }],
    ['\ufeff\n\ufeff@article{a, title={A}, doi={10.1000/a}}\n', { title: 'A', doi: '10.1000/a' }],
    ['[{"itemType": "journalArticle", "title": "A", "extra": "Note\\narXiv: 2206.03382 [cs]"}]', { arxivId: '2206.03382' }],
    ['{"papers": {"2206.03382": {"title": "A", "authors": ["X Y"]}}}', { title: 'A', arxivId: '2206.03382' }],
    [
      '[{"title": ["A"], "author": ["Doe, Jane"], "identifier": ["arXiv:2206.03382"], "doi": ["10.1000/a"]}]',
      { title: 'A', arxivId: '2206.03382', doi: '10.1000/a' },
    ],
    ['[{"info": {"title": "A", "authors": {"author": [{"text": "Jane Doe 0001"}]}, "doi": "10.1000/a"}}]', { authors: ['Jane Doe'] }],
    [
      '<rss><channel><item><title>A</title><link>https://arxiv.org/abs/2206.03382</link><creator>A B, C D (U of X, Y), E F</creator></item></channel></rss>',
      { authors: ['A B', 'C D', 'E F'] },
    ],
  ])('[P167] what %j tells in a way of its own is not lost', (text, told) => {
    expect(only(text)).toMatchObject(told)
  })

  test('[P168] a letter is no page of papers: its lines are told of, and nothing of it becomes a title', () => {
    const { papers, problems } = read('Dear all,\nplease read https://arxiv.org/abs/2206.03382 and also 10.1000/xyz before Monday.\nBest,\nJ\n')
    expect(papers).toEqual([])
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 3, 4])
  })

  test('[P169] what is shown of an entry that cannot be read ends where the entry does', () => {
    const { papers, problems } = read('@article{k title={Broken}}\n\nTY  - JOUR\nTI  - Read all the same\nER  - \n')
    expect(papers.map(({ title }) => title)).toEqual(['Read all the same'])
    expect(problems).toMatchObject([{ line: 1, text: '@article{k title={Broken}}' }])
  })
})
