/** Items as Zotero's API and its translators write them: https://www.zotero.org/support/dev/web_api/v3/types_and_fields */
import type { Day } from '@paperboard/shared/days'
import type { ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { at, isFields, listAt, textAt } from './json.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { paperFrom } from './told.ts'

const itemIn = (value: unknown) => (isFields(at(value, 'data')) ? at(value, 'data') : value)

/** Notes and attachments are items, too, and no papers. */
export const isZotero = (value: unknown): boolean => {
  const type = textAt(itemIn(value), 'itemType')
  return type !== '' && !['note', 'attachment', 'annotation'].includes(type)
}

/** Ids that a type of item has no field for stand in its notes, one a line. */
const inExtra = (extra: string) => [/^\s*arxiv:\s*(\S+)/im, /^\s*doi:\s*(\S+)/im].flatMap(form => form.exec(extra)?.[1] ?? [])

export const zoteroPaper = (value: unknown, today: Day, line: number | null = null): ReadPaper => {
  const item = itemIn(value)
  const creators = listAt(item, 'creators')
  const authors = creators.filter(creator => textAt(creator, 'creatorType') === 'author')
  const venues = ['publicationTitle', 'proceedingsTitle', 'bookTitle', 'conferenceName', 'repository', 'university', 'institution']
  return paperFrom(
    {
      line,
      title: plainLine(textAt(item, 'title')),
      authors: (authors.length > 0 ? authors : creators).map(
        creator => textAt(creator, 'name') || `${textAt(creator, 'firstName')} ${textAt(creator, 'lastName')}`,
      ),
      abstract: plainParagraphs(textAt(item, 'abstractNote')),
      names: [
        textAt(item, 'DOI'),
        textAt(item, 'archiveID'),
        textAt(item, 'reportNumber').replace(/^.*(arxiv:\S+).*$/i, '$1'),
        textAt(item, 'url'),
        ...inExtra(textAt(item, 'extra')),
      ],
      venue: venues.map(field => textAt(item, field)).find(venue => venue !== '' && venue !== 'arXiv') ?? null,
      published: publishedIn(textAt(item, 'date')),
      subjects: listAt(item, 'tags').map(tag => textAt(tag, 'tag') || (typeof tag === 'string' ? tag : '')),
    },
    today,
  )
}
