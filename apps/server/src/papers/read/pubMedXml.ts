/** Records of PubMed in XML, as its search saves and its API answers them: https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/ */
import { publishedOf } from './dates.ts'
import { markupOf } from './markup.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import type { Told } from './told.ts'
import { child, childrenNamed, childText, type Element, findElements, localName, textOf } from './xml.ts'

/** An article, or a chapter of a book. */
export const isPubMed = (element: Element): boolean => ['pubmedarticle', 'pubmedbookarticle'].includes(localName(element))

export const toldByPubMed = (record: Element, text: string): Told => {
  const citation = child(record, 'medlinecitation') ?? child(record, 'bookdocument') ?? record
  const article = child(citation, 'article') ?? citation
  const journal = child(article, 'journal') ?? article
  const book = child(article, 'book') ?? article
  const data = child(record, 'pubmeddata') ?? child(record, 'pubmedbookdata') ?? record
  const markup = (parent: Element, name: string) => markupOf(child(parent, name), text)
  // Below the article alone: the works it cites have such lists, too.
  const ids = [child(data, 'articleidlist'), child(citation, 'articleidlist')].flatMap(list => (list === undefined ? [] : childrenNamed(list, 'articleid')))
  const doi = (element: Element) => (element.attribs.IdType ?? element.attribs.EIdType) === 'doi' && element.attribs.ValidYN !== 'N'
  return {
    title: plainLine(markup(article, 'articletitle') || markup(article, 'vernaculartitle') || markup(book, 'booktitle')).replace(/(?<!\.)\.$/, ''),
    authors: authorsIn(article).length > 0 ? authorsIn(article) : authorsIn(book),
    abstract: abstractIn(article, text),
    names: [
      ...[...childrenNamed(article, 'elocationid'), ...ids].filter(doi).map(element => textOf(element).trim()),
      childText(citation, 'pmid') === '' ? null : `https://pubmed.ncbi.nlm.nih.gov/${childText(citation, 'pmid')}/`,
    ],
    venue: plainLine(childText(journal, 'title') || childText(journal, 'isoabbreviation') || (book === article ? '' : markup(book, 'booktitle'))),
    published: publishedIn(article, book),
    subjects: childrenNamed(citation, 'keywordlist')
      .flatMap(list => childrenNamed(list, 'keyword'))
      .map(keyword => plainLine(markupOf(keyword, text))),
  }
}

/** Editors have a list of their own. */
const authorsIn = (article: Element): string[] =>
  childrenNamed(article, 'authorlist')
    .filter(list => list.attribs.Type !== 'editors')
    .flatMap(list => childrenNamed(list, 'author'))
    .map(author =>
      plainLine(
        childText(author, 'collectivename') ||
          [childText(author, 'forename') || childText(author, 'initials'), childText(author, 'lastname'), childText(author, 'suffix')]
            .filter(part => part !== '')
            .join(' '),
      ),
    )

/** "BACKGROUND: …" for each part that has a label, as PubMed writes it in its other formats. */
const abstractIn = (article: Element, text: string): string =>
  childrenNamed(child(article, 'abstract') ?? article, 'abstracttext')
    .map(part => {
      const words = plainParagraphs(markupOf(part, text))
      const label = plainLine(part.attribs.Label ?? '')
      return label === '' || label === 'UNLABELLED' ? words : `${label}: ${words}`
    })
    .filter(part => part !== '')
    .join('\n\n')

/** When it was published on paper or on line, whichever is told more exactly; "2020 Nov-Dec" and the like by its year and month. */
const publishedIn = (article: Element, book: Element): string | null => {
  const [issue] = findElements(article, element => localName(element) === 'pubdate')
  const dates = [issue, child(article, 'articledate'), child(book, 'pubdate')].flatMap(date => {
    if (date === undefined) return []
    const [, year, month] = /(\d{4})(?:\s+([A-Za-z]{3}))?/.exec(childText(date, 'medlinedate')) ?? []
    return publishedOf(childText(date, 'year') || year, childText(date, 'month') || month, childText(date, 'day')) ?? []
  })
  return dates.toSorted((a, b) => b.length - a.length)[0] ?? null
}
