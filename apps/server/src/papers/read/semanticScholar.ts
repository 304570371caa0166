/** Papers of Semantic Scholar's graph API: https://api.semanticscholar.org/api-docs/graph */
import type { Day } from '@paperboard/shared/days'
import type { ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { at, isFields, listAt, textAt, textsAt } from './json.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { paperFrom } from './told.ts'

export const isSemanticScholar = (value: unknown): boolean =>
  isFields(value) && (isPage(value) || (textAt(value, 'title') !== '' && isFields(at(value, 'externalIds'))))
const isPage = (value: unknown) => /^[0-9a-f]{40}$/.test(textAt(value, 'paperId'))

/** Which fields there are depends on what was asked for; a paper without any is known by its page. */
export const semanticScholarPaper = (paper: unknown, today: Day, line: number | null = null): ReadPaper => {
  const [doi, arxivId] = [textAt(paper, 'externalIds', 'DOI'), textAt(paper, 'externalIds', 'ArXiv')]
  const page = `https://www.semanticscholar.org/paper/${textAt(paper, 'paperId')}`
  const venue = textAt(paper, 'publicationVenue', 'name') || textAt(paper, 'venue') || textAt(paper, 'journal', 'name')
  return paperFrom(
    {
      line,
      title: plainLine(textAt(paper, 'title')),
      authors: listAt(paper, 'authors').map(author => textAt(author, 'name')),
      abstract: plainParagraphs(textAt(paper, 'abstract')),
      names: [arxivId, doi, ...(doi === '' && arxivId === '' && isPage(paper) ? [page] : [])],
      venue: /^arxiv/i.test(venue) ? null : venue,
      published: publishedIn(textAt(paper, 'publicationDate')) ?? publishedIn(textAt(paper, 'year')),
      subjects: textsAt(paper, 'fieldsOfStudy'),
    },
    today,
  )
}
