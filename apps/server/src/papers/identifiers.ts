/**
 * arXiv ids, DOIs and links, as people write and copy them. Forms of arXiv ids: https://info.arxiv.org/help/arxiv_identifier.html
 */
import { addDays, type Day } from '@paperboard/shared/days'
import { limits } from '@paperboard/shared/limits'
import { addressIn, doiInLink } from './publisherLinks.ts'
import { unwrapped } from './redirects.ts'

/** What names a paper: an arXiv id, else a DOI, else a link. */
export interface Reference {
  arxivId: string | null
  arxivVersion: number | null
  doi: string | null
  url: string | null
}
/** Something that was meant to name a paper and does not. The reason is a sentence for people. */
export interface Unreadable {
  reason: string
}

const archives = new Set(
  `acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th
  math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con`.split(/\s+/),
)

const arxiv = (arxivId: string, version: string | undefined): Reference => ({
  arxivId,
  arxivVersion: version === undefined ? null : Number(version),
  doi: null,
  url: null,
})

/**
 * An arXiv id, with or without version, `2206.03382v2` or `hep-ex/0307015`; null for anything else, ids of months to
 * come included. The subject class of old ids (`math.GT/…`) is dropped, as arXiv does.
 */
export const readArxivId = (text: string, today: Day): Reference | null => {
  const modern = /^((\d\d)(\d\d)\.(\d{4,5}))(?:v([1-9]\d{0,2}))?$/i.exec(text)
  if (modern) {
    const [, id = '', year = '', month = '', number = '', version] = modern
    // One day of grace: it may be next month already where arXiv counts.
    const announced = inMonth(month) && `${year}${month}` >= '0704' && `20${year}-${month}` <= addDays(today, 1).slice(0, 7)
    return announced && number.length === (`${year}${month}` < '1501' ? 4 : 5) ? arxiv(id, version) : null
  }
  const old = /^([a-z-]{2,8})(?:\.[a-z]{2})?\/((\d\d)(\d\d)\d{3})(?:v([1-9]\d{0,2}))?$/i.exec(text)
  if (!old) return null
  const [, archive = '', number = '', year = '', month = '', version] = old
  const announced = inMonth(month) && (`${year}${month}` >= '9107' || `${year}${month}` <= '0703')
  return announced && archives.has(archive.toLowerCase()) ? arxiv(`${archive.toLowerCase()}/${number}`, version) : null
}

const inMonth = (month: string) => month >= '01' && month <= '12'

/** Versions of bioRxiv and medRxiv, which share the DOI of the paper. */
const preprintVersion = /^(10\.(?:1101|64898)\/\d{4}\.\d\d\.\d\d\.\d{6,8})v\d{1,2}$/

/** A DOI in lower case (DOIs do not tell cases apart), with the hyphens that PDFs set otherwise. One that arXiv gave is read as the arXiv id in it. */
const readDoi = (text: string, today: Day): Reference | null => {
  const doi = text
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(preprintVersion, '$1')
  if (!/^10\.\d{4,9}(\.\d{1,9}){0,4}\/\S/.test(doi)) return null
  const inArxiv = doi.startsWith('10.48550/arxiv.') ? readArxivId(doi.slice('10.48550/arxiv.'.length), today) : null
  return inArxiv ?? { arxivId: null, arxivVersion: null, doi, url: null }
}

/** Sites whose paths name arXiv papers. `only`: a path there that does not is no paper at all. */
const arxivSites: { host: RegExp; path: RegExp; only: boolean }[] = [
  { host: /(^|\.)arxiv\.org$/, path: /^\/[a-z-]{1,12}\/(.+)$/, only: true },
  { host: /^(www\.)?(huggingface\.co|hf\.co)$/, path: /^\/papers\/(.+)$/, only: false },
  { host: /^(www\.)?alphaxiv\.org$/, path: /^\/(?:[a-z]{2}\/)?[a-z]{1,12}\/(.+)$/, only: false },
  {
    host: /^(www\.)?(ar5iv\.org|scirate\.com|emergentmind\.com|semanticscholar\.org|arxiv-vanity\.com|papers\.cool)$/,
    path: /^\/[a-zA-Z]{1,12}\/(.+)$/,
    only: false,
  },
  { host: /^xxx\.(lanl\.gov|itp\.ac\.cn)$/, path: /^\/[a-z]{1,12}\/(.+)$/, only: true },
  { host: /^api\.semanticscholar\.org$/, path: /^\/arxiv:(.+)$/i, only: false },
  { host: /^ui\.adsabs\.harvard\.edu$/, path: /^\/abs\/arxiv:(.+)$/i, only: false },
]

