/** The steps in which one goes through a history: moments of which there is something to tell. */
import type { History } from '@paperboard/shared/history'
import { type Names, sentenceFor, sentenceForText } from './words.ts'

export interface Step {
  at: number
  /** What stands after this many moments. */
  upTo: number
  /** What happened, in words. */
  said: string[]
  /** Names of the records and texts that changed. */
  changed: ReadonlySet<string>
}

/** Papers that come together are named up to this many. */
const fewPapers = 3

export const stepsOf = ({ moments }: Pick<History, 'moments'>, names: Names): Step[] => {
  const steps: Step[] = []
  const now = new Map<string, unknown>()
  let changed = new Set<string>()
  for (const [n, moment] of moments.entries()) {
    const said: string[] = []
    const arrivals = moment.records.filter(({ root, key, after }) => root === 'papers' && after !== undefined && !now.has(`${root}/${key}`))
    const together = new Set(arrivals.length > fewPapers ? arrivals : [])
    if (together.size > 0) said.push(`${together.size} papers came to the board`)
    for (const change of moment.records) {
      const id = `${change.root}/${change.key}`
      const sentence = together.has(change) ? null : sentenceFor(change, now.get(id), names)
      if (sentence !== null && !said.includes(sentence)) said.push(sentence)
      now.set(id, change.after)
      changed.add(id)
    }
    for (const change of moment.texts) {
      said.push(sentenceForText(change, names))
      changed.add(`${change.root}/${change.key}`)
    }
    // What is not worth a step of its own goes with the next, or with the last.
    if (said.length > 0) {
      steps.push({ at: moment.at, upTo: n + 1, said, changed })
      changed = new Set()
    }
  }
  const last = steps.at(-1)
  if (last !== undefined) last.upTo = moments.length
  return steps
}

/** Papers that a history names. */
export const papersIn = ({ moments }: Pick<History, 'moments'>): string[] => {
  const papers = new Set<string>()
  for (const { records, texts } of moments) {
    for (const { root, key, after } of records) {
      const [first = ''] = key.split(':')
      if (['papers', 'votes', 'offers', 'agenda', 'clock', 'takers', 'standing'].includes(root)) papers.add(first)
      if (typeof after === 'object' && after !== null && 'paper' in after && typeof after.paper === 'string') papers.add(after.paper)
      if (root === 'floor' && typeof after === 'object' && after !== null && 'item' in after && typeof after.item === 'string') papers.add(after.item)
    }
    for (const { key } of texts) papers.add(key)
  }
  for (const none of ['lobby', 'closing', 'meeting']) papers.delete(none)
  return [...papers]
}
