/**
 * Records of lines with a tag each, as PubMed (MEDLINE, `.nbib`) and Web of Science export them:
 * https://www.nlm.nih.gov/bsd/mms/medlineelements.html and https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
 */
import type { Day } from '@paperboard/shared/days'
import type { PastedLine, ReadPaper } from '../pastedLines.ts'
import { publishedIn, publishedOf } from './dates.ts'
import { givenFirst } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { paperFrom, problem, type Reading, type Told } from './told.ts'

/** How a file of either kind begins. */
export const taggedStart = /^(?:PMID- ?\d{1,9}\s|FN [^\n]{1,200}\nVR \d|PT [A-Z]\n(?:AU|AF|BA|CA|TI) )/

interface Record {
  line: PastedLine
  fields: Map<string, string[]>
}

const ofPubMed = /^([A-Z]{2,4}) {0,2}- ?(.*)$/
const ofWebOfScience = /^([A-Z][A-Z0-9])(?: (.*))?$/

/** Reads records from lines. At PubMed each begins with PMID, at Web of Science with PT. */
export const readTagged = (lines: readonly PastedLine[], today: Day): Reading => {
  const reading: Reading = { papers: [], problems: [], day: null }
  const medline = lines.some(({ text }) => text.startsWith('PMID-'))
  const [form, begins] = medline ? [ofPubMed, 'PMID'] : [ofWebOfScience, 'PT']
  let record: Record | null = null
  let values: string[] | undefined
  const finish = () => {
    if (record === null) return
    const paper = paperFrom({ ...(medline ? pubMed(record.fields) : webOfScience(record.fields)), line: record.line.number }, today)
    if (isNamed(paper)) reading.papers.push(paper)
    else reading.problems.push(problem(record.line.number, record.line.text, 'This record has neither a title (TI) nor a DOI.'))
    record = null
  }
  for (const line of lines) {
    const [, tag, text = ''] = form.exec(line.text) ?? []
    if (tag === begins) {
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
      if (!medline && /^ {3}\S/.test(line.text) && ['AU', 'AF'].includes([...record.fields.keys()].at(-1) ?? '')) values.push(line.text)
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

const webOfScience = (fields: Record['fields']): Told => ({
  title: plainLine(oneOf(fields, 'TI')),
  authors: namesOf(fields, 'AF', 'AU'),
  abstract: plainParagraphs(oneOf(fields, 'AB')),
  names: [oneOf(fields, 'DI')],
  venue: plainLine(oneOf(fields, 'SO')),
  published: publishedOf(oneOf(fields, 'PY'), oneOf(fields, 'PD').split(' ')[0], oneOf(fields, 'PD').split(' ')[1]),
  subjects: oneOf(fields, 'DE').split(';'),
})
