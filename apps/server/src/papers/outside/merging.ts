/**
 * What is shown of a work, from what everybody tells of it. For each field the first that tells it counts: the group's
 * corrections; arXiv and the registries of publishers; those who gather from others; what the group typed or pasted.
 */
import type { CorrectedFields, Correction, FactSource, Facts, PaperFields } from '../../db/facts.ts'
import type { PaperRow } from '../../db/papers.ts'
import { titleKey } from '../identity.ts'
import { mayJoin } from './sources.ts'

const usual: readonly FactSource[] = ['arxiv', 'crossref', 'datacite', 'openalex', 'semantic-scholar', 'hugging-face', 'group']
/** Where it appeared is best known to its publisher; arXiv repeats what authors have typed. */
const publisherFirst: readonly FactSource[] = ['crossref', 'datacite', 'arxiv', 'openalex', 'semantic-scholar', 'hugging-face', 'group']
/** A page that a group named is the one it means. */
const groupFirst: readonly FactSource[] = ['group', 'arxiv', 'crossref', 'datacite', 'openalex', 'semantic-scholar', 'hugging-face']

/** Each field of `row` as its facts and corrections have it; identifiers that the row lacks come from whoever may join them. */
export function merged(row: PaperRow, facts: readonly Facts[], corrections: readonly Correction[]): PaperRow {
  const first = <Field extends keyof PaperFields>(field: Field, order: readonly FactSource[], tells: (value: PaperFields[Field]) => boolean) => {
    for (const source of order) {
      for (const fact of facts) {
        const value = fact.source === source ? fact.fields[field] : undefined
        if (value !== undefined && value !== null && tells(value)) return value
      }
    }
    return undefined
  }
  const any = () => true
  const told = {
    title: first('title', usual, any) ?? null,
    authors: first('authors', usual, authors => (authors?.length ?? 0) > 0) ?? [],
    abstract: first('abstract', usual, abstract => abstract !== '') ?? '',
    url: first('url', groupFirst, any) ?? null,
    venue: first('venue', publisherFirst, any) ?? null,
    published: first('published', usual, any) ?? null,
    subjects: first('subjects', usual, subjects => (subjects?.length ?? 0) > 0) ?? [],
    links: linksOf(facts),
  }
  const corrected = { ...told, ...standing(corrections) }
  return {
    ...row,
    ...corrected,
    titleKey: row.sameAs !== null || corrected.title === null ? null : titleKey(corrected.title),
    arxivVersion: latestVersion(row, facts),
  }
}

/** The fields that corrections hold, the last word on each; one given back to the sources is not among them. */
export function standing(corrections: readonly Correction[]): Partial<Pick<PaperRow, 'title' | 'authors' | 'abstract' | 'venue' | 'published' | 'url'>> {
  const fields: CorrectedFields = {}
  for (const correction of corrections) Object.assign(fields, correction.fields)
  const { title, authors, abstract, venue, published, url } = fields
  return {
    ...(title == null ? {} : { title }),
    ...(authors == null ? {} : { authors }),
    ...(abstract == null ? {} : { abstract }),
    ...(venue == null ? {} : { venue: venue || null }),
    ...(published == null ? {} : { published: published || null }),
    ...(url == null ? {} : { url: url || null }),
  }
}

const latestVersion = (row: PaperRow, facts: readonly Facts[]): number | null => {
  const versions = facts.flatMap(({ fields }) => (fields.arxivId === row.arxivId ? (fields.arxivVersion ?? []) : []))
  return row.arxivId === null || versions.length === 0 ? row.arxivVersion : Math.max(...versions)
}

const linksOf = (facts: readonly Facts[]) => {
  const links = new Map<string, { label: string; url: string }>()
  for (const source of usual)
    for (const fact of facts) if (fact.source === source) for (const link of fact.fields.links ?? []) if (!links.has(link.url)) links.set(link.url, link)
  return [...links.values()].slice(0, 10)
}

/** The identifiers that whoever gave them out says are this work's. */
export const joinedBy = (facts: readonly Facts[]): { arxivId: string | null; doi: string | null } => {
  const sure = facts.filter(({ source }) => mayJoin.has(source))
  return { arxivId: sure.find(({ fields }) => fields.arxivId)?.fields.arxivId ?? null, doi: sure.find(({ fields }) => fields.doi)?.fields.doi ?? null }
}
