import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { readFile } from '../../apps/server/src/papers/read/files.ts'

// The largest recording is 16 MB of JSON.
vi.setConfig({ testTimeout: 60_000 })

/** Recorded by others, and so not part of the product: without them, these tests are skipped. */
const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const today = '2026-11-24'
const read = (path: string) => readFile({ name: path.slice(path.lastIndexOf('/') + 1), bytes: readFileSync(folder + path) }, { today })
const named = (path: string) => readdirSync(folder + path).map(file => `${path}/${file}`)

describe.skipIf(!existsSync(folder))('recordings (skipped without ../shared/data)', () => {
  test.each([
    ['2024-05-27', 13],
    ['2024-06-12', 16],
    ['2024-06-13', 21],
    ['2024-08-02', 16],
    ['2024-12-03', 25],
    ['2025-01-13', 5],
    ['2025-03-11', 26],
    ['2025-03-17', 12],
    ['2025-05-22', 27],
    ['2025-07-07', 1],
    ['2025-08-27', 21],
    ['2025-09-29', 30],
    ['2025-10-03', 39],
    ['2025-12-11', 14],
    ['2026-06-03', 23],
    ['2026-08-21', 17],
  ])('[P64] Daily Papers of %s are %i papers of that day, each with id, title, authors and abstract', (day, count) => {
    const reading = read(`hf-daily-json/${day}.json`)
    expect(reading).toMatchObject({ kind: 'daily-papers-json', day: { day, yearGuessed: false }, problems: [] })
    expect(reading.papers).toHaveLength(count)
    const items: { paper: { id: string; title: string; summary: string; authors: { name: string }[]; githubRepo?: string } }[] = JSON.parse(
      readFileSync(`${folder}hf-daily-json/${day}.json`, 'utf8'),
    )
    const line = (text: string) => text.replace(/\s+/g, ' ').trim()
    expect(reading.papers.map(({ arxivId, title, abstract, authors }) => ({ arxivId, title, abstract, authors }))).toEqual(
      items.map(({ paper }) => ({
        arxivId: paper.id,
        title: line(paper.title),
        abstract: line(paper.summary),
        authors: paper.authors.map(({ name }) => line(name)),
      })),
    )
    expect(reading.papers.filter(({ links }) => links.some(({ label }) => label === 'Code'))).toHaveLength(items.filter(({ paper }) => paper.githubRepo).length)
  })

  test('[P65] a saved Daily Papers page is the papers of its data-props, and of its links where there are none', () => {
    const path = 'hf-html/2024-08-01.html'
    const saved = read(path)
    expect(saved).toMatchObject({ kind: 'web-page', day: { day: '2024-08-01', yearGuessed: false }, problems: [] })
    expect(saved.papers).toHaveLength(13)
    expect(Math.max(...saved.papers.map(({ authors }) => authors.length))).toBe(533)
    const bare = readFileSync(folder + path, 'utf8').replaceAll('data-props', 'data-gone')
    const links = readFile({ name: 'x.html', bytes: Buffer.from(bare) }, { today })
    expect(links.papers.map(({ arxivId }) => arxivId).sort()).toEqual(saved.papers.map(({ arxivId }) => arxivId).sort())
    const titles = new Map(saved.papers.map(({ arxivId, title }) => [arxivId, title]))
    for (const { arxivId, title } of links.papers) expect(title).toBe(titles.get(arxivId))
  })

  test('[P66] arXiv Atom and RSS documents give ids with versions, dates and categories; its error feed is told as an error', () => {
    const atom = read('arxiv-xml/api-2025-csRO-2entries.xml')
    expect(atom.papers).toMatchObject([
      { arxivId: '2510.14968', arxivVersion: 1, published: '2025-10-16', subjects: ['cs.RO', 'cs.AI', 'cs.CV', 'cs.LG', 'cs.SY', 'eess.SY'] },
      { arxivId: '2510.14827', arxivVersion: 1, published: '2025-10-16' },
    ])
    expect(atom.papers[0]?.title).not.toMatch(/\n| {2}/)
    expect(read('arxiv-xml/api-manual-old-style-id-hep-ex.xml').papers).toMatchObject([
      { arxivId: 'hep-ex/0307015', authors: ['H1 Collaboration'], venue: 'Eur.Phys.J. C31 (2003) 17-29', published: '2003-07-07' },
    ])
    const rss = read('arxiv-xml/rss-2026-09-24-4items.xml')
    expect(rss.papers.map(({ arxivId, arxivVersion, doi, published }) => [arxivId, arxivVersion, doi, published])).toEqual([
      ['2609.26811', 1, null, '2026-09-24'],
      ['2609.26820', 1, null, '2026-09-24'],
      ['2205.06398', 2, '10.1093/bioinformatics/btac431', null],
      ['2009.13987', 3, null, null],
    ])
    expect(rss.papers[2]?.authors).toEqual(['Pritam Dey', 'Zhengwu Zhang', 'David B. Dunson'])
    for (const { abstract } of rss.papers) expect(abstract).not.toMatch(/Announce Type|^Abstract/)
    expect(read('arxiv-xml/api-manual-error-feed.xml')).toMatchObject({
      papers: [],
      problems: [{ line: 11, reason: expect.stringContaining('incorrect id format for 1234.12345') }],
    })
  })

  test.each([
    ['article.bib', 1],
    ['article_comma_first.bib', 2],
    ['article_with_special_characters.bib', 1],
    ['article_with_strings.bib', 1],
    ['book.bib', 1],
    ['comments_only.bib', 0],
    ['crossref_entries.bib', 14],
    ['encoding.bib', 1],
    ['features.bib', 1],
    ['multiple_entries.bib', 3],
    ['website.bib', 1],
  ])('[P67] BibTeX recording %s is %i papers', (file, count) => {
    const reading = read(`bibtex/bibtexparser/${file}`)
    expect(reading).toMatchObject({ problems: [] })
    expect(reading.papers).toHaveLength(count)
  })

  test('[P67] BibTeX strings, accents and volumes are put in, and entries without a title are told', () => {
    expect(read('bibtex/bibtexparser/article_with_strings.bib').papers).toMatchObject([
      { title: 'An amazing title', authors: ['Jean César'], venue: 'Nice Journal', published: '2013-01' },
    ])
    expect(read('bibtex/bibtexparser/features.bib').papers).toMatchObject([{ title: 'Cool Stuff', venue: 'My International Conference' }])
    expect(read('bibtex/bibtexparser/wrong.bib')).toMatchObject({ papers: [], problems: [{ line: 3 }, { line: 7, reason: expect.stringContaining('bar') }] })
    const volumes = new Map(read('bibtex/bibtexparser/crossref_entries.bib').papers.map(({ title, venue }) => [title, venue]))
    expect(volumes.get('Great and Good Graphs')).toBe('Graphs of the Continent')
  })

  test('[P68] what Zotero reads from BibTeX and RIS is read the same: titles and authors', () => {
    for (const [kind, ext] of [
      ['bibtex', 'bib'],
      ['ris', 'ris'],
    ] as const) {
      const cases: { input: string; items: { title: string; creators: { firstName?: string; lastName: string; creatorType: string }[] }[] }[] = JSON.parse(
        readFileSync(`${folder}zotero-testcases/${kind}.testcases.json`, 'utf8'),
      )
      for (const [at, { input, items }] of cases.entries()) {
        const { papers } = readFile({ name: `case.${ext}`, bytes: Buffer.from(input) }, { today })
        const plain = (text: string) =>
          text
            .normalize('NFKD')
            .replace(/[^\p{L}\p{N}]/gu, '')
            .toLowerCase()
        expect(
          papers.map(({ title }) => plain(title ?? '')),
          `${kind} ${at}`,
        ).toEqual(items.map(({ title }) => plain(title)))
        const families = items.map(({ creators }) => creators.filter(({ creatorType }) => creatorType === 'author').map(({ lastName }) => plain(lastName)))
        for (const [n, names] of families.entries())
          if (names.length > 0) for (const [i, family] of names.entries()) expect(plain(papers[n]?.authors[i] ?? '')).toContain(family)
      }
    }
  })

  test('[P69] BibLaTeX and its CSL-JSON, as citation-js converts it, are the same papers', () => {
    for (const [bib, csl, count] of [
      ['bibtex-input.bib', 'bibtex-csl.json', 16],
      ['biblatex-input.bib', 'biblatex-csl.json', 28],
    ] as const) {
      const [entries, items] = [read(`bibtex/citation-js/${bib}`), read(`bibtex/citation-js/${csl}`)]
      expect(items).toMatchObject({ kind: 'csl-json', problems: [] })
      expect(entries.problems).toEqual([])
      expect(entries.papers).toHaveLength(count)
      expect(items.papers).toHaveLength(count)
      expect(entries.papers.map(({ title, authors, published }) => ({ title, authors, published }))).toEqual(
        items.papers.map(({ title, authors, published }) => ({ title, authors, published })),
      )
    }
  })

  test('[P70] records of Crossref, DataCite and OpenAlex are one paper each, without markup', () => {
    const records = [...named('crossref-json'), ...named('datacite-json'), ...named('openalex-json')].map(path => [path, read(path)] as const)
    for (const [path, { papers, problems }] of records) {
      expect(problems, path).toEqual([])
      expect(papers, path).toHaveLength(1)
      for (const { title, abstract, doi, arxivId, authors, published } of papers) {
        expect(`${title} ${abstract}`, path).not.toMatch(/<\/?(i|p|span|jats:|ns3:|sec)|&(lt|gt|amp|nbsp);|\u00a0/)
        expect(doi ?? arxivId, path).not.toBeNull()
        expect(authors.length, path).toBeGreaterThan(0)
        expect(published, path).toMatch(/^\d{4}(-\d\d){0,2}$/)
      }
    }
    const of = (path: string) => new Map(records).get(path)?.papers[0]
    expect(of('crossref-json/preprintsorg-title-encoded-html.json')?.title).toBe(
      'Hyperbolic EM Symmetry and Metrological Closure of Vacuum Impedance with Links to Topological Response in Metals and Alloys',
    )
    expect(of('crossref-json/biorxiv.json')?.title).toBe(
      'Enhanced virulence and stress tolerance are signatures of epidemiologically successful Shigella sonnei',
    )
    expect(of('datacite-json/arxiv.json')).toMatchObject({
      arxivId: '2201.06719',
      doi: '10.1103/physreva.106.012821',
      published: '2022-01-18',
      subjects: ['physics.atom-ph'],
    })
    expect(of('openalex-json/arxiv.json')).toMatchObject({ arxivId: '2201.06719', published: '2022-01-18' })
    expect(of('openalex-json/zenodo.json')).toMatchObject({ doi: '10.5281/zenodo.7955181', authors: ['Keyang Ding'] })
  })

  test('[P71] answers of Semantic Scholar: papers are known by id, DOI or page, and its errors are told', () => {
    expect(read('semantic-scholar/get_paper.json').papers).toMatchObject([
      { title: 'Computing Machinery and Intelligence', url: expect.stringMatching(/semanticscholar\.org\/paper\/2d56/) },
    ])
    expect(read('semantic-scholar/get_papers.json').papers.map(({ authors }) => authors.length)).toEqual([3, 4, 3])
    expect(read('semantic-scholar/search_paper.json').papers).toHaveLength(100)
    expect(read('semantic-scholar/search_paper_match_title.json').papers).toHaveLength(1)
    const { papers, problems } = read('semantic-scholar/not_found.json')
    expect(papers).toEqual([])
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'The source answered with an error instead of papers: Paper with id 0 not found'],
      [11, 'The source answered with an error instead of papers: Author with id 0 not found'],
    ])
  })

  test('[P72] lists of arXiv papers, compressed too, are read row by row with their TeX', () => {
    const bulk = read('arxiv-bulk/arxiv-meta-10k.jsonl.gz')
    expect(bulk).toMatchObject({ problems: [] })
    expect(bulk.papers).toHaveLength(9_896)
    expect(bulk.papers.map(({ line }) => line)).toEqual(bulk.papers.map((_, i) => i + 1))
    expect(bulk.papers.every(({ arxivId, title, abstract, authors }) => arxivId !== null && title !== null && abstract !== '' && authors.length > 0)).toBe(true)
    expect(bulk.papers.filter(({ title }) => title?.includes('$'))).toHaveLength(62)
    expect(read('arxiv-bulk/raw-daily-arXiv-2025-11-15.jsonl').papers).toHaveLength(16)
    expect(read('arxiv-physics-json/2023-02-20.json').papers).toMatchObject([
      { arxivId: '2302.09758', arxivVersion: 5, title: expect.stringContaining('$e^+e^-$') },
    ])
    expect(read('seed-arxiv-ids.json').papers).toHaveLength(77)
  })

  test('[P73] a table of suggestions is a paper a row; a cell that holds no link is told', () => {
    const { kind, papers, problems } = read('reading-groups/graphics-group-suggestions.csv')
    expect(kind).toBe('table')
    expect(papers).toHaveLength(24)
    expect(problems).toMatchObject([{ line: 16, text: expect.stringContaining('jannovak.info') }])
    expect(papers.find(({ doi }) => doi !== null)?.doi).toBe('10.1145/3182161')
  })

  test('[P74] a reading group’s notes in Markdown give the papers they link to', () => {
    expect(read('reading-groups/postech-2021-12.md').papers.length).toBeGreaterThanOrEqual(25)
    expect(read('reading-groups/liir-kuleuven-rules.md').papers).toEqual([])
  })
})
