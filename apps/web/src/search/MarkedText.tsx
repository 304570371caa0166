import { type MathSpan, mathIn } from '@paperboard/shared/mathText'
import type { Marked } from '@paperboard/shared/search'
import type { ReactNode } from 'react'
import { MathText } from '../paper/MathText.tsx'
import { Tex } from '../paper/Tex.tsx'
import styles from './MarkedText.module.css'

/** A stretch of a text that is all hit or all not. */
interface Stretch {
  from: number
  to: number
  hit: boolean
  math?: MathSpan
}

/** Where a text is cut: at the ends of its formulas, which stay whole, and of what was found. */
export const stretchesOf = ({ text, hits }: Marked): Stretch[] => {
  const formulas = mathIn(text)
  const within = (at: number) => formulas.some(({ start, end }) => start < at && at < end)
  const cuts = [0, text.length, ...formulas.flatMap(({ start, end }) => [start, end]), ...hits.flat().filter(at => !within(at))]
  const places = [...new Set(cuts)].filter(at => at >= 0 && at <= text.length).sort((a, b) => a - b)
  return places.slice(1).map((to, n) => {
    const from = places[n] ?? 0
    const math = formulas.find(({ start }) => start === from)
    return { from, to, hit: hits.some(hit => hit[0] < to && hit[1] > from), ...(math && { math }) }
  })
}

/** A text with its formulas set and what was looked for marked. */
export function MarkedText({ marked }: { marked: Marked }): ReactNode {
  const { text } = marked
  if (marked.hits.length === 0) return <MathText>{text}</MathText>
  return stretchesOf(marked).map(({ from, to, hit, math }) => {
    const source = text.slice(from, to)
    const set = math === undefined ? source.replaceAll('\\$', '$') : <Tex key={from} tex={math.tex} source={source} />
    return hit ? (
      <mark key={from} className={styles.hit}>
        {set}
      </mark>
    ) : (
      set
    )
  })
}
