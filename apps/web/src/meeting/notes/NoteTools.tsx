import type { StateCommand } from '@codemirror/state'
import type { ComponentType } from 'react'
import { IconButton } from '../../ui/Button.tsx'
import { AtIcon, BoldIcon, BulletsIcon, ChecklistIcon, type IconProps, ItalicIcon, PageIcon } from '../../ui/icons.tsx'
import { bold, call, checklist, italic, list } from './marks.ts'
import styles from './Notes.module.css'

const tools: { icon: ComponentType<IconProps>; label: string; kbd?: string; command: StateCommand }[] = [
  { icon: BoldIcon, label: 'Bold', kbd: 'mod+b', command: bold },
  { icon: ItalicIcon, label: 'Italic', kbd: 'mod+i', command: italic },
  { icon: BulletsIcon, label: 'List', kbd: 'mod+shift+8', command: list },
  { icon: ChecklistIcon, label: 'Checklist', kbd: 'mod+shift+9', command: checklist },
  { icon: AtIcon, label: 'Call a member', kbd: '@', command: call('@') },
  { icon: PageIcon, label: 'Link a paper', kbd: '[[', command: call('[[') },
]

/** What one can do to the words, for fingers and the mouse. Comes with the editor. */
export function NoteTools({ onRun }: { onRun: (command: StateCommand) => void }) {
  return (
    <div className={styles.tools} role="toolbar" aria-label="Format">
      {tools.map(({ icon, label, kbd, command }) => (
        <IconButton
          key={label}
          icon={icon}
          label={label}
          {...(kbd === undefined ? {} : { kbd })}
          size="small"
          iconSize={16}
          // The focus stays in the text, and with it the selection.
          onPointerDown={event => event.preventDefault()}
          onClick={() => onRun(command)}
        />
      ))}
    </div>
  )
}
