/** Articles in JATS, as PubMed Central, SciELO and publishers give them out: https://jats.nlm.nih.gov/archiving/ */
import { publishedIn, publishedOf } from './dates.ts'
import { markupOf } from './markup.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import type { Told } from './told.ts'
import { child, childrenNamed, childText, type Element, findElements, localName, textOf } from './xml.ts'

/** Pages have elements of this name, too, and no front matter. */
export const isJats = (element: Element): boolean => localName(element) === 'article' && child(element, 'front') !== undefined

export const toldByJats = (article: Element, text: string): Told => {
  const front = child(article, 'front') ?? article
  const journal = child(front, 'journal-meta') ?? front
  const meta = child(front, 'article-meta') ?? front
  const titles = child(meta, 'title-group') ?? meta
  const [title, subtitle] = ['article-title', 'subtitle'].map(name => plainLine(markupOf(child(titles, name), text)))
  const ids = (...types: string[]) =>
    childrenNamed(meta, 'article-id')
      .filter(id => types.includes(id.attribs['pub-id-type'] ?? ''))
      .map(id => textOf(id).trim())
  const [pubMed] = ids('pmid')
  const [central] = ids('pmcid', 'pmc').map(id => id.replace(/^(?:PMC)?/i, 'PMC'))
  return {
    title: [title, subtitle].filter(part => part !== '').join(': '),
    authors: childrenNamed(meta, 'contrib-group').flatMap(authorsIn),
    abstract: abstractIn(meta, text),
    names: [
      ...ids('doi'),
      ...ids('arxiv'),
      pubMed === undefined ? null : `https://pubmed.ncbi.nlm.nih.gov/${pubMed}/`,
      central === undefined ? null : `https://pmc.ncbi.nlm.nih.gov/articles/${central}/`,
      ...childrenNamed(meta, 'self-uri').map(uri => uri.attribs['xlink:href'] || textOf(uri).trim()),
    ],
    venue: plainLine(childText(child(journal, 'journal-title-group') ?? journal, 'journal-title')) || null,
    published: publishedOn(meta),
    subjects: childrenNamed(meta, 'kwd-group')
      .filter(group => !group.attribs['kwd-group-type']?.includes('abbr'))
      .flatMap(group => findElements(group, element => localName(element) === 'kwd'))
      .map(keyword => plainLine(markupOf(keyword, text))),
  }
}

const authorsIn = (group: Element): string[] =>
  childrenNamed(group, 'contrib')
    .filter(({ attribs }) => ['author', undefined].includes(attribs['contrib-type']))
    .flatMap(contributor => {
      const named = child(contributor, 'name-alternatives') ?? contributor
      const name = child(named, 'name') ?? child(named, 'string-name')
      const group = child(named, 'collab')
      return plainLine(name !== undefined ? nameIn(name) : group === undefined ? '' : collaboration(group)) || []
    })

/** Of a name whose parts are not marked all its words. */
const nameIn = (name: Element) =>
  ['given-names', 'surname', 'suffix']
    .map(part => childText(name, part))
    .filter(part => part !== '')
    .join(' ') || textOf(name)

/** The members of a group may be listed within its name. */
const collaboration = (group: Element) =>
  childText(group, 'institution') ||
  childText(group, 'named-content') ||
  group.children
    .filter(node => !('attribs' in node) || ['italic', 'bold'].includes(localName(node)))
    .map(textOf)
    .join('')

/** The one for everybody: others are pictures, highlights, or in another language. */
const abstractIn = (meta: Element, text: string): string => {
  const all = childrenNamed(meta, 'abstract')
  return plainParagraphs(markupOf(all.find(({ attribs }) => attribs['abstract-type'] === undefined) ?? all[0], text))
}

/** The first day on which one could read it; of a month or a year where no day is told. */
const publishedOn = (meta: Element): string | null => {
  const dates = childrenNamed(meta, 'pub-date').flatMap(date => {
    const told = publishedIn(date.attribs['iso-8601-date'] ?? '') ?? publishedOf(childText(date, 'year'), childText(date, 'month'), childText(date, 'day'))
    return told === null || ['collection', 'pmc-release'].includes(date.attribs['pub-type'] ?? '') ? [] : told
  })
  return dates.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))[0] ?? publishedOf(childText(child(meta, 'pub-date') ?? meta, 'year'))
}
