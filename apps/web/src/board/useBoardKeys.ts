import type { RefObject } from 'react'
import { useLocation } from 'wouter'
import { paths } from '../routes.ts'
import { useKeys } from '../ui/keys.ts'
import { toggleOffer, vote } from './acts.ts'
import type { Board } from './board.ts'
import { focusRow, papersIn } from './focus.ts'
import type { RowNav } from './nav.ts'
import { stepped } from './SpanNav.tsx'

/** The keys of a board, for the help. */
export const boardKeys: { heading: string; keys: [string, string][] }[] = [
  {
    heading: 'Through the papers',
    keys: [
      ['j', 'Next paper'],
      ['k', 'Previous paper'],
      ['enter', 'Open its discussion'],
      ['e', 'Unfold the abstract'],
      ['esc', 'Close, or show all again'],
      ['/', 'Filter'],
    ],
  },
  {
    heading: 'On a paper',
    keys: [
      ['u', 'Vote up, or withdraw it'],
      ['d', 'Vote down, or withdraw it'],
      ['c', 'Comment'],
      ['mod+enter', 'Send the comment'],
      ['o', 'Offer to present'],
      ['r', 'Assign a reading'],
    ],
  },
  {
    heading: 'Elsewhere',
    keys: [
      ['a', 'Add papers'],
      ['[', 'Previous day'],
      [']', 'Next day'],
      ['t', 'Today'],
      ['g r', 'Readings'],
      ['g m', 'Members'],
      ['?', 'These keys'],
    ],
  },
]

interface Controls {
  list: RefObject<Element | null>
  filter: RefObject<HTMLInputElement | null>
  /** The paper that acts apply to: the open one, or else the last that had the focus. */
  current: string | null
  opened: string | null
  /** The thread stands beside the list and follows it. */
  follows: boolean
  nav: RowNav
  onAdd: () => void
  onHelp: () => void
  onEscape: () => void
}

export const useBoardKeys = (board: Board, { list, filter, current, opened, follows, nav, onAdd, onHelp, onEscape }: Controls) => {
  const [, navigate] = useLocation()
  const { group, day } = board
  const step = (by: 1 | -1) => {
    const ids = papersIn(list.current)
    const at = current === null ? -1 : ids.indexOf(current)
    const next = at === -1 ? ids[0] : ids[Math.min(Math.max(at + by, 0), ids.length - 1)]
    if (next === undefined) return
    if (opened !== null && follows) nav.open(next)
    focusRow(next)
  }
  const on = (act: (paper: string) => void) => () => {
    if (current !== null) act(current)
    else step(1)
  }
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    u: on(paper => vote(board, paper, 1)),
    d: on(paper => vote(board, paper, -1)),
    o: on(paper => toggleOffer(board, paper)),
    r: on(nav.assign),
    c: on(paper => nav.open(paper, true)),
    enter: on(paper => nav.open(paper)),
    a: onAdd,
    '?': onHelp,
    '/': () => filter.current?.select(),
    esc: onEscape,
    '[': () => navigate(paths.board(group.id, stepped('day', day, -1))),
    ']': () => navigate(paths.board(group.id, stepped('day', day, 1))),
    t: () => navigate(paths.board(group.id, group.today)),
  })
}
