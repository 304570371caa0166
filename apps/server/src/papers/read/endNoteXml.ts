/** EndNote's own XML, which Zotero, Mendeley and JabRef write, too. Its texts are in pieces of a style each; versions before 8 write all in capitals. */
import { publishedIn, publishedOf } from './dates.ts'
import { markupOf } from './markup.ts'
import { givenFirst } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { doiFrom, type Told } from './told.ts'
import { child, type Element, findElements, localName, textOf } from './xml.ts'

/** Records of archives have a header, and others other fields. */
export const isEndNote = (element: Element): boolean =>
  localName(element) === 'record' && ['ref-type', 'titles', 'contributors', 'reference_type', 'source-app'].some(name => child(element, name) !== undefined)

export const toldByEndNote = (record: Element, text: string): Told => {
  /** All of the first of these names that has any. */
  const all = (...names: string[]) => {
    const named = names.map(name => findElements(record, element => localName(element) === name).map(element => markupOf(element, text)))
    return named.find(found => found.some(markup => plainLine(markup) !== '')) ?? []
  }
  const line = (...names: string[]) => plainLine(all(...names)[0] ?? '')
  const year = line('year')
  const date = line('pub-dates')
  const venue = line('secondary-title', 'full-title', 'secondary_title', 'alt-title', 'abbr-1')
  return {
    title: line('title'),
    authors: peopleIn(record, text),
    abstract: plainParagraphs((all('abstract')[0] ?? '').replaceAll(/&#(?:xd|13);/gi, '\n')),
    names: [
      doiFrom(line('electronic-resource-num', 'doi')),
      /arxiv:\s*(\S+)/i.exec(`${line('accession-num')} ${line('number')} ${venue}`)?.[1],
      ...findElements(record, element => localName(element) === 'url').flatMap(url => textOf(url).split(/\s+/)),
    ],
    venue: /^arxiv\b/i.test(venue) ? null : venue,
    published: longest([publishedIn(/\d{4}/.test(date) ? date : `${date} ${year}`), publishedIn(`${year} ${date}`), publishedOf(year)]),
    subjects: all('keyword').map(plainLine),
  }
}

/** "15 March", "Mar 15", "Nov" or "2020/03/15", with the year beside it: the date that says most. */
const longest = (dates: readonly (string | null)[]): string | null => dates.toSorted((a, b) => (b?.length ?? 0) - (a?.length ?? 0))[0] ?? null

const peopleIn = (record: Element, text: string): string[] => {
  for (const role of ['authors', 'secondary-authors', 'tertiary-authors', 'secondary_authors']) {
    const [list] = findElements(record, element => localName(element) === role)
    const names = list === undefined ? [] : findElements(list, element => localName(element) === 'author')
    if (names.length > 0) return names.map(name => givenFirst(plainLine(markupOf(name, text))))
  }
  return []
}
