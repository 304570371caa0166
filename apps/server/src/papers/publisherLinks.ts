/** Links to publishers: the DOI that is in many of them, and the one address of a paper that has several. */

/** Sites whose addresses hold a part of the DOI alone. `place` is host and path. */
const ownDois: { place: RegExp; doi: (id: string) => string }[] = [
  { place: /^(?:www\.)?nature\.com\/articles\/([\w.-]*\d[\w-]*?)(?:\.pdf)?$/, doi: id => `10.1038/${id}` },
  { place: /^(?:www\.)?elifesciences\.org\/(?:articles|reviewed-preprints)\/(\d{5,6})(?:v\d)?$/, doi: id => `10.7554/eLife.${id}` },
  { place: /^(?:www\.)?zenodo\.org\/records?\/(\d+)$/, doi: id => `10.5281/zenodo.${id}` },
  { place: /^(?:www\.)?ssrn\.com\/abstract=(\d+)$/, doi: id => `10.2139/ssrn.${id}` },
]

/** What publishers put behind a DOI, for the forms and parts in which they show a paper. */
const views = /\/(full|abstract|pdf|epdf|pdfdirect|summary|fulltext|meta|references|html|xml|epub|metrics|citedby|(figures|tables)\/\d+)$/i

/** The DOI in the path (/doi/10.1145/…, /article/10.1007/…, /content/10.1101/…v1.full), in the query (?id=10.1371/…), or by the site's own numbers. */
export const doiInLink = (url: URL, path: string): string | null => {
  const own = ownDois.flatMap(({ place, doi }) => place.exec(url.hostname + path)?.[1]?.replace(/^.+$/, doi) ?? [])[0]
  const ssrn = /^papers\.ssrn\.com$/.test(url.hostname) ? url.searchParams.get('abstract_id') : null
  const queried = ['id', 'doi'].map(name => (url.searchParams.get(name) ?? '').replace(/^(info:)?doi[:/]/i, '')).find(value => /^10\.\d{4,9}\/./.test(value))
  const named = /\/(10\.\d{4,9}\/.+)$/.exec(path)?.[1] ?? queried ?? own ?? (ssrn === null || !/^\d+$/.test(ssrn) ? null : `10.2139/ssrn.${ssrn}`)
  if (!named) return null
  const bare = named.replace(views, '').replace(/\.(pdf|html?|full|full\.pdf|full-text)$/i, '')
  if (/(bio|med)rxiv\.org$/.test(url.hostname)) return bare.replace(/v\d{1,2}(\.full.*)?$/i, '')
  // Oxford's own number stands behind.
  return bare.replace(/^(10\.1093\/[^/]+\/[^/]+)\/\d+$/, '$1')
}

/** Sites that show one paper at several addresses, with the one that is kept. `place` is host, path and query. */
const pages: { place: RegExp; page: (...parts: string[]) => string }[] = [
  { place: /^(?:www\.)?openreview\.net\/(?:forum|pdf|attachment)\?(?:.*&)?id=([\w-]+)/, page: id => `https://openreview.net/forum?id=${id}` },
  {
    place: /^(?:www\.)?(?:aclanthology\.org|aclweb\.org\/anthology|aclanthology\.info\/papers)\/([A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)(?:\.pdf|\.bib|\/|$)/,
    page: id => `https://aclanthology.org/${id}/`,
  },
  {
    place: /^ieeexplore\.ieee\.org\/(?:(?:abstract\/)?document\/(\d+)|stamp\w*\/\w+\.jsp\?(?:.*&)?arnumber=(\d+))/,
    page: (one, other) => `https://ieeexplore.ieee.org/document/${one || other}`,
  },
  { place: /^proceedings\.mlr\.press\/(v\d+)\/([\w-]+)(?:\.html|\/\2\.pdf)$/, page: (volume, id) => `https://proceedings.mlr.press/${volume}/${id}.html` },
  {
    place:
      /^(?:proceedings\.neurips\.cc|papers\.n(?:eur)?ips\.cc)\/paper(?:_files\/paper)?\/(\d{4})\/(?:hash|file)\/([0-9a-f]{32})-(?:Abstract|Paper)([\w-]*)\.(?:html|pdf)$/,
    page: (year, hash, kind) => `https://proceedings.neurips.cc/paper_files/paper/${year}/hash/${hash}-Abstract${kind}.html`,
  },
  {
    place: /^(?:www\.)?jmlr\.org\/papers\/v(?:olume)?(\d+)\/([\w-]+)(?:\.html|\/\2\.pdf)$/,
    page: (volume, id) => `https://jmlr.org/papers/v${volume}/${id}.html`,
  },
  {
    place: /^openaccess\.thecvf\.com\/(.+)\/(?:papers|html)\/(.+)\.(?:pdf|html)$/,
    page: (at, name) => `https://openaccess.thecvf.com/${at}/html/${name}.html`,
  },
  { place: /^(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov\/pubmed)\/(\d+)/, page: id => `https://pubmed.ncbi.nlm.nih.gov/${id}/` },
  { place: /^(?:www\.)?semanticscholar\.org\/paper\/(?:[^/?]+\/)?([0-9a-f]{40})/, page: id => `https://www.semanticscholar.org/paper/${id}` },
]

const trackers = /^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|_hsenc|_hsmi)$/

/** The address by which a paper is kept: one for all that a site has, and nothing that tells where somebody came from. */
export const addressIn = (url: URL): string => {
  for (const { place, page } of pages) {
    const [found, ...parts] = place.exec(url.hostname + url.pathname + url.search) ?? []
    if (found !== undefined) return page(...parts.map(part => part ?? ''))
  }
  const traced = [...url.searchParams.keys()].filter(name => trackers.test(name))
  if (traced.length === 0) return url.href
  const clean = new URL(url)
  for (const name of traced) clean.searchParams.delete(name)
  return clean.href
}
