/** Works of OpenAlex: https://docs.openalex.org/api-entities/works/work-object */
import type { Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import type { ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { at, isFields, listAt, textAt } from './json.ts'
import { givenFirst } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { paperFrom } from './told.ts'

export const isOpenAlex = (value: unknown): boolean =>
  isFields(value) && (/openalex\.org\/W\d/i.test(textAt(value, 'id')) || Array.isArray(at(value, 'authorships')))

export const openAlexPaper = (work: unknown, today: Day, line: number | null = null): ReadPaper => {
  const venue = textAt(work, 'primary_location', 'source', 'display_name') || textAt(work, 'host_venue', 'display_name')
  const pages = [at(work, 'primary_location'), at(work, 'best_oa_location'), ...listAt(work, 'locations')].map(place => textAt(place, 'landing_page_url'))
  const doi = textAt(work, 'doi')
  return paperFrom(
    {
      line,
      title: plainLine(textAt(work, 'title') || textAt(work, 'display_name')),
      authors: listAt(work, 'authorships').map(one => textAt(one, 'author', 'display_name') || givenFirst(textAt(one, 'raw_author_name'))),
      abstract: plainParagraphs(wordsInPlace(at(work, 'abstract_inverted_index'))),
      names: [doi, ...pages.filter(page => /arxiv\.org/.test(page)), ...(doi === '' ? [pages.find(page => page !== ''), textAt(work, 'id')] : [])],
      venue: /^arxiv/i.test(venue) ? null : venue,
      published: publishedIn(textAt(work, 'publication_date')) ?? publishedIn(textAt(work, 'publication_year')),
      subjects: listAt(work, 'keywords').map(keyword => textAt(keyword, 'display_name')),
    },
    today,
  )
}

/** An abstract from the places of its words: `{ The: [0, 8], counting: [1] }`. */
const wordsInPlace = (index: unknown): string => {
  if (!isFields(index)) return ''
  const words: string[] = []
  // No abstract has more words than letters.
  for (const [word, places] of Object.entries(index))
    for (const place of Array.isArray(places) ? places : [])
      if (typeof place === 'number' && Number.isInteger(place) && place >= 0 && place < limits.abstractLength) words[place] = word
  return words.filter(word => word !== undefined).join(' ')
}
