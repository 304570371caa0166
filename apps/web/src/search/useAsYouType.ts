import type { SearchAnswer } from '@paperboard/shared/search'
import { useEffect, useRef, useState } from 'react'
import { type Asker, createAsker } from './asker.ts'
import { againAfter, search } from './asking.ts'

/** Shortest time between two questions, and the longest that one is waited for while something else is typed, ms. */
const between = 120
const patience = 1_500
/** Hits of each answer: enough that a few of each kind are among the best. */
const most = 40

export interface Found {
  /** The last answer, and what it answers; kept until the next is there. */
  of: string
  answer: SearchAnswer | null
  /** Why there is none to what is typed now. */
  error: unknown
}
const nothing: Found = { of: '', answer: null, error: null }

/** What is found while one types. */
export const useAsYouType = (group: string, text: string): Found => {
  const [found, setFound] = useState(nothing)
  const asker = useRef<Asker | null>(null)
  useEffect(() => {
    const mine = createAsker({
      ask: (q, signal) => search(group, { q, kind: 'all', limit: most }, signal),
      between,
      patience,
      again: againAfter,
      onAnswer: (of, answer) => setFound({ of, answer, error: null }),
      onError: (of, error) => setFound(({ answer }) => ({ of, answer, error })),
    })
    asker.current = mine
    return mine.stop
  }, [group])
  useEffect(() => {
    asker.current?.want(text === '' ? null : text)
    if (text === '') setFound(nothing)
  }, [text])
  return found
}
