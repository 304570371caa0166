/**
 * Saved web pages: Daily Papers of any layout (its papers stand in `data-props` as JSON, and as links), arXiv listings and
 * searches, and the page of one paper at any site that writes citation_* tags for Google Scholar.
 */
import type { Day } from '@paperboard/shared/days'
import type { ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { givenFirst } from './names.ts'
import { lineOf, plainLine, plainParagraphs } from './plainText.ts'
import { readRecords } from './records.ts'
import { identifiersIn, lineCounter, paperFrom, problem, type Reading } from './told.ts'
import { type Document, type Element, findElements, parseHtml, startOf, textOf, unreadRest } from './xml.ts'

interface Page {
  document: Document
  today: Day
  lineAt: (place: number) => number
}

export const readHtml = (text: string, { today, firstLine = 1 }: { today: Day; firstLine?: number }): Reading => {
  const page: Page = { document: parseHtml(text), today, lineAt: lineCounter(text, firstLine) }
  const unread = unreadRest(page.document)
  const reading = readPage(page, firstLine)
  if (unread !== null) reading.problems.push(problem(page.lineAt(unread.at), text.slice(unread.at, unread.at + 200), unread.reason))
  return reading
}

const readPage = (page: Page, firstLine: number): Reading => {
  const props = fromProps(page)
  if (props.papers.length > 0) return props
  for (const papers of [fromMeta(page), fromArxivList(page), fromLinks(page)]) if (papers.length > 0) return { papers, problems: [], day: null }
  const shown = lineOf(textOf(page.document).slice(0, 20_000))
  const title = findElements(page.document, ({ name }) => name === 'title')[0]
  const about = lineOf(title === undefined ? shown : textOf(title)).slice(0, 200)
  return { papers: [], problems: [...props.problems, problem(firstLine, about, whyNone(`${about} ${shown.slice(0, 3_000)}`, about))], day: null }
}

const robots =
  /captcha|are you (a )?(human|robot)|verify(ing)? (that )?you are human|just a moment|unusual traffic|attention required|checking your browser|access denied|enable javascript and cookies/i

/** Titles of pages by which servers and those before them say that something is wrong. */
const faulty =
  /^\W{0,3}(error )?(40[0-9]|410|429|50[0-4]|52\d)\b|\b(bad gateway|service unavailable|gateway time-?out|internal server error|too many requests|not found|forbidden)\b/i

const whyNone = (text: string, title: string) =>
  faulty.test(title.slice(0, 100))
    ? `The site answered with an error (${title.slice(0, 60)}) instead of a page of papers. Open the page again, and save it once its papers are shown.`
    : robots.test(text)
      ? 'This is a page that asks whether you are a robot, not the page of papers. Open the page in your browser until its papers are shown, and save it again.'
      : 'No papers that can be read are on this web page. Paste the links of the papers, or save the page once its papers are shown.'

/** Svelte components keep their data in an attribute. */
const fromProps = ({ document, today, lineAt }: Page): Reading => {
  const reading: Reading = { papers: [], problems: [], day: null }
  const seen = new Set<string>()
  for (const element of findElements(document, ({ attribs }) => /"(paper|title|dailyPapers)"/.test(attribs['data-props'] ?? ''))) {
    const line = lineAt(startOf(element))
    const records = readRecords(element.attribs['data-props'] ?? '', { today, lineAt: () => line })
    if (records.kind !== 'daily-papers-json') continue
    for (const paper of records.papers) {
      if (paper.arxivId === null || seen.has(paper.arxivId)) continue
      seen.add(paper.arxivId)
      reading.papers.push(paper)
    }
    for (const told of records.problems) reading.problems.push(told)
    reading.day ??= records.day
  }
  return reading
}

/** Tags for Google Scholar: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing */
const fromMeta = ({ document, today, lineAt }: Page): ReadPaper[] => {
  const tags = findElements(document, ({ name, attribs }) => name === 'meta' && /^(citation_|dc\.)/i.test(attribs.name ?? ''))
  const all = (...names: string[]) => {
    const found = names.map(name => tags.filter(tag => tag.attribs.name?.toLowerCase() === name).map(tag => tag.attribs.content ?? ''))
    return found.find(contents => contents.length > 0) ?? []
  }
  // Some publishers have Dublin Core alone; beside a DOI it tells of a paper.
  const identifiers = all('dc.identifier', 'dc.identifier.doi')
  const [title] = all('citation_title').concat(identifiers.some(name => /10\.\d{4,9}\//.test(name)) ? all('dc.title') : [])
  if (title === undefined) return []
  const [first] = tags
  return [
    paperFrom(
      {
        line: first === undefined ? null : lineAt(startOf(first)),
        title: plainLine(title),
        authors: [...all('citation_author', 'dc.creator'), ...all('citation_authors').flatMap(names => names.split(';'))].map(name =>
          givenFirst(plainLine(name)),
        ),
        abstract: plainParagraphs(all('citation_abstract', 'dc.description')[0] ?? ''),
        names: [
          ...all('citation_arxiv_id'),
          ...all('citation_doi'),
          ...identifiers,
          ...all('citation_public_url'),
          ...all('citation_abstract_html_url'),
          ...all('citation_pdf_url'),
        ],
        venue: all('citation_journal_title', 'citation_conference_title')[0] ?? null,
        published: publishedIn(all('citation_date', 'citation_publication_date', 'citation_online_date', 'dc.date')[0] ?? ''),
        subjects: all('citation_keywords').flatMap(words => words.split(/[,;]/)),
      },
      today,
    ),
  ]
}

const hasClass = (element: Element, ...names: string[]) => (element.attribs.class ?? '').split(/\s+/).some(name => names.includes(name))
const withClass = (root: Document | Element, ...names: string[]) => findElements(root, element => hasClass(element, ...names))
const abstractLink = (root: Element) => findElements(root, ({ name, attribs }) => name === 'a' && /\/abs\//.test(attribs.href ?? ''))[0]
const shownText = (element: Element | undefined) => (element === undefined ? '' : lineOf(textOf(element)).replace(/^(Title|Authors|Abstract|Subjects):\s*/, ''))

/** A listing has the id in a `dt` and the rest in the `dd` below it; a search has each paper in an `li`. */
const fromArxivList = ({ document, today, lineAt }: Page): ReadPaper[] => {
  const papers: ReadPaper[] = []
  let id: Element | undefined
  for (const block of findElements(document, element => element.name === 'dt' || element.name === 'dd' || hasClass(element, 'arxiv-result'))) {
    const link = abstractLink(block)
    if (block.name === 'dt') id = link
    const title = shownText(withClass(block, 'list-title', 'title')[0])
    const named = link ?? id
    if (block.name === 'dt' || named === undefined) continue
    const people = withClass(block, 'list-authors', 'authors')[0]
    const abstract = withClass(block, 'abstract-full', 'mathjax').filter(
      element => !hasClass(element, 'title', 'list-title', 'abstract-short', 'list-comments', 'list-subjects'),
    )
    papers.push(
      paperFrom(
        {
          line: lineAt(startOf(named)),
          title,
          authors: people === undefined ? [] : findElements(people, ({ name }) => name === 'a').map(textOf),
          abstract: shownText(abstract.find(element => element.name !== 'div' || hasClass(element, 'abstract-full'))).replace(/△ Less$/, ''),
          names: [absolute(named.attribs.href ?? '', 'https://arxiv.org')],
          subjects: [...shownText(withClass(block, 'list-subjects')[0]).matchAll(/\(([a-z-]+(?:\.[A-Za-z-]+)?)\)/g)].flatMap(([, subject]) => subject ?? []),
        },
        today,
      ),
    )
    id = undefined
  }
  return papers.filter(paper => paper.arxivId !== null)
}

const absolute = (href: string, base: string) => URL.parse(href, base)?.href ?? ''

/** Links to papers at Hugging Face and arXiv, each once, with the longest of the texts that lead there as its title. */
const fromLinks = ({ document, today, lineAt }: Page): ReadPaper[] => {
  const found = new Map<string, { line: number; title: string; href: string }>()
  for (const link of findElements(
    document,
    ({ name, attribs }) => name === 'a' && /^(https?:\/\/(www\.)?(huggingface\.co|hf\.co))?\/papers\/|\/abs\//.test(attribs.href ?? ''),
  )) {
    const href = absolute(link.attribs.href ?? '', /\/abs\//.test(link.attribs.href ?? '') ? 'https://arxiv.org' : 'https://huggingface.co')
    const { arxivId } = identifiersIn([href.replace(/#.*$/, '')], today)
    if (arxivId === null) continue
    const inHeading = link.parent !== null && 'name' in link.parent && /^h[1-6]$/.test(link.parent.name)
    const text = lineOf(textOf(link))
    const title = inHeading || text.length > 20 ? text : ''
    const before = found.get(arxivId)
    if (before === undefined) found.set(arxivId, { line: lineAt(startOf(link)), title, href })
    else if (title.length > before.title.length) before.title = title
  }
  return [...found].map(([id, { line, title }]) => paperFrom({ line, title: /^arxiv:/i.test(title) ? null : title, names: [id] }, today))
}
