import { lazy, type ReactNode } from 'react'
import { OnFirstUse, type Trigger } from './onFirstUse.tsx'

export interface PopoverContent {
  /** The panel's name for screen readers. */
  label: string
  align?: 'start' | 'center' | 'end'
  /** Asked while open. */
  children: (close: () => void) => ReactNode
}

const load = () => import('./PopoverPanel.tsx')
const PopoverPanel = lazy(load)

/** A button that opens a small panel beside it: a calendar, a form of two fields. */
export const Popover = ({ trigger, ...content }: PopoverContent & { trigger: Trigger }) => (
  <OnFirstUse trigger={trigger} haspopup="dialog" load={load} panel={PopoverPanel} props={content} />
)
