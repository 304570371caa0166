/**
 * Records of no particular format: an object with a title and something that names or describes the paper. Lists of arXiv
 * papers that people collect are of this kind, and so is what `npm run papers -- preview` prints.
 */
import type { Day } from '@paperboard/shared/days'
import type { ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { at, isFields, listAt, textAt, textsAt } from './json.ts'
import { nameOf, peopleIn } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { withAccents } from './texAccents.ts'
import { identifiersIn, paperFrom } from './told.ts'

const fields = {
  authors: ['authors', 'author', 'creators'],
  abstract: ['abstract', 'summary', 'description', 'content_html', 'content_text'],
  names: ['arxivId', 'arxiv_id', 'arxiv', 'base_id', 'doi', 'DOI', 'id', 'entry_url', 'abs', 'url', 'link', 'html_url', 'pdf_url', 'pdf', 'paper_url'],
  venue: ['venue', 'journal', 'journal_ref', 'journal-ref', 'conference', 'booktitle', 'publication'],
  published: ['published', 'publishedAt', 'published_date', 'date_published', 'publication_date', 'date', 'year'],
  subjects: ['subjects', 'categories', 'keywords', 'tags'],
  code: ['githubRepo', 'code_url', 'code', 'github', 'repo'],
  project: ['projectPage', 'project_page', 'project'],
} as const

const first = (record: unknown, names: readonly string[]) => names.map(name => textAt(record, name)).find(text => text !== '') ?? ''
/** Search engines have lists of one title. */
const titleIn = (record: unknown) => textAt(record, 'title') || textAt(record, 'title', 0) || textAt(record, 'paper_title') || textAt(record, 'Title')

const words = new Map(['title', 'versions', 'links', 'authors_parsed', ...Object.values(fields).flat()].map(name => [keyOf(name), name]))
/** Spreadsheets and people write `Title`, `DOI` or `PDF URL`. */
function keyOf(name: string) {
  return name.toLowerCase().replace(/[^a-z]/g, '')
}
/** The fields by the names that are read; one that is written so counts before others. */
const named = (value: unknown): unknown => {
  if (!isFields(value)) return value
  const odd = Object.entries(value).flatMap(([key, told]) => {
    const name = words.get(keyOf(key))
    return name === undefined || Object.hasOwn(value, name) ? [] : [[name, told] as const]
  })
  return odd.length === 0 ? value : { ...Object.fromEntries(odd), ...value }
}

export const isPlainRecord = (given: unknown): boolean => isFields(given) && isNamed(named(given))
const isNamed = (value: unknown): boolean =>
  plainLine(titleIn(value)) !== '' &&
  [...fields.authors, ...fields.abstract, ...fields.names].some(name => at(value, name) !== undefined && at(value, name) !== null)

/** A record that has nothing but what names a paper; in lists alone, since within others such fields may stand for anything. */
export const isBareRecord = (value: unknown, today: Day): boolean =>
  isFields(value) && Object.keys(value).length <= 12 && Object.values(identifiersIn(namesOf(value), today)).some(name => name !== null)

const namesOf = (record: unknown) => [...fields.names.flatMap(name => textAt(record, name) || textsAt(record, name)), ...textsAt(record, 'identifier')]

export const plainPaper = (given: unknown, today: Day, line: number | null = null): ReadPaper => paperNamed(named(given), today, line)

const paperNamed = (record: unknown, today: Day, line: number | null): ReadPaper =>
  paperFrom(
    {
      line,
      title: withAccents(plainLine(titleIn(record))),
      authors: authorsIn(record).map(withAccents),
      abstract: withAccents(plainParagraphs(first(record, fields.abstract))),
      names: namesOf(record),
      venue: first(record, fields.venue),
      published: publishedIn(first(record, fields.published) || textAt(record, 'versions', 0, 'created')),
      subjects: fields.subjects.flatMap(name =>
        typeof at(record, name) === 'string' ? textAt(record, name).split(/[,;]/.test(textAt(record, name)) ? /[,;]/ : /\s+/) : textsAt(record, name),
      ),
      links: [
        { label: 'Code', url: first(record, fields.code) || null },
        { label: 'Project page', url: first(record, fields.project) || null },
        ...listAt(record, 'links')
          .map(link => ({ label: textAt(link, 'label'), url: textAt(link, 'url') || null }))
          .filter(({ label }) => label !== ''),
      ],
    },
    today,
  )

/** A list of names, of objects with names, or one text. */
const authorsIn = (record: unknown): string[] => {
  for (const name of fields.authors) {
    const told = at(record, name)
    if (Array.isArray(told)) return told.map(author => nameOf(author) || textAt(author, 'full_name'))
    // DBLP has them one level down, a single one without a list, with numbers that tell namesakes apart.
    const below = at(told, 'author')
    if (below !== undefined) return [below].flat().map(author => (nameOf(author) || textAt(author, 'text')).replace(/ \d{4}$/, ''))
    if (typeof told === 'string' && told !== '') return peopleIn(plainLine(told))
  }
  // arXiv's own dump has each name in parts, too: family, given, suffix.
  return listAt(record, 'authors_parsed').map(parts =>
    [1, 0, 2]
      .map(part => textAt(parts, part))
      .filter(part => part !== '')
      .join(' '),
  )
}
