import type { Paper } from '@paperboard/shared/api'
import { doiAddress } from '@paperboard/shared/doi'

export interface PaperLink {
  label: string
  href: string
}

/** Only addresses a browser opens as a page: links come from pastes, and `javascript:` is one of the things people paste. */
const page = (url: string): URL | null => {
  const parsed = URL.canParse(url) ? new URL(url) : null
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed : null
}

/** Where a paper can be read and looked up, the paper itself first. */
export const linksOf = (paper: Pick<Paper, 'title' | 'arxivId' | 'doi' | 'url' | 'links'>): PaperLink[] => {
  const links: PaperLink[] = []
  if (paper.arxivId !== null) {
    links.push({ label: paper.title === null ? 'arXiv' : `arXiv:${paper.arxivId}`, href: `https://arxiv.org/abs/${paper.arxivId}` })
    links.push({ label: 'PDF', href: `https://arxiv.org/pdf/${paper.arxivId}` })
    links.push({ label: 'Hugging Face', href: `https://huggingface.co/papers/${paper.arxivId}` })
  }
  // Every arXiv paper has such a DOI; it leads to the same page.
  if (paper.doi !== null && !paper.doi.toLowerCase().startsWith('10.48550/arxiv.')) links.push({ label: 'DOI', href: doiAddress(paper.doi) })
  for (const { label, url } of [...(paper.url === null ? [] : [{ label: '', url: paper.url }]), ...paper.links]) {
    const address = page(url)
    if (address !== null && !links.some(link => link.href === address.href))
      links.push({ label: label || address.hostname.replace(/^www\./, ''), href: address.href })
  }
  return links
}

/** What a paper is called before a source has told its title. */
export const titleOf = (paper: Pick<Paper, 'title' | 'arxivId' | 'doi' | 'url'>): string => {
  if (paper.title !== null) return paper.title
  if (paper.arxivId !== null) return `arXiv:${paper.arxivId}`
  return paper.doi !== null ? `doi:${paper.doi}` : (paper.url ?? 'Untitled paper')
}
