/** Records in XML, each with what people's own files have: styles, groups of authors, several dates, formulas and footnotes. */
import { expect, test } from 'vitest'
import { readFile } from '../../apps/server/src/papers/read/files.ts'

const today = '2026-11-24'
const read = (content: string) => readFile({ name: 'file.xml', bytes: Buffer.from(content) }, { today })

const endNote = `<?xml version="1.0" encoding="UTF-8"?><xml><records>
<record><database name="My.enl">My.enl</database><source-app name="EndNote">EndNote</source-app><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal" size="100%">Lovelace, Ada</style></author><author>van der Berg, Jan</author><author>The Notes Group</author></authors>
<secondary-authors><author>Editor, Ed</author></secondary-authors></contributors>
<titles><title><style face="normal">Notes on H</style><style face="subscript">2</style><style face="normal">O &amp; engines</style></title><secondary-title>Journal of Engines</secondary-title></titles>
<periodical><full-title>J. Eng.</full-title></periodical><keywords><keyword>engines</keyword><keyword>notes</keyword></keywords>
<dates><year>2020</year><pub-dates><date>Mar 15</date></pub-dates></dates>
<abstract><style>First part.&#xD;&#xD;Second part, p &lt; 0.05.</style></abstract>
<urls><related-urls><url>https://example.org/notes</url></related-urls></urls><electronic-resource-num>https://doi.org/10.1234/Notes.5</electronic-resource-num></record>
<record><ref-type name="Book">6</ref-type><titles><title>A Book</title></titles><contributors><secondary-authors><author>Editor, Ed</author></secondary-authors></contributors><dates><year>1999</year></dates></record>
<record></record>
</records></xml>`

test('[P162] records of EndNote in XML are read, and an empty one is told of with its line', () => {
  const { papers, problems, kind } = read(endNote)
  expect(papers).toMatchObject([
    {
      line: 2,
      title: 'Notes on H₂O & engines',
      authors: ['Ada Lovelace', 'Jan van der Berg', 'The Notes Group'],
      abstract: 'First part.\n\nSecond part, p < 0.05.',
      doi: '10.1234/notes.5',
      url: 'https://example.org/notes',
      venue: 'Journal of Engines',
      published: '2020-03-15',
      subjects: ['engines', 'notes'],
    },
    { line: 10, title: 'A Book', authors: ['Ed Editor'], published: '1999' },
  ])
  expect(problems).toMatchObject([{ line: 11, reason: 'This record has neither a title nor a DOI or link.' }])
  expect(kind).toBe('xml')
})

test('[P162] records of an EndNote before 8, with all names in capitals, are read', () => {
  expect(
    read(
      '<XML><RECORDS><RECORD><REFERENCE_TYPE>0</REFERENCE_TYPE><YEAR>2001</YEAR><TITLE>Old notes</TITLE><AUTHORS><AUTHOR>Lovelace, Ada</AUTHOR></AUTHORS><SECONDARY_TITLE>Engines</SECONDARY_TITLE></RECORD></RECORDS></XML>',
    ).papers,
  ).toMatchObject([{ title: 'Old notes', authors: ['Ada Lovelace'], venue: 'Engines', published: '2001' }])
})

const pubMed = `<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">12345678</PMID>
<Article PubModel="Print"><Journal><JournalIssue><PubDate><Year>2021</Year><Month>Feb</Month></PubDate></JournalIssue><Title>Journal of Engines</Title></Journal>
<ArticleTitle>The role of <i>Difference</i> in <sup>13</sup>C engines.</ArticleTitle><ELocationID EIdType="doi" ValidYN="Y">10.1234/ABC</ELocationID>
<Abstract><AbstractText Label="BACKGROUND">Engines &amp; notes.</AbstractText><AbstractText Label="RESULTS">p &lt; 0.05.</AbstractText><CopyrightInformation>© us</CopyrightInformation></Abstract>
<AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada K</ForeName><Suffix>Jr</Suffix></Author><Author><CollectiveName>The Notes Group</CollectiveName></Author></AuthorList>
<ArticleDate DateType="Electronic"><Year>2020</Year><Month>12</Month><Day>03</Day></ArticleDate></Article><KeywordList><Keyword>engines</Keyword></KeywordList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">12345678</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.9999/cited</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>2</PMID><Article><Journal><JournalIssue><PubDate><MedlineDate>1998 Nov-Dec</MedlineDate></PubDate></JournalIssue></Journal><ArticleTitle>Two.</ArticleTitle></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>`

