import { rowId, titleId } from './rowIds.ts'

/** Gives a row the focus and brings it into sight, by no more than is needed. */
export const focusRow = (paper: string) => {
  document.getElementById(titleId(paper))?.focus({ preventScroll: true })
  document.getElementById(rowId(paper))?.scrollIntoView({ block: 'nearest' })
}

/** The papers of a list as they stand on the screen. */
export const papersIn = (list: Element | null): string[] => [...(list?.querySelectorAll<HTMLElement>('[data-paper]') ?? [])].map(row => row.dataset.paper ?? '')
