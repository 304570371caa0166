import type { RefObject } from 'react'
import { useKeys } from '../ui/keys.ts'
import type { ListHandle } from '../ui/VirtualList.tsx'
import { toggleOffer, vote } from './acts.ts'
import type { Board } from './board.ts'
import { sendKey } from './Composer.tsx'
import type { RowNav } from './nav.ts'
import { unfoldKey } from './PaperRow.tsx'
import { useDayKeys } from './SpanNav.tsx'

interface Controls {
  list: RefObject<ListHandle | null>
  filter: RefObject<HTMLInputElement | null>
  /** The paper that acts apply to: the open one, or else the last that had the focus. */
  current: string | null
  opened: string | null
  /** The thread stands beside the list and follows it. */
  follows: boolean
  nav: RowNav
  onAdd: () => void
  onEscape: () => void
}

/** What keys do on a board. */
export const useBoardKeys = (board: Board, { list, filter, current, opened, follows, nav, onAdd, onEscape }: Controls) => {
  const { group, day } = board
  const step = (by: 1 | -1) => {
    const ids = list.current?.ids() ?? []
    const at = current === null ? -1 : ids.indexOf(current)
    const next = at === -1 ? ids[0] : ids[Math.min(Math.max(at + by, 0), ids.length - 1)]
    if (next === undefined) return
    if (opened !== null && follows) nav.open(next)
    list.current?.focus(next)
  }
  const on = (act: (paper: string) => void) => () => {
    if (current !== null) act(current)
    else step(1)
  }
  useKeys([
    { keys: 'j', does: 'Next paper', under: 'Through the papers', act: () => step(1) },
    { keys: 'k', does: 'Previous paper', under: 'Through the papers', act: () => step(-1) },
    { keys: 'enter', does: 'Open the discussion', under: 'Through the papers', act: on(paper => nav.open(paper)) },
    { keys: 'esc', does: 'Close it, or show all papers again', under: 'Through the papers', act: onEscape },
    { keys: 'f', does: 'Filter', under: 'Through the papers', act: () => filter.current?.select() },
    {
      keys: 'mod+f',
      does: 'Filter; pressed again, search in the browser',
      under: 'Through the papers',
      // Rows out of sight are not in the page: the filter finds them. The browser's own search is one more press away.
      when: () => filter.current !== null && document.activeElement !== filter.current,
      act: () => filter.current?.select(),
    },
    { keys: 'a', does: 'Add papers', under: 'Through the papers', act: onAdd },
    { keys: 'u', does: 'Vote up, or withdraw it', under: 'On a paper', act: on(paper => vote(board, paper, 1)) },
    { keys: 'd', does: 'Vote down, or withdraw it', under: 'On a paper', act: on(paper => vote(board, paper, -1)) },
    unfoldKey,
    { keys: 'c', does: 'Comment', under: 'On a paper', act: on(paper => nav.open(paper, true)) },
    sendKey,
    { keys: 'o', does: 'Offer to present', under: 'On a paper', act: on(paper => toggleOffer(board, paper)) },
    { keys: '#', does: 'Tags', under: 'On a paper', act: on(nav.tag) },
    { keys: 'x', does: 'Export', under: 'On a paper', act: on(nav.exportPaper) },
    { keys: 's', does: 'Plan for a session', under: 'On a paper', act: on(nav.plan) },
    { keys: 'r', does: 'Assign a reading', under: 'On a paper', act: on(nav.assign) },
  ])
  useDayKeys('day', group, day)
}
