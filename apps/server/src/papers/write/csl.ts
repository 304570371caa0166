/** CSL-JSON, for Pandoc, Zotero and citeproc: https://docs.citationstyles.org/en/stable/specification.html */
import { kindOf } from '@paperboard/shared/citation'
import { nameIn } from '@paperboard/shared/personNames'
import { addressOf, type Cited, containerOf, datePartsOf, titleOf } from './cited.ts'

const types = { article: 'article-journal', conference: 'paper-conference', preprint: 'article', other: 'document' } as const

const person = (name: string) => {
  const parts = nameIn(name)
  if ('literal' in parts) return parts
  return { family: parts.family, given: parts.given, ...(parts.particle === '' ? {} : { 'non-dropping-particle': parts.particle }) }
}

export const cslItem = ({ paper, key, tags }: Cited) => {
  const parts = datePartsOf(paper)
  const container = containerOf(paper)
  const keyword = [...new Set([...paper.subjects, ...tags])].join(', ')
  const url = addressOf(paper)
  return {
    id: key,
    'citation-key': key,
    type: types[kindOf(paper)],
    title: titleOf(paper),
    author: paper.authors.map(person),
    ...(parts.length === 0 ? {} : { issued: { 'date-parts': [parts] } }),
    ...(container === null ? {} : { 'container-title': container }),
    ...(container === null && paper.venue !== null ? { publisher: paper.venue } : {}),
    ...(paper.arxivId === null ? {} : { number: `arXiv:${paper.arxivId}`, archive: 'arXiv', archive_location: paper.arxivId }),
    ...(paper.doi === null ? {} : { DOI: paper.doi }),
    ...(url === null ? {} : { URL: url }),
    ...(keyword === '' ? {} : { keyword }),
    ...(paper.abstract === '' ? {} : { abstract: paper.abstract }),
  }
}
