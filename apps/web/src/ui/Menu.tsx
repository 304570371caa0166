import { type ComponentType, lazy } from 'react'
import type { IconProps } from './icons.tsx'
import { OnFirstUse, type Trigger } from './onFirstUse.tsx'

export interface MenuItem {
  label: string
  /** Names the item among others of the same label. */
  key?: string
  /** A second line, or who it is about. */
  detail?: string
  icon?: ComponentType<IconProps>
  kbd?: string
  /** A choice: true for the one that holds. */
  checked?: boolean
  danger?: boolean
  /** Why it is not possible, as a sentence: shown below the label. */
  denied?: string | null
  onSelect: () => void
}
export interface MenuSection {
  heading?: string
  items: MenuItem[]
}
export interface MenuContent {
  /** Asked when the menu opens. */
  sections: () => MenuSection[]
  align?: 'start' | 'end'
}

const load = () => import('./MenuPanel.tsx')
const MenuPanel = lazy(load)

/** A button that opens a menu: arrows, first letters, Escape. */
export const Menu = ({ trigger, ...content }: MenuContent & { trigger: Trigger }) => (
  <OnFirstUse trigger={trigger} haspopup="menu" load={load} panel={MenuPanel} props={content} />
)
