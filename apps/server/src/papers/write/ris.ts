/** RIS, as Zotero, EndNote and Mendeley read it: a tag, two blanks, a hyphen, a blank and the value on each line. */
import { kindOf } from '@paperboard/shared/citation'
import { familyFirst } from '@paperboard/shared/personNames'
import { addressOf, type Cited, containerOf, datePartsOf, titleOf } from './cited.ts'

const types = { article: 'JOUR', conference: 'CONF', preprint: 'UNPB', other: 'GEN' } as const
/** A value is one line: a second could begin with what looks like a tag. */
const line = (text: string): string => text.replace(/\s+/g, ' ').trim()

export const risEntry = ({ paper, key, tags }: Cited): string => {
  const [year, month, day] = datePartsOf(paper)
  const two = (part: number | undefined) => (part === undefined ? '' : String(part).padStart(2, '0'))
  const tag = (name: string, value: string | null | undefined): string[] => (value ? [`${name}  - ${line(value)}`] : [])
  return [
    ...tag('TY', types[kindOf(paper)]),
    ...tag('ID', key),
    ...tag('TI', titleOf(paper)),
    ...paper.authors.flatMap(name => tag('AU', familyFirst(name))),
    ...tag('T2', containerOf(paper)),
    ...tag('PB', containerOf(paper) === null ? paper.venue : null),
    ...tag('PY', year?.toString()),
    ...tag('DA', year === undefined ? null : `${year}/${two(month)}/${two(day)}`),
    ...tag('DO', paper.doi),
    ...tag('AN', paper.arxivId === null ? null : `arXiv:${paper.arxivId}`),
    ...tag('UR', addressOf(paper)),
    ...[...new Set([...paper.subjects, ...tags])].flatMap(word => tag('KW', word)),
    ...tag('AB', paper.abstract),
    'ER  - ',
    '',
  ].join('\r\n')
}
