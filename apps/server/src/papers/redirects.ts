/** Links that only lead to another: mail filters, chats, documents and search engines wrap what people send and copy in them. */

/** Where a service keeps the link that was meant. */
const wrappers: { host: RegExp; path: RegExp; parameters: readonly string[] }[] = [
  { host: /^(www|scholar)\.google\.[a-z.]{2,6}$/, path: /^\/(url|scholar_url)$/, parameters: ['url', 'q'] },
  { host: /\.safelinks\.protection\.outlook\.com$/, path: /^\//, parameters: ['url'] },
  { host: /^(www\.)?slack-redir\.net$/, path: /^\/link$/, parameters: ['url'] },
  { host: /^lm?\.(facebook|instagram)\.com$/, path: /^\//, parameters: ['u'] },
  { host: /^(www\.)?linkedin\.com$/, path: /^\/(redir|safety)\//, parameters: ['url'] },
  { host: /^(www\.)?youtube\.com$/, path: /^\/redirect$/, parameters: ['q'] },
  { host: /^out\.reddit\.com$/, path: /^\//, parameters: ['url'] },
  { host: /^link\.zhihu\.com$/, path: /^\//, parameters: ['target'] },
  { host: /^(www\.)?duckduckgo\.com$/, path: /^\/l\/?$/, parameters: ['uddg'] },
  // Libraries let their readers in so.
  { host: /./, path: /^\/login$/, parameters: ['url', 'qurl'] },
]

/** Proofpoint writes links in letters of its own. */
const proofpoint = (url: URL): string | null => {
  if (url.hostname === 'urldefense.proofpoint.com' && url.pathname === '/v2/url')
    return decoded((url.searchParams.get('u') ?? '').replaceAll('_', '/').replace(/-([0-9A-Fa-f]{2})/g, '%$1'))
  return /^urldefense\.(com|us|proofpoint\.com)$/.test(url.hostname) ? (/^\/v3\/__(https?:.+?)__(;|$)/.exec(url.pathname + url.search)?.[1] ?? null) : null
}

const archived = (url: URL): string | null =>
  url.hostname === 'web.archive.org' ? (/^\/web\/\d{4,14}[a-z_]{0,4}\/(https?:.+)$/.exec(url.pathname + url.search)?.[1] ?? null) : null

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const insideOf = (url: URL): string | null => {
  const wrapper = wrappers.find(({ host, path }) => host.test(url.hostname) && path.test(url.pathname))
  const inner = wrapper?.parameters.map(name => url.searchParams.get(name) ?? '').find(value => /^https?:\/\//i.test(value))
  return inner ?? proofpoint(url) ?? archived(url)
}

/** The link that was meant; the same one where it wraps none. Some are wrapped twice. */
export const unwrapped = (url: URL): URL => {
  let here = url
  for (let depth = 0; depth < 4; depth++) {
    const inner = insideOf(here)
    const next = inner === null ? null : URL.parse(inner)
    if (next === null || !/^https?:$/.test(next.protocol)) break
    here = next
  }
  return here
}
