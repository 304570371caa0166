/** Records of Crossref, as api.crossref.org/works answers them: https://api.crossref.org/swagger-ui */
import type { Day } from '@paperboard/shared/days'
import type { ReadPaper } from '../pastedLines.ts'
import { publishedOf } from './dates.ts'
import { at, isFields, listAt, textAt, textsAt } from './json.ts'
import { nameOf } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { paperFrom } from './told.ts'

export const isCrossref = (value: unknown): boolean =>
  isFields(value) && textAt(value, 'DOI') !== '' && (Array.isArray(at(value, 'title')) || Array.isArray(at(value, 'container-title')))

/** A work. Titles hold HTML, some of it escaped twice; abstracts are JATS under any prefix. */
export const crossrefPaper = (work: unknown, today: Day, line: number | null = null): ReadPaper =>
  paperFrom(
    {
      line,
      title: titleIn(work),
      authors: listAt(work, 'author').map(nameOf),
      abstract: plainParagraphs(textAt(work, 'abstract')),
      names: [textAt(work, 'DOI'), ...preprints(work)],
      venue: plainLine(textAt(work, 'container-title', 0) || textAt(work, 'institution', 0, 'name') || textAt(work, 'event', 'name')),
      published: datePartsIn(work, ['issued', 'published', 'published-online', 'published-print', 'posted', 'created']),
      subjects: textsAt(work, 'subject').map(plainLine),
    },
    today,
  )

const titleIn = (work: unknown) => {
  const title = plainLine(textAt(work, 'title', 0) || textAt(work, 'original-title', 0))
  const subtitle = plainLine(textAt(work, 'subtitle', 0))
  return subtitle === '' || title.toLowerCase().includes(subtitle.toLowerCase()) ? title : `${title}: ${subtitle}`
}

/** The arXiv version of a published work. */
const preprints = (work: unknown) =>
  ['has-preprint', 'is-identical-to']
    .flatMap(relation => listAt(work, 'relation', relation).map(one => textAt(one, 'id').replace(/^https?:\/\/doi\.org\//i, '')))
    .filter(id => /^10\.48550\/arxiv\./i.test(id))

/** The first of these fields that holds a date as `{ 'date-parts': [[2026, 11, 24]] }`. */
export const datePartsIn = (record: unknown, fields: readonly string[]): string | null => {
  for (const field of fields) {
    const [year, month, day] = listAt(record, field, 'date-parts', 0)
    const published = publishedOf(year, month, day)
    if (published !== null) return published
  }
  return null
}
