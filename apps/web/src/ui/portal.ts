import { createContext } from 'react'

/** Where menus and popovers are put. Inside a modal dialog that must be the dialog: all else is inert below it. */
export const Portal = createContext<HTMLElement | null>(null)
