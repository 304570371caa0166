import type { Day } from '@paperboard/shared/days'
import { createContext, use, useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { paths } from '../routes.ts'
import { looksOnly } from './looks.ts'
import { commentId } from './rowIds.ts'

/** What the rows of a board ask of their page. Stable, so that rows do not render when the page does. */
export interface RowNav {
  /** Opens a paper's thread; `write` goes straight to the comment field. */
  open: (paper: string, write?: boolean) => void
  assign: (paper: string) => void
  /** Opens the form that puts the paper into a session. */
  plan: (paper: string) => void
  /** Opens the form that corrects what the paper says. */
  correct: (paper: string) => void
  /** Opens the tags of a paper. */
  tag: (paper: string) => void
  /** Shows the papers of a tag. */
  showTag: (tag: string) => void
  /** Offers a paper as a file. */
  exportPaper: (paper: string) => void
  /** Takes the paper off the board, with a way back. */
  remove: (paper: string) => void
}
export const RowNavContext = createContext<RowNav | null>(null)
export const useRowNav = (): RowNav => {
  const nav = use(RowNavContext)
  if (nav === null) throw new Error('A row stands outside of a board')
  return nav
}

/** The address of a paper on its board. */
export const paperHref = (group: string, day: Day, paper: string) => `${paths.board(group, day)}?paper=${paper}`

/** The address of a comment in the thread of its paper. */
export const commentHref = (group: string, day: Day, paper: string, comment: string) => `${paperHref(group, day, paper)}#${commentId(comment)}`

/** Marks history entries that opened a paper: closing one goes back, so that Back never opens it again. */
const openedHere = { paperOpened: true }
const cameFromBoard = () => typeof history.state === 'object' && history.state !== null && 'paperOpened' in history.state

/** The open paper, kept in the address: it can be linked, and Back closes it. */
export const useOpenPaper = () => {
  const [params, setParams] = useSearchParams()
  const [, navigate] = useLocation()
  const paper = params.get('paper')
  const open = useCallback(
    (id: string) => {
      const already = new URLSearchParams(location.search).has('paper')
      // With a panel beside the list, moving on is no step to come back to.
      const next = (params: URLSearchParams) => {
        params.set('paper', id)
        return params
      }
      setParams(next, { replace: already, state: already ? history.state : openedHere })
    },
    [setParams],
  )
  // Going back takes a moment: a second Escape meanwhile must not leave the board.
  const closing = useRef(false)
  useEffect(() => {
    closing.current = paper === null
  }, [paper])
  const close = useCallback(() => {
    if (closing.current) return
    closing.current = true
    if (cameFromBoard()) history.back()
    else navigate(`${location.pathname}${looksOnly(location.search)}`, { replace: true })
  }, [navigate])
  return { paper, open, close }
}

/** Whether a media query holds. */
export const useMedia = (query: string): boolean => {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
/** Wide enough for the list and a thread side by side. */
export const sideBySide = '(min-width: 64rem)'

/** How the import dialog begins. */
export interface ImportStart {
  tab: 'paste' | 'hand' | 'sample'
  /** A text that was pasted beside the dialog. */
  text?: string
  /** Files that were dropped there. */
  files?: readonly File[]
}
