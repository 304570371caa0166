/**
 * Records of OAI-PMH, in the formats `arXiv`, `arXivRaw` and `oai_dc`: http://www.openarchives.org/OAI/openarchivesprotocol.html
 * and https://info.arxiv.org/help/oa/index.html
 */
import type { Day } from '@paperboard/shared/days'
import { publishedIn } from './dates.ts'
import { givenFirst, withoutAffiliations } from './names.ts'
import { lineOf, plainLine, plainParagraphs } from './plainText.ts'
import { withAccents } from './texAccents.ts'
import { lineCounter, paperFrom, problem, type Reading, type Told } from './told.ts'
import { child, childrenNamed, childText, type Element, elementsIn, findElements, isClosed, localName, parseXml, startOf, textOf, unreadRest } from './xml.ts'

export const readOai = (text: string, { today, firstLine = 1 }: { today: Day; firstLine?: number }): Reading => {
  const document = parseXml(text)
  const lineAt = lineCounter(text, firstLine)
  const reading: Reading = { papers: [], problems: [], day: null }
  for (const record of findElements(document, element => localName(element) === 'record' || localName(element) === 'error')) {
    const line = lineAt(startOf(record))
    const id = lineOf(childText(child(record, 'header') ?? record, 'identifier'))
    if (localName(record) === 'error')
      reading.problems.push(
        problem(
          line,
          textOf(record),
          `The archive answered with an error instead of records: ${lineOf(textOf(record)) || record.attribs.code || 'no reason given'}.`,
        ),
      )
    else if (child(record, 'header')?.attribs.status === 'deleted')
      reading.problems.push(problem(line, id, 'The archive has deleted this record, and tells nothing of it.'))
    else {
      const paper = paperFrom({ ...toldBy(record), line }, today)
      if (paper.title === null) reading.problems.push(problem(line, id || textOf(record), 'This record has no title.'))
      else reading.papers.push(paper)
    }
    if (!isClosed(record, text))
      reading.problems.push(problem(line, id, 'The text is cut off within this record: what was there of it has been read. Fetch it again.'))
  }
  const [token] = findElements(document, element => localName(element) === 'resumptiontoken')
  if (token !== undefined && textOf(token).trim() !== '')
    reading.problems.push(
      problem(lineAt(startOf(token)), textOf(token), 'The archive has more records than these. Ask it for the rest with this resumption token.'),
    )
  if (reading.papers.length + reading.problems.length === 0)
    reading.problems.push(problem(firstLine, text.slice(0, 200), 'There are no records in this answer of an archive. Ask it for ListRecords or GetRecord.'))
  const unread = unreadRest(document)
  if (unread !== null) reading.problems.push(problem(lineAt(unread.at), text.slice(unread.at, unread.at + 200), unread.reason))
  return reading
}

const toldBy = (record: Element): Told => {
  const identifier = childText(child(record, 'header') ?? record, 'identifier').replace(/^oai:arxiv\.org:/i, '')
  const metadata = child(record, 'metadata')
  const body = (metadata === undefined ? undefined : elementsIn(metadata)[0]) ?? record
  const all = (name: string) => childrenNamed(body, name).map(element => textOf(element).trim())
  const one = (name: string) => all(name)[0] ?? ''
  const versions = childrenNamed(body, 'version')
  const descriptions = all('description').filter(text => !/^comment:/i.test(text))
  return {
    title: withAccents(plainLine(one('title'))),
    authors: authorsIn(body).map(withAccents),
    abstract: withAccents(plainParagraphs(one('abstract') || (descriptions[0] ?? ''))),
    names: [
      one('id') + (versions.at(-1)?.attribs.version ?? ''),
      one('id'),
      one('doi'),
      identifier,
      ...all('identifier').map(name => name.replace(/^info:doi\//i, '')),
    ],
    venue: plainLine(one('journal-ref') || one('source')) || null,
    published: publishedIn(one('created') || (versions[0] === undefined ? '' : childText(versions[0], 'date')) || (all('date').sort()[0] ?? '')),
    subjects: [...one('categories').split(/\s+/), ...all('subject').map(plainLine)],
  }
}

/** `arXiv` has each name in parts, `arXivRaw` all in one text, `oai_dc` each family name first. */
const authorsIn = (body: Element): string[] => {
  const creators = childrenNamed(body, 'creator')
  if (creators.length > 0) return creators.map(creator => givenFirst(plainLine(textOf(creator))))
  const authors = child(body, 'authors')
  if (authors === undefined) return []
  const parts = childrenNamed(authors, 'author')
  if (parts.length === 0) return withoutAffiliations(lineOf(textOf(authors))).split(/, (?:and )?| and /)
  return parts.map(author =>
    ['forenames', 'keyname', 'suffix']
      .map(name => childText(author, name))
      .filter(part => part !== '')
      .join(' '),
  )
}
