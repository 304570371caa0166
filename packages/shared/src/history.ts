/** How a live document came about: what the server tells of it, and what stood in it at a moment. */

/** One record as a moment left it; without `after` it was removed. */
export interface RecordChange {
  by: string
  root: string
  key: string
  after?: unknown
}

/** What a moment did to a text: characters from `at` on were taken out, and others put in their place. */
export interface TextChange {
  by: string[]
  /** The name of the text. */
  root: string
  key: string
  at: number
  removed: number
  inserted: string
}

/** What happened at one time, or so close together that it is told as one. */
export interface Moment {
  /** When its first change was stored, ms since 1970. */
  at: number
  records: RecordChange[]
  texts: TextChange[]
}

/** GET …/history: from the beginning. */
export interface History {
  moments: Moment[]
  /** Why it does not go from the beginning to now: the beginning is no longer kept, or it is more than can be told at once. */
  cut: 'beginning-gone' | 'too-much' | null
}

/** What stood in a document at a moment. */
export interface StateThen {
  records: ReadonlyMap<string, ReadonlyMap<string, unknown>>
  /** Texts by their keys. */
  texts: ReadonlyMap<string, string>
}

/** What stood after the first `count` moments. */
export const stateAfter = ({ moments }: Pick<History, 'moments'>, count: number): StateThen => {
  const records = new Map<string, Map<string, unknown>>()
  const texts = new Map<string, string>()
  for (const moment of moments.slice(0, count)) {
    for (const { root, key, after } of moment.records) {
      const map = records.get(root) ?? new Map<string, unknown>()
      records.set(root, map)
      if (after === undefined) map.delete(key)
      else map.set(key, after)
    }
    for (const { key, at, removed, inserted } of moment.texts) {
      const text = texts.get(key) ?? ''
      texts.set(key, text.slice(0, at) + inserted + text.slice(at + removed))
    }
  }
  return { records, texts }
}

/** What has to be done to one text to make another of it; null when nothing has. Characters of two units stay whole. */
export const difference = (before: string, after: string): Pick<TextChange, 'at' | 'removed' | 'inserted'> | null => {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  let at = 0
  while (at < shorter && before[at] === after[at]) at++
  if (isHigh(before, at - 1)) at--
  let tail = 0
  while (tail < shorter - at && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  if (isHigh(before, before.length - tail - 1) || isHigh(after, after.length - tail - 1)) tail--
  return { at, removed: before.length - at - tail, inserted: after.slice(at, after.length - tail) }
}

const isHigh = (text: string, at: number) => /[\ud800-\udbff]/.test(text[at] ?? '')
