/** What tools such as the Zotero connector read from the page of a paper. Pure. */
import type { Paper } from './api/papers.ts'
import { doiAddress } from './doi.ts'
import { familyFirst } from './personNames.ts'

/** Elements of the page's head, by name. */
export interface Meta {
  name: string
  content: string
}

/** `2026-11-24` as Highwire's tags have it: `2026/11/24`. */
const slashed = (published: string) => published.replaceAll('-', '/')

/** Authors written out: tools that read them would choke on the thousands of a large collaboration. */
const mostAuthors = 200

export type Kind = 'article' | 'conference' | 'preprint' | 'other'

const conference =
  /\b(proceedings|conference|workshop|symposium|neurips|nips|icml|iclr|acl|emnlp|naacl|cvpr|iccv|eccv|aaai|ijcai|kdd|sigir|chi|interspeech|icassp)\b/i
const server = /^(?:arxiv|biorxiv|medrxiv|openreview|zenodo|ssrn|preprints?)\b/i

/** What it is, by where it came out. */
export const kindOf = ({ venue, arxivId, doi }: Pick<Paper, 'venue' | 'arxivId' | 'doi'>): Kind => {
  if (venue !== null && !server.test(venue)) return conference.test(venue) ? 'conference' : 'article'
  return arxivId !== null || (venue !== null && doi !== null) ? 'preprint' : 'other'
}

/** The DOI, also of an arXiv paper that has no other. */
export const doiOf = ({ doi, arxivId }: Pick<Paper, 'doi' | 'arxivId'>): string | null => doi ?? (arxivId === null ? null : `10.48550/arXiv.${arxivId}`)

/**
 * Highwire Press tags, which Zotero, Mendeley and Google Scholar know. Zotero takes what a paper is from its venue's tag, and
 * of an arXiv id knows only the DOI that arXiv gave it; of "Ludwig van Beethoven" it would take "van" for a given name. No COinS beside them: Zotero would prefer that, and it holds less.
 */
export const citationMeta = (paper: Paper): Meta[] => {
  const one = (name: string, content: string | null | undefined): Meta[] => (content ? [{ name, content }] : [])
  const page = paper.arxivId === null ? (paper.url ?? (paper.doi === null ? null : doiAddress(paper.doi))) : `https://arxiv.org/abs/${paper.arxivId}`
  return [
    ...one('citation_title', paper.title),
    ...paper.authors.slice(0, mostAuthors).flatMap(author => one('citation_author', familyFirst(author))),
    ...one('citation_publication_date', paper.published === null ? null : slashed(paper.published)),
    ...one('citation_date', paper.published === null ? null : slashed(paper.published)),
    ...one('citation_doi', doiOf(paper)),
    ...one('citation_arxiv_id', paper.arxivId),
    ...one(kindOf(paper) === 'conference' ? 'citation_conference_title' : 'citation_journal_title', kindOf(paper) === 'preprint' ? null : paper.venue),
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
