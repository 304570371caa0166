/** RIS, as reference managers and publishers write it: https://en.wikipedia.org/wiki/RIS_(file_format). Lines without a tag go on with the field above. */
import type { Day } from '@paperboard/shared/days'
import type { PastedLine, ReadPaper } from '../pastedLines.ts'
import { publishedIn } from './dates.ts'
import { givenFirst } from './names.ts'
import { plainLine, plainParagraphs } from './plainText.ts'
import { doiFrom, paperFrom, problem, type Reading } from './told.ts'

const tagged = /^\s{0,4}([A-Z][A-Z0-9])\s{0,4}-(?:\s(.*))?$/
/** The line that begins a record. */
export const risStart = /^\s{0,4}TY\s{0,4}-(\s|$)/

interface Record {
  line: PastedLine
  fields: { tag: string; text: string }[]
}

/** Whether a line can be part of a record: one with a tag, or one that goes on with the field above. */
export const risTag = (text: string): string | null => tagged.exec(text)?.[1] ?? null

/** Reads records from lines. A record ends at ER, or where the next begins. */
export const readRis = (lines: readonly PastedLine[], today: Day): Reading => {
  const reading: Reading = { papers: [], problems: [], day: null }
  let record: Record | null = null
  const finish = (ended: boolean) => {
    if (record === null) return
    const paper = paperOf(record, today)
    if (paper.title === null && paper.doi === null && paper.arxivId === null && paper.url === null)
      reading.problems.push(problem(record.line.number, record.line.text, 'This record has neither a title (TI) nor a DOI (DO) or link (UR).'))
    else {
      reading.papers.push(paper)
      if (!ended)
        reading.problems.push(
          problem(record.line.number, paper.title ?? record.line.text, 'This record is not ended by ER: what was there of it has been read.'),
        )
    }
    record = null
  }
  for (const line of lines) {
    const [, tag, text = ''] = tagged.exec(line.text) ?? []
    if (tag === 'TY') {
      finish(false)
      record = { line, fields: [] }
    } else if (record === null) {
      reading.problems.push(problem(line.number, line.text, 'This line stands outside of a record. Records begin with TY and end with ER.'))
    } else if (tag === 'ER') finish(true)
    else if (tag !== undefined) record.fields.push({ tag, text })
    else {
      const last: { text: string } | undefined = record.fields.at(-1)
      if (last !== undefined) last.text = `${last.text}\n${line.text}`
    }
  }
  finish(false)
  return reading
}

const paperOf = ({ line, fields }: Record, today: Day): ReadPaper => {
  const all = (...tags: string[]) => fields.filter(({ tag }) => tags.includes(tag)).map(({ text }) => text.trim())
  const first = (...tags: string[]) => tags.flatMap(tag => all(tag)).find(text => text !== '') ?? ''
  const authors = all('AU', 'A1')
  const links = all('UR', 'L2', 'LK', 'L1').flatMap(text => text.split(/\s+/))
  // Some write the DOI as a note.
  const doi = first('DO') || (/(?:^|doi:?\s*)(10\.\d{4,9}\/\S+)/i.exec(first('N1'))?.[1] ?? doiFrom(first('M3')).replace(/^(?!10\.).*/, ''))
  return paperFrom(
    {
      line: line.number,
      title: plainLine(first('TI', 'T1', 'CT', 'BT', 'ST')),
      authors: (authors.length > 0 ? authors : all('A2', 'ED')).map(name => givenFirst(plainLine(name))),
      abstract: plainParagraphs(first('AB', 'N2')),
      names: [doiFrom(doi), ...all('AN', 'C1', 'M1', 'N1').map(text => /arxiv:\s*(\S+)/i.exec(text)?.[1]), ...links],
      venue: plainLine(first('T2', 'JO', 'JF', 'JA', 'J2', ...(first('TI', 'T1', 'CT') === '' ? [] : ['BT']))),
      published: publishedIn(first('DA')) ?? publishedIn(first('PY', 'Y1')),
      subjects: all('KW').flatMap(text => text.split(/\n/)),
    },
    today,
  )
}
