import { createContext, type ReactNode, use } from 'react'
import { createPortal } from 'react-dom'

/** Places in the shell that pages fill: who is here, and whether changes are saved. */
export interface Slots {
  presence: HTMLElement | null
  connection: HTMLElement | null
  /** Under the top bar, across the page. */
  banner: HTMLElement | null
}
export const ShellSlots = createContext<Slots>({ presence: null, connection: null, banner: null })

/** Puts its children into a place of the shell, for as long as the page is there. */
export function ShellSlot({ slot, children }: { slot: keyof Slots; children: ReactNode }) {
  const element = use(ShellSlots)[slot]
  return element === null ? null : createPortal(children, element)
}
