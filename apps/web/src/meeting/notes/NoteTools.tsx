import type { ComponentType } from 'react'
import { IconButton } from '../../ui/Button.tsx'
import { AtIcon, BoldIcon, BulletsIcon, ChecklistIcon, type IconProps, ItalicIcon, PageIcon, RedoIcon, UndoIcon } from '../../ui/icons.tsx'
import { bold, call, checklist, italic, list } from './marks.ts'
import type { NoteAct } from './NoteEditor.tsx'
import styles from './Notes.module.css'

const tools: { icon: ComponentType<IconProps>; label: string; kbd?: string; act: NoteAct }[] = [
  { icon: BoldIcon, label: 'Bold', kbd: 'mod+b', act: bold },
  { icon: ItalicIcon, label: 'Italic', kbd: 'mod+i', act: italic },
  { icon: BulletsIcon, label: 'List', kbd: 'mod+shift+8', act: list },
  { icon: ChecklistIcon, label: 'Checklist', kbd: 'mod+shift+9', act: checklist },
  { icon: AtIcon, label: 'Call a member', kbd: '@', act: call('@') },
  { icon: PageIcon, label: 'Link a paper', kbd: '[[', act: call('[[') },
  { icon: UndoIcon, label: 'Undo my last step', kbd: 'mod+z', act: 'undo' },
  { icon: RedoIcon, label: 'Redo it', kbd: 'mod+shift+z', act: 'redo' },
]

/** What one can do to the words, for fingers and the mouse. Comes with the editor. */
export function NoteTools({ onRun }: { onRun: (act: NoteAct) => void }) {
  return (
    <div className={styles.tools} role="toolbar" aria-label="Format">
      {tools.map(({ icon, label, kbd, act }) => (
        <IconButton
          key={label}
          icon={icon}
          label={label}
          {...(kbd === undefined ? {} : { kbd })}
          size="small"
          iconSize={16}
          // The focus stays in the text, and with it the selection.
          onPointerDown={event => event.preventDefault()}
          onClick={() => onRun(act)}
        />
      ))}
    </div>
  )
}
