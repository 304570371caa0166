import { parseSearch } from '@paperboard/shared/search'
import { fold, wordsOf } from '../paper/words.ts'

/** The words and phrases of a query that can be looked for here: who voted, and when, only the server knows. */
export const plainWords = (q: string): string[] => {
  const { words, phrases, fields } = parseSearch(q)
  const named = fields.filter(({ field, not }) => (field === 'author' || field === 'title') && !not).map(({ value }) => value)
  return [...words.flatMap(wordsOf), ...[...phrases, ...named].map(fold)]
}