test('[P163] records of PubMed in XML are read, with the parts of their abstracts, and nothing of what they cite', () => {
  const { papers, problems } = read(pubMed)
  expect(problems).toEqual([])
  expect(papers).toMatchObject([
    {
      line: 4,
      title: 'The role of Difference in ¹³C engines',
      authors: ['Ada K Lovelace Jr', 'The Notes Group'],
      abstract: 'BACKGROUND: Engines & notes.\n\nRESULTS: p < 0.05.',
      doi: '10.1234/abc',
      url: 'https://pubmed.ncbi.nlm.nih.gov/12345678/',
      venue: 'Journal of Engines',
      published: '2020-12-03',
      subjects: ['engines'],
    },
    { line: 11, title: 'Two', published: '1998-11' },
  ])
})

const jats = `<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.3 20210610//EN" "JATS-archivearticle1-3.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" article-type="research-article">
<front><journal-meta><journal-title-group><journal-title>Engines Open</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="doi">10.1234/J.1</article-id>
<title-group><article-title>On <named-content content-type="x">engines</named-content><xref ref-type="fn" rid="fn1">*</xref> with <inline-formula><mml:math><mml:mi>x</mml:mi></mml:math></inline-formula></article-title><subtitle>A study</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Lovelace</surname><given-names>Ada</given-names></name><xref ref-type="aff">1</xref></contrib>
<contrib contrib-type="author"><collab>The Notes Group<contrib-group><contrib contrib-type="author"><name><surname>Member</surname></name></contrib></contrib-group></collab></contrib>
<contrib contrib-type="editor"><name><surname>Editor</surname><given-names>Ed</given-names></name></contrib></contrib-group>
<pub-date pub-type="collection"><year>2023</year></pub-date><pub-date pub-type="epub"><day>5</day><month>11</month><year>2022</year></pub-date>
<abstract abstract-type="graphical"><p>A picture.</p></abstract><abstract><p>First.</p><p>Second.</p></abstract><kwd-group><kwd>engines</kwd></kwd-group>
</article-meta></front><body><sec><title>Introduction</title><p>Words of the text.</p></sec></body>
<back><ref-list><ref><element-citation><article-title>What it cites</article-title></element-citation></ref></ref-list></back></article>`

test('[P164] an article in JATS is one paper, whose words are those of its front', () => {
  const { papers, problems } = read(jats)
  expect(problems).toEqual([])
  expect(papers).toHaveLength(1)
  expect(papers).toMatchObject([
    {
      line: 2,
      title: 'On engines with $x$: A study',
      authors: ['Ada Lovelace', 'The Notes Group'],
      abstract: 'First.\n\nSecond.',
      doi: '10.1234/j.1',
      url: 'https://pubmed.ncbi.nlm.nih.gov/123/',
      venue: 'Engines Open',
      published: '2022-11-05',
      subjects: ['engines'],
    },
  ])
})

test('[P165] XML that ends within a record is read as far as it goes, and says so', () => {
  for (const [whole, at] of [
    [endNote, 'Second part'],
    [pubMed, '<ArticleDate'],
    [jats, '<contrib contrib-type="editor"'],
  ] as const) {
    const { papers, problems } = read(whole.slice(0, whole.indexOf(at)))
    expect(papers[0]?.authors).toContain('The Notes Group')
    expect(problems).toMatchObject([{ reason: expect.stringContaining('cut off within this record') }])
  }
})

test('[P162] [P163] [P164] what stands around such records is read as what it is', () => {
  const { papers, kind } = read(`2206.03382\n\n${jats}\n\n${pubMed}\n\n@article{k, title={B}, doi={10.1/2}}\n`)
  expect(papers.map(({ title, arxivId }) => title ?? arxivId)).toEqual([
    '2206.03382',
    'On engines with $x$: A study',
    'The role of Difference in ¹³C engines',
    'Two',
    'B',
  ])
  expect(kind).toBe('mixed')
})
