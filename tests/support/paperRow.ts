import type { PaperRow } from '../../apps/server/src/db/papers.ts'
import { titleKey } from '../../apps/server/src/papers/identity.ts'

/** A row of the catalogue of which only what is given is known. */
export const paperRow = (of: Partial<PaperRow> = {}): PaperRow => {
  const title = of.title ?? null
  return {
    id: 'Paper0000001',
    scope: '',
    title,
    titleKey: title === null ? null : titleKey(title),
    authors: [],
    abstract: '',
    arxivId: null,
    arxivVersion: null,
    doi: null,
    url: null,
    links: [],
    venue: null,
    published: null,
    subjects: [],
    sameAs: null,
    ...of,
  }
}
