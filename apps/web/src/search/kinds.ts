import type { SearchKind } from '@paperboard/shared/search'

/** What can be found, in the order of the tabs. */
export const kinds = ['papers', 'comments', 'people', 'notes'] as const satisfies readonly SearchKind[]
export type Kind = (typeof kinds)[number]
export const kindNames: Record<Kind, string> = { papers: 'Papers', comments: 'Comments', people: 'People', notes: 'Notes' }
/** One of them, and many, in a sentence. */
export const kindWords: Record<Kind, [one: string, many: string]> = {
  papers: ['paper', 'papers'],
  comments: ['comment', 'comments'],
  people: ['person', 'people'],
  notes: ['note', 'notes'],
}
export const tabId = (kind: Kind) => `kind-${kind}`
/** How many there are of each, as far as it is known. */
export type Counts = Partial<Record<Kind, { total: number; more: boolean }>>
