/** Records of DataCite, as api.datacite.org/dois answers them: https://support.datacite.org/docs/api */
import type { Day } from '@paperboard/shared/days'
import type { ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { at, isFields, listAt, textAt } from './json.ts'
import { givenFirst } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { paperFrom } from './told.ts'

const attributesOf = (value: unknown) => (isFields(at(value, 'attributes')) ? at(value, 'attributes') : value)

export const isDataCite = (value: unknown): boolean => {
  const record = attributesOf(value)
  return Array.isArray(at(record, 'titles')) && Array.isArray(at(record, 'creators'))
}

export const dataCitePaper = (value: unknown, today: Day, line: number | null = null): ReadPaper => {
  const record = attributesOf(value)
  const ofArxiv = /^arxiv/i.test(textAt(record, 'publisher') || textAt(record, 'publisher', 'name'))
  const titles = listAt(record, 'titles')
  return paperFrom(
    {
      line,
      title: plainLine(textAt(titles.find(title => textAt(title, 'titleType') === '') ?? titles[0], 'title')),
      authors: listAt(record, 'creators').map(creatorOf),
      abstract: plainParagraphs(
        textAt(
          listAt(record, 'descriptions').find(one => textAt(one, 'descriptionType') === 'Abstract'),
          'description',
        ),
      ),
      names: [textAt(record, 'doi'), textAt(record, 'id'), ...(ofArxiv ? published(record) : []), textAt(record, 'url')],
      venue: textAt(record, 'container', 'title') || (ofArxiv ? null : textAt(record, 'publisher') || textAt(record, 'publisher', 'name')),
      published: firstDate(record),
      subjects: listAt(record, 'subjects').flatMap(subjectOf),
    },
    today,
  )
}

const creatorOf = (creator: unknown) => {
  const [given, family] = [textAt(creator, 'givenName'), textAt(creator, 'familyName')]
  if (family !== '') return `${given} ${family}`
  return textAt(creator, 'nameType') === 'Organizational' ? textAt(creator, 'name') : givenFirst(textAt(creator, 'name'))
}

/** arXiv names the journal's version of a paper so. */
const published = (record: unknown) =>
  listAt(record, 'relatedIdentifiers')
    .filter(one => textAt(one, 'relationType') === 'IsVersionOf' && textAt(one, 'relatedIdentifierType') === 'DOI')
    .map(one => textAt(one, 'relatedIdentifier'))

const firstDate = (record: unknown) => {
  for (const type of ['Issued', 'Submitted', 'Available', 'Created'])
    for (const date of listAt(record, 'dates')) {
      const found = textAt(date, 'dateType') === type ? publishedIn(textAt(date, 'date')) : null
      // "Issued" is often the year alone, where "Submitted" or "Available" has the day.
      if (found !== null && found.length > 4) return found
    }
  return publishedIn(textAt(record, 'publicationYear'))
}

/** "Atomic Physics (physics.atom-ph)" is filed under physics.atom-ph; fields of science are too wide to tell anything. */
const subjectOf = (subject: unknown): string[] => {
  const name = textAt(subject, 'subject')
  if (/^FOS:/.test(name)) return []
  return textAt(subject, 'subjectScheme') === 'arXiv' ? [/\(([\w.-]{2,30})\)$/.exec(name)?.[1] ?? name] : [name]
}
