import type { Paper } from '@paperboard/shared/api'
import { createContext, type ReactNode, use, useCallback, useState } from 'react'
import { type PaperDialog, PaperDialogs } from '../../lists/PaperDialogs.tsx'
import { paperKeys } from '../../lists/useListKeys.ts'
import { CalendarIcon, ReadingIcon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import type { MenuItem } from '../../ui/Menu.tsx'

type Ask = (dialog: PaperDialog, paper: string) => void

/** The dialogs by which a paper of a meeting is handed out and planned, as on boards: how to open one, and the open one. */
export function useHandOut(papers: ReadonlyMap<string, Paper>): [Ask, ReactNode] {
  const [open, setOpen] = useState<{ dialog: PaperDialog; paper: string } | null>(null)
  const ask = useCallback<Ask>((dialog, paper) => setOpen({ dialog, paper }), [])
  const close = () => setOpen(null)
  return [ask, open !== null && <PaperDialogs dialog={open.dialog} paper={papers.get(open.paper)} onClose={close} />]
}

/** What rows of an agenda open; null for guests, who hand out nothing. */
export const HandOutContext = createContext<Ask | null>(null)

/** What the menu of a paper has for it. */
export const useHandOutItems = (paper: string): MenuItem[] => {
  const ask = use(HandOutContext)
  if (ask === null) return []
  return [
    { label: 'Assign a reading…', icon: ReadingIcon, kbd: 'r', onSelect: () => ask('assign', paper) },
    { label: 'Plan for a session…', icon: CalendarIcon, kbd: 's', onSelect: () => ask('plan', paper) },
  ]
}

/** The paper of the row that has the focus: the keys of boards are meant for it, and not for the meeting. */
export const paperInFocus = (): string | null => document.activeElement?.closest<HTMLElement>('[data-agenda-paper]')?.dataset.agendaPaper ?? null

/** The keys of boards, on the paper in focus. */
export const useHandOutKeys = (ask: Ask, on: boolean) => {
  const keys = paperKeys(dialog => {
    const paper = paperInFocus()
    if (paper !== null) ask(dialog, paper)
  })
  useKeys(
    keys.map(key => ({ ...key, when: () => paperInFocus() !== null })),
    on,
  )
}
