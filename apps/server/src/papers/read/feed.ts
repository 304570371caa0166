/**
 * Feeds: Atom (arXiv's API answers among them), RSS 2.0 and RSS 1.0, with what publishers add in dc, prism and arxiv elements.
 * Atom: RFC 4287. arXiv: https://info.arxiv.org/help/api/user-manual.html and https://info.arxiv.org/help/rss_specifications.html
 */
import type { Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import type { ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { givenFirst, peopleIn, withoutAffiliations } from './names.ts'
import { lineOf, plainLine, plainParagraphs } from './plainText.ts'
import { withAccents } from './texAccents.ts'
import { lineCounter, paperFrom, problem, type Reading, type Told } from './told.ts'
import { child, childrenNamed, childText, type Element, elementsIn, findElements, isClosed, localName, parseXml, startOf, textOf, unreadRest } from './xml.ts'

export interface FeedReading extends Reading {
  /** The feed's own title. */
  title: string | null
  /** How arXiv announces a paper: `new`, `cross`, `replace`, `replace-cross`. Papers of other feeds are not in it. */
  announced: Map<ReadPaper, string>
  /** When an entry was published, as it writes it. */
  dated: Map<ReadPaper, string>
}

const entries = new Set(['entry', 'item'])

/** Reads a feed. `firstLine` is the line of a larger text on which the feed begins. */
export const readFeed = (text: string, { today, firstLine = 1 }: { today: Day; firstLine?: number }): FeedReading => {
  const document = parseXml(text)
  const lineAt = lineCounter(text, firstLine)
  const found = findElements(document, element => entries.has(localName(element)))
  const feed: FeedReading = { papers: [], problems: [], day: null, title: titleOfFeed(document), announced: new Map(), dated: new Map() }
  const ofArxiv = /arxiv\.org/i.test(text.slice(0, 3_000))
  for (const entry of found) {
    const line = lineAt(startOf(entry))
    const read = localName(entry) === 'entry' ? fromAtom(entry) : fromRss(entry, ofArxiv)
    if ('reason' in read) feed.problems.push(problem(line, read.about, read.reason))
    else {
      const paper = paperFrom({ ...(ofArxiv ? fromTex(read.told) : read.told), line }, today)
      if (paper.title === null) feed.problems.push(problem(line, textOf(entry), 'This entry of the feed has no title.'))
      else {
        feed.papers.push(paper)
        if (read.announced !== null) feed.announced.set(paper, read.announced)
        const dated = dateOf(entry)
        if (dated !== '') feed.dated.set(paper, dated)
      }
    }
    if (!isClosed(entry, text))
      feed.problems.push(
        problem(line, childText(entry, 'title'), 'The text is cut off within this entry: what was there of it has been read. Fetch the feed again.'),
      )
  }
  const unread = unreadRest(document)
  if (unread !== null) feed.problems.push(problem(lineAt(unread.at), text.slice(unread.at, unread.at + 200), unread.reason))
  return feed
}

const fromTex = ({ title, authors, abstract, ...told }: Told): Told => ({
  ...told,
  title: withAccents(title ?? ''),
  authors: authors?.map(withAccents) ?? [],
  abstract: withAccents(abstract ?? ''),
})

const dateOf = (entry: Element) => {
  for (const name of ['published', 'pubdate', 'date', 'publicationdate', 'updated']) {
    const text = childText(entry, name).trim()
    if (text !== '') return text
  }
  return ''
}

const titleOfFeed = (document: ReturnType<typeof parseXml>) => {
  const [top] = findElements(document, element => ['feed', 'channel'].includes(localName(element)))
  return top === undefined ? null : plainLine(childText(top, 'title')) || null
}

type Entry = { told: Told; announced: string | null } | { about: string; reason: string }

const fromAtom = (entry: Element): Entry => {
  const id = childText(entry, 'id')
  if (/arxiv\.org\/api\/errors/.test(id)) {
    const said = lineOf(childText(entry, 'summary'))
    return { about: said, reason: `arXiv answered with an error instead of a paper: ${said || 'no reason given'}. Check the id and ask again.` }
  }
  const title = child(entry, 'title')
  const links = childrenNamed(entry, 'link')
  const alternate = links.find(link => (link.attribs.rel ?? 'alternate') === 'alternate')
  const content = childText(entry, 'summary') || childText(entry, 'content')
  const announced = childText(entry, 'announce_type') || null
  const told: Told = {
    title: title === undefined ? null : markupOf(title),
    authors: childrenNamed(entry, 'author').map(author => childText(author, 'name') || textOf(author).trim()),
    abstract: abstractOf(content),
    names: [id, childText(entry, 'doi'), linkNamed(links, 'doi'), alternate?.attribs.href, ...identifiers(entry)],
    venue: venueOf(entry),
    published: announced?.startsWith('replace') ? null : publishedIn(childText(entry, 'published') || childText(entry, 'updated')),
    subjects: categoriesOf(entry, category => category.attribs.term ?? textOf(category)),
  }
  return { told, announced }
}

const linkNamed = (links: readonly Element[], title: string) => links.find(link => link.attribs.title === title)?.attribs.href

/** `type="html"` holds escaped markup, `type="xhtml"` elements, and no type is text; known tags go in any case. */
const markupOf = (element: Element) => plainLine(textOf(element))

const fromRss = (item: Element, ofArxiv: boolean): Entry => {
  const description = childText(item, 'description') || childText(item, 'encoded') || childText(item, 'summary')
  // arXiv's feeds began with "(arXiv:2301.00001v1 [cs.LG])" behind each title, and have it within the description now.
  const title = plainLine(childText(item, 'title'))
  const [, bare = title, behind] = /^(.*?)\.?\s*\((arXiv:\S{1,40})(?: \[[^\]]{1,40}\])?(?: UPDATED)?\)\s*$/.exec(title) ?? []
  const head = /^\s*arXiv:(\S+)\s+Announce Type:\s*(\S+)/.exec(description)
  const announced = childText(item, 'announce_type') || head?.[2] || null
  const told: Told = {
    title: bare,
    authors: creatorsOf(item, ofArxiv),
    abstract: abstractOf(description),
    names: [head?.[1], behind, childText(item, 'doi'), ...identifiers(item), childText(item, 'link'), item.attribs['rdf:about'], permalinkOf(item)],
    venue: venueOf(item),
    // The day of an announcement: only of a new paper is it when the paper came out.
    published:
      announced !== null && announced !== 'new'
        ? null
        : publishedIn(childText(item, 'publicationdate') || childText(item, 'date') || childText(item, 'pubdate')),
    subjects: categoriesOf(item, textOf),
  }
  return { told, announced }
}

/** Ids in elements that publishers use for them: `dc:identifier` is "doi:10.1101/…" at bioRxiv. */
const identifiers = (entry: Element) =>
  [childText(entry, 'identifier'), childText(entry, 'guid').replace(/^oai:arxiv\.org:/i, '')].filter(name => !/^https?:/.test(name))

const permalinkOf = (item: Element) => {
  const guid = child(item, 'guid')
  return guid !== undefined && guid.attribs.ispermalink !== 'false' && guid.attribs.isPermaLink !== 'false' ? textOf(guid).trim() : null
}

/** The abstract alone: arXiv writes the id above it, and some publishers their own name. */
const abstractOf = (description: string) =>
  plainParagraphs(description.replace(/^\s*arXiv:\S+\s+Announce Type:[^\n]*\n?/, '').replace(/^\s*Abstract:\s*/i, ''))
    .replace(/^[^\n]{1,80}, Published online: [^\n]{1,200}\n\n/, '')
    .slice(0, limits.abstractLength)

/** arXiv lists all authors in one element, others have one for each. */
const creatorsOf = (item: Element, ofArxiv: boolean): string[] => {
  const names = elementsIn(item)
    .filter(element => ['creator', 'author'].includes(localName(element)))
    .map(element => plainLine(childText(element, 'name') || textOf(element)).replace(/^by /i, ''))
  const [only, second] = names
  if (only === undefined) return []
  if (second !== undefined) return names.map(givenFirst)
  return ofArxiv ? withoutAffiliations(only).split(/, (?:and )?| and /) : peopleIn(only)
}

const venueOf = (entry: Element) =>
  plainLine(childText(entry, 'journal_ref') || childText(entry, 'journal_reference') || childText(entry, 'publicationname')) || null

const categoriesOf = (entry: Element, name: (category: Element) => string) => [
  ...childrenNamed(entry, 'category').map(category => plainLine(name(category))),
  ...childrenNamed(entry, 'subject').map(subject => plainLine(textOf(subject))),
]
