/** When two entries are the same paper: by arXiv id, by DOI, by title and first author, by link. */

/** What identity is read from; an entry of the catalogue and a paper of an import both have it. */
export interface Identified {
  title: string | null
  authors: readonly string[]
  arxivId: string | null
  doi: string | null
  url: string | null
}

/**
 * A title as it is compared: letters and digits of any script in one case, without accents, spaces and punctuation.
 * Marks of scripts in which they tell words apart stay. A title of signs alone is compared by its signs.
 */
export const titleKey = (title: string): string => {
  const folded = fold(title).replace(/[^\p{L}\p{N}\p{M}]+/gu, '')
  return folded === '' ? `=${title.normalize('NFKC').replace(/\s+/g, '')}` : folded
}

/** Combining accents go (é, é and e are one); vowel signs of Devanagari and their like are no accents. */
const fold = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]+/g, '')

const suffixes = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'phd', 'md'])

const wordsOf = (author: string) =>
  fold(author)
    .split(/[^\p{L}\p{N}\p{M}'’-]+/u)
    .filter(word => word !== '' && !suffixes.has(word))

/** The family name of an author written "Ada Lovelace" or "Lovelace, Ada", folded. */
export const familyName = (author: string): string => wordsOf(author.includes(',') ? author.slice(0, author.indexOf(',')) : author).at(-1) ?? ''

/**
 * Whether the first authors can be one person. True where either list is empty: a page gives no authors. Where one
 * source writes the family name first, it is still among the other's words.
 */
export const sameFirstAuthor = (some: readonly string[], others: readonly string[]): boolean => {
  const [one, other] = [some[0], others[0]]
  if (one === undefined || other === undefined) return true
  const [family, otherFamily] = [familyName(one), familyName(other)]
  return family === otherFamily || wordsOf(other).includes(family) || wordsOf(one).includes(otherFamily)
}

/** Two identifiers of one kind that differ: then equal titles ("Editorial") are two papers. */
const contradict = (a: Identified, b: Identified) => differ(a.arxivId, b.arxivId) || differ(a.doi, b.doi)
const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b

/** In the order in which they are asked; the first that finds an entry decides. `key` is what entries are looked up by. */
export const sameness: readonly { key: (paper: Identified) => string | null; agrees: (a: Identified, b: Identified) => boolean }[] = [
  { key: paper => paper.arxivId && `arxiv:${paper.arxivId}`, agrees: () => true },
  { key: paper => paper.doi && `doi:${paper.doi}`, agrees: () => true },
  {
    key: paper => paper.title && `title:${titleKey(paper.title)}`,
    agrees: (a, b) => !contradict(a, b) && sameFirstAuthor(a.authors, b.authors),
  },
  // A site's front page may stand for many papers; a link tells them apart only where a title does not.
  { key: paper => paper.url && `url:${paper.url}`, agrees: (a, b) => !contradict(a, b) && (a.title === null || b.title === null) },
]
