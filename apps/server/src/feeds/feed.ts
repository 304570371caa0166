/** Entries as Atom (RFC 4287) or RSS 2.0. */
import { generateAtomFeed, generateRssFeed } from 'feedsmith'
import type { Entry } from './entries.ts'

interface FeedHead {
  id: string
  title: string
  /** Where people read the same. */
  page: string
  /** The feed's own address. */
  self: string
  origin: string
}

export const feedTypes = { atom: 'application/atom+xml; charset=utf-8', rss: 'application/rss+xml; charset=utf-8' } as const
export type FeedFormat = keyof typeof feedTypes

/** XML 1.0 has no words for these, not even escaped. */
const storable = (text: string) => text.toWellFormed().replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')

const plain = (value: string) => ({ value: storable(value), type: 'text' as const })

export const writeFeed = (format: FeedFormat, head: FeedHead, entries: readonly Entry[]): string =>
  format === 'atom' ? atom(head, entries) : rss(head, entries)

const newest = (entries: readonly Entry[]) => new Date(Math.max(0, ...entries.map(({ at }) => at)))

const atom = ({ id, title, page, self, origin }: FeedHead, entries: readonly Entry[]): string =>
  generateAtomFeed({
    id,
    title: plain(title),
    updated: newest(entries),
    links: [
      { href: self, rel: 'self', type: 'application/atom+xml' },
      { href: page, rel: 'alternate', type: 'text/html' },
    ],
    authors: [{ name: 'Paperboard' }],
    entries: entries.map(entry => ({
      id: entry.id,
      title: plain(entry.title),
      updated: new Date(entry.at),
      published: new Date(entry.at),
      links: [{ href: origin + entry.path, rel: 'alternate', type: 'text/html' }],
      authors: entry.authors.map(name => ({ name: storable(name) })),
      summary: plain(entry.text),
      categories: entry.labels.map(term => ({ term: storable(term) })),
    })),
  })

const rss = ({ title, page, self, origin }: FeedHead, entries: readonly Entry[]): string =>
  generateRssFeed({
    title: storable(title),
    link: page,
    description: storable(title),
    lastBuildDate: newest(entries),
    atom: { links: [{ href: self, rel: 'self', type: 'application/rss+xml' }] },
    items: entries.map(entry => ({
      title: storable(entry.title),
      link: origin + entry.path,
      guid: { value: entry.id, isPermaLink: false },
      pubDate: new Date(entry.at),
      // RSS takes a description for HTML: plain text must be escaped into it.
      description: storable(entry.text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
      categories: entry.labels.map(name => ({ name: storable(name) })),
      dc: { creators: entry.authors.map(storable) },
    })),
  })
