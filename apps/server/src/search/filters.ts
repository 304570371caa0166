/** The fields of a query, as conditions on what is found. */
import type { Member } from '@paperboard/shared/api'
import { instantOf } from '@paperboard/shared/clockTimes'
import { addDays, monthOf } from '@paperboard/shared/days'
import type { AskedFor, SearchTerm } from '@paperboard/shared/search'
import { tagFrom } from '@paperboard/shared/tags'
import { from, not, readBy, tagged, votedBy, type Within, within } from '../db/searchFilters.ts'
import type { Condition, DocumentKind } from '../db/searchTexts.ts'
import { tokensOf } from './text.ts'

export interface Searcher {
  group: string
  timeZone: string
  me: string
  /** Who is or was in the group. */
  members: readonly Member[]
}

/** Members whose name has all of these words, or begins like them; oneself for `me`. */
export function membersCalled({ me, members }: Pick<Searcher, 'me' | 'members'>, value: string): string[] {
  if (value.toLowerCase() === 'me') return [me]
  const words = tokensOf(value).map(({ word }) => word)
  return members
    .filter(({ name }) => {
      const names = tokensOf(name).map(({ word }) => word)
      return words.length > 0 && words.every(word => names.some(each => each.startsWith(word)))
    })
    .map(({ id }) => id)
}

/** The first and last day of a date that may be a month or a year. */
const daysOf = (date: string) => {
  if (date.length === 10) return { first: date, last: date }
  if (date.length === 7) return { first: `${date}-01`, last: monthOf(`${date}-01`).to }
  return { first: `${date}-01-01`, last: `${date}-12-31` }
}

function span(field: 'on' | 'before' | 'after', date: string, timeZone: string): Within {
  const { first, last } = daysOf(date)
  const begin = field === 'on' ? first : field === 'after' ? addDays(last, 1) : null
  const end = field === 'on' ? last : field === 'before' ? addDays(first, -1) : null
  return {
    days: { from: begin, to: end },
    times: { from: begin === null ? null : instantOf(begin, '00:00', timeZone), to: end === null ? null : instantOf(addDays(end, 1), '00:00', timeZone) - 1 },
  }
}

/** What a term demands of texts of a kind; null where it is no condition of its own. */
function condition({ field, value, open }: SearchTerm, { group, timeZone, me, ...rest }: Searcher, kind: DocumentKind): Condition | null {
  const people = () => membersCalled({ me, ...rest }, value)
  switch (field) {
    case 'tag':
      return tagged(group, tagFrom(value) ?? value, open)
    case 'from':
    case 'by':
      return from(group, people(), kind)
    case 'voted':
      return votedBy(group, people())
    case 'read':
      return readBy(group, me)
    case 'on':
    case 'before':
    case 'after':
      return within(group, span(field, value, timeZone), kind)
    default:
      return null
  }
}

export const conditions = (terms: readonly SearchTerm[], searcher: Searcher, kind: DocumentKind): Condition[] =>
  terms.flatMap(term => {
    const one = condition(term, searcher, kind)
    return one === null ? [] : [term.not ? not(one) : one]
  })

/** Names that are nobody's in the group. */
export const unknownNames = (terms: readonly SearchTerm[], searcher: Pick<Searcher, 'me' | 'members'>): AskedFor['problems'] =>
  terms.flatMap(({ field, value }) =>
    (field === 'from' || field === 'by' || field === 'voted') && membersCalled(searcher, value).length === 0
      ? [{ text: `${field}:${value}`, reason: `Nobody in the group is called “${value}”.` }]
      : [],
  )
