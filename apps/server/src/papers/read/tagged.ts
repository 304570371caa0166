/**
 * Records of lines with a tag each, as PubMed (MEDLINE, `.nbib`), Web of Science, EndNote (`.enw`) and RefWorks have them; Google
 * Scholar exports the latter two. https://www.nlm.nih.gov/bsd/mms/medlineelements.html and
 * https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
 */
import type { Day } from '@paperboard/shared/days'
import type { PastedLine, ReadPaper } from '../pastedLines.ts'
import { publishedIn, publishedOf } from './dates.ts'
import { givenFirst } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { doiFrom, paperFrom, problem, type Reading, type Told } from './told.ts'

/** How a file of each kind begins. */
export const taggedStart = /^(?:PMID- ?\d{1,9}\s|FN [^\n]{1,200}\nVR \d|PT [A-Z]\n(?:AU|AF|BA|CA|TI) |%0 [A-Z]|RT [A-Z][a-z]{2,20})/

interface Record {
  line: PastedLine
  fields: Map<string, string[]>
}

interface Kind {
  /** A line with a tag. */
  form: RegExp
  /** The tag with which each record begins. */
  begins: string
  told: (fields: Record['fields']) => Told
}

/** Reads records from lines, all of the kind of the first. */
export const readTagged = (lines: readonly PastedLine[], today: Day): Reading => {
  const reading: Reading = { papers: [], problems: [], day: null }
  const kind = kinds.find(({ begins }) => lines[0]?.text.startsWith(begins)) ?? webOfScience
  let record: Record | null = null
  let values: string[] | undefined
  const finish = () => {
    if (record === null) return
    const paper = paperFrom({ ...kind.told(record.fields), line: record.line.number }, today)
    if (isNamed(paper)) reading.papers.push(paper)
    else reading.problems.push(problem(record.line.number, record.line.text, 'This record has neither a title nor a DOI or link.'))
    record = null
  }
  for (const line of lines) {
    const [, tag, text = ''] = kind.form.exec(line.text) ?? []
    if (tag === kind.begins) {
      finish()
      record = { line, fields: new Map() }
    }
    if (record === null || tag === 'ER' || tag === 'EF') continue
    if (tag !== undefined) {
      values = record.fields.get(tag) ?? []
      record.fields.set(tag, values)
      values.push(text)
    } else if (values !== undefined) {
      // Web of Science has one name a line, and writes the tag before the first alone.
      if (kind === webOfScience && /^ {3}\S/.test(line.text) && ['AU', 'AF'].includes([...record.fields.keys()].at(-1) ?? '')) values.push(line.text)
      else values.push(`${values.pop() ?? ''} ${line.text.trim()}`)
    }
  }
  finish()
  return reading
}

const isNamed = ({ title, doi, arxivId, url }: ReadPaper) => (title ?? doi ?? arxivId ?? url) !== null

const oneOf = (fields: Record['fields'], ...tags: string[]) => tags.flatMap(tag => fields.get(tag) ?? []).find(value => value.trim() !== '') ?? ''
const namesOf = (fields: Record['fields'], ...tags: string[]) =>
  (tags.map(tag => fields.get(tag)).find(values => values !== undefined) ?? []).map(name => givenFirst(plainLine(name)))

/** Titles end in a full stop there. */
const pubMed = (fields: Record['fields']): Told => ({
  title: plainLine(oneOf(fields, 'TI', 'BTI')).replace(/(?<!\.)\.$/, ''),
  authors: [...namesOf(fields, 'FAU', 'AU'), ...(fields.get('CN') ?? [])],
  abstract: plainParagraphs(oneOf(fields, 'AB')),
  names: [
    ...['LID', 'AID'].flatMap(tag => fields.get(tag) ?? []).flatMap(id => /^(\S+) \[doi\]/.exec(id)?.[1] ?? []),
    `https://pubmed.ncbi.nlm.nih.gov/${oneOf(fields, 'PMID').trim()}/`,
  ],
  venue: plainLine(oneOf(fields, 'JT', 'TA')),
  published: publishedIn(oneOf(fields, 'DP', 'DEP')),
  subjects: fields.get('OT') ?? [],
})

const webOfScience: Kind = {
  form: /^([A-Z][A-Z0-9])(?: (.*))?$/,
  begins: 'PT',
  told: fields => ({
    title: plainLine(oneOf(fields, 'TI')),
    authors: namesOf(fields, 'AF', 'AU'),
    abstract: plainParagraphs(oneOf(fields, 'AB')),
    names: [oneOf(fields, 'DI')],
    venue: plainLine(oneOf(fields, 'SO')),
    published: publishedOf(oneOf(fields, 'PY'), oneOf(fields, 'PD').split(' ')[0], oneOf(fields, 'PD').split(' ')[1]),
    subjects: oneOf(fields, 'DE').split(';'),
  }),
}

const arxivIn = (text: string) => /arxiv:\s*(\S+)/i.exec(text)?.[1]

const kinds: readonly Kind[] = [
  { form: /^([A-Z]{2,4}) {0,2}- ?(.*)$/, begins: 'PMID', told: pubMed },
  {
    form: /^(%[0-9A-Z@!#$&()*+^>~?<=-])(?: (.*))?$/,
    begins: '%0',
    told: fields => ({
      title: plainLine(oneOf(fields, '%T')),
      authors: namesOf(fields, '%A', '%E'),
      abstract: plainParagraphs(oneOf(fields, '%X')),
      names: [doiFrom(oneOf(fields, '%R')), arxivIn(oneOf(fields, '%J')), ...(fields.get('%U') ?? [])],
      venue: arxivIn(oneOf(fields, '%J')) === undefined ? plainLine(oneOf(fields, '%J', '%B')) : null,
      published: publishedIn(oneOf(fields, '%8', '%7')) ?? publishedIn(`${oneOf(fields, '%8')} ${oneOf(fields, '%D')}`),
      subjects: fields.get('%K') ?? [],
    }),
  },
  {
    form: /^([A-Z][A-Z0-9]) (.*)$/,
    begins: 'RT',
    told: fields => ({
      title: plainLine(oneOf(fields, 'T1')),
      authors: namesOf(fields, 'A1', 'A2'),
      abstract: plainParagraphs(oneOf(fields, 'AB')),
      names: [oneOf(fields, 'DO'), arxivIn(oneOf(fields, 'JF', 'JO')), ...(fields.get('UL') ?? []), ...(fields.get('LK') ?? [])],
      venue: arxivIn(oneOf(fields, 'JF', 'JO')) === undefined ? plainLine(oneOf(fields, 'JF', 'JO', 'T2')) : null,
      published: publishedIn(oneOf(fields, 'FD')) ?? publishedIn(oneOf(fields, 'YR')),
      subjects: fields.get('K1') ?? [],
    }),
  },
  webOfScience,
]
