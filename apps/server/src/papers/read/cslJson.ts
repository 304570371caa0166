/** CSL-JSON, which Zotero, Mendeley, Pandoc and doi.org write: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables */
import type { Day } from '@paperboard/shared/days'
import type { ReadPaper } from '../pastedLines.ts'
import { datePartsIn } from './crossref.ts'
import { publishedIn, publishedOf } from './dates.ts'
import { at, isFields, listAt, textAt } from './json.ts'
import { nameOf, peopleIn } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { paperFrom } from './told.ts'

const types = new Set(
  `article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry entry-dictionary entry-encyclopedia
  event figure graphic hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
  personal_communication post post-weblog regulation report review review-book software song speech standard thesis treaty webpage journal-article posted-content`.split(
    /\s+/,
  ),
)

/** An item has a title, a person, a date or a type of CSL; ids alone may be anything. */
export const isCsl = (value: unknown): boolean =>
  isFields(value) && (types.has(textAt(value, 'type')) || isFields(at(value, 'issued')) || isPersons(at(value, 'author')))

const isPersons = (authors: unknown) =>
  Array.isArray(authors) &&
  authors.length > 0 &&
  authors.every(author => isFields(author) && ['family', 'literal', 'given'].some(part => textAt(author, part) !== ''))

export const cslPaper = (item: unknown, today: Day, line: number | null = null): ReadPaper =>
  paperFrom(
    {
      line,
      title: plainLine(textAt(item, 'title') || textAt(item, 'title', 0) || textAt(item, 'title-short')),
      authors: authorsIn(item),
      abstract: plainParagraphs(textAt(item, 'abstract')),
      names: [textAt(item, 'DOI'), arxivNumber(item), textAt(item, 'URL'), textAt(item, 'id')],
      venue: plainLine(textAt(item, 'container-title') || textAt(item, 'event-title') || textAt(item, 'event')),
      published:
        datePartsIn(item, ['issued', 'submitted', 'event-date']) ??
        publishedOf(textAt(item, 'issued', 'year'), textAt(item, 'issued', 'month'), textAt(item, 'issued', 'day')) ??
        publishedIn(textAt(item, 'issued', 'raw') || textAt(item, 'issued', 'literal') || textAt(item, 'issued')),
      subjects: textAt(item, 'keyword').split(/[,;]/).map(plainLine),
    },
    today,
  )

const authorsIn = (item: unknown): string[] => {
  const authors = listAt(item, 'author')
  if (authors.length > 0) return authors.map(nameOf)
  return textAt(item, 'author') === '' ? listAt(item, 'editor').map(nameOf) : peopleIn(plainLine(textAt(item, 'author')))
}

/** Zotero writes the arXiv id as `number` "arXiv:2206.03382", others into the note. */
const arxivNumber = (item: unknown) => {
  const found = /arxiv:\s*([\w./-]+\d(?:v\d+)?)/i.exec(`${textAt(item, 'number')} ${textAt(item, 'note')} ${textAt(item, 'archive_location')}`)
  return found?.[1]
}
