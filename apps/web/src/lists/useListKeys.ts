import type { RefObject } from 'react'
import { type KeyBinding, useKeys } from '../ui/keys.ts'
import type { ListHandle } from '../ui/VirtualList.tsx'
import type { RowActs } from './ListedRow.tsx'
import type { PaperDialog } from './PaperDialogs.tsx'

interface ListKeys {
  ids: readonly string[]
  /** The paper that had the focus last. */
  current: string | null
  list: RefObject<ListHandle | null>
  /** Where one types what the list is to show, and what that is called. */
  field: RefObject<HTMLInputElement | null>
  fieldDoes: string
  escapeDoes: string
  acts: RowActs
  onEscape: () => void
}

/** What keys open about a paper, as on a board. */
export const paperKeys = (ask: (dialog: PaperDialog) => void): KeyBinding[] => [
  { keys: '#', does: 'Tags', under: 'On a paper', act: () => ask('tags') },
  { keys: 'x', does: 'Export', under: 'On a paper', act: () => ask('export') },
  { keys: 's', does: 'Plan for a session', under: 'On a paper', act: () => ask('plan') },
  { keys: 'r', does: 'Assign a reading', under: 'On a paper', act: () => ask('assign') },
]

/** What keys do in a list over several boards. Enter follows the title that has the focus, as everywhere. */
export const useListKeys = ({ ids, current, list, field, fieldDoes, escapeDoes, acts, onEscape }: ListKeys) => {
  const step = (by: 1 | -1) => {
    const at = current === null ? -1 : ids.indexOf(current)
    const next = at === -1 ? ids[0] : ids[Math.min(Math.max(at + by, 0), ids.length - 1)]
    if (next !== undefined) list.current?.focus(next)
  }
  useKeys([
    { keys: 'j', does: 'Next paper', under: 'Through the papers', act: () => step(1) },
    { keys: 'k', does: 'Previous paper', under: 'Through the papers', act: () => step(-1) },
    { keys: 'enter', does: 'Open the page of the paper', under: 'Through the papers', act: () => current !== null && list.current?.focus(current) },
    { keys: 'f', does: fieldDoes, under: 'Through the papers', act: () => field.current?.select() },
    {
      keys: 'mod+f',
      does: `${fieldDoes}; pressed again, search in the browser`,
      under: 'Through the papers',
      when: () => field.current !== null && document.activeElement !== field.current,
      act: () => field.current?.select(),
    },
    { keys: 'esc', does: escapeDoes, under: 'Through the papers', act: onEscape },
    ...paperKeys(dialog => {
      if (current !== null) acts.ask(dialog, current)
      else step(1)
    }),
  ])
}
