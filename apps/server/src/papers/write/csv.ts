/** CSV for spreadsheets (RFC 4180, with the mark by which Excel knows UTF-8). */
import Papa from 'papaparse'
import { addressOf, type Cited, datePartsOf, titleOf } from './cited.ts'

/**
 * What a spreadsheet would compute: a cell that begins, after blanks, with one of these signs, also in full width. It gets
 * an apostrophe before it, which spreadsheets show as text: https://owasp.org/www-community/attacks/CSV_Injection
 */
export const formula = /^[\s\0]*[=+\-@\t\r\n＝＋－＠]/

export const columns = [
  'key',
  'title',
  'authors',
  'year',
  'published',
  'venue',
  'arxiv',
  'doi',
  'url',
  'subjects',
  'tags',
  'boards',
  'net',
  'up',
  'down',
  'comments',
  'abstract',
] as const

const cells = ({ paper, key, tags, boards, up, down, comments }: Cited): Record<(typeof columns)[number], string | number> => ({
  key,
  title: titleOf(paper),
  authors: paper.authors.join('; '),
  year: datePartsOf(paper)[0] ?? '',
  published: paper.published ?? '',
  venue: paper.venue ?? '',
  arxiv: paper.arxivId ?? '',
  doi: paper.doi ?? '',
  url: addressOf(paper) ?? '',
  subjects: paper.subjects.join('; '),
  tags: tags.join('; '),
  boards: boards.join('; '),
  net: up - down,
  up,
  down,
  comments,
  abstract: paper.abstract,
})

const csv = (rows: readonly (string | number)[][]): string => Papa.unparse([...rows], { escapeFormulae: formula, newline: '\r\n' })

export const csvHead = `\ufeff${csv([[...columns]])}\r\n`
export const csvRow = (cited: Cited): string => {
  const row = cells(cited)
  return `${csv([columns.map(column => row[column])])}\r\n`
}