const readLink = (text: string, today: Day): Reference | Unreadable => {
  if (text.length > limits.urlLength) return { reason: `The link is longer than ${limits.urlLength.toLocaleString('en')} characters.` }
  const given = URL.parse(text)
  const url = given === null ? null : unwrapped(given)
  if (url === null || url.href.length > limits.urlLength) return { reason: 'The link cannot be read. Copy it again from the address bar.' }
  if (url.username !== '' || url.password !== '') return { reason: 'The link holds a user name or a password. Take it out first.' }
  const path = decoded(url.pathname).replace(/\/$/, '')
  for (const site of arxivSites) {
    if (!site.host.test(url.hostname)) continue
    const [first = '', second = ''] = (site.path.exec(path)?.[1] ?? '').split('/', 2).map(part => part.replace(/\.pdf$/i, ''))
    const inPath = readArxivId(first, today) ?? readArxivId(`${first}/${second}`, today)
    if (inPath !== null) return inPath
    if (site.only || path.startsWith('/papers')) return { reason: 'The link is not to one paper. Open the paper and copy its link or its arXiv id.' }
  }
  if (/^(dx\.|www\.)?doi\.org$/.test(url.hostname))
    return readDoi(path.slice(1).replace(/^doi:/i, ''), today) ?? { reason: 'The link holds no complete DOI. A DOI looks like 10.1145/3292500.3330701.' }
  const inAds = url.hostname === 'ui.adsabs.harvard.edu' ? /\/\d{4}arxiv(\d{4})\.?(\d{4,5})[a-z](\/|$)/i.exec(path) : null
  const published = doiInLink(url, path)
  return (
    (inAds && readArxivId(`${inAds[1]}.${inAds[2]}`, today)) ??
    (published === null ? null : readDoi(published, today)) ?? { arxivId: null, arxivVersion: null, doi: null, url: addressIn(url) }
  )
}

const decoded = (path: string) => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const knownSite = /^(www\.|dx\.|export\.|browse\.)?(arxiv\.org|huggingface\.co|hf\.co|alphaxiv\.org|doi\.org)\//i

/**
 * What one word names: a reference; something that only looks like one; or null for a plain word. A paper's link given
 * without its scheme is read for the sites that papers are mostly on.
 */
export const readReference = (word: string, today: Day): Reference | Unreadable | null => {
  const text = word.replace(/^(arxiv|doi)[:：]/i, '').replace(/^arxiv[-_.](?=\d{4}\.)/i, '')
  if (/^https?:\/\//i.test(text)) return readLink(text, today)
  if (text.length > limits.urlLength) return null
  if (knownSite.test(text) || /^www\.[^/]+\.[^/]+/i.test(text)) return readLink(`https://${text}`, today)
  const found = readArxivId(text.replace(/\.pdf$/i, ''), today) ?? readDoi(text, today)
  if (found !== null) return found
  if (/^[a-z][a-z+.-]{1,20}:\/\//i.test(text)) return { reason: 'Only links that start with https:// or http:// can be read.' }
  if (/^10\.\d{1,12}/.test(text)) return { reason: 'Not a complete DOI. A DOI looks like 10.1145/3292500.3330701.' }
  if (/^\d{3,5}\.\d{3,6}(v\d{0,4})?$/i.test(text) || /^arxiv[:：]./i.test(word))
    return { reason: 'Not an arXiv id. One looks like 2206.03382 (year, month, number) or hep-ex/0307015.' }
  if (/^[a-z0-9-]{2,40}(\.[a-z0-9-]{2,40}){1,4}\/\S/i.test(text)) return { reason: 'Write the link in full, starting with https://.' }
  return null
}
