/** BibTeX, as BibLaTeX reads it too: https://ctan.org/pkg/bibtex. In UTF-8, with accents of Latin letters as commands. */

import type { Paper } from '@paperboard/shared/api'
import { kindOf } from '@paperboard/shared/citation'
import { nameIn } from '@paperboard/shared/personNames'
import { addressOf, type Cited, containerOf, datePartsOf, titleOf } from './cited.ts'
import { latex, latexTitle } from './latex.ts'

const types = { article: 'article', conference: 'inproceedings', preprint: 'misc', other: 'misc' } as const
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** "von Neumann, John"; a group in braces, so that it is not taken apart. */
const author = (name: string): string => {
  const parts = nameIn(name)
  if ('literal' in parts) return `{${latex(parts.literal)}}`
  // The word between names within a name.
  const safe = (part: string) => latex(part).replace(/(^|\s)and(?=\s|$)/gi, '$1{and}')
  return `${[parts.particle, parts.family].filter(Boolean).map(safe).join(' ')}, ${safe(parts.given)}`
}

const categoryOf = ({ subjects }: Paper): string | null => subjects.find(subject => /^[a-z-]+(?:\.[A-Za-z-]+)?$/.test(subject)) ?? null

/** An address as it is: only what would end the field is escaped by its percent sign. */
const address = (url: string): string => url.replace(/[{}\\]/g, letter => encodeURIComponent(letter))

export const bibtexEntry = ({ paper, key, tags }: Cited): string => {
  const [year, month, day] = datePartsOf(paper)
  const container = containerOf(paper)
  const field = (name: string, value: string | null | undefined): string[] =>
    value === null || value === undefined || value === '' ? [] : [`  ${name} = ${value}`]
  const braced = (value: string | null) => (value === null || value === '' ? null : `{${value}}`)
  const fields = [
    ...field('title', braced(latexTitle(titleOf(paper)))),
    ...field('author', braced(paper.authors.map(author).join(' and '))),
    ...field(kindOf(paper) === 'conference' ? 'booktitle' : 'journal', container === null ? null : braced(latex(container))),
    ...field('howpublished', container === null && paper.venue !== null && paper.arxivId === null ? braced(latex(paper.venue)) : null),
    ...field('year', year === undefined ? null : `{${year}}`),
    ...field('month', month === undefined ? null : months[month - 1]),
    ...field('day', day === undefined ? null : `{${day}}`),
    ...field('eprint', braced(paper.arxivId)),
    ...field('archiveprefix', paper.arxivId === null ? null : '{arXiv}'),
    ...field('primaryclass', paper.arxivId === null ? null : braced(categoryOf(paper))),
    ...field('doi', paper.doi === null ? null : braced(address(paper.doi))),
    ...field('url', braced(address(addressOf(paper) ?? ''))),
    ...field('keywords', braced([...new Set([...paper.subjects, ...tags])].map(latex).join(', '))),
    ...field('abstract', braced(latex(paper.abstract))),
  ]
  return `@${types[kindOf(paper)]}{${key},\n${fields.join(',\n')}\n}\n`
}
