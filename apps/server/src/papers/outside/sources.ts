/** Who is asked about a work, in which order, and whose word counts for what. */
import type { OutsideSource, PaperFields } from '../../db/facts.ts'
import type { PaperRow } from '../../db/papers.ts'

/** One after another until title, authors and abstract are known. What follows stands in also while the first cannot be reached. */
const chains: Record<'arxiv' | 'doi', readonly OutsideSource[]> = {
  arxiv: ['arxiv', 'datacite', 'openalex'],
  doi: ['crossref', 'datacite', 'openalex', 'semantic-scholar'],
}
/** Asked beside them, for code and project pages; nobody waits for it. */
const beside: OutsideSource = 'hugging-face'

export const chainOf = (name: string): readonly OutsideSource[] => chains[name.startsWith('arxiv:') ? 'arxiv' : 'doi']
export const besideOf = (name: string): OutsideSource | null => (name.startsWith('arxiv:') ? beside : null)

/** The names of a work by which sources know it; the first is the one it is asked for by. */
export const namesOfPaper = ({ arxivId, doi }: Pick<PaperRow, 'arxivId' | 'doi'>): string[] => [
  ...(arxivId === null ? [] : [`arxiv:${arxivId}`]),
  ...(doi === null ? [] : [`doi:${doi}`]),
]
/** The name of an entry, for what its group told. */
export const nameOfEntry = (id: string): string => `paper:${id}`

export const isComplete = ({ title, authors, abstract }: PaperFields): boolean => Boolean(title) && (authors?.length ?? 0) > 0 && Boolean(abstract)

/** Whether all of them together are. */
export const areComplete = (all: readonly PaperFields[]): boolean =>
  all.some(({ title }) => Boolean(title)) && all.some(({ authors }) => (authors?.length ?? 0) > 0) && all.some(({ abstract }) => Boolean(abstract))

/** Only these may say that two identifiers are one work: whoever gave the identifiers out. */
export const mayJoin: ReadonlySet<string> = new Set(['arxiv', 'crossref', 'datacite'])

export const sourceTitles: Record<OutsideSource, string> = {
  arxiv: 'arXiv',
  crossref: 'Crossref',
  datacite: 'DataCite',
  openalex: 'OpenAlex',
  'semantic-scholar': 'Semantic Scholar',
  'hugging-face': 'Hugging Face',
}
