/** What tools such as the Zotero connector read from the page of a paper. Pure. */
import type { Paper } from './api.ts'

/** Elements of the page's head, by name. */
export interface Meta {
  name: string
  content: string
}

/** `2026-11-24` as Highwire's tags have it: `2026/11/24`. */
const slashed = (published: string) => published.replaceAll('-', '/')

/** Authors written out: tools that read them would choke on the thousands of a large collaboration. */
const mostAuthors = 200

/** Highwire Press tags, which Zotero, Mendeley and Google Scholar know. */
export const citationMeta = (paper: Paper): Meta[] => {
  const one = (name: string, content: string | null | undefined): Meta[] => (content ? [{ name, content }] : [])
  const page =
    paper.arxivId === null ? (paper.url ?? (paper.doi === null ? null : `https://doi.org/${encodeURI(paper.doi)}`)) : `https://arxiv.org/abs/${paper.arxivId}`
  return [
    ...one('citation_title', paper.title),
    ...paper.authors.slice(0, mostAuthors).flatMap(author => one('citation_author', author)),
    ...one('citation_publication_date', paper.published === null ? null : slashed(paper.published)),
    ...one('citation_doi', paper.doi),
    ...one('citation_arxiv_id', paper.arxivId),
    ...one('citation_journal_title', paper.venue),
    ...one('citation_abstract_html_url', page),
    ...one('citation_pdf_url', paper.arxivId === null ? null : `https://arxiv.org/pdf/${paper.arxivId}`),
    ...one('citation_abstract', paper.abstract),
    ...paper.subjects.slice(0, 20).flatMap(subject => one('citation_keywords', subject)),
  ]
}

/** Where the same is to be had in formats. */
export const citationLinks = (group: string, paper: string): { rel: string; type: string; title: string; href: string }[] =>
  [
    { type: 'application/x-bibtex', title: 'BibTeX', format: 'bibtex' },
    { type: 'application/x-research-info-systems', title: 'RIS', format: 'ris' },
    { type: 'application/vnd.citationstyles.csl+json', title: 'CSL-JSON', format: 'csl' },
  ].map(({ type, title, format }) => ({ rel: 'alternate', type, title, href: `/api/groups/${group}/papers/${paper}/export/${format}` }))

/** The same as an OpenURL context object (COinS), for tools that look for one in the text of a page. */
export const contextObject = (paper: Paper): string => {
  const fields: [string, string | null | undefined][] = [
    ['ctx_ver', 'Z39.88-2004'],
    ['rft_val_fmt', 'info:ofi/fmt:kev:mtx:journal'],
    ['rft.genre', paper.venue === null ? 'preprint' : 'article'],
    ['rft.atitle', paper.title],
    ['rft.jtitle', paper.venue],
    ['rft.date', paper.published],
    ...paper.authors.slice(0, 20).map((author): [string, string] => ['rft.au', author]),
    ['rft_id', paper.doi === null ? null : `info:doi/${paper.doi}`],
    ['rft_id', paper.arxivId === null ? paper.url : `https://arxiv.org/abs/${paper.arxivId}`],
  ]
  return new URLSearchParams(fields.filter((field): field is [string, string] => Boolean(field[1]))).toString()
}
