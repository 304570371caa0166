/** Daily Papers, arXiv's listings and a feed, on this machine, with items that a test names. */
import { type OutsideServer, sendJson, sendXml, startOutsideServer } from './outsideServer.ts'

export interface Listed {
  id: string
  title: string
  authors?: string[]
  abstract?: string
  /** How arXiv comes to list it: `new` unless told otherwise. */
  announced?: string
  upvotes?: number
  /** Of an entry of the feed, or when it was submitted to arXiv. */
  at?: string
}

export interface FeedServer extends OutsideServer {
  /** Daily Papers by day. */
  daily: Map<string, Listed[]>
  /** arXiv's listing of `listing.day`, and what its API finds. */
  listing: { day: string; papers: Listed[] }
  submitted: Listed[]
  /** Entries of the feed at `/feed`. */
  feed: Listed[]
  /** Answers every question with this status, where it is set. */
  fault: number | null
  /** Called before each answer. */
  before: () => Promise<unknown>
  env: Record<string, string>
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const dailyItem = ({ id, title, authors = ['Ada Lovelace'], abstract = 'Words.', upvotes = 1 }: Listed, day: string) => ({
  paper: { id, title, summary: abstract, authors: authors.map(name => ({ name })), upvotes, submittedOnDailyAt: `${day}T00:00:00.000Z` },
  title,
})

const rssItem = ({ id, title, authors = ['Ada Lovelace'], abstract = 'Words.', announced = 'new' }: Listed, day: string) =>
  `<item><title>${xml(title)}</title><link>https://arxiv.org/abs/${id}</link>
  <description>arXiv:${id}v1 Announce Type: ${announced}\nAbstract: ${xml(abstract)}</description><category>cs.CL</category>
  <pubDate>${new Date(`${day}T12:00:00Z`).toUTCString().slice(0, 16)} 00:00:00 -0500</pubDate><arxiv:announce_type>${announced}</arxiv:announce_type>
  <dc:creator>${authors.map(xml).join(', ')}</dc:creator></item>`

const rss = (title: string, items: string) =>
  `<?xml version="1.0"?><rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>${title}</title>${items}</channel></rss>`

const atomEntry = ({ id, title, authors = ['Ada Lovelace'], abstract = 'Words.', at = '2026-11-20T10:00:00Z' }: Listed) =>
  `<entry><id>http://arxiv.org/abs/${id}v1</id><published>${at}</published><title>${xml(title)}</title><summary>${xml(abstract)}</summary>
  ${authors.map(name => `<author><name>${xml(name)}</name></author>`).join('')}<category term="cs.CL"/></entry>`

const feedEntry = ({ id, title, abstract = 'Words.', at }: Listed) =>
  `<item><title>${xml(title)}</title><link>https://blog.example.org/${id}</link><description>${xml(abstract)}</description>${at === undefined ? '' : `<pubDate>${at}</pubDate>`}</item>`

export async function startFeedServer(ends?: 'with the test' | 'when closed'): Promise<FeedServer> {
  const outside = await startOutsideServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    void feeds.before().then(() => {
      if (feeds.fault !== null) response.writeHead(feeds.fault).end()
      else if (url.pathname.endsWith('/api/daily_papers')) {
        const day = url.searchParams.get('date') ?? ''
        sendJson(
          response,
          (feeds.daily.get(day) ?? []).map(paper => dailyItem(paper, day)),
        )
      } else if (url.pathname.startsWith('/rss/'))
        sendXml(response, rss('cs.CL updates on arXiv.org', feeds.listing.papers.map(paper => rssItem(paper, feeds.listing.day)).join('')))
      else if (url.pathname === '/api/query')
        sendXml(response, `<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title>${feeds.submitted.map(atomEntry).join('')}</feed>`)
      else if (url.pathname === '/feed') sendXml(response, rss('A blog', feeds.feed.map(feedEntry).join('')))
      else response.writeHead(404).end()
    })
  }, ends)
  const feeds: FeedServer = Object.assign(outside, {
    daily: new Map(),
    listing: { day: '2026-11-24', papers: [] },
    submitted: [],
    feed: [],
    fault: null,
    before: async () => undefined,
    env: {
      OUTSIDE: 'on',
      PRIVATE_FEEDS: '1',
      ARXIV_URL: outside.url,
      ARXIV_FEEDS_URL: outside.url,
      HUGGING_FACE_URL: outside.url,
      CROSSREF_URL: `${outside.url}/none`,
      DATACITE_URL: `${outside.url}/none`,
      OPENALEX_URL: `${outside.url}/none`,
      SEMANTIC_SCHOLAR_URL: `${outside.url}/none`,
    },
  })
  return feeds
}
