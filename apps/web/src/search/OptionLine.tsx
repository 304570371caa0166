import { type ComponentType, type KeyboardEvent, type PointerEvent, type ReactNode, useId } from 'react'
import { Link } from 'wouter'
import type { PaperDialog } from '../lists/PaperDialogs.tsx'
import { IconButton } from '../ui/Button.tsx'
import { CalendarIcon, type IconProps, ReadingIcon } from '../ui/icons.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { MarkedText } from './MarkedText.tsx'
import styles from './Palette.module.css'
import type { Option, PaperNamed } from './paletteOptions.ts'

/** What is asked about which paper. */
export interface AskedPaper {
  dialog: PaperDialog
  paper: PaperNamed
}

/** What can be done with the chosen paper. The letters are those of a board; alone they are typed. */
const paperActs: readonly { dialog: PaperDialog; letter: string; icon: ComponentType<IconProps>; does: string }[] = [
  { dialog: 'assign', letter: 'r', icon: ReadingIcon, does: 'Assign a reading' },
  { dialog: 'plan', letter: 's', icon: CalendarIcon, does: 'Plan for a session' },
]
/** With Alt some keyboards write another sign in place of the letter. */
export const paperAct = ({ altKey, ctrlKey, metaKey, key, code }: KeyboardEvent) =>
  altKey && !ctrlKey && !metaKey ? paperActs.find(({ letter }) => key.toLowerCase() === letter || code === `Key${letter.toUpperCase()}`) : undefined

/** Options under a heading. */
export function OptionGroup({ heading, children }: { heading: string; children: ReactNode }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: groups of options are no fieldsets
    <div role="group" aria-labelledby={id} className={styles.section}>
      <div id={id} role="presentation" className={styles.heading}>
        {heading}
      </div>
      {children}
    </div>
  )
}

interface OptionLineProps {
  id: string
  option: Option
  chosen: boolean
  onPoint: () => void
  onAsk: (asked: AskedPaper) => void
  onOpen: () => void
}

/** Browsers also tell of a pointer that lies still while the list changes below it: that is no choice. */
const hasMoved = ({ movementX, movementY }: PointerEvent) => movementX !== 0 || movementY !== 0

/** A link, so that it opens in a new tab as links do; the keyboard stays in the field. */
export function OptionLine({ id, option: { icon: Icon, title, detail, side, keys, href, paper }, chosen, onPoint, onAsk, onOpen }: OptionLineProps) {
  return (
    <div role="presentation" className={styles.line} onPointerMove={event => hasMoved(event) && onPoint()}>
      <Link
        id={id}
        role="option"
        aria-selected={chosen}
        aria-keyshortcuts={paper === undefined ? undefined : 'Alt+R Alt+S'}
        tabIndex={-1}
        href={href}
        className={styles.option}
        onClick={event => {
          if (!event.ctrlKey && !event.metaKey && !event.shiftKey) onOpen()
        }}
      >
        <Icon size={18} />
        <span className={styles.words}>
          <span className={styles.title}>
            <MarkedText marked={title} />
          </span>
          {detail !== undefined && detail.text !== '' && (
            <span className={styles.detail}>
              <MarkedText marked={detail} />
            </span>
          )}
        </span>
        {side !== undefined && <span className={styles.side}>{side}</span>}
        {keys !== undefined && <Kbd keys={keys} />}
      </Link>
      {/* For the pointer alone: a list of options holds nothing else, and the keys do the same. */}
      {paper !== undefined && (
        <span className={styles.acts} aria-hidden="true">
          {paperActs.map(({ dialog, letter, icon, does }) => (
            <IconButton
              key={dialog}
              icon={icon}
              iconSize={16}
              size="small"
              label={does}
              kbd={`alt+${letter}`}
              tabIndex={-1}
              onClick={() => onAsk({ dialog, paper })}
            />
          ))}
        </span>
      )}
    </div>
  )
}

/** The keys, as far as they do something now. */
export const Foot = ({ paper }: { paper: boolean }) => (
  <div className={styles.foot} aria-hidden="true">
    <span>
      <Kbd keys="up down" /> choose
    </span>
    <span>
      <Kbd keys="enter" /> open
    </span>
    <span>
      <Kbd keys="mod+enter" /> all results
    </span>
    {paper ? (
      paperActs.map(({ dialog, letter, does }) => (
        <span key={dialog}>
          <Kbd keys={`alt+${letter}`} /> {does.toLowerCase()}
        </span>
      ))
    ) : (
      <span className={styles.fields}>author: title: tag: from: voted:me on:2026-11</span>
    )}
  </div>
)
