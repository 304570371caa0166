/** The services that tell of papers, on this machine, with works that a test names: answers in the forms of each. */
import { type OutsideServer, sendJson, sendXml, startOutsideServer } from './outsideServer.ts'

export interface Work {
  title: string
  authors: string[]
  abstract: string
  doi?: string
  version?: number
  /** Of the first version and of the latest: `2026-11-02T10:00:00Z`. */
  published?: string
  updated?: string
}

export interface PaperServices extends OutsideServer {
  /** By arXiv id. */
  arxiv: Map<string, Work>
  /** By DOI. */
  crossref: Map<string, Work>
  dataCite: Map<string, Work>
  openAlex: Map<string, Work>
  semanticScholar: Map<string, Work>
  /** Hugging Face, by arXiv id. */
  code: Map<string, string>
  /** Answers every question with this status, where it is set. */
  fault: number | null
  /** The variables of a server that asks here. */
  env: Record<string, string>
  /** What was asked of one of them, in order. */
  askedOf(service: string): string[]
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const entryOf = (id: string, { title, authors, abstract, doi, version = 1, published = '2026-11-02T10:00:00Z', updated = published }: Work) => `
  <entry><id>http://arxiv.org/abs/${id}v${version}</id><updated>${updated}</updated><published>${published}</published>
    <title>${xml(title)}</title><summary>${xml(abstract)}</summary>${authors.map(name => `<author><name>${xml(name)}</name></author>`).join('')}
    ${doi === undefined ? '' : `<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">${doi}</arxiv:doi>`}
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/></entry>`

const feed = (entries: string) => `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title>${entries}</feed>`

const personOf = (name: string) => ({ given: name.split(' ').slice(0, -1).join(' '), family: name.split(' ').at(-1) })

/** Each answers 404 for what it does not know. */
export async function startPaperServices(): Promise<PaperServices> {
  const works = { arxiv: new Map(), crossref: new Map(), dataCite: new Map(), openAlex: new Map(), semanticScholar: new Map(), code: new Map() }
  const outside = await startOutsideServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    const [, service = '', ...rest] = url.pathname.split('/')
    const id = decodeURIComponent(rest.join('/')).replace(/^(works|dois|api\/papers|graph\/v1\/paper)\//, '')
    if (services.fault !== null) response.writeHead(services.fault).end()
    else if (service === 'arxiv') {
      const ids = (url.searchParams.get('id_list') ?? '').split(',')
      sendXml(response, feed(ids.map(one => (services.arxiv.has(one) ? entryOf(one, services.arxiv.get(one) as Work) : '')).join('')))
    } else {
      const body = bodies[service]?.(id)
      if (body === undefined) response.writeHead(404).end()
      else sendJson(response, body, { etag: `"${id}"` })
    }
  })
  const known = <T>(map: Map<string, Work>, id: string, body: (work: Work) => T) => {
    const work = map.get(id)
    return work === undefined ? undefined : body(work)
  }
  const services: PaperServices = Object.assign(outside, {
    ...works,
    fault: null,
    env: {
      OUTSIDE: 'on',
      ARXIV_URL: `${outside.url}/arxiv`,
      HUGGING_FACE_URL: `${outside.url}/huggingface`,
      CROSSREF_URL: `${outside.url}/crossref`,
      DATACITE_URL: `${outside.url}/datacite`,
      OPENALEX_URL: `${outside.url}/openalex`,
      SEMANTIC_SCHOLAR_URL: `${outside.url}/semanticscholar`,
    },
    askedOf: (service: string) => outside.asked.map(({ path }) => path).filter(path => path.startsWith(`/${service}/`)),
  })
  const bodies: Record<string, (id: string) => unknown> = {
    huggingface: id =>
      services.code.has(id)
        ? {
            id,
            title: services.arxiv.get(id)?.title ?? 'On Hugging Face',
            authors: [{ name: 'Someone' }],
            summary: 'Told by Hugging Face.',
            githubRepo: services.code.get(id),
          }
        : undefined,
    crossref: id =>
      known(services.crossref, id, ({ title, authors, abstract }) => ({
        status: 'ok',
        message: {
          DOI: id,
          title: [title],
          author: authors.map(personOf),
          abstract,
          'container-title': ['Journal of Tests'],
          issued: { 'date-parts': [[2026, 10, 1]] },
        },
      })),
    datacite: id =>
      known(services.dataCite, id, ({ title, authors, abstract }) => ({
        data: {
          id,
          attributes: {
            doi: id,
            titles: [{ title }],
            creators: authors.map(name => ({ name })),
            descriptions: [{ description: abstract, descriptionType: 'Abstract' }],
          },
        },
      })),
    openalex: path =>
      known(services.openAlex, path.replace(/^doi:/, ''), ({ title, authors, abstract }) => ({
        id: 'https://openalex.org/W1',
        doi: `https://doi.org/${path.replace(/^doi:/, '')}`,
        title,
        authorships: authors.map(name => ({ author: { display_name: name } })),
        abstract_inverted_index: Object.fromEntries(abstract.split(' ').map((word, n) => [word, [n]])),
      })),
    semanticscholar: path =>
      known(services.semanticScholar, path.replace(/^\w+:/, ''), ({ title, authors, abstract }) => ({
        paperId: '0123456789012345678901234567890123456789',
        title,
        abstract,
        authors: authors.map(name => ({ name })),
        externalIds: {},
      })),
  }
  return services
}
