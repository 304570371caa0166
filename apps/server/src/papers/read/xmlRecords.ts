/** Records that reference managers, PubMed and publishers write in XML, each in a form of its own. */
import type { Day } from '@paperboard/shared/days'
import { isEndNote, toldByEndNote } from './endNoteXml.ts'
import { isJats, toldByJats } from './jats.ts'
import { lineOf } from './plainText.ts'
import { isPubMed, toldByPubMed } from './pubMedXml.ts'
import { lineCounter, paperFrom, problem, type Reading, type Told } from './told.ts'
import { type Element, findElements, isClosed, localName, parseXml, startOf, textOf, unreadRest } from './xml.ts'

const forms: readonly { is: (element: Element) => boolean; told: (element: Element, text: string) => Told }[] = [
  { is: isEndNote, told: toldByEndNote },
  { is: isJats, told: toldByJats },
  { is: isPubMed, told: toldByPubMed },
]
const formOf = (element: Element) => forms.find(({ is }) => is(element))

/** Elements that these forms alone have. Pages have articles, and archives records, too. */
const signs = /<(?:[a-z]{1,8}:)?(?:ref-type|contributors|reference_type|source-app|pubmedarticle|pubmedbookarticle|front)[\s>]/i
const others = new Set(['html', 'head', 'body', 'main', 'section', 'div', 'oai-pmh', 'listrecords', 'getrecord'])

/** Whether a document whose outermost element has this name is one of such records. */
export const holdsXmlRecords = (name: string, text: string): boolean => !others.has(name) && signs.test(text)

export const readXmlRecords = (text: string, { today, firstLine = 1 }: { today: Day; firstLine?: number }): Reading => {
  const document = parseXml(text)
  const lineAt = lineCounter(text, firstLine)
  const reading: Reading = { papers: [], problems: [], day: null }
  for (const record of findElements(document, element => formOf(element) !== undefined || localName(element) === 'record')) {
    const line = lineAt(startOf(record))
    const about = lineOf(textOf(record).slice(0, 400))
    // A record of no known form tells nothing that could be read.
    const paper = paperFrom({ ...formOf(record)?.told(record, text), line }, today)
    if (paper.title === null && paper.arxivId === null && paper.doi === null && paper.url === null)
      reading.problems.push(problem(line, about, 'This record has neither a title nor a DOI or link.'))
    else reading.papers.push(paper)
    if (!isClosed(record, text))
      reading.problems.push(problem(line, about, 'The text is cut off within this record: what was there of it has been read. Export it again.'))
  }
  const unread = unreadRest(document)
  if (reading.papers.length + reading.problems.length === 0)
    reading.problems.push(problem(firstLine, text.slice(0, 200), 'There are no records in this XML that can be read. Export them as RIS or BibTeX.'))
  if (unread !== null) reading.problems.push(problem(lineAt(unread.at), text.slice(unread.at, unread.at + 200), unread.reason))
  return reading
}
