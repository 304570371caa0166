/** What a query asks of the index: words and sequences of words, in which part of a text. */

import type { Day } from '@paperboard/shared/days'
import { type SearchField, type SearchTerm, searchTerms } from '@paperboard/shared/search'
import type { Clause, Sequence, TextPart } from '../db/searchTexts.ts'
import { readReference } from '../papers/identifiers.ts'
import { isCommon, joinedTokens, stem, tokensOf } from './text.ts'

export interface Asked {
  /** All of these must be there. */
  all: Clause[]
  /** None of these may be. */
  none: Clause[]
}

const partOf: Partial<Record<SearchField, TextPart>> = { author: 'authors', title: 'title' }

/** What may stand in a text for what was typed: the words one after another, or as one where a hyphen joins them. */
export function clauseOf({ field, value, open }: Pick<SearchTerm, 'field' | 'value' | 'open'>): Clause | null {
  const tokens = tokensOf(value)
  const last = tokens.at(-1)
  if (last === undefined) return null
  const within = field === null ? undefined : partOf[field]
  const before = tokens.slice(0, -1).map(({ word }) => stem(word))
  const any: Sequence[] = [{ words: [...before, stem(last.word)], prefix: false }]
  if (open) any.push({ words: [...before, last.word], prefix: true })
  const [joined, ...others] = joinedTokens(value, tokens)
  // More hyphens than these words have between them: they are not one word.
  if (joined !== undefined && others.length === 0 && joined.from === tokens[0]?.from && joined.to === last.to)
    any.push({ words: [open ? joined.word : stem(joined.word)], prefix: open })
  return { any, typed: value, ...(within === undefined ? {} : { within: [within] }) }
}

/** A link or an id that names a paper, as it stands in the index. */
function reference(value: string, today: Day): string | null {
  if (!/[./]/.test(value)) return null
  const found = readReference(value, today)
  if (found === null || 'reason' in found) return null
  if (found.arxivId !== null) return `arxiv ${found.arxivId}`
  return found.doi === null ? null : `doi ${found.doi}`
}

const isText = ({ field }: SearchTerm) => field === null || partOf[field] !== undefined
/** A common word may be the beginning of another one while it is typed. */
const isDispensable = ({ field, value, phrase, open }: SearchTerm) => field === null && !phrase && !open && isCommon(value.toLowerCase())

/** The words of a query, without its fields other than `author:` and `title:`. Common words count where there are no others. */
export function askedOf(terms: readonly SearchTerm[], today: Day): Asked {
  const clauses = (some: readonly SearchTerm[]) =>
    some.flatMap(term => clauseOf({ ...term, value: (term.field === null && !term.phrase ? reference(term.value, today) : null) ?? term.value }) ?? [])
  const texts = terms.filter(isText)
  const wanted = texts.filter(({ not }) => !not)
  const telling = wanted.filter(term => !isDispensable(term))
  return { all: clauses(telling.length > 0 ? telling : wanted), none: clauses(texts.filter(({ not }) => not)) }
}

export const askedBy = (q: string, today: Day = '9999-12-31'): Asked => askedOf(searchTerms(q).terms, today)
