/**
 * Where one was in a long page, for coming back to it. The browser remembers pixels, which are of no use where rows are
 * made as one scrolls; a list remembers which row was at the top.
 */

/** The row at the top, and how far (px) it was scrolled past. */
export interface ScrollPlace {
  id: string
  past: number
}

const key = 'paperboard:scroll'
/** Pages remembered; the oldest go first. */
const most = 50

let back = ['reload', 'back_forward'].includes(navigationType())
if (typeof window !== 'undefined') {
  window.addEventListener('popstate', () => {
    back = true
  })
  // wouter tells of these.
  for (const step of ['pushState', 'replaceState'])
    window.addEventListener(step, () => {
      back = false
    })
}

function navigationType(): string {
  const [entry] = globalThis.performance?.getEntriesByType?.('navigation') ?? []
  return entry !== undefined && 'type' in entry && typeof entry.type === 'string' ? entry.type : ''
}

/** Whether the page was reached by Back, Forward or a reload: it then opens where it was left. */
export const cameBack = (): boolean => back

const isPlace = (value: unknown): value is ScrollPlace =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'past' in value && typeof value.past === 'number'

const read = (): [string, ScrollPlace][] => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
    return Array.isArray(kept)
      ? kept.filter((entry): entry is [string, ScrollPlace] => Array.isArray(entry) && typeof entry[0] === 'string' && isPlace(entry[1]))
      : []
  } catch {
    return []
  }
}

/** Remembers a place in the list called `name`; null forgets it. */
export const rememberPlace = (name: string, place: ScrollPlace | null): void => {
  const others = read().filter(([other]) => other !== name)
  const kept = place === null ? others : [...others, [name, place] as const]
  try {
    sessionStorage.setItem(key, JSON.stringify(kept.slice(-most)))
  } catch {
    // Denied or full: coming back begins at the top.
  }
}

export const placeIn = (name: string): ScrollPlace | null => read().find(([other]) => other === name)?.[1] ?? null
