/** What is typed into the search, as parts that one can see and take away. */
import { type SearchField, type SearchTerm, searchTerms } from '@paperboard/shared/search'

const written = ({ field, value, phrase, not }: SearchTerm): string =>
  `${not ? '-' : ''}${field === null ? '' : `${field}:`}${phrase || /\s/.test(value) ? `"${value}"` : value}`

const phrases: Record<SearchField, (value: string, not: boolean) => string> = {
  author: (value, not) => `${not ? 'not ' : ''}by the author ${value}`,
  title: (value, not) => `${value} ${not ? 'not ' : ''}in the title`,
  tag: (value, not) => `${not ? 'not ' : ''}tagged ${value}`,
  from: (value, not) => `${not ? 'not ' : ''}from ${you(value)}`,
  by: (value, not) => `${not ? 'not ' : ''}from ${you(value)}`,
  voted: (value, not) => `${not ? 'not ' : ''}voted for by ${you(value)}`,
  read: (value, not) => `${not ? 'not yet ' : ''}opened by ${you(value)}`,
  on: (value, not) => `${not ? 'not ' : ''}on ${value}`,
  before: (value, not) => `${not ? 'not ' : ''}before ${value}`,
  after: (value, not) => `${not ? 'not ' : ''}after ${value}`,
  kind: (value, not) => (not ? `no ${value}` : `${value} only`),
}
const you = (value: string) => (value.toLowerCase() === 'me' ? 'you' : value)

/** A part of the query that is more than a word. */
export interface Chip {
  key: string
  words: string
  /** The query without it. */
  rest: string
}

/** The parts of a query that are more than words, in order. */
export const chipsOf = (q: string): Chip[] => {
  const { terms } = searchTerms(q)
  return terms.flatMap((term, n) => {
    const { field, value, phrase, not } = term
    if (field === null && !phrase && !not) return []
    const words = field === null ? `${not ? 'without ' : ''}${phrase ? `“${value}”` : value}` : phrases[field](value, not)
    const rest = terms
      .filter((_, other) => other !== n)
      .map(written)
      .join(' ')
    return [{ key: `${n} ${written(term)}`, words, rest }]
  })
}

/** The query for what one person posted, added or wrote. */
export const fromPerson = (name: string): string => `from:"${name.replaceAll('"', '')}"`
