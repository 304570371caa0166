/**
 * The services of others that tell of papers: what each is asked, and what is read from its answer. A service is asked for
 * works by name, `arxiv:2206.03382` or `doi:10.1145/…`. See docs/sources-and-formats.md.
 */
import type { Day } from '@paperboard/shared/days'
import { doiPath } from '@paperboard/shared/doi'
import type { OutsideSource, PaperFields, PaperVersion } from '../../db/facts.ts'
import type { ReadPaper } from '../pastedLines.ts'
import { crossrefPaper } from '../read/crossref.ts'
import { dailyPaper } from '../read/dailyPapersJson.ts'
import { dataCitePaper } from '../read/dataCite.ts'
import { readFeed } from '../read/feed.ts'
import { at } from '../read/json.ts'
import { openAlexPaper } from '../read/openAlex.ts'
import { semanticScholarPaper } from '../read/semanticScholar.ts'
import { childText, findElements, localName, parseXml } from '../read/xml.ts'
import { OutsideFailure } from './failure.ts'
import type { Outside } from './http.ts'

/** What a service says of one work. */
export interface Told {
  fields: PaperFields
  versions: PaperVersion[]
}

export interface Service {
  /** Names asked for with one question. */
  batch: number
  /** What it knows of each; null for what it does not know. Throws `OutsideFailure` when it gives no answer. */
  ask(outside: Outside, names: readonly string[], today: Day): Promise<Map<string, Told | null>>
}

/** The name without its kind. */
const idOf = (name: string) => name.slice(name.indexOf(':') + 1)
/** Every arXiv paper has a DOI of DataCite. */
const doiOf = (name: string) => (name.startsWith('arxiv:') ? `10.48550/arXiv.${idOf(name)}` : idOf(name))

/** https://info.arxiv.org/help/api/user-manual.html */
const arxiv: Service = {
  batch: 100,
  ask: async (outside, names, today) => {
    const ids = names.map(idOf)
    const query = new URLSearchParams({ id_list: ids.join(','), max_results: String(ids.length) })
    const { text } = await outside.get(`${outside.settings.arxiv}/api/query?${query}`, { accept: 'xml' })
    const { papers } = readFeed(text, { today })
    const versions = versionsIn(text)
    const found = new Map(papers.map(paper => [paper.arxivId ?? '', paper]))
    // One id that arXiv takes for none spoils the answer for all: then each is asked for alone.
    if (papers.length === 0 && names.length > 1 && text.includes('api/errors')) return oneByOne(arxiv, outside, names, today)
    return new Map(
      names.map(name => {
        const paper = found.get(idOf(name))
        return [name, paper === undefined ? null : { fields: fieldsOf(paper), versions: versions(paper) }]
      }),
    )
  },
}

async function oneByOne(service: Service, outside: Outside, names: readonly string[], today: Day): Promise<Map<string, Told | null>> {
  const all = new Map<string, Told | null>()
  for (const name of names) for (const [key, told] of await service.ask(outside, [name], today)) all.set(key, told)
  return all
}

/** `published` is the day of the first version, `updated` that of the one that is told. */
function versionsIn(text: string): (paper: ReadPaper) => PaperVersion[] {
  const times = new Map<string, { published: number; updated: number }>()
  for (const entry of findElements(parseXml(text), element => localName(element) === 'entry')) {
    const id = /abs\/(.+?)(v\d+)?$/.exec(childText(entry, 'id').trim())?.[1] ?? ''
    times.set(id, { published: Date.parse(childText(entry, 'published')), updated: Date.parse(childText(entry, 'updated')) })
  }
  return ({ arxivId, arxivVersion, title, abstract }) => {
    const time = times.get(arxivId ?? '')
    if (time === undefined || arxivId === null || arxivVersion === null || Number.isNaN(time.published) || Number.isNaN(time.updated)) return []
    const told = { arxivId, version: arxivVersion, at: arxivVersion === 1 ? time.published : time.updated, title, abstract }
    return arxivVersion === 1 ? [told] : [{ arxivId, version: 1, at: time.published, title: null, abstract: null }, told]
  }
}

/** A service that is asked for one work at a time. `read` gives null where the answer holds none. */
const single = (
  urlOf: (outside: Outside, name: string) => string,
  read: (value: unknown, today: Day) => ReadPaper | null,
  headers?: (outside: Outside) => Record<string, string>,
): Service => ({
  batch: 1,
  ask: async (outside, names, today) => {
    const told = new Map<string, Told | null>()
    for (const name of names) told.set(name, await askOne({ outside, url: urlOf(outside, name), read, today, headers: headers?.(outside) ?? {} }))
    return told
  },
})

async function askOne(of: {
  outside: Outside
  url: string
  read: (value: unknown, today: Day) => ReadPaper | null
  today: Day
  headers: Record<string, string>
}): Promise<Told | null> {
  try {
    const { text } = await of.outside.get(of.url, { accept: 'json', headers: of.headers })
    const paper = of.read(JSON.parse(text), of.today)
    return paper === null ? null : { fields: fieldsOf(paper), versions: [] }
  } catch (error) {
    if (error instanceof OutsideFailure && (error.kind === 'missing' || error.kind === 'refused')) return null
    throw error
  }
}

const withContact = (outside: Outside, url: string, more: Record<string, string> = {}) => {
  const { contact } = outside.settings
  const query = new URLSearchParams({ ...more, ...(contact === null ? {} : { mailto: contact }) }).toString()
  return query === '' ? url : `${url}?${query}`
}

const titled = (paper: ReadPaper) => (paper.title === null ? null : paper)
const semanticFields = 'title,abstract,authors,externalIds,venue,publicationVenue,journal,publicationDate,year,fieldsOfStudy'

export const services: Record<OutsideSource, Service> = {
  arxiv,
  'hugging-face': single(
    ({ settings }, name) => `${settings.huggingFace}/api/papers/${idOf(name)}`,
    (value, today) => titled(dailyPaper(value, today)),
  ),
  crossref: single(
    (outside, name) => withContact(outside, `${outside.settings.crossref}/works/${encodeURIComponent(doiOf(name))}`),
    (value, today) => titled(crossrefPaper(at(value, 'message'), today)),
  ),
  datacite: single(
    ({ settings }, name) => `${settings.dataCite}/dois/${encodeURIComponent(doiOf(name))}`,
    (value, today) => titled(dataCitePaper(at(value, 'data'), today)),
  ),
  openalex: single(
    (outside, name) =>
      withContact(
        outside,
        `${outside.settings.openAlex}/works/doi:${doiPath(doiOf(name))}`,
        outside.settings.openAlexKey === null ? {} : { api_key: outside.settings.openAlexKey },
      ),
    (value, today) => titled(openAlexPaper(value, today)),
  ),
  'semantic-scholar': single(
    ({ settings }, name) =>
      `${settings.semanticScholar}/graph/v1/paper/${name.startsWith('arxiv:') ? 'ARXIV' : 'DOI'}:${doiPath(idOf(name))}?fields=${semanticFields}`,
    (value, today) => titled(semanticScholarPaper(value, today)),
    ({ settings }): Record<string, string> => (settings.semanticScholarKey === null ? {} : { 'x-api-key': settings.semanticScholarKey }),
  ),
}

/** What a paper as it was read tells, less what it does not. */
const fieldsOf = ({ line, ...paper }: ReadPaper): PaperFields => paper
